/**
 * A thousand items to a thousand members through the Node-RED node, as fast as they come, and what a message costs that
 * waits.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Agent, request } from 'undici';

import { inTemporaryFolder } from '../scripts/artifact.mjs';
import { startNodeRed } from '../scripts/node-red/server.mjs';
import { median } from './figures.mjs';

const ITEMS = 1000;
// A member gets at most 30 messages a minute: every round has members of its own.
const ROUNDS = 7;
const WAITING = 10_000;
/** As many as the node has at once, unless somebody says otherwise. */
const SIDE_BY_SIDE = 8;

/**
 * @param {{ url: string, company: object }} sandbox running in a process of its own, with (ROUNDS + 1) × 1000 extra
 * members
 */
export async function nodeRedItems(sandbox) {
  return inTemporaryFolder(async (userDir) => {
    await post(`${sandbox.url}/sandbox/reset`, { extra_members: (ROUNDS + 1) * ITEMS });
    const nodeRed = await startNodeRed({ userDir, port: 0 });
    const dispatcher = new Agent({ connections: 64 });
    try {
      const [app] = sandbox.company.apps;
      await nodeRed.deploy(flow(sandbox, app));
      const token = (
        await (
          await fetch(`${sandbox.url}/cgi-bin/gettoken?corpid=${sandbox.company.corpId}&corpsecret=${app.secret}`)
        ).json()
      ).access_token;
      const url = `${sandbox.url}/cgi-bin/message/send?access_token=${token}`;
      const rates = { node: [], bare: [] };
      for (let round = 0; round <= ROUNDS; round += 1) {
        const node = await throughNode(nodeRed, round);
        const bare = await throughUndici({ url, dispatcher, app }, round);
        if (round === 0) continue; // warms up
        rates.node.push(node);
        rates.bare.push(bare);
      }
      return [
        {
          what: `Node-RED node, ${ITEMS} items to ${ITEMS} members at once`,
          value: median(rates.node),
          unit: 'messages/s',
        },
        { what: `  bare undici.request, ${SIDE_BY_SIDE} side by side`, value: median(rates.bare), unit: 'messages/s' },
        {
          what: '  node / undici.request',
          value: median(rates.node.map((rate, round) => rate / rates.bare[round])),
          unit: '×',
        },
        {
          what: 'Node-RED: memory of a message that waits',
          value: (await bytesPerWaitingMessage(nodeRed, sandbox)) / 1000,
          unit: 'kB',
        },
      ];
    } finally {
      await dispatcher.close();
      await nodeRed.stop();
    }
  });
}

function flow(sandbox, app) {
  return [
    { id: 'flow', type: 'tab', label: 'bench' },
    {
      id: 'app',
      type: 'wecom-app',
      name: '',
      corpId: sandbox.company.corpId,
      agentId: String(app.agentid),
      baseUrl: sandbox.url,
      proxy: '',
      timeout: '30',
      credentials: { secret: app.secret },
    },
    {
      id: 'send',
      type: 'wecom-send',
      z: 'flow',
      x: 1,
      y: 1,
      name: '',
      app: 'app',
      to: 'named',
      msgtype: 'text',
      fields: { touser: { type: 'msg', value: 'member' } },
      failOnUndelivered: false,
      queueLength: 100_000,
      wires: [['out']],
    },
    { id: 'out', type: 'debug', z: 'flow', x: 2, y: 1, active: false, tosidebar: false, wires: [] },
    { id: 'failed', type: 'catch', z: 'flow', x: 1, y: 2, scope: null, wires: [['out']] },
  ];
}

const member = (round, index) => `u${String(round * ITEMS + index + 1).padStart(5, '0')}`;
const text = (index) => `Build ${index} is done: 中文内容`;

/** Every message that comes out, once; errors end the measurement. */
function results(nodeRed, count) {
  return new Promise((resolve, reject) => {
    let left = count;
    const listener = (msg) => {
      if (msg.error) reject(new Error(msg.error.message));
      left -= 1;
      if (left > 0) return;
      nodeRed.node('out').removeListener('input', listener);
      resolve();
    };
    nodeRed.node('out').on('input', listener);
  });
}

async function throughNode(nodeRed, round) {
  const done = results(nodeRed, ITEMS);
  const send = nodeRed.node('send');
  const start = performance.now();
  for (let index = 0; index < ITEMS; index += 1)
    send.receive({ _msgid: `${round}-${index}`, payload: text(index), member: member(round, index) });
  await done;
  return ITEMS / ((performance.now() - start) / 1000);
}

async function throughUndici({ url, dispatcher, app }, round) {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      while (next < ITEMS) {
        const index = (next += 1) - 1;
        const body = JSON.stringify({
          touser: member(round, index),
          msgtype: 'text',
          agentid: app.agentid,
          text: { content: text(index) },
        });
        const response = await request(url, {
          dispatcher,
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body,
        });
        const { errcode, errmsg } = JSON.parse(await response.body.text());
        if (errcode !== 0) throw new Error(`WeCom answered ${errcode} ${errmsg}`);
      }
    }),
  );
  return ITEMS / ((performance.now() - start) / 1000);
}

/** Bytes of heap for each message behind one that WeCom does not answer. */
async function bytesPerWaitingMessage(nodeRed, sandbox) {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  const heap = async () => {
    for (let count = 0; count < 3; count += 1) {
      gc();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return process.memoryUsage().heapUsed;
  };
  const send = nodeRed.node('send');
  await post(`${sandbox.url}/sandbox/faults`, { endpoint: 'message/send', kind: 'delay', delay_ms: 8_000 });
  send.receive({ payload: 'slow', member: member(0, 0) });
  await new Promise((resolve) => setTimeout(resolve, 200));
  // The flow's own part of it: the messages are there before the node sees them.
  const messages = Array.from({ length: WAITING }, (_, index) => ({
    _msgid: `waiting-${index}`,
    payload: text(index),
    member: member(0, 0),
  }));
  const before = await heap();
  for (const message of messages) send.receive(message);
  const after = await heap();
  send.receive({ reset: true });
  return (after - before) / WAITING;
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
