/** Whatever a server answers, a call in n8n ends: after its time-out, with a bounded part of the answer read. */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { send, SEND } from './engine';

const MESSAGE = { recipientsFrom: 'ids', touser: 'zhangsan', msgtype: 'text', content: 'hello' };
const options = { timeout: 2_000, rateLimits: 'off' };
const MEGABYTE = 1024 * 1024;
/** More than is ever read, and little enough to do no harm if it were. */
const FLOOD_MEGABYTES = 48;

/** Answers gettoken and message/send as told, and counts what was asked. */
class MisbehavingServer {
  readonly asked: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  readonly answers: Record<string, (socket: Socket) => void> = {
    gettoken: (socket) => json(socket, { errcode: 0, errmsg: 'ok', access_token: 'T', expires_in: 7200 }),
    'message/send': (socket) => json(socket, { errcode: 0, errmsg: 'ok', msgid: 'M' }),
  };

  constructor() {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      socket.on('data', (data) => {
        const endpoint = /^(?:GET|POST) \/cgi-bin\/([\w/]+)/.exec(data.toString())?.[1];
        if (endpoint === undefined) return;
        this.asked.push(endpoint);
        this.answers[endpoint]?.(socket);
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  count(endpoint: string): number {
    return this.asked.filter((each) => each === endpoint).length;
  }

  get connections(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function json(socket: Socket, answer: object): void {
  const body = JSON.stringify(answer);
  socket.write(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n');
  const timer = setInterval(() => socket.write(' '), 50);
  socket.on('close', () => clearInterval(timer));
}

let flooded = 0;
function flood(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
  flooded = 0;
  const more = () => {
    while (flooded < FLOOD_MEGABYTES && !socket.destroyed) {
      flooded += 1;
      if (!socket.write(Buffer.alloc(MEGABYTE, 32))) return void socket.once('drain', more);
    }
  };
  more();
}

const status = (line: string) => (socket: Socket) => socket.end(`HTTP/1.1 ${line}\r\ncontent-length: 2\r\n\r\n{}`);
const upgrade = (socket: Socket) =>
  socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');

let server: MisbehavingServer;
let baseUrl: string;
beforeEach(async () => {
  server = new MisbehavingServer();
  baseUrl = await server.listen();
});
afterEach(() => server.close());

const credential = () => ({ corpId: 'ww', agentId: '1000002', secret: 'canary-secret-5511', baseUrl });
const sendOne = (more: object = {}) =>
  send({
    credential: credential(),
    parameters: { ...MESSAGE, options },
    settings: { onError: 'continueRegularOutput' },
    ...more,
  });
const details = (json: IDataObject | undefined) => json?.['details'] as IDataObject | undefined;

/** For answers that end the call themselves: on a busy machine they take a while. Milliseconds. */
const PATIENT = 20_000;

test.each<[string, (socket: Socket) => void, string, number?]>([
  ['a body without end', flood, 'ANSWER_TOO_LONG', PATIENT],
  ['one byte after the other, without end', drip, 'ETIMEDOUT'],
  ['101 Switching Protocols', upgrade, 'ETIMEDOUT'],
  [
    'half an answer',
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"errcode":0'),
    'ECONNRESET',
  ],
  ['status 0', status('000 Nothing'), 'HTTP_0'],
  ['status 999', status('999 Something'), 'HTTP_999'],
])(
  'a message that is answered with %s is unknown, asked for once, and ends',
  async (_, answer, code, timeout = options.timeout) => {
    server.answers['message/send'] = answer;
    const run = await sendOne({ parameters: { ...MESSAGE, options: { ...options, timeout } } });
    const error = details(run.items(SEND)[0]?.json);
    expect(error).toMatchObject({ delivery: 'unknown' });
    // A connection that is upgraded is given up by some versions of Node.js, and left open by others.
    expect([code, 'ECONNRESET']).toContain(error?.['code']);
    expect(server.count('message/send')).toBe(1);
    expect(flooded).toBeLessThan(FLOOD_MEGABYTES);
  },
  30_000,
);

test('a long answer that is none of a list is not read further than a megabyte, and one below it is', async () => {
  const padded = (bytes: number) => (socket: Socket) =>
    json(socket, { errcode: 0, errmsg: 'x'.repeat(bytes), msgid: 'M' });
  server.answers['message/send'] = padded(MEGABYTE - 100);
  expect((await sendOne()).items(SEND)[0]?.json).toMatchObject({ msgid: 'M' });
  server.answers['message/send'] = padded(MEGABYTE);
  expect(details((await sendOne()).items(SEND)[0]?.json)).toMatchObject({
    delivery: 'unknown',
    code: 'ANSWER_TOO_LONG',
  });
});

test('eight messages that drip end, and the next workflow of the app sends', async () => {
  server.answers['message/send'] = drip;
  const dripping = send({
    credential: credential(),
    items: Array.from({ length: 8 }, (_, index) => ({ to: `member${index}` })),
    parameters: { ...MESSAGE, touser: '={{ $json.to }}', options },
    settings: { onError: 'continueRegularOutput' },
  });
  while (server.count('message/send') < 8) await sleep(10);
  server.answers['message/send'] = (socket) => json(socket, { errcode: 0, errmsg: 'ok', msgid: 'M' });
  expect((await sendOne()).items(SEND)[0]?.json).toMatchObject({ msgid: 'M' });
  expect((await dripping).items(SEND).map(({ json: item }) => details(item)?.['delivery'])).toEqual(
    Array.from({ length: 8 }, () => 'unknown'),
  );
}, 30_000);

test('a gettoken that drips ends for everybody who waits for it, also after the workflow that asked was cancelled', async () => {
  const good = server.answers['gettoken'] as (socket: Socket) => void;
  server.answers['gettoken'] = drip;
  let cancel: () => void = () => undefined;
  const first = sendOne({ started: (execution: { cancel(): void }) => (cancel = () => execution.cancel()) }).catch(
    () => undefined,
  );
  while (server.count('gettoken') < 1) await sleep(10);
  const second = sendOne();
  cancel();
  await first;
  server.answers['gettoken'] = good;
  // Not a mistake of the second one that somebody cancelled the first.
  expect((await second).items(SEND)[0]?.json).toMatchObject({ msgid: 'M' });
}, 30_000);

test('nothing is left of a call that was given up: no connection stays open', async () => {
  server.answers['message/send'] = drip;
  await sendOne();
  for (const deadline = Date.now() + 5_000; server.connections > 1 && Date.now() < deadline;) await sleep(10);
  // The connection of gettoken may be kept for the next call.
  expect(server.connections).toBeLessThanOrEqual(1);
}, 30_000);
