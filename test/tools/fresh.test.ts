import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const { built, isFresh } = jest.requireActual<{
  built(name: string, build: () => Promise<void>, project: string): Promise<void>;
  isFresh(name: string, project: string): boolean;
}>('../../scripts/build/fresh.mjs');

const project = mkdtempSync(path.join(tmpdir(), 'fresh-'));
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), text);
};
const build = async () => write('dist/core/index.js', 'built');

beforeEach(async () => {
  rmSync(project, { recursive: true, force: true });
  write('core/a.ts', 'one');
  write('nodes/b.ts', 'two');
  write('node-red/dist/x.js', 'made');
  await built('n8n', build, project);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('a build is fresh until a source changes, comes or goes, however old the file says it is', () => {
  expect(isFresh('n8n', project)).toBe(true);
  write('core/a.ts', 'changed');
  utimesSync(path.join(project, 'core/a.ts'), 0, 0);
  expect(isFresh('n8n', project)).toBe(false);
  write('core/a.ts', 'one');
  expect(isFresh('n8n', project)).toBe(true);
  write('nodes/new.ts', '');
  expect(isFresh('n8n', project)).toBe(false);
  rmSync(path.join(project, 'nodes/new.ts'));
  rmSync(path.join(project, 'nodes/b.ts'));
  expect(isFresh('n8n', project)).toBe(false);
});

test('sources of another package make nothing stale', () => {
  write('node-red/index.ts', 'other');
  expect(isFresh('n8n', project)).toBe(true);
});

test('a build that is gone, or of which the last one failed, is not fresh', async () => {
  const failing = built('n8n', () => Promise.reject(new Error('does not compile')), project);
  await expect(failing).rejects.toThrow('does not compile');
  expect(isFresh('n8n', project)).toBe(false);
  await built('n8n', build, project);
  rmSync(path.join(project, 'dist'), { recursive: true });
  expect(isFresh('n8n', project)).toBe(false);
});
