/** Rates outlive a restart: new queues, the same folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createRobot, createWecom, SendQueues } from '../../core';
import { createSendingTimesFile } from '../../node-red/runtime/connection/sending-times-file';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { app as anyApp, fakeWecom, movableClock } from '../core/fake-wecom';
import type { MovableClock } from '../core/fake-wecom';
import { quickHttp } from '../faults/core-sender';

const MINUTE = 60_000;
const text = (touser: string) => ({ touser, msgtype: 'text', text: { content: 'canary-content' } });

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'wecom-sending-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that begins: what it knows of earlier ones is what the folder says. */
function begin(clock: MovableClock, name = 'apps') {
  const store = createSendingTimesFile(folder, name);
  return { queues: new SendQueues({ clock, store }), end: () => store.flush() };
}

/** As a process that sends so many messages to a member and ends; tells how long it waited. */
async function round(clock: MovableClock, count: number, touser = 'zhangsan', end = true): Promise<number> {
  const { queues, end: flush } = begin(clock);
  const wecom = createWecom<unknown>({ app: anyApp, http: fakeWecom().http, clock, queues });
  const before = clock.slept();
  for (let index = 0; index < count; index += 1) await wecom.send(text(touser));
  if (end) flush();
  return clock.slept() - before;
}

describe('three starts within a minute, 30 messages to one member each', () => {
  let sandbox: Sandbox;
  beforeEach(async () => void (sandbox = await startSandbox()));
  afterEach(() => sandbox.close());

  test.each([
    [true, 0],
    [false, 60],
  ])('with a folder (%s) WeCom drops %d of 90', async (isKept, dropped) => {
    const [{ secret, agentid }] = sandbox.company.apps as [Sandbox['company']['apps'][number]];
    const clock = movableClock(Date.now(), (ms) => void sandbox.moveClock(ms));
    for (let start = 0; start < 3; start += 1) {
      const { queues, end } = isKept ? begin(clock) : { queues: new SendQueues(), end: () => undefined };
      const wecom = createWecom<unknown>({
        app: { corpId: sandbox.company.corpId, agentId: agentid, secret, baseUrl: sandbox.url },
        http: quickHttp(5_000),
        clock,
        queues,
      });
      for (let index = 0; index < 30; index += 1)
        await wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: `message ${start} ${index}` } });
      end();
    }
    expect(sandbox.messages().flatMap(({ dropped_for }) => dropped_for)).toHaveLength(dropped);
  });
});

describe('what was sent before a restart', () => {
  test('counts for the same member only, and for messages to departments and everyone', async () => {
    const clock = movableClock(Date.now());
    await round(clock, 30);
    const { queues } = begin(clock);
    const wecom = createWecom<unknown>({ app: anyApp, http: fakeWecom().http, clock, queues });
    await wecom.send(text('lisi'));
    expect(clock.slept()).toBe(0);
    await wecom.send({ toparty: '2', msgtype: 'text', text: { content: 'x' } });
    expect(clock.slept()).toBe(MINUTE);
  });

  test('counts for robots and group chats', async () => {
    const clock = movableClock(Date.now());
    for (let start = 0; start < 2; start += 1) {
      const { queues, end } = begin(clock);
      const robot = createRobot<unknown>({ webhook: 'key', http: fakeWecom().http, clock, queues });
      for (let index = 0; index < 20; index += 1) await robot.send({ msgtype: 'text', text: { content: 'x' } });
      end();
    }
    expect(clock.slept()).toBe(MINUTE);
    for (let start = 0; start < 2; start += 1) {
      const { queues, end } = begin(clock);
      const wecom = createWecom<unknown>({ app: anyApp, http: fakeWecom().http, clock, queues });
      for (let index = 0; index < 10; index += 1)
        await wecom.send({ chatid: 'C', msgtype: 'text', text: { content: 'x' } });
      end();
    }
    expect(clock.slept()).toBe(2 * MINUTE);
  });

  test('counts for no longer than it would have without a restart; a time from the future counts from now on', async () => {
    const clock = movableClock(Date.now());
    await round(clock, 30);
    await clock.sleep(MINUTE - 1_000);
    expect(await round(clock, 1)).toBe(1_000);
    clock.move(-10 * MINUTE);
    await round(clock, 1, 'lisi');
    expect(await round(clock, 30)).toBe(MINUTE);
  });

  test('is written without a name, a secret or a content, for nobody else to read', async () => {
    await round(movableClock(Date.now()), 3, 'canary-member');
    const file = path.join(folder, 'apps');
    expect(readFileSync(file, 'latin1')).toMatch(/^\n([\w-]{16} [\w-]{16} \d+ 1\n){3}$/);
    expect(readFileSync(file, 'latin1')).not.toContain('canary');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is bounded on the disk', () => {
    const store = createSendingTimesFile(folder, 'apps');
    for (let write = 0; write < 21; write += 1) {
      for (let line = 0; line < 10_000; line += 1)
        store.add({ sender: 's'.repeat(16), recipient: 'r'.repeat(16), at: Date.now(), weight: 1 });
      store.flush();
    }
    const bytes = ['apps', 'apps.older'].reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
    expect(bytes).toBeLessThan(6 * 1024 * 1024);
    expect(createSendingTimesFile(folder, 'apps').load().length).toBeGreaterThan(40_000);
  });
});

describe('messages go on', () => {
  test('after a damaged file; who is named in it waits for a whole window', async () => {
    const clock = movableClock(Date.now());
    await round(clock, 30);
    const file = path.join(folder, 'apps');
    const lines = readFileSync(file, 'latin1').split('\n');
    writeFileSync(
      file,
      `\0\0garbage\n${lines.map((line, index) => (index % 2 ? line.slice(0, 36) : line)).join('\n')}\n${'x'.repeat(500)}`,
    );
    await clock.sleep(MINUTE);
    expect(await round(clock, 15)).toBe(0);
    expect(await round(clock, 1)).toBeGreaterThan(0);
  });

  test.each<[string, (file: string) => void]>([
    ['a FIFO', (file) => void execFileSync('mkfifo', [file])],
    ['a folder', (file) => void mkdirSync(file)],
    ['nothing but noise', (file) => writeFileSync(file, Buffer.alloc(100_000, 0xff))],
  ])('with %s in place of the file, at once', async (_, make) => {
    make(path.join(folder, 'apps'));
    expect(await round(movableClock(Date.now()), 5)).toBe(0);
    expect(await round(movableClock(Date.now()), 5)).toBe(0);
  });

  test('with a file in place of the folder', async () => {
    const file = path.join(folder, 'in-the-way');
    writeFileSync(file, '');
    const told: string[] = [];
    const store = createSendingTimesFile(file, 'apps', (...failure) => void told.push(failure.join(' ')));
    expect(store.load()).toEqual([]);
    for (let count = 0; count < 3; count += 1) {
      store.add({ sender: 's', recipient: 'r', at: 1, weight: 1 });
      expect(() => store.flush()).not.toThrow();
    }
    expect(told).toEqual([`${path.join(file, 'apps')} EEXIST`]);
  });
});
