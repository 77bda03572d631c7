/**
 * `npm start`: a local WeCom and a Node-RED with our nodes, and one message of each type on its way from one to the
 * other.
 *
 *     npm start [-- --once] [-- --port 1880 --sandbox-port 7788]
 *
 * With `--once` it sends, prints what was delivered and ends; the exit code is 1 when a message is missing.
 */
import { run } from './run.mjs';
import { ensureSetup } from './setup.mjs';
import { underNode24 } from './under-node-24.mjs';

ensureSetup();
run('node', ['scripts/build.mjs', 'node-red', 'sandbox']);
await underNode24(new URL('start-node-red.mjs', import.meta.url));
