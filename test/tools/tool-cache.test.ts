import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Npm = (args: string[], options: { cwd: string }) => Promise<void>;
interface Options {
  rebuild?: string[];
  env: NodeJS.ProcessEnv;
  log?: (line: string) => void;
  npm?: Npm;
}
const { ensureTools, toolFolder } = jest.requireActual<{
  ensureTools(name: string, manifest: object, options: Options): Promise<string>;
  toolFolder(name: string, manifest: object, options: Options): string;
}>('../../scripts/tool-cache.mjs');

const PINS = { dependencies: { 'some-tool': '1.2.3' } };
let root: string;
let lines: string[];
let calls: string[];

/** Stands for npm: leaves a package behind, notes what it was asked for. */
const npm: Npm = async ([command = ''], { cwd }) => {
  calls.push(command);
  mkdirSync(path.join(cwd, 'node_modules', 'some-tool'), { recursive: true });
};
const options = (more: Partial<Options> = {}): Options => ({
  env: { WECOM_FLOW_CACHE: root },
  log: (line) => lines.push(line),
  npm,
  ...more,
});

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tool-cache-test-'));
  lines = [];
  calls = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a tool is installed the first time and found the second time', async () => {
  const folder = await ensureTools('tool', PINS, options());
  expect(existsSync(path.join(folder, 'node_modules', 'some-tool'))).toBe(true);
  expect(await ensureTools('tool', PINS, options())).toBe(folder);
  expect(calls).toEqual(['install']);
});

test('the person is told what is installed, and when it ended', async () => {
  await ensureTools('tool', PINS, options());
  expect(lines[0]).toContain('some-tool 1.2.3');
  expect(lines.at(-1)).toMatch(/tool: ended after \d+ s/);
});

test('only the named packages may run their install script', async () => {
  await ensureTools('tool', PINS, options({ rebuild: ['native-part'] }));
  expect(calls).toEqual(['install', 'rebuild']);
});

test('another pin, or something to compile, is another folder', () => {
  const folders = [
    toolFolder('tool', PINS, options()),
    toolFolder('tool', { dependencies: { 'some-tool': '1.2.4' } }, options()),
    toolFolder('tool', PINS, options({ rebuild: ['native-part'] })),
  ];
  expect(new Set(folders).size).toBe(3);
});

test('a failed install leaves nothing behind, and the next try installs', async () => {
  const failing: Npm = async () => {
    throw new Error('no network');
  };
  await expect(ensureTools('tool', PINS, options({ npm: failing }))).rejects.toThrow('no network');
  expect(readdirSync(root)).toEqual([]);
  await ensureTools('tool', PINS, options());
  expect(calls).toEqual(['install']);
});

test('what a killed install left is thrown away', async () => {
  const stage = `${toolFolder('tool', PINS, options())}.installing`;
  mkdirSync(path.join(stage, 'node_modules', 'half-unpacked'), { recursive: true });
  writeFileSync(path.join(stage, 'owner.pid'), '999999999');
  const folder = await ensureTools('tool', PINS, options());
  expect(readdirSync(path.join(folder, 'node_modules'))).toEqual(['some-tool']);
});

test('two at once install once', async () => {
  const [one, two] = await Promise.all([ensureTools('tool', PINS, options()), ensureTools('tool', PINS, options())]);
  expect(one).toBe(two);
  expect(calls).toEqual(['install']);
});
