/**
 * Puts our packed package where n8n keeps its community packages, as its installer does: unpacked, without
 * dependencies.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { inTemporaryFolder, unpack } from '../artifact.mjs';

/**
 * n8n loads every package it finds in `nodes/node_modules` at start; nothing has to be registered in its database.
 * The name of the folder is the first half of each node type: `<package name>.<node name>`.
 *
 * @returns {Promise<{ name: string, version: string, folder: string }>}
 */
export async function placePackage(tarball, userFolder) {
  const manifest = await inTemporaryFolder(async (scratch) => {
    await unpack(tarball, scratch);
    return JSON.parse(await readFile(path.join(scratch, 'package.json'), 'utf8'));
  });
  const folder = path.join(userFolder, '.n8n', 'nodes', 'node_modules', manifest.name);
  await rm(folder, { recursive: true, force: true });
  await unpack(tarball, folder);
  return { name: manifest.name, version: manifest.version, folder };
}
