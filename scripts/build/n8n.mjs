/**
 * Builds the n8n package: `dist/` mirrors credentials/ and nodes/, as n8n's rules for packages expect; core is one file
 * in it.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROJECT } from '../run.mjs';
import { built } from './fresh.mjs';
import { bundleTypes } from './library-types.mjs';
import { foreignFiles } from './third-party.mjs';

const DIST = path.join(PROJECT, 'dist');
const COMPILED_CORE = path.join(DIST, 'compiled-core');

/** @throws Error with the compiler's words when a type is wrong; dist/ is gone then, so that nothing stale is used */
export function buildN8n() {
  return built('n8n', buildAnew);
}

async function buildAnew() {
  await rm(DIST, { recursive: true, force: true });
  const tsc = path.join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.n8n.json', '--noEmitOnError', '--declaration'],
    { cwd: PROJECT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The n8n package does not compile:\n${stdout}`);
  await bundleCore();
  await bundleTypesOfCore();
  await copyAssets();
}

/**
 * One file in place of some seventy: n8n loads every package at its start. zod stays outside, since n8n brings its own.
 */
async function bundleCore() {
  const folder = path.join(DIST, 'core');
  await rename(folder, COMPILED_CORE);
  // Imported here: `npm run setup` may have brought rolldown a moment ago.
  const { build } = await import('rolldown');
  const bundle = await build({
    input: path.join(PROJECT, 'core', 'index.ts'),
    platform: 'node',
    external: /^zod/,
    output: { file: path.join(folder, 'index.js'), format: 'cjs' },
    logLevel: 'warn',
  });
  const foreign = foreignFiles([bundle]);
  // n8n's rules would refuse them as well, much later; so there are no licences of others to give along.
  if (foreign.length > 0) throw new Error(`the n8n package would contain code of others: ${foreign.join(', ')}`);
}

/** Core is a library as well, so it has types; nobody imports those of the adapter. */
async function bundleTypesOfCore() {
  await bundleTypes(path.join(COMPILED_CORE, 'index.d.ts'), path.join(DIST, 'core'));
  await rm(COMPILED_CORE, { recursive: true });
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
