/**
 * Builds the n8n package: `dist/` mirrors credentials/ and nodes/, as n8n's rules for packages expect; core is one file
 * in it.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROJECT } from '../run.mjs';
import { built } from './fresh.mjs';
import { foreignFiles } from './third-party.mjs';

const DIST = path.join(PROJECT, 'dist');
const CONFIG = path.join(PROJECT, 'tsconfig.n8n.json');

export function buildN8n() {
  return built('n8n', buildAnew);
}

async function buildAnew() {
  await rm(DIST, { recursive: true, force: true });
  for (const folder of ['credentials', 'nodes']) await transpileFolder(folder);
  await bundleCore();
  await copyAssets();
}

/** File by file and without a look at types: `npm run typecheck` and the build of the types do that. */
async function transpileFolder(folder) {
  const { default: ts } = await import('typescript');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(CONFIG, ts.sys.readFile).config, ts.sys, PROJECT);
  for (const file of await readdir(path.join(PROJECT, folder), { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const source = path.join(PROJECT, folder, file);
    const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), {
      compilerOptions: options,
      fileName: source,
    });
    const target = path.join(DIST, folder, file.replace(/\.ts$/, '.js'));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
}

/**
 * One file in place of some seventy: n8n loads every package at its start. zod stays outside, since n8n brings its own.
 */
async function bundleCore() {
  // Imported here: `npm run setup` may have brought rolldown a moment ago.
  const { build } = await import('rolldown');
  const bundle = await build({
    input: path.join(PROJECT, 'core', 'index.ts'),
    platform: 'node',
    external: /^zod/,
    output: { file: path.join(DIST, 'core', 'index.js'), format: 'cjs' },
    logLevel: 'warn',
  });
  const foreign = foreignFiles([bundle]);
  // n8n's rules would refuse them as well, much later; so there are no licences of others to give along.
  if (foreign.length > 0) throw new Error(`the n8n package would contain code of others: ${foreign.join(', ')}`);
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
