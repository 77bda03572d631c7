/** Whatever a proxy does, every message ends with a true report, and nobody hammers the proxy. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { createRobot, createWecom, SendQueues, TokenCache, WecomNetworkError } from '../../core';
import { createTransport } from '../../node-red/runtime/connection/transport';
import type { Transport } from '../../node-red/runtime/connection/transport';
import { failure, movableClock } from '../core/fake-wecom';
import { FakeProxy, withoutProxyVariables } from './fake-proxy';

const TIMEOUT_MS = 400;
const MESSAGES = 20;
const BASE_URL = 'https://wecom.test';

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n';
const drip = (socket: Socket, bytes: string) => {
  let sent = 0;
  const timer = setInterval(() => socket.write(bytes[(sent += 1) - 1] ?? 'x'), 20);
  socket.on('close', () => clearInterval(timer));
};

const misbehaviours: Record<
  string,
  { behave: (socket: Socket) => void; onConnection?: true; code: string; then?: string }
> = {
  'is silent': { behave: () => undefined, code: 'UND_ERR_CONNECT_TIMEOUT' },
  'closes the connection (FIN)': { behave: (socket) => socket.end(), code: 'ECONNRESET' },
  'closes the connection before anything was asked': {
    behave: (socket) => socket.end(),
    onConnection: true,
    code: 'ECONNRESET',
  },
  'breaks the connection (RST)': { behave: (socket) => socket.resetAndDestroy(), code: 'ECONNRESET' },
  'is no proxy': { behave: (socket) => socket.write('220 mail.test ESMTP ready\r\n'), code: 'PROXY_REFUSED' },
  'wants a password': {
    behave: (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'),
    code: 'PROXY_REFUSED',
  },
  'cannot reach WeCom': {
    behave: (socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 3\r\n\r\nbad'),
    code: 'PROXY_REFUSED',
  },
  'answers one byte at a time, without end': {
    behave: (socket) => drip(socket, 'HTTP/1.1 200 Connection Established\r\nx-drip: '),
    code: 'UND_ERR_CONNECT_TIMEOUT',
  },
  'answers half and closes': { behave: (socket) => socket.end('HTTP/1.1 200 Conn'), code: 'ECONNRESET' },
  'answers half and is silent': {
    behave: (socket) => socket.write('HTTP/1.1 200 Conn'),
    code: 'UND_ERR_CONNECT_TIMEOUT',
  },
  'connects to somebody who is silent': {
    behave: (socket) => socket.write(ESTABLISHED),
    code: 'UND_ERR_CONNECT_TIMEOUT',
    then: 'ECONNRESET',
  },
  'connects to somebody who closes': { behave: (socket) => socket.end(ESTABLISHED), code: 'ECONNRESET' },
};

let proxy: FakeProxy | undefined;
let transport: Transport | undefined;

withoutProxyVariables();
afterEach(async () => {
  await transport?.close();
  await proxy?.close();
});

async function through(
  place: string,
  behave: (socket: Socket) => void,
  onConnection?: true,
): Promise<{ readonly proxy: FakeProxy; readonly transport: Transport }> {
  proxy = new FakeProxy(behave, onConnection);
  const url = await proxy.listen();
  if (place === 'HTTPS_PROXY') process.env['HTTPS_PROXY'] = url;
  transport = createTransport({ timeoutMs: TIMEOUT_MS, proxy: place === 'HTTPS_PROXY' ? '' : url });
  return { proxy, transport };
}

function senders({ http }: Transport) {
  // Pauses between tries pass at once; what a call takes, it takes.
  const clock = movableClock();
  const parts = { http, clock, queues: new SendQueues(), timeoutMs: TIMEOUT_MS };
  const wecom = createWecom<unknown>({
    ...parts,
    app: { corpId: 'ww', agentId: 1, secret: 'canary-secret', baseUrl: BASE_URL },
    tokens: new TokenCache({ clock }),
  });
  const robot = createRobot<unknown>({ ...parts, webhook: 'robot-key', baseUrl: BASE_URL });
  const message = { msgtype: 'text', text: { content: 'x' } };
  return {
    toMember: (index: number) => wecom.send({ touser: `member${index}`, ...message }),
    toRobot: () => robot.send(message),
  };
}

describe.each(['the proxy setting', 'HTTPS_PROXY'])('a proxy of %s that', (place) => {
  test.each(Object.entries(misbehaviours))(
    '%s: every message ends as not sent, and the proxy is hardly troubled',
    async (_, { behave, onConnection, code, then }) => {
      const run = await through(place, behave, onConnection);
      const { toMember, toRobot } = senders(run.transport);
      const begun = performance.now();
      const errors = await Promise.all([
        ...Array.from({ length: MESSAGES }, (__, index) => failure(toMember(index), WecomNetworkError)),
        failure(toRobot(), WecomNetworkError),
      ]);
      const seconds = (performance.now() - begun) / 1000;
      expect(errors.map(({ delivery }) => delivery)).toEqual(errors.map(() => 'not-sent'));
      expect(errors.filter(({ cause }) => cause.code !== code && cause.code !== then)).toEqual([]);
      expect(run.proxy.connects).toBeGreaterThan(0);
      // Ten a second, and those that were tried at the same time before the first of them failed.
      expect(run.proxy.connects).toBeLessThanOrEqual(10 * Math.ceil(seconds) + 16);
      for (const error of errors) expect(error.explain('zh').title).not.toContain('undefined');
    },
    40_000,
  );

  test('works again, tunnels again', async () => {
    let broken = true;
    const run = await through(place, (socket) =>
      broken ? socket.end() : socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'),
    );
    const call = async () =>
      run.transport
        .http({ method: 'GET', url: `${BASE_URL}/`, headers: {}, timeoutMs: TIMEOUT_MS, longestAnswer: 1_000 })
        .catch((error: unknown) => error);
    expect(await call()).toMatchObject({ code: 'ECONNRESET' });
    broken = false;
    await sleep(150);
    expect(await call()).toMatchObject({ code: 'PROXY_REFUSED' });
  });

  test.each(['is silent', 'answers one byte at a time, without end', 'connects to somebody who is silent'])(
    '%s does not hold up closing',
    async (name) => {
      const asked = new Promise<Socket>((resolve) => {
        void through(place, (socket) => {
          misbehaviours[name]!.behave(socket);
          resolve(socket);
        }).then((run) => {
          sending = run.transport
            .http({
              method: 'POST',
              url: `${BASE_URL}/cgi-bin/message/send`,
              headers: {},
              body: '{}',
              timeoutMs: 60_000,
              longestAnswer: 1_000,
            })
            .catch((error: unknown) => error);
        });
      });
      let sending: Promise<unknown> = Promise.resolve();
      await asked;
      const closing = transport!.close().then(() => 'closed');
      expect(await Promise.race([closing, sleep(3_000, 'still open', { ref: false })])).toBe('closed');
      expect(await sending).toMatchObject({ code: 'UND_ERR_CLOSED', notSent: true });
    },
  );
});

describe('a server without a proxy', () => {
  test.each<[string, (socket: Socket) => void, Record<string, unknown>]>([
    [
      'one byte per 20 ms, without end',
      (socket) => drip(socket, 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n'),
      { code: 'ETIMEDOUT' },
    ],
    ['a body without end', (socket) => flood(socket), { code: 'ANSWER_TOO_LONG' }],
    ['nothing', () => undefined, { code: 'ETIMEDOUT' }],
    [
      '101 Switching Protocols',
      (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      { code: 'UND_ERR_SOCKET' },
    ],
    [
      'half an answer',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"errcode":0'),
      { code: 'UND_ERR_SOCKET' },
    ],
  ])('that answers %s: the call ends, and nobody claims that nothing was sent', async (_, behave, expected) => {
    proxy = new FakeProxy(behave);
    const url = await proxy.listen();
    transport = createTransport({ timeoutMs: TIMEOUT_MS });
    const error: unknown = await transport
      .http({
        method: 'POST',
        url: `${url}/cgi-bin/message/send`,
        headers: {},
        body: '{}',
        timeoutMs: TIMEOUT_MS,
        longestAnswer: 1024 * 1024,
      })
      .catch((problem: unknown) => problem);
    expect(error).toMatchObject(expected);
    expect(error).not.toHaveProperty('notSent');
    expect(proxy.connects).toBe(1);
  });

  test('that closes while the connection is being closed says what happened, not that somebody cancelled', async () => {
    let broke: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      proxy = new FakeProxy((socket) => {
        broke = () => socket.resetAndDestroy();
        resolve();
      });
    });
    const url = await proxy!.listen();
    transport = createTransport({ timeoutMs: 5_000 });
    const stop = new AbortController();
    const sending = transport
      .http({
        method: 'POST',
        url: `${url}/cgi-bin/message/send`,
        headers: {},
        body: '{}',
        timeoutMs: 5_000,
        longestAnswer: 1_000,
        signal: stop.signal,
      })
      .catch((error: unknown) => error);
    await asked;
    const closing = transport.close();
    broke();
    const error = await sending;
    await closing;
    expect(error).toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) });
    expect(error).not.toHaveProperty('notSent');
  });
});

test('two apps behind one proxy keep their hosts apart', async () => {
  const hosts: string[] = [];
  proxy = new FakeProxy((socket) => {
    socket.write(ESTABLISHED);
    socket.on('data', (data: Buffer) => {
      hosts.push(/^host: (.*)$/im.exec(data.toString())?.[1]?.trim() ?? '');
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
  });
  const url = await proxy.listen();
  transport = createTransport({ timeoutMs: TIMEOUT_MS, proxy: url });
  const headers = { 'content-type': 'application/json' };
  for (const host of ['one.test', 'two.test'])
    await transport.http({
      method: 'POST',
      url: `http://${host}/`,
      headers,
      body: '{}',
      timeoutMs: TIMEOUT_MS,
      longestAnswer: 1_000,
    });
  expect([hosts, headers]).toEqual([['one.test', 'two.test'], { 'content-type': 'application/json' }]);
});

/** As much as the reader takes; the reader has to stop, or the test ends it. */
function flood(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
  let left = 64;
  const more = () => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(Buffer.alloc(1024 * 1024, 32))) return void socket.once('drain', more);
    }
  };
  more();
}
