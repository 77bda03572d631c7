/**
 * `npm run mutation`: changes core in thousands of small ways, one at a time, and lets the tests of core find out.
 * What no test notices is a promise that nobody keeps. Prints the score by file; ends with 1 below 85 %.
 *
 *     npm run mutation                                  what changed since the last run
 *     npm run mutation -- --force                       everything again
 *     npm run mutation -- --mutate core/ids.ts          some files, separated by commas
 *
 * What survived is shown line by line in artifacts/mutation/index.html.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { PROJECT, projectEnvironment } from './run.mjs';
import { ensureSetup } from './setup.mjs';

ensureSetup();
const stryker = path.join(PROJECT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const config = path.join('scripts', 'mutation', 'stryker.config.mjs');
const { status, error } = spawnSync('node', [stryker, 'run', config, ...process.argv.slice(2)], { cwd: PROJECT, stdio: 'inherit', env: projectEnvironment() });
if (error) console.error(error.message);
process.exit(status === 0 ? 0 : 1);
