const path = require('node:path');

const {
  projects: [{ transform }],
} = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: path.resolve(__dirname, '../..'),
  transform,
  watchman: false,
  testEnvironment: require.resolve('./environment.cjs'),
  // Loading core takes longer than its tests: all of them in one file load it once per mutant.
  testMatch: ['<rootDir>/scripts/mutation/core.test.cjs'],
};
