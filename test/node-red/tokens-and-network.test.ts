import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { from, nodeRedWithSandbox, SECRET, str } from './flow-runner';

const MEMBERS = 1000;
const red = nodeRedWithSandbox({ extraMembers: MEMBERS });
const member = (index: number) => `u${String(index + 1).padStart(5, '0')}`;

async function sendToEveryMember(flow: Awaited<ReturnType<typeof red.start>>): Promise<void> {
  const before = flow.sent.length;
  for (let index = 0; index < MEMBERS; index += 1)
    flow.node.receive({ payload: `message ${index}`, who: member(index) });
  await flow.settled(before + MEMBERS, 25_000);
}

/** The name of the token file: no message waits until it is written, so it may come later. */
async function stored(folder: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const name = (existsSync(folder) ? readdirSync(folder) : []).find((entry) => /^[0-9a-f]{64}$/.test(entry));
    if (name !== undefined) return name;
    await sleep(20);
  }
  throw new Error('no token was stored');
}

describe('access tokens', () => {
  test('1000 cold messages at once need one gettoken, 1000 refused ones exactly one more, and every message is sent once', async () => {
    const flow = await red.start({ send: { fields: { touser: from('msg', 'who') } } });
    await sendToEveryMember(flow);
    expect(flow.caught).toEqual([]);
    expect(red.sandbox.calls()['gettoken']).toBe(1);
    red.sandbox.revoke();
    await sendToEveryMember(flow);
    expect(flow.caught).toEqual([]);
    expect(red.sandbox.calls()['gettoken']).toBe(2);
    const received = red.sandbox.messages().map((message) => message.received['touser'] as string);
    expect(received).toHaveLength(2 * MEMBERS);
    expect(new Set(received).size).toBe(MEMBERS);
  }, 60_000);

  test('survive a restart in a file that only its owner may read and that holds neither token nor secret', async () => {
    const flow = await red.start();
    await flow.run({ payload: 'before' });
    const folder = path.join(red.userDir, '.wecom-tokens');
    const file = await stored(folder);
    expect(readdirSync(folder)).toEqual([file]);
    expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(folder, file)).toString('latin1')).not.toMatch(/sandbox-secret|token/i);

    // Loading the nodes again is what a restart does: the cache in memory is a new one.
    await red.unload();
    const restarted = await red.start();
    await restarted.run({ payload: 'after' });
    expect(red.sandbox.calls()).toMatchObject({ gettoken: 1, 'message/send': 2 });
  });

  test('a damaged token file costs one gettoken, and an unwritable folder not even a message', async () => {
    const folder = path.join(red.userDir, '.wecom-tokens');
    await (await red.start()).run({ payload: 'one' });
    writeFileSync(path.join(folder, await stored(folder)), 'garbage');
    await red.unload();
    const flow = await red.start();
    await flow.run({ payload: 'two' });
    expect([flow.caught.length, red.sandbox.calls()['gettoken']]).toEqual([0, 2]);
    await red.unload();
    const { rmSync } = await import('node:fs');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    const again = await red.start();
    await again.run({ payload: 'three' });
    expect(again.caught).toEqual([]);
    rmSync(folder);
    mkdirSync(folder);
  });

  test('a wrong secret is told with advice, and not tried again and again', async () => {
    const flow = await red.start({ secret: 'wrong' });
    const msg = await flow.run({ payload: 'x' });
    expect(msg.error).toMatchObject({ code: 40001, cause: { kind: 'api', endpoint: '/cgi-bin/gettoken' } });
    await flow.run({ payload: 'y' });
    expect(red.sandbox.calls()['gettoken']).toBe(1);
  });
});

describe('the network', () => {
  test('an IP that is not trusted is named in the error', async () => {
    const flow = await red.start({ app: { agentId: '1000004' }, secret: 'sandbox-secret-1000004' });
    expect((await flow.run({ payload: 'x' })).error).toMatchObject({
      code: 60020,
      message: expect.stringContaining('203.0.113.7'),
      cause: { ip: '203.0.113.7' },
    });
  });

  test('nobody listening for a while: the message is sent as soon as somebody does, once', async () => {
    const relay = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void fetch(`${red.sandbox.url}${request.url}`, {
          method: request.method as string,
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        }).then(async (answer) => response.end(await answer.text()));
      });
    });
    await listen(relay);
    const url = address(relay);
    await close(relay);
    const flow = await red.start({ app: { baseUrl: url } });
    flow.node.receive({ payload: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await new Promise<void>((resolve) => relay.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    await flow.settled(1);
    await red.unload();
    await close(relay);
    expect([flow.sent.length, flow.caught.length, red.sandbox.messages().length]).toEqual([1, 0, 1]);
  });

  test('WeCom is busy again and again: the error says how often and how long it was tried', async () => {
    const flow = await red.start();
    red.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: -1, times: 4 });
    const { error } = await flow.run({ payload: 'x' });
    expect(error).toMatchObject({
      code: -1,
      message: expect.stringMatching(/4 tries/),
      cause: { kind: 'api', tries: 4, elapsedMs: expect.any(Number) },
    });
    expect(red.sandbox.calls()['message/send']).toBe(4);
  }, 15_000);

  test('a proxy that refuses: the message surely was not sent, and the proxy is not asked again', async () => {
    let asked = 0;
    const proxy = createServer();
    proxy.on('connect', (_request, socket) => {
      asked += 1;
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    await listen(proxy);
    const flow = await red.start({ app: { proxy: address(proxy) } });
    expect((await flow.run({ payload: 'x' })).error).toMatchObject({
      code: 'PROXY_REFUSED',
      message: expect.stringContaining('407'),
      cause: { kind: 'network', delivery: 'not-sent' },
    });
    expect(asked).toBe(1);
    expect(flow.statuses().at(-1)).toBe('red dot wecom-send.status.no-answer');
    await red.unload();
    await close(proxy);
  });

  test('no answer in time: nobody knows whether it was sent, so it is not repeated', async () => {
    const flow = await red.start({ app: { timeout: '0.3' } });
    await flow.run({ payload: 'warm' });
    red.sandbox.fault({ endpoint: 'message/send', kind: 'no_answer' });
    const start = Date.now();
    expect((await flow.run({ payload: 'x' })).error).toMatchObject({
      code: 'ETIMEDOUT',
      cause: { kind: 'network', delivery: 'unknown' },
    });
    // Not the half minute that it waits when nobody says otherwise.
    expect(Date.now() - start).toBeLessThan(20_000);
    expect(red.sandbox.calls()['message/send']).toBe(2);
  });

  test('a connection that breaks after the request was read is not repeated', async () => {
    const flow = await red.start();
    await flow.run({ payload: 'warm' });
    red.sandbox.fault({ endpoint: 'message/send', kind: 'reset_after_read' });
    expect((await flow.run({ payload: 'x' })).error?.cause).toMatchObject({ kind: 'network', delivery: 'unknown' });
    expect(red.sandbox.calls()['message/send']).toBe(2);
  });

  test('closing the node lets a message that is on its way end', async () => {
    const flow = await red.start();
    await flow.run({ payload: 'warm' });
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 400 });
    flow.node.receive({ payload: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await red.unload();
    expect(red.sandbox.messages()).toHaveLength(2);
  });

  test('a relay with a path gets every call, uploads included', async () => {
    const paths: string[] = [];
    const relay = createServer((request, response) => {
      paths.push(String(request.url).split('?')[0] as string);
      const { hostname, port } = new URL(red.sandbox.url);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void fetch(`http://${hostname}:${port}${String(request.url).replace('/relay', '')}`, {
          method: request.method as string,
          headers: { 'content-type': String(request.headers['content-type']) },
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        }).then(async (answer) => response.end(await answer.text()));
      });
    });
    await listen(relay);
    try {
      const flow = await red.start({
        app: { baseUrl: `${address(relay)}/relay/` },
        send: {
          msgtype: 'file',
          fields: { touser: str('zhangsan'), 'file.media_id': { ...from('msg', 'payload'), source: 'data' } },
        },
      });
      await flow.run({ payload: Buffer.from('a small file') });
      expect(flow.caught).toEqual([]);
      expect(paths).toEqual(['/relay/cgi-bin/gettoken', '/relay/cgi-bin/media/upload', '/relay/cgi-bin/message/send']);
    } finally {
      await close(relay);
    }
  });

  test.each(['the dialog', 'the environment'])('a proxy of %s is used for every call', async (source) => {
    const hosts: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      hosts.push(String(request.url));
      const { hostname, port } = new URL(`http://${request.url}`);
      const upstream = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) end.on('error', () => [socket, upstream].forEach((each) => each.destroy()));
    });
    await listen(proxy);
    const saved = {
      HTTP_PROXY: process.env['HTTP_PROXY'],
      NO_PROXY: process.env['NO_PROXY'],
      no_proxy: process.env['no_proxy'],
    };
    try {
      for (const name of Object.keys(saved)) delete process.env[name];
      if (source === 'the environment') process.env['HTTP_PROXY'] = address(proxy);
      const flow = await red.start({ app: { proxy: source === 'the dialog' ? address(proxy) : '' } });
      await flow.run({ payload: 'through the proxy' });
      expect(flow.caught).toEqual([]);
      expect(new Set(hosts)).toEqual(new Set([new URL(red.sandbox.url).host]));
    } finally {
      for (const [name, value] of Object.entries(saved)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await red.unload();
      await close(proxy);
    }
  });
});

test('a secret and a token appear nowhere: not in a message, an error, a status, the log or a file', async () => {
  const flow = await red.start({ secret: SECRET, send: { rateLimits: 'off' } });
  await flow.run({ payload: 'fine' });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'http', status: 502 });
  await flow.run({ payload: 'bad gateway' });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 45009 });
  await flow.run({ payload: 'refused' });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'reset_before_read' });
  await flow.run({ payload: 'reset' });
  const answer = (await (
    await fetch(`${red.sandbox.url}/cgi-bin/gettoken?corpid=${red.sandbox.company.corpId}&corpsecret=${SECRET}`)
  ).json()) as { access_token: string };
  const seen = [
    JSON.stringify(flow.sent),
    JSON.stringify(flow.caught),
    flow.caught.map((msg) => `${msg.error?.message}`).join(),
    JSON.stringify(flow.statuses()),
    red.logged(),
    JSON.stringify(flow.node.error.args.map(([error]) => [String(error), (error as Error).stack])),
    readFiles(red.userDir),
  ].join('\n');
  expect(seen).toContain('45009');
  expect(seen).not.toContain(SECRET);
  expect(seen).not.toContain(answer.access_token);
});

function readFiles(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function address(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
