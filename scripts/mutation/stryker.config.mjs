/** How core is mutated; see ../mutation.mjs. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

// A changed test can lose or find any mutant, and what is remembered knows the tests by name only: other tests, other
// memory.
const tests = createHash('sha256');
for (const file of globSync(['test/{core,fixtures}/*.ts', 'scripts/mutation/*.*']).sort())
  tests.update(readFileSync(file));

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner', './scripts/mutation/wording.mjs'],
  jest: { configFile: 'scripts/mutation/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',

  mutate: [
    'core/**/*.ts',
    // Data: titles and advice for people, and their classes, which come from scripts/error-codes and are compared with
    // it by a test.
    '!core/outcome/error-codes.generated.ts',
  ],
  ignorers: ['wording'],

  thresholds: { high: 90, low: 85, break: 85 },
  concurrency: availableParallelism(),
  // A test of core takes milliseconds; what runs into this, beyond twice the time of the tests, has lost its way out of
  // a loop or waits for nobody. Generous all the same: a busy machine must not count as a test.
  timeoutMS: 5_000,
  timeoutFactor: 2,

  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  clearTextReporter: { reportTests: false, reportMutants: false, reportScoreTable: true },
  jsonReporter: { fileName: 'artifacts/mutation/report.json' },
  htmlReporter: { fileName: 'artifacts/mutation/index.html' },
  incremental: true,
  incrementalFile: `.build/mutation/${tests.digest('hex').slice(0, 12)}.json`,

  tempDirName: '.build/mutation/sandbox',
  // What a broken run leaves would be a second project in the eyes of Jest.
  cleanTempDir: 'always',
  // The copy that is mutated holds what the tests of core read, and nothing else.
  ignorePatterns: [
    '**',
    '!core/**',
    '!test/core/**',
    '!test/fixtures/**',
    '!docs/catalogue.md',
    '!scripts/docs/**',
    '!scripts/error-codes/**',
    '!scripts/mutation/**',
    '!jest.config.js',
    '!package.json',
  ],
  allowConsoleColors: false,
};
