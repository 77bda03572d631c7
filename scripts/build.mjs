/**
 * `npm run build`: both packages and the sandbox, each from nothing, so that no stale file gets packed.
 * With `--stale` only those that were not made from the sources as they are now.
 */
import { isFresh } from './build/fresh.mjs';
import { buildN8n } from './build/n8n.mjs';
import { buildNodeRed } from './build/node-red.mjs';
import { buildSandbox } from './build/sandbox.mjs';

const onlyStale = process.argv.includes('--stale');

for (const [name, title, build] of [
  ['n8n', 'n8n package', buildN8n],
  ['node-red', 'Node-RED package', buildNodeRed],
  ['sandbox', 'sandbox', buildSandbox],
]) {
  if (onlyStale && isFresh(name)) continue;
  const start = performance.now();
  await build();
  console.log(`built ${title} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
