/**
 * `npm run start:n8n`: a local WeCom, a real n8n with our node in it, and an example workflow that has just been run.
 *
 *     npm run start:n8n -- [--once] [--workflow <file>] [--port 5678] [--sandbox-port 7788]
 *
 * With `--once` everything is thrown away after one run, and the exit code is 1 when a message is missing.
 */
import { ensureSetup } from './setup.mjs';
import { underNode24 } from './under-node-24.mjs';

ensureSetup();
await underNode24(new URL('./n8n/start.mjs', import.meta.url));
