/** The flow of `npm start`: the example of every message type on one tab, sending when it starts. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { PROJECT } from '../run.mjs';

const EXAMPLES = path.join(PROJECT, 'node-red', 'examples');
const TAB = 'every-message-type';
const APP = 'sandbox-app';
/** Group chats need an app that sees the whole company. */
const CHAT_APP = 'sandbox-chat-app';
const ROBOT = 'sandbox-robot';
const ROW_HEIGHT = 80;
const PLAIN = new Set([
  ...['tab', 'comment', 'inject', 'function', 'debug'],
  ...['wecom-app', 'wecom-robot', 'wecom-send'],
]);

/**
 * @param {{ url: string, company: { corpId: string, apps: { agentid: number, secret: string }[], robots: { key: string
 *   }[] } }} sandbox
 * @returns {Promise<{ flow: object[], sends: { type: string, to: string }[] }>} nodes with credentials, as Node-RED's
 *   API takes them, and
 *   what arrives: message types as the nodes name them, and `app`, `chat` or `robot`
 */
export async function exampleFlow({ url, company }) {
  const [first, second] = company.apps;
  const examples = [];
  for (const file of (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json')).sort()) {
    const nodes = JSON.parse(await readFile(path.join(EXAMPLES, file), 'utf8'));
    // What shows errors is there to fail, and what needs a camera or writes a file has no place in a first look.
    if (nodes.every(({ type }) => PLAIN.has(type))) examples.push(nodes);
  }
  const sends = examples
    .flatMap((nodes) => nodes.filter((node) => node.type === 'wecom-send' && (node.operation ?? 'send') === 'send'))
    .filter(({ msgtype }) => msgtype !== 'any')
    .map(({ msgtype, to }) => ({ type: msgtype, to: to === 'chat' || to === 'robot' ? to : 'app' }));
  return {
    flow: [
      { id: TAB, type: 'tab', label: 'One message of each type' },
      appOf(APP, 'Sandbox', first, { url, company }),
      appOf(CHAT_APP, 'Sandbox, whole company', second, { url, company }),
      {
        id: ROBOT,
        type: 'wecom-robot',
        name: 'Sandbox',
        baseUrl: '',
        proxy: '',
        timeout: '10',
        credentials: { webhook: `${url}/cgi-bin/webhook/send?key=${company.robots[0].key}` },
      },
      ...placed(examples),
    ],
    sends,
  };
}

function appOf(id, name, { agentid, secret }, { url, company }) {
  return {
    id,
    type: 'wecom-app',
    name,
    corpId: company.corpId,
    agentId: String(agentid),
    baseUrl: url,
    proxy: '',
    timeout: '10',
    credentials: { secret },
  };
}

/** The nodes of all examples on one tab, one below the other; the first button of each presses itself. */
function placed(examples) {
  let top = ROW_HEIGHT;
  return examples.flatMap((nodes) => {
    const shown = nodes.filter((node) => node.z && node.type !== 'comment');
    const lines = [...new Set(shown.map((node) => node.y))].sort((one, other) => one - other);
    const app = shown.some((node) => node.operation === 'createChat') ? CHAT_APP : APP;
    const firstButton = shown.find((node) => node.type === 'inject');
    const onTab = shown.map((node) => ({
      ...node,
      z: TAB,
      y: top + lines.indexOf(node.y) * ROW_HEIGHT,
      ...(node === firstButton && { once: true, onceDelay: 0.5 }),
      ...(node.type === 'wecom-send' && { app, robot: node.to === 'robot' ? ROBOT : '' }),
    }));
    top += lines.length * ROW_HEIGHT;
    return onTab;
  });
}
