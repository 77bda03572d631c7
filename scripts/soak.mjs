/**
 * `npm run soak [-- --seconds 600 --rate 100]`: messages through a real Node-RED with our package, under random faults
 * all the time. Shows that nothing is lost, doubled, out of order or unreported, that memory stays flat, and that
 * nothing stays open; exits with 1 otherwise.
 */
import { run } from './run.mjs';
import { ensureSetup } from './setup.mjs';
import { underNode24 } from './under-node-24.mjs';

ensureSetup();
run('node', ['scripts/build.mjs', 'node-red', 'sandbox']);
await underNode24(new URL('soak/run.mjs', import.meta.url));
