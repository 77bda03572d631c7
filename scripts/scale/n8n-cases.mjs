/** n8n in queue mode with two workers: what is kept between processes, and what is left of a worker that is killed. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { packedN8nPackage } from '../built.mjs';
import { importCredentials, importWorkflows } from '../n8n/command.mjs';
import { prepareN8n } from '../n8n/server.mjs';
import { texts } from './arrivals.mjs';
import { publish, queueModeEnvironment, startMain, startWorker } from './n8n-queue-mode.mjs';
import { scaleWorkflows } from './n8n-workflows.mjs';
import { startPostgres } from './services.mjs';

const WORKERS = 2;
const CONCURRENCY = 10;
/** WeCom takes so many from one app for one member in a minute. */
const RATE = 30;
const KILLED_AT = 80;
const PATIENCE_MS = 240_000;

/** @returns {AsyncGenerator<object>} rows: what was played, what was seen, and what of it breaks a promise */
export async function* n8nCases({ arrivals, redis, folder, say }) {
  const postgres = await startPostgres();
  const open = [postgres];
  try {
    const tarball = await packedN8nPackage(say);
    say('preparing n8n with PostgreSQL and Redis');
    const place = await prepareN8n({ tarball, userFolder: path.join(folder, 'n8n'), log: say });
    const office = { ...place, env: queueModeEnvironment(postgres, redis) };
    await fill(office, arrivals.sandbox, place.package.name, WORKERS);
    const main = await startMain(office);
    open.push(main);
    let number = 0;
    const worker = async () => {
      const started = await startWorker(office, `worker-${(number += 1)}`, CONCURRENCY);
      open.push(started);
      return started;
    };
    const world = { arrivals, say, main, worker };

    yield await killedWorker(world, false);
    yield await killedWorker(world, true);
    await worker();
    yield await eachOnce(world);
    yield await ratesKept(world);
    say('starting an n8n of its own for sending');
    const sender = await startSender(arrivals.sandbox, folder);
    open.push(sender);
    yield await waitingStopsNobody({ ...world, sender });
  } finally {
    for (const process of open.reverse()) await process.stop();
  }
}

/** An n8n in one process, which knows all that it sends, and whose waiting stops nobody else. */
async function startSender(sandbox, folder) {
  const place = await prepareN8n({
    tarball: await packedN8nPackage(() => {}),
    userFolder: path.join(folder, 'n8n-sender'),
    log: () => {},
  });
  await fill(place, sandbox, place.package.name, 1);
  return startMain(place);
}

async function fill(where, { url, company }, packageName, processes) {
  const [app] = company.apps;
  const data = { corpId: company.corpId, agentId: String(app.agentid), secret: app.secret, baseUrl: url, processes };
  await importCredentials(where, [{ id: 'scaleApp', name: 'WeCom', type: 'wecomAppApi', data }]);
  const workflows = scaleWorkflows(packageName);
  await importWorkflows(where, workflows);
  await publish(
    where,
    workflows.map(({ id }) => id),
  );
}

async function call(n8n, name, body) {
  const response = await fetch(`${n8n.url}/webhook/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`webhook ${name}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

const messageOf = (text) => ({ touser: text.split(' ')[0], text });

async function eachOnce({ arrivals, say, main }) {
  const name = 'n8n queue mode, two workers: 300 executions to 60 members';
  say(name);
  const before = await arrivals.sandbox.calls();
  const expected = texts(300, 60);
  for (const text of expected) await call(main, 'send', messageOf(text));
  await arrivals.until(() => arrivals.count() >= expected.length, PATIENCE_MS);
  const gettoken = (await arrivals.sandbox.calls()).gettoken - (before.gettoken ?? 0);
  const { outOfOrder, ...seen } = { ...arrivals.take(expected), gettoken };
  const wrong = [
    ...(seen.lost + seen.twice + seen.dropped > 0 ? ['not each exactly once'] : []),
    ...(gettoken > WORKERS ? [`more than one gettoken for a worker: ${gettoken}`] : []),
  ];
  // Which execution comes first is n8n's affair, and it does not keep their order.
  return { name, seen: { ...seen, outOfOrder }, wrong };
}

async function ratesKept({ arrivals, say, main }) {
  const name = 'n8n queue mode, Sending Processes 2: 60 executions to one member in 30 s';
  say(name);
  const expected = texts(2 * RATE, 1);
  for (const text of expected) {
    await call(main, 'send', messageOf(text));
    await sleep(500);
  }
  await arrivals.until(() => arrivals.count() >= expected.length, PATIENCE_MS);
  const seen = arrivals.take(expected);
  return {
    name,
    seen,
    wrong:
      seen.dropped + seen.lost + seen.twice > 0 ? ['WeCom dropped what was above its rate, or not each came once'] : [],
  };
}

/** The same messages once through the workers that do everything, and once handed to the n8n that only sends. */
async function waitingStopsNobody({ arrivals, say, main, sender }) {
  const name = 'an n8n of its own for sending: 45 messages to one member, other workflows meanwhile';
  say(name);
  const idle = await responseTimes(main, 20);
  const expected = texts(1.5 * RATE, 1);
  for (const text of expected)
    await call(main, 'hand-over', { address: `${sender.url}/webhook/send`, ...messageOf(text) });
  await arrivals.until(() => arrivals.count() >= RATE, PATIENCE_MS);
  const meanwhile = await responseTimes(main, 20);
  const waiting = expected.length - arrivals.count();
  await arrivals.until(() => arrivals.count() >= expected.length, PATIENCE_MS);
  const seen = {
    ...arrivals.take(expected),
    waiting,
    idleP50: `${idle.p50.toFixed(0)} ms`,
    meanwhileP50: `${meanwhile.p50.toFixed(0)} ms`,
    meanwhileMost: `${meanwhile.most.toFixed(0)} ms`,
  };
  const wrong = [
    ...(seen.dropped + seen.lost + seen.twice > 0 ? ['not each exactly once'] : []),
    ...(waiting === 0 ? ['nothing waited, so nothing was shown'] : []),
    ...(meanwhile.p50 > 10 * idle.p50 ? ['other workflows waited as well'] : []),
  ];
  return { name, seen, wrong };
}

/** Of an empty workflow that answers when it has ended. Milliseconds. */
async function responseTimes(main, count) {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const begun = performance.now();
    await call(main, 'nothing', {});
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return { p50: times[count >> 1], most: times[count - 1] };
}

/**
 * One execution with 200 items; the worker that has it is killed in the middle, and the source may send all of it again
 * to the next one.
 */
async function killedWorker({ arrivals, say, main, worker }, avoidDuplicates) {
  const name = `n8n queue mode, a worker killed at ${KILLED_AT} of 200 items, Avoid Duplicates ${avoidDuplicates ? 'on, all sent again' : 'off'}`;
  say(name);
  const expected = texts(200, 40);
  const webhook = avoidDuplicates ? 'batch-avoiding-duplicates' : 'batch';
  const batch = { items: expected.map(messageOf) };
  await arrivals.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 300, times: expected.length });
  const killed = await worker();
  await call(main, webhook, batch);
  await arrivals.reach(KILLED_AT);
  await killed.kill();
  // What was on its way arrives.
  await sleep(1_000);
  const arrivedBefore = arrivals.count();
  if (avoidDuplicates) {
    await worker();
    await call(main, webhook, batch);
    await arrivals.until(() => arrivals.count() >= expected.length, PATIENCE_MS);
    await sleep(1_000);
  }
  const seen = { arrivedBefore, ...arrivals.take(expected) };
  const wrong = [
    ...(seen.twice > 0 ? [`twice ${seen.twice}`] : []),
    ...(avoidDuplicates && seen.lost > 0 ? [`lost ${seen.lost}`] : []),
    // Else nothing was shown.
    ...(avoidDuplicates && seen.repeatsDropped === 0 ? ['nothing was repeated'] : []),
    ...(!avoidDuplicates && seen.lost === 0 ? ['the kill came too late'] : []),
  ];
  return { name, seen, wrong };
}
