/** A Node-RED as a person has it: a user folder of its own, our tarball installed into it by npm, started by itself. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort, prepared, PROJECT, runNpm } from '../project';

export interface NodeRedVersion {
  readonly name: string;
  /** Folder of the package node-red. */
  readonly home: () => string;
  /** The Node.js that runs it. */
  readonly node: () => string;
}

const NODE_RED_5: NodeRedVersion = {
  name: 'Node-RED 5',
  home: () => path.join(PROJECT, 'node_modules', 'node-red'),
  node: () => process.execPath,
};

const NODE_RED_4: NodeRedVersion = {
  name: 'Node-RED 4.1',
  home: () => path.join(prepared('NODE_RED_4'), 'node_modules', 'node-red'),
  node: nodeOfTheMachine,
};

/** Both majors that our package promises to work in, the newest first. */
export const VERSIONS: readonly NodeRedVersion[] = [NODE_RED_5, NODE_RED_4];

/** Node 20 wherever the machine has it: what npm scripts have first on their PATH is the project's own 24. */
function nodeOfTheMachine(): string {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  const nodes = folders.map((folder) => path.join(folder, 'node')).filter((file) => existsSync(file));
  const version = (node: string) => spawnSync(node, ['-v'], { encoding: 'utf8' }).stdout;
  return nodes.find((node) => version(node).startsWith('v20.')) ?? nodes[0] ?? process.execPath;
}

export interface NodeRed {
  readonly url: string;
  readonly userDir: string;
  /** Everything it has printed. */
  log(): string;
  /** Puts flows there and starts them, as a deploy does. Credentials stand in the nodes. */
  deploy(flows: readonly object[]): Promise<void>;
  flows(): Promise<readonly FlowNode[]>;
  stop(): Promise<void>;
}

export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly [property: string]: unknown;
}

interface Options {
  /** More of settings.js. */
  readonly settings?: object;
  readonly env?: NodeJS.ProcessEnv;
  /** Without our package, to install it in the editor. */
  readonly bare?: boolean;
}

/** @throws Error with what Node-RED printed when it does not answer within a minute */
export async function startNodeRed(version: NodeRedVersion, options: Options = {}): Promise<NodeRed> {
  const userDir = await mkdtemp(path.join(tmpdir(), 'wecom-hosts-node-red-'));
  await writeFile(
    path.join(userDir, 'package.json'),
    JSON.stringify({ name: 'node-red-project', description: 'A Node-RED Project', version: '0.0.1', private: true }),
  );
  if (!options.bare) await runNpm(['install', '--offline', prepared('NODE_RED_TARBALL')], { cwd: userDir });
  const port = await freePort();
  await writeSettings(userDir, port, options.settings);
  const child = spawn(
    version.node(),
    [path.join(version.home(), 'red.js'), '--userDir', userDir, '--settings', path.join(userDir, 'settings.js')],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LANG: 'en_US.UTF-8', ...options.env } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(userDir, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = `http://127.0.0.1:${port}`;
  if (!(await answers(`${url}/settings`, () => child.exitCode !== null))) {
    await stop();
    throw new Error(`${version.name} did not start:\n${output}`);
  }
  return { url, userDir, stop, log: () => output, ...api(url) };
}

async function writeSettings(userDir: string, port: number, more: object = {}): Promise<void> {
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    credentialSecret: 'test',
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false, projects: { enabled: false }, palette: { catalogues: [] } },
    logging: { console: { level: 'info', metrics: false, audit: false } },
    ...more,
  };
  await writeFile(path.join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
  // The editor's tips come a second after its settings, and fail on a busy machine that has not drawn the sidebar by
  // then.
  await writeFile(
    path.join(userDir, '.config.users.json'),
    JSON.stringify({ _: { editor: { view: { 'view-show-tips': false, 'view-show-welcome-tours': false } } } }),
  );
}

function api(url: string): Pick<NodeRed, 'deploy' | 'flows'> {
  return {
    async deploy(flows) {
      const answer = await fetch(`${url}/flows`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'node-red-api-version': 'v2' },
        body: JSON.stringify({ flows }),
      });
      if (!answer.ok) throw new Error(`POST /flows: ${answer.status} ${await answer.text()}`);
    },
    async flows() {
      return (await (await fetch(`${url}/flows`)).json()) as FlowNode[];
    },
  };
}

async function answers(address: string, gaveUp: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 300 && !gaveUp(); tries += 1) {
    const ok = await fetch(address).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return true;
    await sleep(200);
  }
  return false;
}
