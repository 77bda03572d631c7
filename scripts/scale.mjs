/**
 * `npm run scale [-- --only node-red]`: what "Many processes" says, played with real processes – n8n in queue mode with
 * two workers, Redis and PostgreSQL, and Node-RED behind a Redis stream – which are killed on the way. Exits with 1
 * when a promise is broken.
 */
import { run } from './run.mjs';
import { ensureSetup } from './setup.mjs';
import { underNode24 } from './under-node-24.mjs';

ensureSetup();
run('node', ['scripts/pack.mjs']);
await underNode24(new URL('scale/run.mjs', import.meta.url));
