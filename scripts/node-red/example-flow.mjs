/** The flow of `npm start`: the example of every message type on one tab, sending when it starts. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { PROJECT } from '../run.mjs';

const EXAMPLES = path.join(PROJECT, 'node-red', 'examples');
const TAB = 'every-message-type';
const APP = 'sandbox-app';
const ROW_HEIGHT = 80;

/**
 * @param {{ url: string, company: { corpId: string, apps: { agentid: number, secret: string }[] } }} sandbox
 * @returns {Promise<{ flow: object[], msgtypes: string[] }>} nodes with credentials, as Node-RED's API takes them, and what they send
 */
export async function exampleFlow({ url, company }) {
  const [app] = company.apps;
  const rows = [];
  for (const file of (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json')).sort()) {
    const nodes = JSON.parse(await readFile(path.join(EXAMPLES, file), 'utf8'));
    const senders = nodes.filter((node) => node.type === 'wecom-send');
    // What shows errors is there to fail; it has no place in a flow that is to deliver.
    if (senders.length === 1 && !nodes.some((node) => node.type === 'catch')) rows.push({ nodes, msgtype: senders[0].msgtype });
  }
  return {
    flow: [
      { id: TAB, type: 'tab', label: 'One message of each type' },
      { id: APP, type: 'wecom-app', name: 'Sandbox', corpId: company.corpId, agentId: String(app.agentid), baseUrl: url, proxy: '', timeout: '10', credentials: { secret: app.secret } },
      ...rows.flatMap(({ nodes }, row) => nodes.filter((node) => node.z && node.type !== 'comment').map((node) => onTab(node, row))),
    ],
    msgtypes: rows.map(({ msgtype }) => msgtype),
  };
}

function onTab(node, row) {
  return {
    ...node,
    z: TAB,
    y: ROW_HEIGHT * (row + 1),
    ...(node.type === 'inject' && { once: true, onceDelay: 0.5 }),
    ...(node.type === 'wecom-send' && { app: APP }),
  };
}
