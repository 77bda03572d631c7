/** Node-RED behind a Redis stream, and without one, ended in the middle of 500 messages. */
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { PROJECT } from '../run.mjs';
import { ensurePinned } from '../tool-cache.mjs';
import { NODE_RED_REDIS } from '../tool-pins.mjs';
import { texts } from './arrivals.mjs';
import { ended, endsWithUs } from './services.mjs';

const EXAMPLE = path.join(PROJECT, 'examples', 'node-red', 'redis-stream.json');
const PROCESS = fileURLToPath(new URL('node-red-process.mjs', import.meta.url));
const STREAM = 'wecom:messages';
const GROUP = 'flows';
const MESSAGES = 500;
const MEMBERS = 50;
/** Ended when so many have arrived. */
const ENDED_AT = 200;
/** Slow enough that some are on their way at any moment. Milliseconds. */
const DELAY_MS = 50;
const PATIENCE_MS = 120_000;
/** WeCom takes so many from one app for one member in a minute; the others wait. */
const RATE = 30;
/** A node writes down at most once a second how many wait. */
const COUNTED_WITHIN_MS = 3_000;

/**
 * @param {{ arrivals: Awaited<ReturnType<import('./arrivals.mjs').startArrivals>>, redis: object, folder: string,
 *   say(line: string): void }} world
 * @returns {AsyncGenerator<object>} rows: what was played, what was seen, and what of it breaks a promise
 */
export async function* nodeRedCases(world) {
  const tools = await ensurePinned(NODE_RED_REDIS, { log: world.say });
  const place = { ...world, tools };
  yield await behindStream(place, 'SIGKILL', false);
  yield await behindStream(place, 'SIGKILL', true);
  yield await behindStream(place, 'SIGTERM', true);
  yield await withoutStream(place);
}

/**
 * What was on its way at the end goes out again, since Node-RED tells a flow nothing while it stops; WeCom drops it if
 * it is asked to.
 */
async function behindStream({ arrivals, redis, folder, tools, say }, signal, avoidDuplicates) {
  const name = `Node-RED behind a Redis stream, ${signal}, Avoid Duplicates ${avoidDuplicates ? 'on' : 'off'}`;
  say(name);
  redis.run('flushall');
  const userDir = await userFolder(folder, tools);
  const expected = texts(MESSAGES, MEMBERS);
  redis.pipe(
    expected.map((text) => [
      'XADD',
      STREAM,
      '*',
      'message',
      JSON.stringify({ touser: text.split(' ')[0], payload: text }),
    ]),
  );
  await arrivals.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: DELAY_MS, times: 10 * MESSAGES });

  const first = await start(userDir);
  await first.deploy(await exampleFlow(arrivals.sandbox, redis, avoidDuplicates));
  await arrivals.reach(ENDED_AT);
  await first.end(signal);
  const openAtTheEnd = await pending(redis);
  const second = await start(userDir);
  await arrivals.until(async () => arrivals.count() >= MESSAGES && (await pending(redis)) === 0, PATIENCE_MS);
  const unacknowledged = await pending(redis);
  await second.end('SIGTERM');
  const seen = { ...arrivals.take(expected), openAtTheEnd, unacknowledged };
  const wrong = [
    ...(seen.lost > 0 ? [`lost ${seen.lost}`] : []),
    ...(seen.outOfOrder > 0 ? [`out of order ${seen.outOfOrder}`] : []),
    ...(seen.dropped > 0 ? [`dropped by WeCom ${seen.dropped}`] : []),
    ...(seen.unacknowledged > 0 ? [`never acknowledged ${seen.unacknowledged}`] : []),
    ...(avoidDuplicates && seen.twice > 0 ? [`twice ${seen.twice}`] : []),
  ];
  return { name, seen, wrong };
}

/** What waits in memory only dies with the process; the next start says how many. */
async function withoutStream({ arrivals, redis, folder, tools, say }) {
  const name = 'Node-RED without a stream, SIGKILL while messages wait';
  say(name);
  const userDir = await userFolder(folder, tools);
  const first = await start(userDir);
  const expected = texts(MESSAGES, 1);
  await first.deploy(plainFlow(arrivals.sandbox, expected));
  await arrivals.reach(RATE);
  await sleep(COUNTED_WITHIN_MS);
  await first.end('SIGKILL');
  const second = await start(userDir);
  const told = () => new RegExp(`^.*\\b${MESSAGES - RATE}\\b.*$`, 'm').exec(second.log())?.[0]?.trim();
  await arrivals.until(() => told() !== undefined, 10_000);
  await second.end('SIGTERM');
  const seen = { ...arrivals.take(expected), told: told() };
  return {
    name,
    seen,
    wrong: told() === undefined ? ['the log of the next start does not say how many messages waited'] : [],
  };
}

async function pending(redis) {
  return Number(redis.run('xpending', STREAM, GROUP).split('\n')[0]) || 0;
}

async function userFolder(folder, tools) {
  const userDir = await mkdtemp(path.join(folder, 'node-red-'));
  await mkdir(path.join(userDir, 'node_modules'));
  await symlink(
    path.join(tools, 'node_modules', 'node-red-contrib-redis'),
    path.join(userDir, 'node_modules', 'node-red-contrib-redis'),
    'junction',
  );
  return userDir;
}

async function start(userDir) {
  const child = endsWithUs(fork(PROCESS, [userDir], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }));
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
  const said = (word) =>
    new Promise((resolve, reject) => {
      child.on('message', (message) => message === word && resolve());
      child.once('exit', (code) => reject(new Error(`Node-RED ended with ${code}\n${log}`)));
    });
  await said('started');
  return {
    log: () => log,
    deploy: (flow) => {
      const deployed = said('deployed');
      child.send(flow);
      return deployed;
    },
    end: (signal) => ended(child, signal),
  };
}

/** The example as it lies in the repository, with this sandbox and this Redis. */
async function exampleFlow({ url, company }, redis, avoidDuplicates) {
  const [app] = company.apps;
  return JSON.parse(await readFile(EXAMPLE, 'utf8')).map((node) => {
    if (node.type === 'wecom-app')
      return {
        ...node,
        corpId: company.corpId,
        agentId: String(app.agentid),
        baseUrl: url,
        credentials: { secret: app.secret },
      };
    if (node.type === 'redis-config')
      return { ...node, options: JSON.stringify({ host: '127.0.0.1', port: redis.port }) };
    if (node.type === 'wecom-send')
      return {
        ...node,
        fields: { ...node.fields, enable_duplicate_check: { type: 'bool', value: String(avoidDuplicates) } },
      };
    return node;
  });
}

function plainFlow({ url, company }, [first, ...others]) {
  const member = first.split(' ')[0];
  const [app] = company.apps;
  return [
    { id: 'tab', type: 'tab', label: 'plain' },
    {
      id: 'app',
      type: 'wecom-app',
      name: '',
      corpId: company.corpId,
      agentId: String(app.agentid),
      baseUrl: url,
      proxy: '',
      timeout: '10',
      credentials: { secret: app.secret },
    },
    {
      id: 'begin',
      type: 'inject',
      z: 'tab',
      x: 1,
      y: 1,
      once: true,
      onceDelay: 0.1,
      repeat: '',
      crontab: '',
      props: [],
      wires: [['many']],
    },
    {
      id: 'many',
      type: 'function',
      z: 'tab',
      x: 2,
      y: 1,
      outputs: 1,
      libs: [],
      func: `for (const payload of ${JSON.stringify([first, ...others])}) node.send({ payload });`,
      wires: [['send']],
    },
    {
      id: 'send',
      type: 'wecom-send',
      z: 'tab',
      x: 3,
      y: 1,
      name: '',
      app: 'app',
      to: 'named',
      msgtype: 'text',
      fields: { touser: { type: 'str', value: member }, 'text.content': { type: 'msg', value: 'payload' } },
      queueLength: '1000',
      wires: [[]],
    },
  ];
}
