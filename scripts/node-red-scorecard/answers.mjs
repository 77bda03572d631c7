/**
 * What the scorecard tool asks the network for, fetched by us beforehand: it has no timeout, stops half-way when a
 * request fails, and asks the public registry even where another one is configured.
 */
import { createRequire } from 'node:module';

import { npmOutput } from '../run-npm.mjs';

const CATALOGUE = 'https://catalogue.nodered.org/catalogue.json';
const WAIT_MS = 5000;

/**
 * @returns {Promise<{ catalogue: object, nodeRed: object, notes: string[] }>} `notes` says what was not answered by the
 *   real thing
 */
export async function fetchAnswers() {
  const notes = [];
  const catalogue = await fetchCatalogue().catch(() => {
    notes.push(
      'P08 and N01 compared with nothing: the catalogue of Node-RED could not be reached, a stub answered that it is empty',
    );
    return { modules: [] };
  });
  const current = await latestNodeRed().catch(() => {
    const { version, engines } = createRequire(import.meta.url)('node-red/package.json');
    notes.push(
      `P06 and P07 compared with Node-RED ${version}, which is installed here: the npm registry could not be reached`,
    );
    return { 'dist-tags': { latest: version }, version, engines };
  });
  const nodeRed = { 'dist-tags': current['dist-tags'], versions: { [current.version]: { engines: current.engines } } };
  return { catalogue, nodeRed, notes };
}

async function fetchCatalogue() {
  const response = await fetch(CATALOGUE, { signal: AbortSignal.timeout(WAIT_MS) });
  if (!response.ok) throw new Error(`catalogue: ${response.status}`);
  return response.json();
}

/** From whatever registry npm is set up with. */
async function latestNodeRed() {
  return JSON.parse(
    await npmOutput(['view', 'node-red@latest', 'version', 'dist-tags', 'engines', '--json'], {
      cwd: import.meta.dirname,
    }),
  );
}
