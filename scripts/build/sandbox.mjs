/** Bundles the sandbox for the scripts, which run without a TypeScript loader. Its libraries stay in node_modules. */
import { cp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROJECT } from '../run.mjs';

const OUT = path.join(PROJECT, '.build', 'sandbox');

export async function buildSandbox() {
  // Imported here: `npm run setup` may have brought rolldown a moment ago.
  const { build } = await import('rolldown');
  // Beside it first: somebody may be starting the one that is there.
  const made = `${OUT}-${process.pid}`;
  await build({
    input: { index: path.join(PROJECT, 'sandbox/index.ts'), cli: path.join(PROJECT, 'sandbox/cli.ts') },
    platform: 'node',
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
    output: { dir: made, format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    logLevel: 'warn',
  });
  await cp(path.join(PROJECT, 'sandbox/page'), path.join(made, 'page'), { recursive: true });
  await rm(OUT, { recursive: true, force: true });
  await rename(made, OUT);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSandbox();
