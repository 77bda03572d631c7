/**
 * Runs of many items through n8n's own engine: our node and, in the same run, n8n's HTTP Request node; time and CPU.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { PROJECT } from '../scripts/run.mjs';
import { ensurePinned, toolFolder } from '../scripts/tool-cache.mjs';
import { N8N } from '../scripts/tool-pins.mjs';
import { median } from './figures.mjs';
import { n8nEngine, SENDERS } from './n8n-engine.mjs';
import { startSlowWecom } from './slow-wecom.mjs';

// n8n's HTTP client opens a connection for each request, and each blocks its port for a minute: not so many rounds that
// they run out.
const ROUNDS = 5;
/** Milliseconds the server takes, and how many items there are. */
const CASES = [
  [50, 200],
  [50, 1000],
  [0, 1000],
];
const GOAL = 1.15;
const FILE_ITEMS = 200;
const FILE_BYTES = 10 * 1024 * 1024;

/**
 * In a process of its own, because n8n's engine does not leave one. The HTTP Request node is measured where n8n is
 * installed, or shall be.
 */
export async function n8nItems({ install = false } = {}) {
  const installed = toolFolder(N8N.name, N8N.manifest, { rebuild: N8N.rebuild });
  const tools = install
    ? await ensurePinned(N8N)
    : existsSync(path.join(installed, 'installed.json'))
      ? installed
      : undefined;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(import.meta.url), ...(tools ? [tools] : [])],
    { cwd: PROJECT },
  );
  return JSON.parse(stdout);
}

async function measure(tools) {
  const engine = await n8nEngine(tools);
  try {
    const rows = [];
    for (const [delayMs, count] of CASES)
      rows.push(
        ...(await withServer(delayMs, (url) =>
          compare(engine, url, { delayMs, count, withHttpRequest: tools !== undefined }),
        )),
      );
    return [
      ...rows,
      ...(await withServer(0, (url) => sameFile(engine, url))),
      ...(tools
        ? []
        : [
            {
              what: "n8n's HTTP Request node was not measured: n8n is not installed (npm run bench -- --n8n)",
              value: '',
              unit: '',
            },
          ]),
    ];
  } finally {
    engine.close();
  }
}

/**
 * A server of its own for each case: at another port, what the connections of the case before have left is in nobody's
 * way.
 */
async function withServer(delayMs, work) {
  const server = await startSlowWecom();
  try {
    await server.answerAfter(delayMs);
    return await work(server.url);
  } finally {
    server.stop();
  }
}

/** Both nodes in turn, so that whatever else this machine does is done to both. */
async function compare(engine, url, { delayMs, count, withHttpRequest }) {
  const ours = [];
  const others = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    // Members of their own in each round: otherwise WeCom's limit of 30 messages a minute per member would be kept by
    // waiting.
    const items = () =>
      Array.from({ length: count }, (_, index) => ({
        json: { to: `u${delayMs}-${count}-${round}-${index}`, text: `Build ${index} is done: 中文内容` },
      }));
    const first = await timed(() => engine.run(url, SENDERS.ours(), items()));
    const second = withHttpRequest ? await timed(() => engine.run(url, SENDERS.httpRequest(url), items())) : undefined;
    if (round === 0) continue; // warms up
    ours.push(first);
    if (second) others.push(second);
  }
  const middle = (list, key) => median(list.map((entry) => entry[key]));
  const where = `${count} items, ${delayMs} ms server delay`;
  const rows = [{ what: `n8n node, ${where}`, value: middle(ours, 'ms'), unit: 'ms' }];
  // The HTTP Request node has no bound, so where it needs less than this, ours cannot.
  const { DEFAULT_AT_ONCE } = createRequire(import.meta.url)(path.join(PROJECT, 'dist/core/index.js'));
  const trips = Math.ceil(count / DEFAULT_AT_ONCE);
  if (delayMs > 0)
    rows.push({
      what: `  the least with ${DEFAULT_AT_ONCE} at once: ${trips} round trips`,
      value: trips * delayMs,
      unit: 'ms',
    });
  if (delayMs === 0)
    rows.push({ what: '  CPU for each item', value: (1000 * middle(ours, 'cpuMs')) / count, unit: 'µs' });
  if (others.length === 0) return rows;
  const ratio = (key) => median(ours.map((entry, round) => entry[key] / others[round][key]));
  rows.push({ what: "  n8n's HTTP Request node", value: middle(others, 'ms'), unit: 'ms' });
  rows.push({
    what: '  ours / HTTP Request, time',
    value: ratio('ms'),
    unit: '×',
    goal: `≤ ${GOAL} ×`,
    met: ratio('ms') <= GOAL,
  });
  if (delayMs > 0) return rows;
  rows.push({
    what: '  CPU of HTTP Request for each item',
    value: (1000 * middle(others, 'cpuMs')) / count,
    unit: 'µs',
  });
  rows.push({
    what: '  ours / HTTP Request, CPU',
    value: ratio('cpuMs'),
    unit: '×',
    goal: `≤ ${GOAL} ×`,
    met: ratio('cpuMs') <= GOAL,
  });
  return rows;
}

async function timed(run) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

async function sameFile(engine, url) {
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const data = await engine.storeFile(Buffer.alloc(FILE_BYTES, round + 1));
    const items = Array.from({ length: FILE_ITEMS }, (_, index) => ({
      json: { to: `f${round}-${index}` },
      binary: { data: { ...data } },
    }));
    times.push((await timed(() => engine.run(url, SENDERS.file(), items))).ms);
  }
  return [
    { what: `n8n node, ${FILE_ITEMS} items with one and the same file of 10 MB`, value: median(times), unit: 'ms' },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await measure(process.argv[2])));
  process.exit();
}
