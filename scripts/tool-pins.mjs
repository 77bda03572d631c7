/**
 * The outside tools that judge and run our packages, with exact versions.
 *
 * They stay out of the project's own dependencies: together they are more than 3 GB, one of them has very old
 * dependencies, and nobody who only changes a message type should have to wait for them. `tool-cache.mjs` installs
 * each into a cache folder the first time a script asks for it.
 */

/** n8n itself. Newer 2.41.x and a floating msgpackr-extract miss packages on some mirrors. */
export const N8N = {
  name: 'n8n',
  manifest: {
    dependencies: { n8n: '2.41.1' },
    overrides: { 'msgpackr-extract': '3.0.4' },
  },
  rebuild: ['sqlite3'],
};

/**
 * What n8n runs on a community package before it is verified. The scanner brings its rules in version 0.29; the
 * second entry is the rules that `n8n-node lint` (@n8n/node-cli 0.48.3) has, and the scanner will have next.
 */
export const N8N_SCANNER = {
  name: 'n8n-scanner',
  manifest: {
    dependencies: {
      '@n8n/scan-community-package': '0.32.0',
      '@n8n/eslint-plugin-community-nodes': '0.32.0',
      eslint: '9.29.0',
    },
  },
  rebuild: [],
};

/** Node-RED's own scorecard. */
export const NODE_RED_SCORECARD = {
  name: 'node-red-scorecard',
  manifest: {
    dependencies: { 'node-red-dev': '0.1.6' },
  },
  rebuild: [],
};

/** The Node-RED before the one of the lock file: it still runs on Node 20, and our package promises to work in it. */
export const NODE_RED_4 = {
  name: 'node-red-4',
  manifest: {
    dependencies: { 'node-red': '4.1.15' },
  },
  rebuild: [],
};

/** The nodes with which our example puts a Redis stream before a Node-RED. */
export const NODE_RED_REDIS = {
  name: 'node-red-redis',
  manifest: {
    dependencies: { 'node-red-contrib-redis': '1.3.9' },
  },
  rebuild: [],
};
