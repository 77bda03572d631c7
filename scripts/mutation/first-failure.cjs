const { TestEnvironment } = require('jest-environment-node');

/** Jest's environment for Node, with an end at the first failure: one test that notices a mutant is enough. */
module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.failed = true;
    if (name === 'test_start' && this.failed) test.mode = 'skip';
  }
};
