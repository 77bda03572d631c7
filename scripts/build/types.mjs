/**
 * Builds the types that both packages ship for programs that use them as a library: one file each, in which nothing of
 * the hosts is left. Apart from the packages, because it takes several times as long and only who packs them needs it.
 */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { PROJECT } from '../run.mjs';
import { built } from './fresh.mjs';

/** What the compiler says of each file, before it is one. */
const DECLARATIONS = path.join(PROJECT, '.build', 'declarations');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** @throws Error with the compiler's words when a type is wrong */
export function buildTypes() {
  return built('types', async () => {
    await rm(DECLARATIONS, { recursive: true, force: true });
    const { status, stdout } = spawnSync(
      process.execPath,
      [tsc, '-p', 'tsconfig.types.json', '--outDir', DECLARATIONS],
      {
        cwd: PROJECT,
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(`type errors in what the libraries export:\n${stdout}`);
    await bundle(path.join(DECLARATIONS, 'core', 'index.d.ts'), path.join(PROJECT, 'dist', 'core'));
    await bundle(path.join(DECLARATIONS, 'node-red', 'index.d.ts'), path.join(PROJECT, 'node-red', 'dist'));
  });
}

/** From the declarations of the entry and all that it names to `index.d.ts` in the folder. */
async function bundle(entry, folder) {
  // Imported here: `npm run setup` may have brought them a moment ago.
  const [{ build }, { dts }] = await Promise.all([import('rolldown'), import('rolldown-plugin-dts')]);
  await build({
    input: { index: entry },
    external: /^(zod|node:)/,
    plugins: [dts({ dtsOnly: true, tsconfig: false })],
    output: { dir: folder, format: 'es', entryFileNames: '[name].d.ts' },
    checks: { pluginTimings: false },
    logLevel: 'warn',
  });
  // What the bundler makes of a file without values.
  await rm(path.join(folder, 'index.d.js'), { force: true });
}
