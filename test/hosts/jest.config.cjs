/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  displayName: 'hosts',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/hosts/**/*.test.ts'],
  transform: { '\\.(ts|m?js)$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  globalSetup: '<rootDir>/test/hosts/prepare.cjs',
  // A host and a browser each: more of them side by side only wait for each other.
  maxWorkers: 2,
  // A click waits until what it needs is there; only what never comes takes this long.
  testTimeout: 900_000,
  verbose: true,
};
