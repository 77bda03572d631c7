const { availableParallelism } = require('node:os');

/** Tests that read the sources of core and nothing that is built, so that one of them is there in seconds. */
const OF_CORE = ['core', 'texts', 'verdicts'];

const common = {
  testEnvironment: 'node',
  transform: { '\\.(ts|mjs)$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  // What a build writes is no reason to test again.
  watchPathIgnorePatterns: ['<rootDir>/(dist|\\.build|artifacts|node-red/(dist|resources))/'],
};

/** @type {import('jest').Config} */
module.exports = {
  // A test fails by what it finds, not because the machine is busy.
  testTimeout: 60_000,
  // Many tests wait for a process or a server, and leave the cores to others meanwhile.
  maxWorkers: availableParallelism() + 1,
  // A worker that has much to forget takes a while to end, longer still on a busy machine.
  workerGracefulExitTimeout: 10_000,
  testSequencer: '<rootDir>/test/slow-first.cjs',
  projects: [
    { ...common, displayName: 'core', testMatch: OF_CORE.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`) },
    // n8n brings its own zod, and one day it will be zod 4: core must mean the same with both.
    {
      ...common,
      displayName: 'core on zod 4',
      testMatch: ['<rootDir>/test/core/*.test.ts'],
      moduleNameMapper: { '^zod/v4$': '<rootDir>/node_modules/zod4/v4' },
    },
    {
      ...common,
      displayName: 'packages',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        // They need real hosts and a browser: npm run test:hosts.
        ...['hosts', ...OF_CORE].map((folder) => `<rootDir>/test/${folder}/`),
      ],
      globalSetup: '<rootDir>/test/build-what-is-stale.cjs',
    },
  ],
};
