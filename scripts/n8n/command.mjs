/** n8n's own command line, run to its end: import credentials and workflows, execute one. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { inTemporaryFolder } from '../artifact.mjs';
import { n8nEnvironment } from './environment.mjs';
import { freePort } from './free-port.mjs';

/** The file that `n8n` on the command line runs. */
export function n8nBinary(tools) {
  return path.join(tools, 'node_modules', 'n8n', 'bin', 'n8n');
}

/**
 * @param {{ tools: string, userFolder: string, env?: Record<string, string> }} where  `tools` is the folder that
 *   `ensurePinned(N8N)` returned; `env` is added to n8n's environment, such as for another database
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runN8n({ tools, userFolder, env: extra }, args) {
  const env = { ...n8nEnvironment({ userFolder, port: await freePort(), brokerPort: await freePort() }), ...extra };
  // n8n reads a .env file of its working directory; in its own folder there is none.
  const child = spawn(process.execPath, [n8nBinary(tools), ...args], {
    cwd: userFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, output };
}

/** @param {{ id: string, name: string, type: string, data: object }[]} credentials  in clear; n8n encrypts them */
export async function importCredentials(where, credentials) {
  await importJson(where, 'credentials', credentials, `Successfully imported ${credentials.length} credential`);
}

/** @param {object[]} workflows  as n8n exports them, each with an `id` */
export async function importWorkflows(where, workflows) {
  await importJson(where, 'workflow', workflows, `Successfully imported ${workflows.length} workflow`);
}

async function importJson(where, kind, entries, success) {
  await inTemporaryFolder(async (scratch) => {
    const file = path.join(scratch, `${kind}.json`);
    await writeFile(file, JSON.stringify(entries), { mode: 0o600 });
    const { code, output } = await runN8n(where, [`import:${kind}`, `--input=${file}`]);
    if (code !== 0 || !output.includes(success)) throw new Error(`n8n import:${kind} failed\n${lastLines(output)}`);
  });
}

/**
 * Runs a workflow once from its manual trigger.
 *
 * @returns {Promise<{ status: string, error?: object, nodes: Record<string, { items: object[], error?: object }> }>}
 *   what each node handed on in its last run
 * @throws Error when n8n did not run it at all. A workflow that ran and failed is a result.
 */
export async function executeWorkflow(where, id) {
  const { output } = await runN8n(where, ['execute', `--id=${id}`]);
  const run = readExecution(output);
  if (!run) throw new Error(`n8n execute --id=${id} gave no result\n${lastLines(output)}`);
  return run;
}

/** The execution is printed as indented JSON among log lines: its braces are the only ones at the start of a line. */
export function readExecution(output) {
  const json = /^\{\r?\n[\s\S]*?^\}/m.exec(output)?.[0];
  if (!json) return undefined;
  const { status, data } = JSON.parse(json);
  const { runData = {}, error } = data.resultData;
  const nodes = Object.fromEntries(
    Object.entries(runData).map(([name, runs]) => {
      const last = runs.at(-1);
      return [name, { items: (last.data?.main ?? []).flat().filter(Boolean), error: last.error }];
    }),
  );
  return { status, error, nodes };
}

function lastLines(text) {
  return text.split('\n').filter(Boolean).slice(-25).join('\n');
}
