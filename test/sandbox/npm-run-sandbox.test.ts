import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';

const PROJECT = path.join(__dirname, '../..');
const PATIENCE_MS = 20_000;

let npm: ChildProcess;
afterEach(() => {
  try {
    process.kill(-npm.pid!, 'SIGKILL');
  } catch {
    // Nothing of it is left, as it should be.
  }
});

/** `npm run sandbox`, in a process group of its own as a terminal gives it one. Resolves with the address it prints. */
async function runSandbox(): Promise<string> {
  // Otherwise the script would install everything anew below the running tests.
  if (!existsSync(path.join(PROJECT, 'node_modules/.wecom-flow-setup')))
    throw new Error('run "node scripts/setup.mjs" first');
  npm = spawn('npm', ['run', 'sandbox', '--', '--port', '0'], {
    cwd: PROJECT,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  for await (const chunk of npm.stdout!) {
    output += String(chunk);
    const url = /Inbox\s+(\S+)\n/.exec(output)?.[1];
    if (url) return url;
  }
  throw new Error(`no address in ${output}`);
}

async function isServed(url: string): Promise<boolean> {
  return request(url).then(
    async ({ body }) => body.dump().then(() => true),
    () => false,
  );
}

describe('ending `npm run sandbox`', () => {
  test.each<[string, () => void]>([
    ['by SIGTERM to npm', () => npm.kill('SIGTERM')],
    ['by SIGKILL to npm', () => npm.kill('SIGKILL')],
    ['by Ctrl-C in its terminal', () => process.kill(-npm.pid!, 'SIGINT')],
    ['by closing its terminal', () => process.kill(-npm.pid!, 'SIGHUP')],
  ])(
    '%s ends the server',
    async (_how, end) => {
      const url = await runSandbox();
      expect(await isServed(url)).toBe(true);
      end();
      const deadline = Date.now() + PATIENCE_MS;
      while ((await isServed(url)) && Date.now() < deadline) await pause(50);
      expect(await isServed(url)).toBe(false);
    },
    2 * PATIENCE_MS,
  );
});
