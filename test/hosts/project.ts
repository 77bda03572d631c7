/** What of the project's scripts and builds the subjects use, with types. */
import path from 'node:path';

import type { Sandbox, SandboxOptions } from '../../sandbox';

export const PROJECT = path.resolve(__dirname, '../..');
/** What a run leaves: pictures of failures. */
export const RESULTS = path.join(PROJECT, '.build', 'hosts');

const built = jest.requireActual<{
  startSandbox(options?: SandboxOptions): Promise<Sandbox>;
}>('../../.build/sandbox/index.js');

export const { startSandbox } = built;

export const { freePort } = jest.requireActual<{ freePort(): Promise<number> }>('../../scripts/n8n/free-port.mjs');

export const { runNpm } = jest.requireActual<{
  runNpm(args: string[], options: { cwd: string }): Promise<void>;
}>('../../scripts/run-npm.mjs');

/** A setting that prepare.cjs made. */
export function prepared(name: 'CHROMIUM' | 'NODE_RED_TARBALL' | 'NODE_RED_4'): string {
  const value = process.env[`HOSTS_${name}`];
  if (!value) throw new Error(`HOSTS_${name} is not set: run the subjects by npm run test:hosts`);
  return value;
}
