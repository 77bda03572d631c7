/** The way of a message through a Node-RED flow, against the bare HTTP clients, on the same sandbox in one run. */

import { Agent, request } from 'undici';

import { inTemporaryFolder } from '../scripts/artifact.mjs';
import { startNodeRed } from '../scripts/node-red/server.mjs';
import { median } from './figures.mjs';

// All rounds together send 24 messages to a member at most: nobody may get more than 30 a minute.
const MEMBERS = 2000;
const ROUNDS = 7;
const MESSAGES = { 1: 400, 50: 3000 };

/** @param {{ url: string, company: object }} sandbox running in a process of its own, so that it does not share our thread */
export async function nodeRedThroughput(sandbox) {
  return inTemporaryFolder(async (userDir) => {
    const nodeRed = await startNodeRed({ userDir, port: 0 });
    try {
      const [app] = sandbox.company.apps;
      const flow = await sendingFlow(nodeRed, sandbox, app);
      const token = await accessToken(sandbox, app);
      const bare = bareUndici(sandbox, app, token);
      const builtIn = builtInFetch(sandbox, app, token);
      const rows = [];
      for (const inFlight of [1, 50]) {
        const rates = { flow: [], undici: [], fetch: [] };
        // Interleaved, so that a slow moment of the machine hits all three.
        for (let round = 0; round <= ROUNDS; round += 1) {
          for (const [name, send] of [['flow', flow], ['undici', bare.send], ['fetch', builtIn]]) {
            const rate = await messagesPerSecond(send, MESSAGES[inFlight], inFlight);
            if (round > 0) rates[name].push(rate); // the first round warms up
          }
        }
        const ratio = (name) => median(rates.flow.map((rate, round) => rate / rates[name][round]));
        const [toUndici, toFetch] = [ratio('undici'), ratio('fetch')];
        rows.push(
          { what: `Node-RED node, ${inFlight} in flight`, value: median(rates.flow), unit: 'messages/s' },
          { what: `  bare undici.request, ${inFlight} in flight`, value: median(rates.undici), unit: 'messages/s' },
          { what: `  built-in fetch, ${inFlight} in flight`, value: median(rates.fetch), unit: 'messages/s' },
          { what: `  node / undici.request, ${inFlight} in flight`, value: toUndici, unit: '×', ...(inFlight === 50 && { goal: '≥ 0.8 ×', met: toUndici >= 0.8 }) },
          { what: `  node / fetch, ${inFlight} in flight`, value: toFetch, unit: '×' },
        );
      }
      await bare.close();
      return rows;
    } finally {
      await nodeRed.stop();
    }
  });
}

const member = (index) => `u${String((index % MEMBERS) + 1).padStart(5, '0')}`;
const text = (index) => `Build ${index} is done: 中文内容`;

/** A flow of one `wecom-send` node that takes recipient and text from the message, as flows do. */
async function sendingFlow(nodeRed, sandbox, app) {
  await nodeRed.deploy([
    { id: 'flow', type: 'tab', label: 'bench' },
    { id: 'app', type: 'wecom-app', name: '', corpId: sandbox.company.corpId, agentId: String(app.agentid), baseUrl: sandbox.url, proxy: '', timeout: '10', credentials: { secret: app.secret } },
    { id: 'send', type: 'wecom-send', z: 'flow', x: 1, y: 1, name: '', app: 'app', to: 'named', msgtype: 'text', fields: { touser: { type: 'msg', value: 'member' } }, failOnUndelivered: false, atOnce: 50, wires: [['out']] },
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
  const send = nodeRed.node('send');
  let count = 0;
  return (index) => new Promise((resolve, reject) => {
    const _msgid = `bench-${(count += 1)}`;
    waiting.set(_msgid, { resolve, reject });
    send.receive({ _msgid, payload: text(index), member: member(index) });
  });
}

async function accessToken(sandbox, app) {
  const { access_token: token } = await (await fetch(`${sandbox.url}/cgi-bin/gettoken?corpid=${sandbox.company.corpId}&corpsecret=${app.secret}`)).json();
  return token;
}

const body = (app, index) => JSON.stringify({ touser: member(index), msgtype: 'text', agentid: app.agentid, text: { content: text(index) } });
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
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (next < count) await send((next += 1));
  }));
  return count / ((performance.now() - start) / 1000);
}

