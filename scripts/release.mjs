/**
 * `npm run release -- minor` (or `major`, `patch`, `1.2.3`): the commit and the tag of a version. Pushing the tag
 * publishes.
 *
 *     node scripts/release.mjs <version> [--dry-run]   --dry-run shows what would change, and changes nothing
 *     node scripts/release.mjs --check <tag>           fails unless the tag fits both packages and the changelog
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { inTemporaryFolder } from './artifact.mjs';
import { problemsOf, RELEASE_FILES, writeRelease } from './release/versions.mjs';
import { PROJECT } from './run.mjs';

const { values, positionals } = parseArgs({
  options: { 'dry-run': { type: 'boolean' }, check: { type: 'string' } },
  allowPositionals: true,
});
const today = new Date().toISOString().slice(0, 10);

try {
  if (values.check !== undefined) await check(values.check);
  else if (positionals.length !== 1) throw new Error('say which version: npm run release -- minor');
  else if (values['dry-run']) await show(positionals[0]);
  else await release(positionals[0]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function check(tag) {
  const problems = await problemsOf(PROJECT, tag);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  console.log(`${tag} can be published`);
}

async function show(version) {
  await inTemporaryFolder(async (folder) => {
    for (const side of ['before', 'after'])
      for (const file of RELEASE_FILES) {
        await mkdir(path.dirname(path.join(folder, side, file)), { recursive: true });
        await cp(path.join(PROJECT, file), path.join(folder, side, file));
      }
    const number = await writeRelease(path.join(folder, 'after'), version, today);
    spawnSync('git', ['--no-pager', 'diff', '--no-index', 'before', 'after'], { cwd: folder, stdio: 'inherit' });
    console.log(`\nwithout --dry-run: this as the commit "Release ${number}", and the tag v${number}`);
  });
}

async function release(version) {
  if (git('status', '--porcelain') !== '') throw new Error('commit or put away what is changed first');
  const number = await writeRelease(PROJECT, version, today);
  git('add', ...RELEASE_FILES);
  git('commit', '-m', `Release ${number}`);
  git('tag', '-a', `v${number}`, '-m', `Release ${number}`);
  console.log(`v${number} is committed and tagged. "git push --follow-tags" publishes it.`);
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: PROJECT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  return stdout.trim();
}
