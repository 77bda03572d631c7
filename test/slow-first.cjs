const { default: Sequencer } = require('@jest/test-sequencer');

/** Small files that take long: Jest begins with the largest, as long as it does not know better. */
const SLOW = /[\\/]test[\\/](texts|faults)[\\/]/;

/** What takes long begins first, so that no core waits for the last test. */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => SLOW.test(path)), ...sorted.filter(({ path }) => !SLOW.test(path))];
  }
};
