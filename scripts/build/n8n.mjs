/** Builds the n8n package: `dist/` mirrors core/, credentials/ and nodes/, as n8n's rules for packages expect. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROJECT } from '../run.mjs';

const DIST = path.join(PROJECT, 'dist');

/** @throws Error with the compiler's words when a type is wrong; dist/ is gone then, so that nothing stale is used */
export async function buildN8n() {
  await rm(DIST, { recursive: true, force: true });
  const tsc = path.join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.n8n.json', '--noEmitOnError', '--declaration'], { cwd: PROJECT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The n8n package does not compile:\n${stdout}`);
  await removeAdapterTypes();
  await copyAssets();
}

/** Core is a library as well, so its types stay; nobody imports the types of the adapter. */
async function removeAdapterTypes() {
  for (const folder of ['credentials', 'nodes']) {
    for (const file of await readdir(path.join(DIST, folder), { recursive: true })) {
      if (file.endsWith('.d.ts')) await rm(path.join(DIST, folder, file));
    }
  }
}

/** Icons and codex files: what n8n reads beside the compiled code. */
async function copyAssets() {
  for (const folder of ['icons', 'nodes']) {
    for (const file of await readdir(path.join(PROJECT, folder), { recursive: true })) {
      if (!/\.(svg|png|node\.json)$/.test(file)) continue;
      const target = path.join(DIST, folder, file);
      await mkdir(path.dirname(target), { recursive: true });
      await cp(path.join(PROJECT, folder, file), target);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildN8n();
