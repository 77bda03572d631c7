/**
 * `npm run mutation`: changes core in thousands of small ways, one at a time, and lets the tests of core find out.
 * What no test notices is a promise that nobody keeps. Prints the score by file; ends with 1 below 85 %. Then it does
 * the same with the descriptions of messages alone, judged by the sandbox; see mutation/descriptions.mjs.
 *
 *     npm run mutation                                  what changed since the last run, and all descriptions
 *     npm run mutation -- --force                       everything again, without the descriptions
 *     npm run mutation -- --mutate core/schema/ids.ts   some files, separated by commas, without the descriptions
 *     npm run mutation -- --descriptions                the descriptions only
 *
 * What survived is shown line by line in artifacts/mutation/index.html; of the descriptions it is printed.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { PROJECT, projectEnvironment } from './run.mjs';
import { ensureSetup } from './setup.mjs';

ensureSetup();
const options = process.argv.slice(2);
const ofDescriptions = options.filter((option) => option !== '--descriptions');
const stryker = path.join(PROJECT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const config = path.join('scripts', 'mutation', 'stryker.config.mjs');

const parts =
  ofDescriptions.length < options.length
    ? [descriptions(ofDescriptions)]
    : [[stryker, 'run', config, ...options], ...(options.length === 0 ? [descriptions([])] : [])];
// Both say what they found, also when the first one finds too much.
const passed = parts.map((part) => {
  const { status, error } = spawnSync('node', part, { cwd: PROJECT, stdio: 'inherit', env: projectEnvironment() });
  if (error) console.error(error.message);
  return status === 0;
});
process.exit(passed.every(Boolean) ? 0 : 1);

function descriptions(more) {
  return [path.join('scripts', 'mutation', 'descriptions.mjs'), ...more];
}
