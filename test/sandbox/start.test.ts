import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { startSandbox } from '../../sandbox';

test('a sandbox listens on 127.0.0.1 at a free port, several at a time', async () => {
  const sandboxes = await Promise.all([startSandbox(), startSandbox()]);
  const urls = sandboxes.map(({ url }) => url);
  expect(new Set(urls).size).toBe(2);
  for (const url of urls) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
});

test('a sandbox listens at the port it is told, and says so when that is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await new Promise((resolve) => other.close(resolve));
  const sandbox = await startSandbox({ port });
  expect(sandbox.url).toBe(`http://127.0.0.1:${port}`);
  await sandbox.close();
});

test('closing ends idle keep-alive connections at once', async () => {
  const sandbox = await startSandbox();
  const dispatcher = new Agent({ keepAliveTimeout: 600_000 });
  await (await request(`${sandbox.url}/sandbox/calls`, { dispatcher })).body.text();
  // Otherwise it would wait for ten minutes of keep-alive, longer than a test may take.
  await sandbox.close();
  await dispatcher.destroy();
});

test('two sandboxes know nothing of each other', async () => {
  const [one, two] = await Promise.all([startSandbox({ extraMembers: 1 }), startSandbox()]);
  one.moveClock(1_000_000);
  expect(one.company.members.length).toBe(two.company.members.length + 1);
  expect(two.moveClock(0)).toBeLessThan(one.moveClock(0));
  await Promise.all([one.close(), two.close()]);
});
