/**
 * Installs what a fresh clone lacks, so that `npm start` and `npm test` are all a newcomer types.
 *
 * Runs under the Node of the machine (20 or newer) before anything is installed, so it uses built-ins only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROJECT } from './run.mjs';

/** Remembers which lock file node_modules was made from. */
const MARKER = path.join(PROJECT, 'node_modules', '.wecom-flow-setup');

/** Makes node_modules what the lock file says; does nothing when it is already. Ends the process if npm fails. */
export function ensureSetup() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(PROJECT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === lock) return;
  console.log('Installing dependencies (once, one to three minutes) …');
  npm(['ci', '--no-audit', '--no-fund']);
  // Scripts of dependencies are off (.npmrc); this one brings Node 24, which n8n and Node-RED 5 need, into npm scripts.
  npm(['rebuild', 'node', '--ignore-scripts=false']);
  writeFileSync(MARKER, lock);
}

function npm(args) {
  const { status } = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    cwd: PROJECT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`npm ${args.join(' ')} failed (${status}); see its output above.`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureSetup();
