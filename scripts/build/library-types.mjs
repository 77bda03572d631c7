/** The types of a package as a library: one file, in which nothing of zod and of the hosts is left. */
import { rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * @param {string} entry  the `.d.ts` that the compiler wrote of the entry of the package
 * @param {string} folder  gets `index.d.ts`
 */
export async function bundleTypes(entry, folder) {
  // Imported here: `npm run setup` may have brought them a moment ago.
  const [{ build }, { dts }] = await Promise.all([import('rolldown'), import('rolldown-plugin-dts')]);
  await build({
    input: { index: entry },
    external: /^(zod|node:)/,
    plugins: [dts({ dtsOnly: true, tsconfig: false })],
    output: { dir: folder, format: 'es', entryFileNames: '[name].d.ts' },
    logLevel: 'warn',
  });
  // What the bundler makes of a file without values.
  await rm(path.join(folder, 'index.d.js'), { force: true });
}
