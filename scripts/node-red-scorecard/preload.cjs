/**
 * Loaded into the scorecard tool before it starts: gives its HTTP client the answers of `answers.mjs`, whose file is
 * named in the environment. Any other request is refused, so that a verdict never rests on something we did not see.
 */
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const { catalogue, nodeRed } = JSON.parse(readFileSync(process.env.SCORECARD_ANSWERS, 'utf8'));
const axios = createRequire(process.env.SCORECARD_TOOL)('axios');

axios.defaults.adapter = async (config) => {
  const { pathname } = new URL(config.url);
  const data = { '/catalogue.json': catalogue, '/node-red': nodeRed }[pathname];
  if (!data) throw new Error(`unexpected request: ${config.url}`);
  return { data, status: 200, statusText: 'OK', headers: {}, config };
};
