/** The packed packages: where `npm run pack` puts them, and what is in them. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PROJECT } from './run.mjs';

/** The folder, relative to the project, whose package.json belongs to each package. */
export const PACKAGES = { n8n: '.', 'node-red': 'node-red' };

/** The name that `npm pack` gives: scope and name joined by a dash, then the version. */
export function tarballName({ name, version }) {
  return `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
}

/**
 * The path of the packed package of this version.
 * @param {'n8n' | 'node-red'} which
 * @throws Error that says what to run when it has not been packed
 */
export async function artifact(which, project = PROJECT) {
  const manifest = JSON.parse(await readFile(path.join(project, PACKAGES[which], 'package.json'), 'utf8'));
  const file = path.join(project, 'artifacts', tarballName(manifest));
  if (!existsSync(file)) throw new Error(`${path.relative(project, file)} is missing: run "npm run pack" first`);
  return file;
}

/** Unpacks a package into `folder`, without the `package/` folder that every npm tarball begins with. */
export async function unpack(tarball, folder) {
  await mkdir(folder, { recursive: true });
  const tar = spawn('tar', ['-xzf', path.resolve(tarball), '-C', folder, '--strip-components=1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  tar.stderr.on('data', (chunk) => (complaint += chunk));
  const code = await new Promise((resolve, reject) => tar.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`tar could not unpack ${tarball}: ${complaint.trim()}`);
}

/** Gives `work` an empty folder outside the project and removes it afterwards, whatever happens. */
export async function inTemporaryFolder(work) {
  const folder = await mkdtemp(path.join(tmpdir(), 'wecom-flow-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
