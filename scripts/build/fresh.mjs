/**
 * Whether a build was made from the sources as they are now, so that a test never runs against an older one.
 * By content and not by time: a checkout, a copy and a clock do not deceive it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT } from '../run.mjs';

const COMMON = ['core', 'package.json', 'package-lock.json', 'tsconfig.json', 'LICENSE', 'scripts/build'];

/** What each build is made from, and the files without which it is not there. */
export const BUILDS = {
  n8n: { sources: [...COMMON, 'credentials', 'nodes', 'icons', 'tsconfig.n8n.json'], products: ['dist/core/index.js'] },
  'node-red': { sources: [...COMMON, 'node-red', 'drawing'], products: ['node-red/dist/index.js'] },
  types: {
    sources: [...COMMON, 'node-red', 'tsconfig.types.json'],
    products: ['dist/core/index.d.ts', 'node-red/dist/index.d.ts'],
  },
  sandbox: { sources: [...COMMON, 'sandbox', 'drawing'], products: ['.build/sandbox/index.js'] },
};

/** What the build itself writes among the sources (node-red/.gitignore). */
const MADE = new Set(
  ['dist', 'resources', 'LICENSE', 'THIRD-PARTY-LICENSES.txt', 'node_modules'].map((name) => `node-red/${name}`),
);

/** Runs a build and remembers what it was made from. One that fails is remembered as missing. */
export async function built(name, build, project = PROJECT) {
  const marker = markerOf(name, project);
  rmSync(marker, { force: true });
  const state = stateOf(name, project);
  await build();
  mkdirSync(path.dirname(marker), { recursive: true });
  writeFileSync(marker, state);
}

/** @param {keyof typeof BUILDS} name */
export function isFresh(name, project = PROJECT) {
  const marker = markerOf(name, project);
  return (
    BUILDS[name].products.every((product) => existsSync(path.join(project, product))) &&
    existsSync(marker) &&
    readFileSync(marker, 'utf8') === stateOf(name, project)
  );
}

function markerOf(name, project) {
  return path.join(project, '.build', `${name}.made-from`);
}

function stateOf(name, project) {
  const hash = createHash('sha256');
  for (const source of BUILDS[name].sources) addTo(hash, path.join(project, source), source);
  return hash.digest('hex');
}

function addTo(hash, place, name) {
  if (!existsSync(place)) return;
  let entries;
  try {
    entries = readdirSync(place);
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    hash.update(`${name}\0`).update(readFileSync(place));
    return;
  }
  for (const entry of entries.sort())
    if (!MADE.has(`${name}/${entry}`)) addTo(hash, path.join(place, entry), `${name}/${entry}`);
}
