/** Packs one package so that the same sources give the same bytes, whoever packs them. */
import { chmod, cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { inTemporaryFolder } from './artifact.mjs';
import { npmOutput } from './run-npm.mjs';

/**
 * npm writes the same owner and time for everybody, but the file modes of this computer, which come of the umask.
 * So it packs a copy of the named files in which these are the same everywhere.
 *
 * @param {string} folder       has the package.json
 * @param {string} destination  gets the tarball
 * @returns {Promise<{ filename: string, size: number, unpackedSize: number, files: { path: string }[] }>} what npm says
 *   of it
 * @throws Error when something that package.json names under `files` is not there
 */
export async function packPackage(folder, destination) {
  const { files } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  await mkdir(destination, { recursive: true });
  return inTemporaryFolder(async (copy) => {
    for (const name of ['package.json', ...files])
      await cp(path.join(folder, name), path.join(copy, name), { recursive: true });
    for (const entry of await readdir(copy, { recursive: true, withFileTypes: true }))
      await chmod(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
    const options = ['--json', '--ignore-scripts', '--pack-destination', path.resolve(destination)];
    const [packed] = JSON.parse(await npmOutput(['pack', ...options], { cwd: copy }));
    return packed;
  });
}
