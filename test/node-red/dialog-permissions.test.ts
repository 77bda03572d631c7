/**
 * What the dialogs may make Node-RED send, and where: asked through its own admin API by people with different
 * permissions.
 */
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import path from 'node:path';

import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { startNodeRedProcess } from '../faults/node-red-process';
import type { NodeRedProcess } from '../faults/node-red-process';

const SECRET = 'sandbox-secret-1000002';
const ENVIRONMENT = 'canary-of-the-environment';
const PROXY_PASSWORD = 'canary-of-the-proxy';
/** What each person may do, by token. */
const PEOPLE = {
  reader: ['read'],
  writer: ['flows.read', 'wecom-app.write', 'wecom-robot.write'],
  full: ['*'],
};
type Person = keyof typeof PEOPLE;

let sandbox: Sandbox;
let nodeRed: NodeRedProcess;
let foreign: Server;
let foreignUrl: string;
let key: string;
/** Everything that was sent to the foreign host, as it came off the wire. */
let received = '';
const sockets = new Set<Socket>();

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  key = sandbox.company.robots[0]?.key ?? '';
  foreign = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    received += 'connected ';
    socket.on('data', (chunk) => {
      received += decodeURIComponent(
        chunk
          .toString('latin1')
          .replace(/Basic (\S+)/g, (_all, login: string) => Buffer.from(login, 'base64').toString()),
      );
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(foreign, 'listening');
  foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;

  Object.assign(process.env, {
    WECOM_TEST_CANARY: ENVIRONMENT,
    WECOM_TEST_CORP: sandbox.company.corpId,
    WECOM_TEST_SECRET: SECRET,
    WECOM_TEST_KEY: key,
  });
  const connection = { baseUrl: sandbox.url, proxy: '', timeout: '5' };
  nodeRed = await startNodeRedProcess(
    [
      { id: 'app', type: 'wecom-app', name: '', corpId: sandbox.company.corpId, agentId: '1000002', ...connection },
      {
        id: 'fromEnvironment',
        type: 'wecom-app',
        name: '',
        corpId: '${WECOM_TEST_CORP}',
        agentId: '1000002',
        ...connection,
      },
      {
        id: 'proxied',
        type: 'wecom-app',
        name: '',
        corpId: sandbox.company.corpId,
        agentId: '1000002',
        ...connection,
        proxy: foreignUrl,
      },
      { id: 'robot', type: 'wecom-robot', name: '', ...connection },
      { id: 'proxiedRobot', type: 'wecom-robot', name: '', ...connection, proxy: foreignUrl },
      { id: 'robotFromEnvironment', type: 'wecom-robot', name: '', ...connection },
    ],
    {
      app: { secret: SECRET },
      fromEnvironment: { secret: '${WECOM_TEST_SECRET}' },
      proxied: { secret: SECRET, proxyUser: 'somebody', proxyPassword: PROXY_PASSWORD },
      robot: { webhook: key },
      proxiedRobot: { webhook: key, proxyUser: 'somebody', proxyPassword: PROXY_PASSWORD },
      robotFromEnvironment: { webhook: '${WECOM_TEST_KEY}' },
    },
    PEOPLE,
  );
}, 60_000);
beforeEach(() => {
  received = '';
});
afterAll(async () => {
  await nodeRed?.clear();
  await sandbox?.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => foreign.close(resolve));
  for (const name of ['WECOM_TEST_CANARY', 'WECOM_TEST_CORP', 'WECOM_TEST_SECRET', 'WECOM_TEST_KEY'])
    delete process.env[name];
});

interface Answered {
  readonly status: number;
  readonly body: { readonly ok?: boolean; readonly code?: unknown; readonly message?: string };
}

async function ask(person: Person, endpoint: string, body: object, type = 'application/json'): Promise<Answered> {
  const response = await fetch(`${nodeRed.url}/${endpoint}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person}`, 'content-type': type },
    body:
      type === 'application/json'
        ? JSON.stringify(body)
        : new URLSearchParams(body as Record<string, string>).toString(),
  });
  const text = await response.text();
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Answered['body'] };
}

const app = (changed: object = {}) => ({
  id: 'app',
  corpId: sandbox.company.corpId,
  agentId: '1000002',
  baseUrl: sandbox.url,
  proxy: '',
  timeout: '5',
  lang: 'en-US',
  ...changed,
});
const robot = (changed: object = {}) => ({
  id: 'robot',
  baseUrl: sandbox.url,
  proxy: '',
  timeout: '5',
  lang: 'en-US',
  ...changed,
});
const QUESTIONS = [
  ['wecom-app/test', app],
  ['wecom-app/contacts/touser', app],
  ['wecom-robot/test', robot],
] as const;

describe.each(QUESTIONS)('%s', (endpoint, settings) => {
  test('answers nobody who may only read', async () => {
    expect((await ask('reader', endpoint, settings({ baseUrl: foreignUrl }))).status).toBe(401);
    expect(received).toBe('');
  });

  test.each(['writer', 'full'] as const)('uses the stored secret for %s where it was stored for', async (person) => {
    expect((await ask(person, endpoint, settings())).body).toMatchObject({ ok: true });
    expect((await ask(person, endpoint, settings({ baseUrl: `${sandbox.url}/` }))).body).toMatchObject({ ok: true });
  });

  test.each([
    ['writer', 'baseUrl'],
    ['writer', 'proxy'],
    ['full', 'baseUrl'],
    ['full', 'proxy'],
  ] as const)(
    'sends the stored secret for %s to no other %s, and says that it must be entered again',
    async (person, way) => {
      const { body } = await ask(person, endpoint, settings({ [way]: foreignUrl }));
      expect(body).toMatchObject({
        ok: false,
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/stored for another base URL or proxy.*enter it again/),
      });
      expect((await ask(person, endpoint, settings({ [way]: foreignUrl, lang: 'zh-CN' }))).body.message).toMatch(
        /另一个 API 地址或代理.*重新输入/,
      );
      expect(received).toBe('');
    },
  );

  test('takes a secret that is entered again anywhere', async () => {
    const typed = 'entered-again';
    await ask('writer', endpoint, settings({ baseUrl: foreignUrl, secret: typed, webhook: typed }));
    expect(received).toContain(typed);
    expect(received).not.toContain(SECRET);
    expect(received).not.toContain(key);
  });

  test.each([
    'corpId',
    'agentId',
    'secret',
    'webhook',
    'baseUrl',
    'proxy',
    'proxyUser',
    'proxyPassword',
    'processes',
    'timeout',
  ])('reads no environment variable as %s for who may not deploy', async (name) => {
    const typed = { secret: 'typed', webhook: 'typed', proxyUser: 'typed', baseUrl: foreignUrl };
    await ask('writer', endpoint, settings({ ...typed, [name]: '${WECOM_TEST_CANARY}' }));
    await ask(
      'writer',
      endpoint,
      settings({ ...typed, baseUrl: sandbox.url, proxy: foreignUrl, [name]: ' ${WECOM_TEST_CANARY} ' }),
    );
    expect(received).not.toContain(ENVIRONMENT);
  });

  test('reads environment variables for who may deploy', async () => {
    await ask(
      'full',
      endpoint,
      settings({ baseUrl: foreignUrl, secret: '${WECOM_TEST_CANARY}', webhook: '${WECOM_TEST_CANARY}' }),
    );
    expect(received).toContain(ENVIRONMENT);
  });

  test('takes no credentials of another node type', async () => {
    const other = endpoint.startsWith('wecom-app') ? 'robot' : 'app';
    expect((await ask('writer', endpoint, settings({ id: other }))).body).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      message: expect.stringContaining('missing'),
    });
  });

  test('answers no form, which other sites could send', async () => {
    expect(
      (
        await ask(
          'full',
          endpoint,
          settings({ baseUrl: foreignUrl, secret: 'typed', webhook: 'typed' }),
          'application/x-www-form-urlencoded',
        )
      ).status,
    ).toBe(415);
    expect(received).toBe('');
  });
});

test('who may not deploy tries out what is deployed, environment variables included', async () => {
  expect(
    (await ask('writer', 'wecom-app/test', app({ id: 'fromEnvironment', corpId: '${WECOM_TEST_CORP}' }))).body,
  ).toMatchObject({ ok: true });
  expect((await ask('writer', 'wecom-robot/test', robot({ id: 'robotFromEnvironment' }))).body).toMatchObject({
    ok: true,
  });
  const elsewhere = await ask(
    'writer',
    'wecom-app/test',
    app({ id: 'fromEnvironment', corpId: '${WECOM_TEST_CORP}', baseUrl: foreignUrl, secret: 'typed' }),
  );
  expect(elsewhere.body).toMatchObject({ ok: false, message: expect.stringContaining('environment variable') });
  expect(received).toBe('');
});

test("a proxy's password is sent to that proxy only", async () => {
  await ask('writer', 'wecom-app/test', app({ id: 'proxied', proxy: foreignUrl }));
  expect(received).toContain(`somebody:${PROXY_PASSWORD}`);
  received = '';
  await ask(
    'writer',
    'wecom-app/test',
    app({ id: 'proxied', proxy: foreignUrl, baseUrl: 'http://127.0.0.1:9', secret: 'typed' }),
  );
  expect(received).not.toContain(PROXY_PASSWORD);
});

test('credentials of another node type are not used, even those of the same name', async () => {
  await ask('writer', 'wecom-app/test', app({ id: 'proxiedRobot', proxy: foreignUrl, secret: 'typed' }));
  expect(received).toContain('connected');
  expect(received).not.toContain(PROXY_PASSWORD);
});

test("neither flows.json nor who reads flows has a proxy's password", async () => {
  const flows = await fetch(`${nodeRed.url}/flows`, { headers: { authorization: 'Bearer reader' } });
  expect(flows.status).toBe(200);
  const credentials = await fetch(`${nodeRed.url}/credentials/wecom-app/proxied`, {
    headers: { authorization: 'Bearer full' },
  });
  expect(await credentials.json()).toMatchObject({ has_proxyPassword: true });
  const seen = [
    await flows.text(),
    await readFile(path.join(nodeRed.userDir, 'flows.json'), 'utf8'),
    nodeRed.log(),
  ].join('\n');
  expect(seen).toContain(foreignUrl);
  expect(seen).not.toContain(PROXY_PASSWORD);
});

test('an address of a proxy that holds a password is refused, because everybody could read it', async () => {
  const { body } = await ask(
    'full',
    'wecom-app/test',
    app({ secret: SECRET, proxy: foreignUrl.replace('//', '//somebody:password@') }),
  );
  expect(body).toMatchObject({ ok: false, code: 'INVALID_INPUT', message: expect.stringContaining('Proxy Password') });
});

test('trying out leaves no token behind on the disk', async () => {
  expect((await ask('writer', 'wecom-app/test', app({ secret: SECRET }))).body).toMatchObject({ ok: true });
  const folder = path.join(nodeRed.userDir, '.wecom-tokens');
  expect(await readdir(folder).catch(() => [])).toEqual([]);
});
