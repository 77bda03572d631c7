const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** Before the tests that use what `npm run build` makes, and before each round of `npm run test:watch`. */
module.exports = () => {
  const script = path.join(__dirname, '../scripts/build.mjs');
  const { status } = spawnSync(process.execPath, [script, '--stale'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The packages do not build (see above), and their tests need them.');
};
