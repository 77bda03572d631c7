/**
 * `npm run test:hosts`: the package as people install it, in the real Node-RED 4 and 5, used through Chromium.
 *
 *     npm run test:hosts                            everything
 *     npm run test:hosts -- node-red/examples       the subjects whose name begins like this
 *     npm run test:hosts -- -t '3 000 members'      other options go to Jest
 *
 * test/hosts/README.md says what is where, and where pictures of failures are.
 */
import { run } from './run.mjs';
import { ensureSetup } from './setup.mjs';

const SUBJECTS = 'test/hosts/';

const options = process.argv.slice(2).map((word) => (isSubject(word) ? SUBJECTS + word : word));

ensureSetup();
run('node', ['node_modules/jest/bin/jest.js', '--config', `${SUBJECTS}jest.config.cjs`, ...options]);

function isSubject(word) {
  return /^node-red(\/|$)/.test(word);
}
