/** Bundles the sandbox for the scripts, which run without a TypeScript loader. Its libraries stay in node_modules. */
import { cp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROJECT } from '../run.mjs';
import { built } from './fresh.mjs';

/** Beside each other, as in the tree. */
const OUT = path.join(PROJECT, '.build');

export function buildSandbox() {
  return built('sandbox', buildAnew);
}

async function buildAnew() {
  // Imported here: `npm run setup` may have brought rolldown a moment ago.
  const { build } = await import('rolldown');
  // Beside it first: somebody may be starting the one that is there.
  const made = path.join(OUT, `sandbox-${process.pid}`);
  await build({
    input: { index: path.join(PROJECT, 'sandbox/index.ts'), cli: path.join(PROJECT, 'sandbox/cli.ts') },
    platform: 'node',
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
    output: {
      dir: path.join(made, 'sandbox'),
      format: 'cjs',
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
    },
    logLevel: 'warn',
  });
  for (const folder of ['drawing', 'sandbox/page'])
    await cp(path.join(PROJECT, folder), path.join(made, folder), { recursive: true });
  for (const folder of ['drawing', 'sandbox']) {
    await rm(path.join(OUT, folder), { recursive: true, force: true });
    await rename(path.join(made, folder), path.join(OUT, folder));
  }
  await rm(made, { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSandbox();
