import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PACKAGE = path.resolve(__dirname, '../../node-red');
const RED_JS = path.join(path.dirname(createRequire(__filename).resolve('node-red/package.json')), 'red.js');

/** A Node-RED as people run it: `red.js` as a process of its own, with a user folder of its own. */
export interface NodeRedProcess {
  readonly url: string;
  readonly userDir: string;
  /** Everything it has printed since it was started last. */
  log(): string;
  /** Waits until it has printed this. */
  printed(text: string | RegExp, timeoutMs?: number): Promise<void>;
  deploy(flow: readonly object[], type?: 'full' | 'flows' | 'nodes'): Promise<void>;
  isRunning(): boolean;
  /** Ends it with a signal. @returns its exit code, if it had one */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  /** Starts it again with what is in its user folder. */
  startAgain(): Promise<void>;
  /** Ends it if it still runs, and removes its user folder. */
  clear(): Promise<void>;
}

/**
 * @param permissions what the bearer of each token may do; without it, everybody may do everything
 * @param env in place of variables of this process; undefined removes one
 */
export async function startNodeRedProcess(
  flow: readonly object[],
  credentials: object,
  permissions?: Readonly<Record<string, readonly string[]>>,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<NodeRedProcess> {
  const userDir = await mkdtemp(path.join(tmpdir(), 'wecom-node-red-process-'));
  await mkdir(path.join(userDir, 'node_modules/@wecom-flow'), { recursive: true });
  await symlink(PACKAGE, path.join(userDir, 'node_modules/@wecom-flow/node-red-wecom'), 'junction');
  const port = await freePort();
  const users =
    permissions &&
    `{ type: 'credentials', users: [], tokens: async (token) => ({ username: token, permissions: ${JSON.stringify(permissions)}[token] }) }`;
  await writeFile(
    path.join(userDir, 'settings.js'),
    `module.exports = { adminAuth: ${users ?? 'undefined'}, ...${JSON.stringify({
      uiHost: '127.0.0.1',
      uiPort: port,
      flowFile: 'flows.json',
      credentialSecret: false,
      apiMaxLength: '5mb',
      externalModules: { palette: { allowInstall: false, allowUpload: false }, modules: { allowInstall: false } },
      telemetry: { enabled: false, updateNotification: false },
      editorTheme: { tours: false },
      logging: { console: { level: 'info', metrics: false, audit: false } },
    })} }`,
  );
  await writeFile(path.join(userDir, 'flows.json'), JSON.stringify(flow));
  await writeFile(path.join(userDir, 'flows_cred.json'), JSON.stringify(credentials));

  let child: ChildProcess | undefined;
  let output = '';
  let wake: () => void = () => undefined;
  const url = `http://127.0.0.1:${port}`;

  const printed = async (text: string | RegExp, timeoutMs = 30_000): Promise<void> => {
    const found = () => (typeof text === 'string' ? output.includes(text) : text.test(output));
    for (const deadline = Date.now() + timeoutMs; !found();) {
      if (Date.now() > deadline || child?.exitCode !== null)
        throw new Error(`Node-RED did not print ${String(text)} but:\n${output}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 200);
      });
    }
  };
  const start = async (): Promise<void> => {
    output = '';
    const started = spawn(
      process.execPath,
      [RED_JS, '--userDir', userDir, '--settings', path.join(userDir, 'settings.js')],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '', ...env } },
    );
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        wake();
      });
    }
    await printed('Started flows');
    await printed('Server now running');
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    const closed = once(ending, 'close');
    ending.kill(signal);
    await closed;
    return ending.exitCode;
  };

  await start();
  return {
    url,
    userDir,
    log: () => output,
    printed,
    async deploy(changed, type = 'full') {
      const response = await fetch(`${url}/flows`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'Node-RED-Deployment-Type': type },
        body: JSON.stringify(changed),
      });
      if (!response.ok) throw new Error(`the deploy answered ${response.status}: ${await response.text()}`);
    },
    isRunning: () => child?.exitCode === null && child.signalCode === null,
    end,
    startAgain: start,
    async clear() {
      await end('SIGKILL');
      await rm(userDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
