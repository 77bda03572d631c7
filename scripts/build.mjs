/** `npm run build`: both packages and the sandbox, each from nothing, so that no stale file gets packed. */
import { buildN8n } from './build/n8n.mjs';
import { buildNodeRed } from './build/node-red.mjs';
import { buildSandbox } from './build/sandbox.mjs';

for (const [name, build] of [
  ['n8n package', buildN8n],
  ['Node-RED package', buildNodeRed],
  ['sandbox', buildSandbox],
]) {
  const start = performance.now();
  await build();
  console.log(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
