/** One command makes a version of both packages; what does not fit together is not published. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');
const RELEASE_FILES = ['package.json', 'package-lock.json', 'node-red/package.json', 'CHANGELOG.md'];

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'wecom-release-'));
  cpSync(path.join(PROJECT, 'scripts'), path.join(copy, 'scripts'), { recursive: true });
  mkdirSync(path.join(copy, 'node-red'));
  for (const file of RELEASE_FILES) cpSync(path.join(PROJECT, file), path.join(copy, file));
  change('CHANGELOG.md', () => '# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n');
  run('git', 'init', '-q');
  run('git', 'config', 'user.email', 'test@test.example');
  run('git', 'config', 'user.name', 'test');
  run('git', 'add', '.');
  run('git', 'commit', '-qm', 'Before');
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const read = (file: string) => readFileSync(path.join(copy, file), 'utf8');
const change = (file: string, by: (text: string) => string) => writeFileSync(path.join(copy, file), by(read(file)));
const versionIn = (file: string) => (JSON.parse(read(file)) as { version: string }).version;

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}
const release = (...args: string[]) => run(process.execPath, 'scripts/release.mjs', ...args);

test('a release is one commit and one tag, which can be published', () => {
  expect(release('1.2.3')).toMatchObject({ status: 0, text: expect.stringContaining('git push --follow-tags') });
  expect(['package.json', 'package-lock.json', 'node-red/package.json'].map(versionIn)).toEqual(Array(3).fill('1.2.3'));
  expect(read('CHANGELOG.md')).toMatch(/^## Unreleased\n\n## 1\.2\.3 - \d{4}-\d\d-\d\d\n\n### Added\n\n- A thing\.$/m);
  expect(run('git', 'status', '--porcelain').text).toBe('');
  expect(run('git', 'log', '-1', '--format=%s %D').text).toMatch(/^Release 1\.2\.3 .*tag: v1\.2\.3/);
  expect(release('--check', 'v1.2.3')).toMatchObject({ status: 0 });
});

test('a dry run shows what would change, and changes nothing', () => {
  const { status, text } = release('minor', '--dry-run');
  expect(status).toBe(0);
  for (const line of ['+  "version": "0.2.0"', '+## 0.2.0 - ', 'node-red/package.json', 'the tag v0.2.0'])
    expect(text).toContain(line);
  expect(run('git', 'status', '--porcelain').text).toBe('');
});

test.each([
  ['nothing is unreleased', (text: string) => text.replace('- A thing.', ''), 'says nothing under'],
  ['it was released before', (text: string) => `${text}\n## 1.2.3 - 2026-01-31\n\n- A thing.\n`, 'has 1.2.3 already'],
])('no version when %s', (_, made, complaint) => {
  change('CHANGELOG.md', made);
  run('git', 'commit', '-qam', 'Other');
  expect(release('1.2.3')).toMatchObject({ status: 1, text: expect.stringContaining(complaint) });
  expect(run('git', 'status', '--porcelain').text).toBe('');
});

test('no version beside changes that nobody has committed', () => {
  change('CHANGELOG.md', (text) => `${text}\n`);
  expect(release('1.2.3')).toMatchObject({ status: 1, text: expect.stringContaining('commit or put away') });
});

test('a tag that is not the version of both packages, or that the changelog does not have, is not published', () => {
  release('1.2.3');
  change('node-red/package.json', (text) => text.replace('"1.2.3"', '"1.2.4"'));
  expect(release('--check', 'v1.2.3')).toMatchObject({
    status: 1,
    text: 'node-red/package.json has version 1.2.4, the tag is v1.2.3\n',
  });
  change('node-red/package.json', (text) => text.replace('"1.2.4"', '"1.2.3"'));
  change('CHANGELOG.md', (text) => text.replace('- A thing.', ''));
  expect(release('--check', 'v1.2.3')).toMatchObject({ status: 1, text: expect.stringContaining('no entries') });
});
