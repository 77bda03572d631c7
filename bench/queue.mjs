/** What the queue costs: time for a message that has nothing to wait for, memory for one that waits. */
import { createRequire } from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';

import { build } from 'rolldown';

import { PROJECT } from '../scripts/run.mjs';
import { median } from './figures.mjs';

const require = createRequire(import.meta.url);
const MESSAGES = 20_000;
const ROUNDS = 9;
const MAX_MICROSECONDS = 5;
const WAITING = 10_000;

export async function queueing() {
  return [await overhead(await innerParts()), await memory()];
}

/** The package shows core from the outside only. */
async function innerParts() {
  const folder = path.join(PROJECT, '.build', 'bench');
  await build({
    input: Object.fromEntries(
      ['delivery/gate', 'delivery/keyed-queue', 'delivery/retries', 'delivery/send-queues', 'api/endpoints'].map(
        (name) => [path.basename(name), path.join(PROJECT, 'core', `${name}.ts`)],
      ),
    ),
    platform: 'node',
    output: { dir: folder, format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
    logLevel: 'warn',
  });
  return (name) => require(path.join(folder, `${name}.cjs`));
}

/** The same call with order, rate, places and retries around it, and without. */
async function overhead(load) {
  const { KeyedQueue } = load('keyed-queue');
  const { withGate } = load('gate');
  const { withRetries } = load('retries');
  const { SendQueues } = load('send-queues');
  const { endpoints } = load('endpoints');
  const clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: () => Promise.reject(new Error('nothing has to wait here')),
  };
  const answer = { errcode: 0 };
  const bare = async () => answer;
  const members = Array.from({ length: MESSAGES }, (_, index) => [`member${index}`]);
  const timed = async (send) => {
    const start = performance.now();
    for (const member of members) await send(member);
    return ((performance.now() - start) * 1000) / MESSAGES;
  };
  const differences = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const queue = new SendQueues().ofApp({ baseUrl: '', corpId: '', agentId: round });
    const order = new KeyedQueue();
    const send = (own, member) =>
      withRetries(withGate(bare, { clock, ...own }), { clock, ...own })(endpoints.sendMessage, {
        sending: { pace: own.members.pace.of(member), rates: 'wait', atOnce: 8 },
      });
    const queued = await timed((member) => queue.use(clock, (own) => order.run(member, () => send(own, member))));
    const alone = await timed(() => bare());
    if (round > 0) differences.push(queued - alone);
  }
  const value = median(differences);
  return {
    what: 'queue: overhead of a message that has nothing to wait for',
    value,
    unit: 'µs',
    goal: `< ${MAX_MICROSECONDS} µs`,
    met: value < MAX_MICROSECONDS,
  };
}

/** Messages to one member behind one whose answer does not come. */
async function memory() {
  const { createWecom } = require(path.join(PROJECT, 'dist/core/index.js'));
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  const clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: () => new Promise(() => undefined),
  };
  const stop = new AbortController();
  const http = ({ url }) =>
    url.includes('gettoken')
      ? Promise.resolve({ status: 200, body: '{"errcode":0,"access_token":"t","expires_in":7200}' })
      : new Promise((_, reject) => stop.signal.addEventListener('abort', () => reject(new Error('stopped'))));
  const wecom = createWecom({ app: { corpId: 'ww', agentId: 1, secret: 's' }, http, clock });
  const text = (index) => ({ touser: 'zhangsan', msgtype: 'text', text: { content: `Build ${index} failed on main` } });
  const settled = [wecom.send(text(0)).catch(() => undefined)];
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const before = process.memoryUsage().heapUsed;
  // One signal for all, as an execution or a node has it.
  const cancel = new AbortController();
  (await import('node:events')).setMaxListeners(0, cancel.signal);
  for (let index = 1; index <= WAITING; index += 1)
    settled.push(wecom.send(text(index), { signal: cancel.signal }).catch(() => undefined));
  collect();
  const value = (process.memoryUsage().heapUsed - before) / WAITING;
  cancel.abort();
  stop.abort();
  await Promise.all(settled);
  return {
    what: `queue: memory of a waiting message (${WAITING.toLocaleString('en-US')} of them)`,
    value,
    unit: 'bytes',
  };
}
