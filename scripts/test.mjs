/**
 * `npm test`: sets up and runs every Jest suite; arguments go to Jest. What the chosen tests need of the packages and
 * the sandbox is built before them when its sources have changed (test/build-what-is-stale.cjs).
 */
import { run } from './run.mjs';
import { ensureSetup } from './setup.mjs';

ensureSetup();
run('node', ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)]);
