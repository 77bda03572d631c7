import { existsSync, readdirSync } from 'node:fs';
import type * as files from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { nodeRedWithSandbox } from './flow-runner';

let full = false;
const written: string[] = [];

// A disk that is full takes the beginning of a file, then no more.
jest.mock('node:fs/promises', () => {
  const actual = jest.requireActual<typeof files>('node:fs/promises');
  return {
    ...actual,
    async writeFile(file: string, data: Buffer, options: object) {
      if (!full || !String(file).includes('.wecom-tokens')) return actual.writeFile(file, data, options);
      await actual.writeFile(file, data.subarray(0, data.length >> 1), options);
      written.push(file);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    },
  };
});

const red = nodeRedWithSandbox();
const tokenFiles = () => {
  const folder = path.join(red.userDir, '.wecom-tokens');
  return existsSync(folder) ? readdirSync(folder) : [];
};

afterEach(() => {
  full = false;
  written.length = 0;
});

/** Until the store has given up and tidied: no message waits for it. */
async function writtenInVain(): Promise<void> {
  for (
    let tries = 0;
    tries < 400 && (written.length === 0 || tokenFiles().some((name) => name.includes('.')));
    tries += 1
  )
    await sleep(10);
}

test('a full disk costs a gettoken after the next restart, and nothing else: messages go out, and no half file stays', async () => {
  full = true;
  const flow = await red.start();
  await flow.run({ payload: 'one' });
  await writtenInVain();
  expect([written.length, tokenFiles()]).toEqual([1, []]);
  await flow.run({ payload: 'two' });
  expect(red.sandbox.calls()).toMatchObject({ gettoken: 1, 'message/send': 2 });
  expect([flow.caught, red.logged()]).toEqual([[], expect.not.stringContaining('ENOSPC')]);

  await red.unload();
  const restarted = await red.start();
  await restarted.run({ payload: 'three' });
  expect([restarted.caught, red.sandbox.calls()]).toEqual([
    [],
    expect.objectContaining({ gettoken: 2, 'message/send': 3 }),
  ]);
});

test('a disk that fills up later leaves the token that was written before in its place', async () => {
  const flow = await red.start();
  await flow.run({ payload: 'one' });
  for (let tries = 0; tries < 400 && tokenFiles().length === 0; tries += 1) await sleep(10);
  const before = tokenFiles();
  expect(before).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  full = true;
  red.sandbox.revoke();
  await flow.run({ payload: 'two' });
  await writtenInVain();
  expect([written.length, tokenFiles(), flow.caught, red.sandbox.messages().length]).toEqual([1, before, [], 2]);
});
