import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

// Core runs inside n8n, whose package scan rejects these, and under a clock and a network that its hosts supply.
const HOST_GLOBALS = [
  'process',
  'global',
  'globalThis',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  '__dirname',
  '__filename',
];

/** Comments here are still to be wrapped. */
const NOT_WRAPPED = [
  'core/api/exchange.ts',
  'core/clients/*.ts',
  'core/delivery/*.ts',
  'core/messages/parse-message.ts',
  'core/outcome/errors.ts',
  'core/sending/*.ts',
];

export default tseslint.config(
  { ignores: ['**/dist/', '.build/', 'artifacts/', 'node_modules/', 'node-red/resources/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Functions that are async to keep the shape of a port need no await.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['core/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...HOST_GLOBALS] },
  },
  {
    // What reads somebody's text takes time in proportion to it. `report: 'potential'` also names what is slow only
    // where another pattern goes before it.
    files: ['core/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts', 'node-red/**/*.ts', 'sandbox/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: true }],
    },
  },
  {
    // Prettier lays out code; this holds comments. Long strings are sentences or data.
    files: ['**/*.{ts,js,mjs,cjs}'],
    ignores: ['**/*.generated.ts', ...NOT_WRAPPED],
    rules: {
      'max-len': [
        'error',
        {
          code: 120,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
          ignoreUrls: true,
        },
      ],
    },
  },
  {
    // What is longer does several things.
    files: ['{core,nodes,credentials,node-red,sandbox,drawing,scripts,bench}/**/*.{ts,js,mjs,cjs}'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Five values in a row: which is which? They get names, in an object.
    files: ['core/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts', 'node-red/**/*.ts', 'sandbox/**/*.ts'],
    rules: { '@typescript-eslint/max-params': ['error', { max: 4 }] },
  },
  { files: ['sandbox/cli.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Tests take values apart that come as unknown JSON from the network.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
