/** A real n8n with our package in it, started and ended by us. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ensurePinned } from '../tool-cache.mjs';
import { N8N } from '../tool-pins.mjs';
import { n8nBinary } from './command.mjs';
import { n8nEnvironment } from './environment.mjs';
import { freePort } from './free-port.mjs';
import { placePackage } from './place-package.mjs';

/** `engines.node` of n8n 2.41. */
const NEEDS_NODE = 24;
const READY_WITHIN_MS = 300_000;
const ENDS_WITHIN_MS = 10_000;

/**
 * Everything that must be there before n8n runs: n8n itself, its user folder, our package in it.
 *
 * @param {{ tarball: string, userFolder: string, log?: (line: string) => void }} options
 * @returns {Promise<{ tools: string, userFolder: string, package: { name: string, version: string, folder: string } }>}
 *   also what the functions of `command.mjs` take as their first argument
 */
export async function prepareN8n({ tarball, userFolder, log }) {
  requireNode();
  const tools = await ensurePinned(N8N, { log });
  await mkdir(userFolder, { recursive: true });
  return { tools, userFolder, package: await placePackage(tarball, userFolder) };
}

/** Said before an install of some minutes that would be for nothing. */
function requireNode() {
  const [major] = process.versions.node.split('.');
  if (Number(major) < NEEDS_NODE) {
    throw new Error(
      `n8n needs Node.js ${NEEDS_NODE}, this is ${process.versions.node}: start it through npm, which brings its own (npm run start:n8n)`,
    );
  }
}

/**
 * Starts n8n on 127.0.0.1 and returns when it answers. Its output goes to `<userFolder>/n8n.log`.
 *
 * @param {{ tools: string, userFolder: string, env?: Record<string, string> }} where from `prepareN8n`; `env` is added
 *   to n8n's environment
 * @param {{ port?: number }} [options]
 * @returns {Promise<{ url: string, pid: number, logFile: string, ended: Promise<number | null>, stop(): Promise<void>
 *   }>}
 */
export async function startN8n({ tools, userFolder, env: extra }, { port } = {}) {
  port ??= await freePort();
  const logFile = path.join(userFolder, 'n8n.log');
  const env = { ...n8nEnvironment({ userFolder, port, brokerPort: await freePort() }), ...extra };
  // A group of its own: Ctrl-C in the terminal reaches us only, and ending the group ends the task runner as well.
  const child = spawn(process.execPath, [n8nBinary(tools), 'start'], {
    cwd: userFolder,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logStream = createWriteStream(logFile);
  child.stdout.pipe(logStream, { end: false });
  child.stderr.pipe(logStream, { end: false });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => logStream.end(() => resolve(code)));
  });
  ended.catch(() => {});
  const endWithUs = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);

  const stop = async () => {
    process.removeListener('exit', endWithUs);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await Promise.race([ended, sleep(ENDS_WITHIN_MS, undefined, { ref: false })]);
    signalGroup(child, 'SIGKILL'); // whoever of the group is still there
    await ended;
  };

  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([
      untilReady(url),
      ended.then((code) => Promise.reject(new Error(`n8n ended with ${code} before it was ready`))),
    ]);
  } catch (error) {
    await stop();
    const tail = (await readFile(logFile, 'utf8').catch(() => '')).split('\n').slice(-30).join('\n');
    throw new Error(`${error.message}\n${tail}`);
  }
  return { url, pid: child.pid, logFile, ended, stop };
}

function signalGroup(child, signal) {
  if (!child.pid) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Readiness means the database is there; the editor and its list of nodes come a moment later, so ask for that. */
async function untilReady(url) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if ((await answers(`${url}/healthz/readiness`)) && (await answers(`${url}/rest/settings`))) return;
    await sleep(250);
  }
  throw new Error(`n8n was not ready within ${READY_WITHIN_MS / 1000} s`);
}

async function answers(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
