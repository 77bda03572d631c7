const { TestEnvironment } = require('jest-environment-node');

/** Tests that look at a stopwatch: code with thousands of switches in it is slow, which says nothing about a mutant. */
const WITH_STOPWATCH = /in proportion$/;

/** Jest's environment for Node, with an end at the first failure: one test that notices a mutant is enough. */
module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.failed = true;
    if (name === 'test_start' && (this.failed || WITH_STOPWATCH.test(test.name))) test.mode = 'skip';
  }
};
