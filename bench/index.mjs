/**
 * `npm run bench`: one run, one table, and the same as JSON in artifacts/bench.json. A missed goal is marked; only
 * goals that are counted, not timed, make it exit with 1, because a busy machine is no mistake of ours. With `-- --n8n`
 * it installs a real n8n if there is none, measures its HTTP Request node beside ours and opens panels.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';

import { freePort } from '../scripts/n8n/free-port.mjs';
import { PROJECT } from '../scripts/run.mjs';
import { buildingMessages } from './build-messages.mjs';
import { table } from './figures.mjs';
import { loading } from './load.mjs';
import { panelOpening } from './n8n-panel.mjs';
import { n8nItems } from './n8n-items.mjs';
import { nodeRedItems } from './node-red-items.mjs';
import { nodeRedThroughput } from './node-red-throughput.mjs';
import { queueing } from './queue.mjs';
import { splittingText } from './split-text.mjs';
import { tokenCalls } from './tokens.mjs';

const sandbox = await startSandboxProcess();
try {
  const rows = [
    ...(await nodeRedThroughput(sandbox)),
    ...(await tokenCalls(sandbox)),
    ...(await nodeRedItems(sandbox)),
    ...(await n8nItems({ install: process.argv.includes('--n8n') })),
    ...(await queueing()),
    ...(await splittingText()),
    ...(await buildingMessages()),
    ...(await loading()),
    ...(process.argv.includes('--n8n') ? await panelOpening() : []),
  ];
  console.log(table(rows));
  const machine = { node: process.version, cpus: cpus().length };
  console.log(`\nNode ${machine.node}, ${machine.cpus} CPUs; medians of one run`);
  await mkdir(path.join(PROJECT, 'artifacts'), { recursive: true });
  await writeFile(path.join(PROJECT, 'artifacts', 'bench.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  process.exitCode = rows.some((row) => row.met === false && !isTimed(row)) ? 1 : 0;
} finally {
  sandbox.stop();
}

function isTimed({ unit }) {
  return ['×', 'ms', 'µs', 'MB/s'].includes(unit);
}

/** The sandbox in a process of its own: sharing a thread with it would slow down whoever is measured. */
async function startSandboxProcess() {
  const port = await freePort();
  const child = spawn('node', ['.build/sandbox/cli.js', '--port', String(port)], {
    cwd: PROJECT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const ready = await fetch(`${url}/sandbox/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"extra_members":2000}',
    }).catch(() => undefined);
    if (ready?.ok) break;
    if (Date.now() > deadline) throw new Error('the sandbox did not start');
  }
  const company = await (await fetch(`${url}/sandbox/company`)).json();
  return { url, company, stop: () => child.kill() };
}
