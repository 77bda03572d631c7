/** `npm run sandbox [-- --port 7788]`: the local WeCom alone. */
import { buildSandbox } from './build/sandbox.mjs';
import { run } from './run.mjs';
import { ensureSetup } from './setup.mjs';

ensureSetup();
await buildSandbox();
run('node', ['.build/sandbox/cli.js', ...process.argv.slice(2)]);
