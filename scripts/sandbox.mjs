/** `npm run sandbox [-- --port 7788]`: the local WeCom alone. */
import { buildSandbox } from './build/sandbox.mjs';
import { ensureSetup } from './setup.mjs';
import { underNode24 } from './under-node-24.mjs';

ensureSetup();
await buildSandbox();
// In this very process where that can be: whoever ends it, ends the server.
await underNode24(new URL('../.build/sandbox/cli.js', import.meta.url));
