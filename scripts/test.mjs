/** `npm test`: sets up, builds both packages and the sandbox, and runs every Jest suite; arguments go to Jest. */
import { run } from './run.mjs';
import { ensureSetup } from './setup.mjs';

ensureSetup();
run('node', ['scripts/build.mjs']);
run('node', ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)]);
