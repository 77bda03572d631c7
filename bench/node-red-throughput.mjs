/**
 * The way of a message through a Node-RED flow, against Node-RED's own HTTP node and the bare HTTP clients, on the same
 * sandbox in one run.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

import { Agent, request } from 'undici';

import { inTemporaryFolder } from '../scripts/artifact.mjs';
import { startNodeRed } from '../scripts/node-red/server.mjs';
import { PROJECT } from '../scripts/run.mjs';
import { median } from './figures.mjs';

// All rounds together send 12 messages to a member at most through each way: nobody may get more than 30 a minute.
const MEMBERS = 2000;
const ROUNDS = 5;
/**
 * A Node-RED runs for months: what its first thousands of messages cost is the compiling of the code they go through.
 */
const WARM_UP = { 1: 1, 50: 4, 200: 1 };
const MESSAGES = { 1: 200, 50: 2000, 200: 600 };
/** As far away as WeCom is from many who use it. */
const FAR_MS = 50;

/**
 * @param {{ url: string, company: object }} sandbox running in a process of its own, so that it does not share our
 * thread
 */
export async function nodeRedThroughput(sandbox) {
  return inTemporaryFolder(async (userDir) => {
    const nodeRed = await startNodeRed({ userDir, port: 0 });
    try {
      const [app] = sandbox.company.apps;
      const token = await accessToken(sandbox, app);
      const bare = bareUndici(sandbox, app, token);
      offerBareNode(bare.send);
      const { flow, core, bareNode } = await sendingFlow(nodeRed, sandbox, app, token);
      const builtIn = builtInFetch(sandbox, app, token);
      const rows = [];
      for (const inFlight of [1, 50]) {
        const rates = await measured({ flow, core, bareNode, undici: bare.send, fetch: builtIn }, inFlight);
        const [toBareNode, toUndici, toCore, toFetch] = ['bareNode', 'undici', 'core', 'fetch'].map((name) =>
          ratio(rates.flow, rates[name]),
        );
        rows.push(
          { what: `Node-RED node, ${inFlight} in flight`, value: median(rates.flow), unit: 'messages/s' },
          { what: `  http request node, ${inFlight} in flight`, value: median(rates.core), unit: 'messages/s' },
          {
            what: `  a node with nothing but undici.request in it, ${inFlight} in flight`,
            value: median(rates.bareNode),
            unit: 'messages/s',
          },
          { what: `  bare undici.request, ${inFlight} in flight`, value: median(rates.undici), unit: 'messages/s' },
          { what: `  built-in fetch, ${inFlight} in flight`, value: median(rates.fetch), unit: 'messages/s' },
          {
            what: `  node / node with undici.request, ${inFlight} in flight`,
            value: toBareNode,
            unit: '×',
            ...(inFlight === 50 && { goal: '≥ 0.85 ×', met: toBareNode >= 0.85 }),
          },
          { what: `  node / undici.request outside of Node-RED, ${inFlight} in flight`, value: toUndici, unit: '×' },
          { what: `  node / http request node, ${inFlight} in flight`, value: toCore, unit: '×' },
          { what: `  node / fetch, ${inFlight} in flight`, value: toFetch, unit: '×' },
        );
      }
      // Another app: of the first one it is known how quickly its server answers when it is near, and that it has
      // become slower is no reason to send more.
      const [, other] = sandbox.company.apps;
      rows.push(
        ...(await farAway(sandbox, await sendingFlow(nodeRed, sandbox, other, await accessToken(sandbox, other)), 200)),
      );
      await bare.close();
      return rows;
    } finally {
      await nodeRed.stop();
    }
  });
}

/** Messages per second of each, round by round. Interleaved, so that a slow moment of the machine hits all of them. */
async function measured(ways, inFlight) {
  const rates = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = -WARM_UP[inFlight]; round < ROUNDS; round += 1) {
    for (const [name, send] of Object.entries(ways)) {
      const rate = await messagesPerSecond(send, MESSAGES[inFlight], inFlight);
      if (round >= 0) rates[name].push(rate);
    }
  }
  return rates;
}

const ratio = (rates, others) => median(rates.map((rate, round) => rate / others[round]));

/**
 * WeCom is not on this computer: how many calls are open side by side decides, and the http request node opens as many
 * as there are messages.
 */
async function farAway(sandbox, ways, inFlight) {
  const { DEFAULT_AT_ONCE } = createRequire(import.meta.url)(path.join(PROJECT, 'dist/core/index.js'));
  await post(`${sandbox.url}/sandbox/faults`, {
    endpoint: 'message/send',
    kind: 'delay',
    delay_ms: FAR_MS,
    times: 1_000_000,
  });
  const rates = await measured(ways, inFlight);
  await post(`${sandbox.url}/sandbox/reset`, { extra_members: MEMBERS });
  const times = 1 / ratio(rates.flow, rates.core);
  return [
    {
      what: `Node-RED node, ${inFlight} in flight, answers after ${FAR_MS} ms`,
      value: median(rates.flow),
      unit: 'messages/s',
    },
    {
      what: `  the most with ${DEFAULT_AT_ONCE} at once`,
      value: (1000 * DEFAULT_AT_ONCE) / FAR_MS,
      unit: 'messages/s',
    },
    { what: `  http request node, ${inFlight} in flight`, value: median(rates.core), unit: 'messages/s' },
    {
      what: `  time of the node / of the http request node, ${inFlight} in flight`,
      value: times,
      unit: '×',
      goal: '≤ 1.15 ×',
      met: times <= 1.15,
    },
  ];
}

async function post(url, json) {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(json) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

const member = (index) => `u${String((index % MEMBERS) + 1).padStart(5, '0')}`;
const text = (index) => `Build ${index} is done: 中文内容`;

/**
 * A `wecom-send` node that takes recipient and text from the message, as flows do, and Node-RED's own HTTP node that
 * gets the same request ready-made.
 */
// Mostly the flow itself, as data.
// eslint-disable-next-line max-lines-per-function
async function sendingFlow(nodeRed, sandbox, app, token) {
  await nodeRed.deploy([
    { id: 'flow', type: 'tab', label: 'bench' },
    {
      id: 'app',
      type: 'wecom-app',
      name: '',
      corpId: sandbox.company.corpId,
      agentId: String(app.agentid),
      baseUrl: sandbox.url,
      proxy: '',
      timeout: '10',
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
      wires: [['out']],
    },
    {
      id: 'core',
      type: 'http request',
      z: 'flow',
      x: 1,
      y: 3,
      name: '',
      method: 'POST',
      ret: 'obj',
      paytoqs: 'ignore',
      url: `${sandbox.url}/cgi-bin/message/send?access_token=${token}`,
      tls: '',
      persist: true,
      proxy: '',
      authType: '',
      senderr: true,
      headers: [],
      wires: [['out']],
    },
    { id: 'bare', type: BARE_NODE, z: 'flow', x: 1, y: 5, name: '', wires: [['out']] },
    { id: 'out', type: 'debug', z: 'flow', x: 2, y: 1, active: false, tosidebar: false, wires: [] },
    { id: 'failed', type: 'catch', z: 'flow', x: 1, y: 2, scope: null, wires: [['failure']] },
    { id: 'failure', type: 'debug', z: 'flow', x: 2, y: 2, active: false, tosidebar: false, wires: [] },
  ]);
  const waiting = new Map();
  const settle = (how) => (msg) => {
    const promise = waiting.get(msg._msgid);
    waiting.delete(msg._msgid);
    promise?.[how](how === 'reject' ? new Error(msg.error?.message) : undefined);
  };
  nodeRed.node('out').on('input', settle('resolve'));
  nodeRed.node('failure').on('input', settle('reject'));
  let count = 0;
  const through = (node, make) => (index) =>
    new Promise((resolve, reject) => {
      const _msgid = `bench-${(count += 1)}`;
      waiting.set(_msgid, { resolve, reject });
      node.receive({ _msgid, ...make(index) });
    });
  return {
    flow: through(nodeRed.node('send'), (index) => ({ payload: text(index), member: member(index) })),
    core: through(nodeRed.node('core'), (index) => ({ payload: message(app, index) })),
    bareNode: through(nodeRed.node('bare'), (index) => ({ payload: index })),
  };
}

const BARE_NODE = 'bench undici request';

/**
 * A node that knows nothing of WeCom, only what every node does: it hears a message, sends it on and is done. It
 * tells what Node-RED itself costs, which no node can save.
 */
function offerBareNode(send) {
  const RED = createRequire(import.meta.url)('node-red');
  RED.nodes.registerType('bench', BARE_NODE, function BareNode(config) {
    RED.nodes.createNode(this, config);
    this.on('input', (msg, sendOn, done) => {
      void send(msg.payload).then(() => {
        sendOn(msg);
        done();
      }, done);
    });
  });
}

async function accessToken(sandbox, app) {
  const { access_token: token } = await (
    await fetch(`${sandbox.url}/cgi-bin/gettoken?corpid=${sandbox.company.corpId}&corpsecret=${app.secret}`)
  ).json();
  return token;
}

const message = (app, index) => ({
  touser: member(index),
  msgtype: 'text',
  agentid: app.agentid,
  text: { content: text(index) },
});
const body = (app, index) => JSON.stringify(message(app, index));
const headers = { 'content-type': 'application/json; charset=utf-8' };

function bareUndici(sandbox, app, token) {
  const dispatcher = new Agent({ connections: 64 });
  const url = `${sandbox.url}/cgi-bin/message/send?access_token=${token}`;
  return {
    send: async (index) => {
      const response = await request(url, { dispatcher, method: 'POST', headers, body: body(app, index) });
      check(JSON.parse(await response.body.text()));
    },
    close: () => dispatcher.close(),
  };
}

function builtInFetch(sandbox, app, token) {
  const url = `${sandbox.url}/cgi-bin/message/send?access_token=${token}`;
  return async (index) => check(await (await fetch(url, { method: 'POST', headers, body: body(app, index) })).json());
}

function check({ errcode, errmsg }) {
  if (errcode !== 0) throw new Error(`WeCom answered ${errcode} ${errmsg}`);
}

async function messagesPerSecond(send, count, inFlight) {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) await send((next += 1));
    }),
  );
  return count / ((performance.now() - start) / 1000);
}
