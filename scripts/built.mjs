/** What the start scripts need from the build, made when it is missing or older than the sources. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { artifact } from './artifact.mjs';
import { PROJECT } from './run.mjs';
import { runNpm } from './run-npm.mjs';

/** The seam between the scripts and the built sandbox: `.build/sandbox/index.js` exports `startSandbox`. */
const SANDBOX = path.join(PROJECT, '.build', 'sandbox', 'index.js');

/** What lies in the folder of the Node-RED package besides what the build puts there. */
const NODE_RED_ROOMS = ['editor', 'examples', 'help', 'html', 'icons', 'nodes', 'panel', 'runtime', 'wording'];

/** @returns {Promise<(options?: { port?: number }) => Promise<import('../sandbox/index').Sandbox>>} `startSandbox` */
export async function builtSandbox(log) {
  if (await isStale(SANDBOX, ['sandbox', 'drawing'])) {
    log('building (npm run build)');
    await runNpm(['run', 'build'], { cwd: PROJECT });
  }
  const sandbox = await import(pathToFileURL(SANDBOX)); // CommonJS
  return (sandbox.default ?? sandbox).startSandbox;
}

const SOURCES = {
  n8n: ['core', 'credentials', 'nodes', 'icons', 'package.json'],
  'node-red': ['core', 'node-red/package.json', ...NODE_RED_ROOMS.map((room) => `node-red/${room}`), 'drawing'],
};

/** @returns {Promise<string>} path of the packed n8n package */
export function packedN8nPackage(log) {
  return packedPackage('n8n', log);
}

/**
 * @param {'n8n' | 'node-red'} which
 * @returns {Promise<string>} path of the packed package, packed again when its sources are newer
 */
export async function packedPackage(which, log) {
  const before = await artifact(which).catch(() => '');
  if (await isStale(before, SOURCES[which])) {
    log('packing (npm run pack)');
    await runNpm(['run', 'pack'], { cwd: PROJECT });
  }
  return artifact(which);
}

async function isStale(product, sources) {
  if (!product || !existsSync(product)) return true;
  const made = (await stat(product)).mtimeMs;
  const ages = await Promise.all(sources.map((source) => newest(path.join(PROJECT, source))));
  return Math.max(...ages) > made;
}

/** Time of the newest file in a file or folder, in milliseconds since 1970; 0 when there is none. */
async function newest(place) {
  if (!existsSync(place)) return 0;
  const info = await stat(place);
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const times = await Promise.all(
    files.map(async (file) => (await stat(path.join(file.parentPath, file.name))).mtimeMs),
  );
  return Math.max(0, ...times);
}
