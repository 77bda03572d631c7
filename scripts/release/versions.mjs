/** One version for both packages: they are made of the same core, and whoever reports an error names one number. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { npmOutput } from '../run-npm.mjs';
import { hasRelease, withRelease } from './changelog.mjs';

const FOLDERS = ['.', 'node-red'];
/** What a release changes. */
export const RELEASE_FILES = ['package.json', 'package-lock.json', 'node-red/package.json', 'CHANGELOG.md'];

async function versionOf(project, folder) {
  return JSON.parse(await readFile(path.join(project, folder, 'package.json'), 'utf8')).version;
}

/**
 * Writes a version into both packages, the lock file and the changelog.
 *
 * @param {string} project folder that has RELEASE_FILES
 * @param {string} version `1.2.3`, or `major`, `minor`, `patch`
 * @param {string} day     `2026-01-31`
 * @returns {Promise<string>} the version as a number
 * @throws Error when npm does not take the version, or the changelog has it or has nothing to say
 */
export async function writeRelease(project, version, day) {
  const changelog = path.join(project, 'CHANGELOG.md');
  const before = await readFile(changelog, 'utf8');
  // First what may refuse; a word such as `minor` is a number only when npm has counted.
  withRelease(before, /^\d/.test(version) ? version : 'next', day);
  await setVersion(path.join(project, '.'), version);
  const number = await versionOf(project, '.');
  await setVersion(path.join(project, 'node-red'), number);
  await writeFile(changelog, withRelease(before, number, day));
  return number;
}

function setVersion(cwd, version) {
  const options = ['--no-git-tag-version', '--allow-same-version', '--ignore-scripts', '--loglevel=error'];
  return npmOutput(['version', version, ...options], { cwd });
}

/** What speaks against publishing a tag; nothing when it is the version of both packages and the changelog has it. */
export async function problemsOf(project, tag) {
  const versions = await Promise.all(FOLDERS.map((folder) => versionOf(project, folder)));
  const problems = FOLDERS.flatMap((folder, index) =>
    tag === `v${versions[index]}`
      ? []
      : [`${path.posix.join(folder, 'package.json')} has version ${versions[index]}, the tag is ${tag}`],
  );
  const changelog = await readFile(path.join(project, 'CHANGELOG.md'), 'utf8');
  const version = tag.replace(/^v/, '');
  if (!hasRelease(changelog, version)) problems.push(`CHANGELOG.md has no entries under "## ${version} - <day>"`);
  return problems;
}
