import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { amr } from '../fixtures/media';
import { from, nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wecom-paths-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const MB = 1024 * 1024;
const byPath = (more: object = {}) => ({
  msgtype: 'file',
  fields: { touser: str('zhangsan'), 'file.media_id': { ...from('msg', 'path'), source: 'path' } },
  ...more,
});
const refused = (reason: RegExp) => ({ code: 'INVALID_INPUT', message: expect.stringMatching(reason) });

async function received(): Promise<Buffer> {
  const { media_id } = red.lastMessage().received['file'] as { media_id: string };
  return Buffer.from(await (await fetch(`${red.sandbox.url}/sandbox/media/${media_id}`)).arrayBuffer());
}

describe('only regular files are read', () => {
  test.each(['/proc/self/pagemap', '/proc/kmsg', '/proc/self/environ', '/proc/self/mem', '/proc/1/environ'])(
    '%s ends at once, unsent',
    async (file) => {
      const flow = await red.start({ send: byPath() });
      expect((await flow.run({ path: file })).error).toMatchObject(refused(/keeps secrets|may not read|no such file/));
      expect(red.sandbox.calls()).toEqual({});
    },
  );

  test('a path with a NUL character is refused by name', async () => {
    const flow = await red.start({ send: byPath() });
    expect((await flow.run({ path: path.resolve(folder, 'a\0.txt') })).error).toMatchObject(
      refused(/media_id\) is no path: it has a NUL character in it/),
    );
  });

  test.each([
    ['a pipe', 'pipe'],
    ['a link to a pipe', 'link'],
    ['a device', '/dev/zero'],
    ['a folder', '.'],
  ])('%s is refused, and the next message goes out', async (_name, name) => {
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    await symlink(path.join(folder, 'pipe'), path.join(folder, 'link'));
    await writeFile(path.join(folder, 'a.txt'), 'a text');
    const flow = await red.start({ send: byPath() });
    expect((await flow.run({ path: path.resolve(folder, name) })).error).toMatchObject(refused(/is not a file/));
    await flow.run({ path: path.join(folder, 'a.txt') });
    expect((await received()).toString()).toBe('a text');
  });

  test('a pipe in place of a stored token does not hold up the start', async () => {
    const flow = await red.start();
    await flow.run({ payload: 'a token is stored' });
    await red.unload();
    const tokens = path.join(red.userDir, '.wecom-tokens');
    for (const name of execFileSync('ls', [tokens], { encoding: 'utf8' }).trim().split('\n')) {
      await rm(path.join(tokens, name));
      execFileSync('mkfifo', [path.join(tokens, name)]);
    }
    red.sandbox.reset();
    const again = await red.start({ app: { baseUrl: `${red.sandbox.url}/` } });
    await again.run({ payload: 'sent all the same' });
    expect(again.caught).toEqual([]);
  });

  test('size and kind are told together with everything else that is wrong, before anything is sent', async () => {
    await writeFile(path.join(folder, 'long.amr'), amr(61));
    await truncate(path.join(folder, 'long.amr'), amr(61).byteLength);
    await writeFile(path.join(folder, 'huge.zip'), 'PK');
    await truncate(path.join(folder, 'huge.zip'), 20 * MB + 1);
    const flow = await red.start({
      send: byPath({
        fields: { touser: from('msg', 'who'), 'file.media_id': { ...from('msg', 'path'), source: 'path' } },
      }),
    });
    const huge = await flow.run({ path: path.join(folder, 'huge.zip'), who: [] });
    expect((huge.error?.cause['issues'] as { path: string }[]).map((issue) => issue.path).sort()).toEqual([
      'file.media_id',
      'touser',
    ]);
    await red.unload();
    const voice = await red.start({
      send: {
        msgtype: 'voice',
        fields: { touser: str('zhangsan'), 'voice.media_id': { ...from('msg', 'path'), source: 'path' } },
      },
    });
    expect((await voice.run({ path: path.join(folder, 'long.amr') })).error).toMatchObject(refused(/61 s/));
    expect(red.sandbox.calls()).toEqual({});
  });
});

describe('a message that waits', () => {
  test('costs the name of its file, not its bytes; 60 of 10 MB', async () => {
    const file = path.join(folder, 'large.bin');
    await writeFile(file, 'content');
    await truncate(file, 10 * MB);
    const flow = await red.start({ send: byPath({ rateLimits: 'off' }) });
    red.sandbox.fault({ endpoint: 'media/upload', kind: 'delay', delay_ms: 3_000, times: 1 });
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 60; count += 1) flow.node.receive({ path: file });
    let most = 0;
    for (let count = 0; count < 20; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    // The one that is on its way: read, as a request, and as the sandbox receives it.
    expect(most).toBeLessThan(100 * MB);
    await flow.settled(60, 60_000);
    expect([flow.sent.length, red.sandbox.calls()['media/upload']]).toEqual([60, 1]);
  }, 90_000);

  test('sends the file as it is when its turn comes, and fails by name if it is gone', async () => {
    const [first, second] = ['first.txt', 'second.txt'].map((name) => path.join(folder, name)) as [string, string];
    await writeFile(first, 'first content');
    await writeFile(second, 'second content');
    const flow = await red.start({ send: byPath() });
    red.sandbox.fault({ endpoint: 'media/upload', kind: 'delay', delay_ms: 1_000, times: 1 });
    for (const file of [first, second, second]) flow.node.receive({ path: file });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await writeFile(second, 'changed content');
    await flow.settled(3);
    expect((await received()).toString()).toBe('changed content');
    red.sandbox.fault({ endpoint: 'media/upload', kind: 'delay', delay_ms: 1_000, times: 1 });
    await writeFile(first, 'new content of the first');
    for (const file of [first, second]) flow.node.receive({ path: file });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await rm(second);
    await flow.settled(5);
    expect(flow.caught.map(({ error }) => error)).toMatchObject([refused(/no such file/)]);
  }, 30_000);
});

describe('a file in which Node-RED keeps secrets', () => {
  test.each([
    'flows_cred.json',
    '.flows_cred.json.backup',
    '.config.runtime.json',
    '.config.users.json.backup',
    '.sessions.json',
    'settings.js',
    '.wecom-tokens/0f',
    '.npmrc',
    'projects/one/flow_cred.json',
    'projects/one/.git/config',
    'projects/.sshkeys/id',
    '.wecom-sending/apps',
  ])('is never sent: %s, directly, over a link or as a hard link', async (name) => {
    const secret = path.join(red.userDir, name);
    await mkdir(path.dirname(secret), { recursive: true });
    await writeFile(secret, 'the secrets');
    await symlink(secret, path.join(folder, 'report.txt'));
    await symlink(path.dirname(secret), path.join(folder, 'folder'));
    await link(secret, path.join(folder, 'hard.txt'));
    const ways = [
      secret,
      path.join(folder, 'report.txt'),
      path.join(folder, 'folder', path.basename(secret)),
      `${path.dirname(secret)}/./${path.basename(secret)}`,
      path.join(folder, 'hard.txt'),
    ];
    try {
      for (const filesIn of ['', '/']) {
        const flow = await red.start({ send: byPath({ filesIn }) });
        for (const way of ways) expect((await flow.run({ path: way })).error).toMatchObject(refused(/keeps secrets/));
        await red.unload();
      }
      expect(red.sandbox.calls()).toEqual({});
    } finally {
      await rm(secret, { force: true });
    }
  });

  test('is not any other file beside it', async () => {
    for (const name of ['report.pdf', 'credits.json', 'my-settings.json']) {
      await writeFile(path.join(red.userDir, name), 'not a secret');
      const flow = await red.start({ send: byPath() });
      await flow.run({ path: path.join(red.userDir, name) });
      expect(flow.caught).toEqual([]);
      await red.unload();
    }
  });
});

describe('with a folder in Only Files In', () => {
  beforeEach(async () => {
    await mkdir(path.join(folder, 'out', 'deep'), { recursive: true });
    await mkdir(path.join(folder, 'outside'));
    await writeFile(path.join(folder, 'out', 'deep', 'report.txt'), 'report');
    await writeFile(path.join(folder, 'private.txt'), 'private');
    await writeFile(path.join(folder, 'outside', 'near.txt'), 'near');
    await symlink(path.join(folder, 'out'), path.join(folder, 'linked'));
    await symlink(path.join(folder, 'private.txt'), path.join(folder, 'out', 'leads-out.txt'));
    await symlink(folder, path.join(folder, 'out', 'up'));
    await symlink('deep/report.txt', path.join(folder, 'out', 'inside.txt'));
  });

  test.each([
    'out/deep/report.txt',
    'out/inside.txt',
    'linked/deep/report.txt',
    'outside/../out/deep/report.txt',
    'out/up/out/deep/report.txt',
  ])('%s is in it, whatever way leads there', async (file) => {
    for (const filesIn of ['out', 'linked', 'out/']) {
      const flow = await red.start({ send: byPath({ filesIn: `${folder}/${filesIn}` }) });
      await flow.run({ path: `${folder}/${file}` });
      expect(flow.caught).toEqual([]);
      await red.unload();
    }
  });

  test.each([
    'private.txt',
    'out/../private.txt',
    'out/leads-out.txt',
    'out/up/private.txt',
    'outside/near.txt',
    '/etc/passwd',
  ])('%s is not, and stays here', async (file) => {
    const flow = await red.start({ send: byPath({ filesIn: path.join(folder, 'out') }) });
    expect(
      (await flow.run({ path: path.resolve(folder, file.startsWith('/') ? file : `${folder}/${file}`) })).error,
    ).toMatchObject(refused(/Only Files In/));
    expect((await flow.run({ path: file.startsWith('/') ? file : `${folder}/${file}` })).error).toMatchObject(
      refused(/Only Files In/),
    );
    expect(red.sandbox.calls()).toEqual({});
  });

  test('a folder that is not there lets nothing out', async () => {
    for (const filesIn of [path.join(folder, 'missing'), '${NO_SUCH_VARIABLE}']) {
      const flow = await red.start({ send: byPath({ filesIn }) });
      expect((await flow.run({ path: path.join(folder, 'out/deep/report.txt') })).error).toMatchObject(
        refused(/folder that is not there/),
      );
      await red.unload();
    }
  });
});
