/** What `npm run soak` runs once everything is built; see soak.mjs. */
import { parseArgs } from 'node:util';

import { inTemporaryFolder } from '../artifact.mjs';
import { startNodeRed } from '../node-red/server.mjs';
import { Books, longText, memberId, shortText } from './books.mjs';
import { troubleMaker } from './faults.mjs';
import { Memory } from './memory.mjs';
import { startSandboxProcess } from './sandbox-process.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, rate: { type: 'string', default: '100' } },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
if (!(seconds > 0 && rate > 0)) throw new Error('--seconds and --rate must be numbers above 0');

/** So many that nobody comes near 30 messages a minute. */
const MEMBERS = 12_500;
/**
 * Messages in a row to the same member, whose order can be seen. In the second half of ten minutes nobody is new any
 * more.
 */
const RUN = 2;
const TIMEOUT_S = 1;
/** Of a hundred runs: with duplicate check, with a long text each, with a file each. */
const CHECKED = 30;
const LONG = 3;
const FILES = 3;
/**
 * Megabytes that the line through the second half may rise. The heap tells what is held; the process keeps more, in
 * pages of the system.
 */
const MOST_GROWTH_MB = { heap: 10, rss: 50 };
/** Shorter soaks warm up all the time. */
const LONG_ENOUGH_S = 180;
/** How long the last messages may take: a pause of a minute (45009) is waited for. */
const PATIENCE_MS = 150_000;
const REPORT_MS = 30_000;
const SAMPLE_MS = 5_000;

const books = new Books({ messages: Math.ceil(seconds * rate * 1.1) + 1_000, members: MEMBERS });
const memory = new Memory();

const sandbox = await startSandboxProcess({
  members: MEMBERS,
  onMessage: ({ msgtype, received, delivered_to, dropped_for }) =>
    books.arrives({ text: received[msgtype].content ?? received[msgtype].title, delivered_to, dropped_for }),
  onRepeat: () => (books.repeatsDropped += 1),
});
let problems;
try {
  problems = await inTemporaryFolder(soak);
} finally {
  await sandbox.stop();
}
for (const problem of problems) console.log(`✗ ${problem}`);
console.log(
  problems.length === 0 ? '✓ nothing lost, nothing twice, nothing left open' : `✗ ${problems.length} problems`,
);
process.exit(problems.length === 0 ? 0 : 1);

async function soak(userDir) {
  const nodeRed = await startNodeRed({ userDir, port: 0 });
  const before = await resources();
  await nodeRed.deploy(flowOf(sandbox));
  const nodes = Object.fromEntries(['text', 'checked', 'file'].map((id) => [id, nodeRed.node(id)]));
  nodeRed.node('out').on('input', ({ index, payload }) => books.wasSent(index, payload.parts));
  nodeRed.node('failure').on('input', ({ index, error }) => books.failed(index, error));

  const trouble = troubleMaker(sandbox);
  await send(nodes, trouble);
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline && books.unsettled > 0;) await pause(200);
  // What arrives after it was reported, such as the second of two, has time to show.
  await pause(1_500);
  memory.sample();
  books.close();
  report(seconds, trouble.count);
  await nodeRed.deploy([]);
  const open = await leftOpen(before);
  await nodeRed.stop();
  return judged(open);
}

/** One app, and a node for each way of sending; all values come from the message. */
function flowOf({ url, company }) {
  const [app] = company.apps;
  const from = (value) => ({ type: 'msg', value });
  const node = (id, fields, more = {}) => ({
    id,
    type: 'wecom-send',
    z: 'flow',
    x: 1,
    y: 1,
    name: '',
    app: 'app',
    to: 'named',
    msgtype: 'text',
    fields: { touser: from('member'), ...fields },
    queueLength: '100000',
    failOnUndelivered: false,
    wires: [['out']],
    ...more,
  });
  return [
    { id: 'flow', type: 'tab', label: 'soak' },
    {
      id: 'app',
      type: 'wecom-app',
      name: '',
      corpId: company.corpId,
      agentId: String(app.agentid),
      baseUrl: url,
      proxy: '',
      timeout: String(TIMEOUT_S),
      credentials: { secret: app.secret },
    },
    node('text', { 'text.content': from('payload') }),
    node('checked', { 'text.content': from('payload'), enable_duplicate_check: { type: 'bool', value: 'true' } }),
    node(
      'file',
      { 'video.media_id': { ...from('film'), source: 'data' }, 'video.title': from('payload') },
      { msgtype: 'video' },
    ),
    { id: 'out', type: 'debug', z: 'flow', x: 2, y: 1, active: false, tosidebar: false, wires: [] },
    { id: 'failed', type: 'catch', z: 'flow', x: 1, y: 2, scope: null, wires: [['failure']] },
    { id: 'failure', type: 'debug', z: 'flow', x: 2, y: 2, active: false, tosidebar: false, wires: [] },
  ];
}

/** As many messages as the rate asks for by now, again and again, and trouble beside them. */
async function send(nodes, trouble) {
  const start = performance.now();
  let reported = 0;
  let sampled = 0;
  let runs = 0;
  for (let elapsed = 0; elapsed < seconds * 1000; elapsed = performance.now() - start) {
    await trouble.makeTrouble(elapsed);
    for (; books.sent < (elapsed / 1000) * rate; runs += 1) {
      const kind = runs % 100;
      const member = runs % MEMBERS;
      const node = kind < FILES ? nodes.file : kind < FILES + CHECKED ? nodes.checked : nodes.text;
      for (let count = 0; count < RUN; count += 1) {
        const index = books.sending(member);
        const long = kind >= 100 - LONG || (kind >= FILES && kind < FILES + 2);
        node.receive({
          index,
          member: memberId(member),
          payload: long ? longText(index) : shortText(index),
          ...(kind < FILES && { film: film(index) }),
        });
      }
    }
    if (elapsed - sampled > SAMPLE_MS) {
      sampled = elapsed;
      memory.sample();
    }
    if (elapsed - reported > REPORT_MS) {
      reported = elapsed;
      report(elapsed / 1000, trouble.count);
    }
    await pause(20);
  }
}

/** A film of its own: the same file would be uploaded once only. */
function film(index) {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32BE(bytes.length);
  bytes.write('ftypisom', 4);
  bytes.writeUInt32BE(index, 32);
  return bytes;
}

function report(at, troubles) {
  const { sent, delivered, repeatsDropped, wrong, errors, unsettled } = books;
  const kinds = [...errors].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code}: ${count}`);
  console.log(
    `${at.toFixed(0).padStart(4)} s  sent ${sent}, delivered ${delivered} (parts of long texts count), on their way ${unsettled}; ${troubles} faults, ${repeatsDropped} repeats dropped by WeCom`,
  );
  console.log(`        reported errors: ${kinds.join(', ') || 'none'}`);
  console.log(
    `        ${Object.entries(wrong)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  );
  if (memory.samples.length < 2) return;
  for (const name of ['rss', 'heap']) {
    const { start, end, perHour } = memory.line(name);
    console.log(
      `        ${name.padEnd(4)} ${start.toFixed(0)} → ${end.toFixed(0)} MB, ${perHour >= 0 ? '+' : ''}${perHour.toFixed(0)} MB/h in the second half`,
    );
  }
}

/** What keeps a process alive, once timers of a moment ago are gone. */
async function resources() {
  await pause(3_000);
  const counts = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Sockets, timers and other handles that were not there before our nodes were. */
async function leftOpen(before) {
  const now = await resources();
  const open = Object.entries(now).flatMap(([name, count]) =>
    count > (before[name] ?? 0) ? [`${count - (before[name] ?? 0)} × ${name}`] : [],
  );
  console.log(`        open after our nodes were closed: ${open.join(', ') || 'nothing'}`);
  return open;
}

function judged(open) {
  const problems = Object.entries(books.wrong).flatMap(([kind, count]) => (count > 0 ? [`${kind}: ${count}`] : []));
  problems.push(...books.examples);
  if (books.dropped > 0) problems.push(`${books.dropped} messages were above the rates`);
  if (open.length > 0) problems.push(`left open: ${open.join(', ')}`);
  for (const [name, most] of Object.entries(MOST_GROWTH_MB)) {
    const { growth } = memory.line(name);
    if (seconds >= LONG_ENOUGH_S && growth > most)
      problems.push(`${name} grew by ${growth.toFixed(0)} MB in the second half; at most ${most} MB are fine`);
  }
  return problems;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
