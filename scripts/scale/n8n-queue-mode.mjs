/** n8n as large installations run it: one process that takes requests, and workers that do the work. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { n8nBinary, runN8n } from '../n8n/command.mjs';
import { n8nEnvironment } from '../n8n/environment.mjs';
import { freePort } from '../n8n/free-port.mjs';
import { startN8n } from '../n8n/server.mjs';
import { ended, endsWithUs } from './services.mjs';

const READY_WITHIN_MS = 300_000;

/** What every process of one n8n has in common. */
export function queueModeEnvironment(postgres, redis) {
  return {
    ...postgres.env,
    EXECUTIONS_MODE: 'queue',
    QUEUE_BULL_REDIS_HOST: '127.0.0.1',
    QUEUE_BULL_REDIS_PORT: String(redis.port),
    QUEUE_HEALTH_CHECK_ACTIVE: 'true',
    N8N_ENCRYPTION_KEY: 'for the sandbox only',
  };
}

/** Turns workflows on, so that their webhooks answer. @throws Error with n8n's own words */
export async function publish(where, ids) {
  for (const id of ids) {
    const { code, output } = await runN8n(where, ['publish:workflow', `--id=${id}`]);
    if (code !== 0) throw new Error(`n8n publish:workflow failed\n${output}`);
  }
}

/** @returns {Promise<{ url: string, stop(): Promise<void> }>} */
export function startMain(where) {
  return startN8n(where);
}

/**
 * @returns {Promise<{ kill(): Promise<void>, stop(): Promise<void> }>} with `kill` as `kill -9` does it, and `stop` in
 * good order
 */
export async function startWorker({ tools, userFolder, env: extra }, name, concurrency) {
  const port = await freePort();
  const env = {
    ...n8nEnvironment({ userFolder, port: await freePort(), brokerPort: await freePort() }),
    ...extra,
    QUEUE_HEALTH_CHECK_PORT: String(port),
  };
  const child = endsWithUs(
    spawn(process.execPath, [n8nBinary(tools), 'worker', `--concurrency=${concurrency}`], {
      cwd: userFolder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const logFile = path.join(userFolder, `${name}.log`);
  const log = createWriteStream(logFile);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  for (const deadline = Date.now() + READY_WITHIN_MS; !(await isReady(port)); await sleep(250)) {
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error(`${name} did not start\n${(await readFile(logFile, 'utf8')).slice(-2_000)}`);
  }
  return { kill: () => ended(child, 'SIGKILL'), stop: () => ended(child, 'SIGTERM') };
}

async function isReady(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz/readiness`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
