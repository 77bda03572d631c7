/**
 * `npm run build`: both packages, the types they ship and the sandbox, each from nothing, so that no stale file gets
 * packed. With names (`n8n`, `node-red`, `types`, `sandbox`) only those; with `--stale` only those that were not made
 * from the sources as they are now.
 */
import { BUILDS, isFresh } from './build/fresh.mjs';
import { buildN8n } from './build/n8n.mjs';
import { buildNodeRed } from './build/node-red.mjs';
import { buildSandbox } from './build/sandbox.mjs';
import { buildTypes } from './build/types.mjs';

const onlyStale = process.argv.includes('--stale');
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = named.filter((name) => !(name in BUILDS));
if (unknown.length > 0)
  throw new Error(`there is no build "${unknown.join('", "')}", but ${Object.keys(BUILDS).join(', ')}`);

for (const [name, title, build] of [
  ['n8n', 'n8n package', buildN8n],
  ['node-red', 'Node-RED package', buildNodeRed],
  // After the packages, whose folders it fills.
  ['types', 'types of both', buildTypes],
  ['sandbox', 'sandbox', buildSandbox],
]) {
  if (named.length > 0 && !named.includes(name)) continue;
  if (onlyStale && isFresh(name)) continue;
  const start = performance.now();
  await build();
  console.log(`built ${title} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
