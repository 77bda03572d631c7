/** The folder in which Node-RED keeps tokens: what is in it, what is removed from it, and when it is left alone. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createTokenFileStore } from '../../node-red/runtime/connection/token-file-store';
import { nodeRedWithSandbox } from './flow-runner';

const DAY = 24 * 3_600_000;
const record = { token: 'a token', fetchedAt: Date.now(), lifetimeMs: 7_200_000 };
const key = (digit: number) => String(digit).repeat(64);

let slow: Promise<void> | undefined;
let begun: () => void = () => undefined;
jest.mock('node:fs/promises', () => {
  const actual = jest.requireActual<typeof files>('node:fs/promises');
  return {
    ...actual,
    async writeFile(file: string, data: Buffer, options: object) {
      if (String(file).includes('.wecom-tokens')) {
        begun();
        await slow;
      }
      return actual.writeFile(file, data, options);
    },
  };
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'wecom-tokens-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, age: number): string {
  const file = path.join(folder, name);
  writeFileSync(file, 'content');
  const then = new Date(Date.now() - age);
  utimesSync(file, then, then);
  return file;
}

describe('at the start', () => {
  test('files of apps that nobody used for 30 days go, and what a process did not finish; the others stay', async () => {
    const names = [
      [key(1), 29],
      [key(2), 31],
      [`${key(3)}.0123456789ab`, 1],
      [`${key(4)}.0123456789ab`, 0],
      ['notes.txt', 400],
      [`${key(5)}.bak`, 400],
    ] as const;
    for (const [name, days] of names) written(name, days * DAY);
    await createTokenFileStore(folder).idle();
    expect(readdirSync(folder).sort()).toEqual([key(1), `${key(4)}.0123456789ab`, `${key(5)}.bak`, 'notes.txt'].sort());
  });

  test('a link, a pipe and a folder with the name of a file hold up nothing, and nothing behind them is removed', async () => {
    const target = written('target', 400 * DAY);
    symlinkSync(target, path.join(folder, key(1)));
    mkdirSync(path.join(folder, key(2)));
    execFileSync('mkfifo', [path.join(folder, key(3))]);
    const store = createTokenFileStore(folder);
    await store.idle();
    for (const digit of [2, 3]) expect(await store.load(key(digit), 'secret')).toBeUndefined();
    expect([existsSync(target), readdirSync(folder)]).toEqual([true, expect.arrayContaining([key(1), key(2), key(3)])]);
    await store.save(key(3), 'secret', record);
    expect(await store.load(key(3), 'secret')).toEqual(record);
  });

  test('no folder is made for nothing', async () => {
    await createTokenFileStore(path.join(folder, 'none')).idle();
    expect(readdirSync(folder)).toEqual([]);
    await createTokenFileStore(written('a file', 0)).idle();
  });
});

describe('a disk that is slow', () => {
  const red = nodeRedWithSandbox();
  const tokens = () => path.join(red.userDir, '.wecom-tokens');
  afterEach(() => (slow = undefined));

  test('holds up no message, but when the app is closed nothing more is written', async () => {
    let release: () => void = () => undefined;
    slow = new Promise<void>((resolve) => (release = resolve));
    const writing = new Promise<void>((resolve) => (begun = resolve));
    const flow = await red.start();
    await flow.run({ payload: 'one' });
    await writing;
    let isClosed = false;
    const closed = red.unload().then(() => (isClosed = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([flow.sent.length, isClosed]).toEqual([1, false]);
    release();
    await closed;
    expect(readdirSync(tokens())).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(lstatSync(tokens()).mode & 0o777).toBe(0o700);
  });
});
