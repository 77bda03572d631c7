import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';

type Handler = (request: object, response: object, next: () => void) => void;

interface Endpoint {
  readonly permission: string;
  readonly handler: Handler;
}

const SECRET = 'sandbox-secret-1000002';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/**
 * The endpoints as Node-RED would serve them to somebody who may deploy, with the guard each has, and with these nodes
 * deployed.
 */
function endpoints(credentials: Record<string, object> = {}) {
  const found = new Map<string, Endpoint>();
  const deployed = Object.keys(credentials).map((id) => ({ id, type: `wecom-${id}`, baseUrl: sandbox.url, proxy: '' }));
  const guard = (permission: string) =>
    Object.assign((_request: object, _response: object, next: () => void) => next(), { permission });
  const RED = {
    nodes: {
      createNode: () => undefined,
      registerType: () => undefined,
      getNode: () => null,
      eachNode: (look: (node: object) => void) => deployed.forEach(look),
      getCredentials: (id: string) => credentials[id],
    },
    util: { getSetting: (_node: unknown, name: string) => process.env[name] },
    settings: {},
    auth: { needsPermission: guard },
    httpAdmin: {
      post: (route: string, { permission }: { permission: string }, handler: Handler) =>
        found.set(route, { permission, handler }),
    },
    _: (key: string) => key,
  };
  for (const node of ['wecom-app', 'wecom-robot'])
    jest.requireActual<(red: object) => void>(path.resolve(__dirname, `../../node-red/dist/${node}.js`))(RED);
  const ask = (route: string, body: unknown, params = {}) =>
    new Promise<{ status: number; body: Record<string, unknown> }>((resolve) => {
      let status = 200;
      const response = {
        json: (answer: Record<string, unknown>) => resolve({ status, body: answer }),
        status(code: number) {
          status = code;
          return response;
        },
      };
      found
        .get(route)
        ?.handler({ body, params, headers: { 'content-type': 'application/json' } }, response, () => undefined);
    });
  return { found, ask };
}

const settings = () => ({
  id: 'app',
  corpId: sandbox.company.corpId,
  agentId: '1000002',
  baseUrl: sandbox.url,
  proxy: '',
  timeout: '5',
  lang: 'en-US',
});
const TEST = '/wecom-app/test';
const ROBOT = '/wecom-robot/test';
const CONTACTS = '/wecom-app/contacts/:field';

test('every endpoint needs the permission to change flows', () => {
  const { found } = endpoints();
  expect([...found].map(([route, { permission }]) => [route, permission]).sort()).toEqual([
    [CONTACTS, 'wecom-app.write'],
    [TEST, 'wecom-app.write'],
    [ROBOT, 'wecom-robot.write'],
  ]);
});

describe('the Test button', () => {
  test('checks a secret that was just typed', async () => {
    expect((await endpoints().ask(TEST, { ...settings(), secret: SECRET })).body).toEqual({
      ok: true,
      name: '自动通知 Notifier',
    });
  });

  test('takes an untouched secret from the deployed node', async () => {
    expect((await endpoints({ app: { secret: SECRET } }).ask(TEST, settings())).body).toMatchObject({ ok: true });
  });

  test('reads settings and a secret from the environment, as a deploy does', async () => {
    process.env['WECOM_TEST_SECRET'] = SECRET;
    expect((await endpoints({ app: { secret: '${WECOM_TEST_SECRET}' } }).ask(TEST, settings())).body).toMatchObject({
      ok: true,
    });
  });

  test.each([
    ['a wrong secret', { secret: 'wrong' }, 40001, /secret/i],
    ['an agent of another app', { agentId: '1000003', secret: SECRET }, 301002, /agent/i],
    ['an untrusted IP', { agentId: '1000004', secret: 'sandbox-secret-1000004' }, 60020, /203\.0\.113\.7/],
    ['a base URL where nobody listens', { secret: SECRET, baseUrl: 'http://127.0.0.1:9' }, 'ECONNREFUSED', /base URL/],
    ['missing settings', { corpId: '', agentId: 'x' }, 'INVALID_INPUT', /Corp ID.*Agent ID/s],
  ])('says what to do about %s', async (_name, wrong, code, advice) => {
    const { body } = await endpoints({ app: { secret: SECRET } }).ask(TEST, {
      ...settings(),
      secret: SECRET,
      ...wrong,
    });
    expect(body).toMatchObject({ ok: false, code, message: expect.stringMatching(advice) });
  });

  test.each([
    [
      'en-US',
      /^Corp ID \(corpId\) is missing\.$/,
      /ECONNREFUSED\)\. Check the network, the base URL and the proxy, then try again\.$/,
    ],
    ['zh-CN', /^企业 ID（corpId）：缺失。$/, /ECONNREFUSED）。请检查网络、API 地址和代理设置后重试。$/],
  ])('says nothing about a message, as there is none (%s)', async (lang, incomplete, refused) => {
    const message = async (wrong: object) =>
      (await endpoints().ask(TEST, { ...settings(), secret: SECRET, lang, ...wrong })).body['message'];
    expect(await message({ corpId: '' })).toMatch(incomplete);
    expect(await message({ baseUrl: 'http://127.0.0.1:9' })).toMatch(refused);
  });

  test('answers in the language of the editor', async () => {
    const { body } = await endpoints().ask(TEST, { ...settings(), secret: 'wrong', lang: 'zh-CN' });
    expect(body['message']).toMatch(/[\u4e00-\u9fff]{4}/);
  });

  test.each([undefined, null, 'text', [], 7])('is not upset by a body of %p', async (body) => {
    expect((await endpoints().ask(TEST, body)).body).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  });
});

describe('the lists of recipients', () => {
  test.each([
    ['touser', { id: 'zhangsan', name: '张三' }],
    ['toparty', { id: '4', name: expect.stringContaining('平台组') }],
    ['totag', { id: '1', name: '值班 On duty' }],
  ])('of %s have names and IDs', async (field, entry) => {
    const { body } = await endpoints({ app: { secret: SECRET } }).ask(CONTACTS, settings(), { field });
    expect(body).toMatchObject({ ok: true, choices: expect.arrayContaining([entry]) });
  });

  test.each(['constructor', '__proto__', 'secret', ''])('there is none of %p', async (field) => {
    expect((await endpoints().ask(CONTACTS, settings(), { field })).status).toBe(404);
  });
});

describe('the Test button of a robot', () => {
  const key = () => sandbox.company.robots[0]?.key ?? '';
  const robot = () => ({ id: 'robot', baseUrl: sandbox.url, proxy: '', timeout: '5', lang: 'en-US' });

  test.each([
    ['a key', () => key()],
    ['a whole URL', () => `${sandbox.url}/cgi-bin/webhook/send?key=${key()}`],
  ])('checks %s that was just typed, and posts nothing', async (_name, webhook) => {
    expect((await endpoints().ask(ROBOT, { ...robot(), webhook: webhook() })).body).toEqual({ ok: true });
    expect(sandbox.messages()).toEqual([]);
  });

  test('takes an untouched key from the deployed node, also out of the environment', async () => {
    process.env['WECOM_TEST_KEY'] = key();
    expect((await endpoints({ robot: { webhook: key() } }).ask(ROBOT, robot())).body).toEqual({ ok: true });
    expect((await endpoints({ robot: { webhook: '${WECOM_TEST_KEY}' } }).ask(ROBOT, robot())).body).toEqual({
      ok: true,
    });
  });

  test.each([
    ['a wrong key', { webhook: 'wrong' }, 93000, /robot|webhook/i],
    ['no key', { webhook: '' }, 'INVALID_INPUT', /Webhook URL or Key.*missing/],
    ['another address', { webhook: 'https://example.com/hook' }, 'INVALID_INPUT', /not a webhook URL/],
    ['a proxy that is no address', { webhook: 'x', proxy: 'nonsense' }, 'INVALID_INPUT', /Proxy/],
    ['a base URL where nobody listens', { webhook: 'x', baseUrl: 'http://127.0.0.1:9' }, 'ECONNREFUSED', /base URL/],
  ])('says what to do about %s', async (_name, wrong, code, advice) => {
    expect((await endpoints().ask(ROBOT, { ...robot(), ...wrong })).body).toMatchObject({
      ok: false,
      code,
      message: expect.stringMatching(advice),
    });
  });

  test('knows a removed robot, says so in the language of the editor, and keeps the key to itself', async () => {
    sandbox.setRobot('build', 'removed');
    const { body } = await endpoints({ robot: { webhook: key() } }).ask(ROBOT, { ...robot(), lang: 'zh-CN' });
    expect(body).toMatchObject({ ok: false, code: 93000, message: expect.stringMatching(/[\u4e00-\u9fff]{4}/) });
    expect(JSON.stringify(body)).not.toContain(key());
  });
});

test('no answer holds a secret or a token, even if the other side quotes them', async () => {
  const echo = createServer((request, response) =>
    response.end(JSON.stringify({ errcode: 40001, errmsg: `you said ${decodeURIComponent(String(request.url))}` })),
  );
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  try {
    const baseUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const { ask } = endpoints({ app: { secret: SECRET } });
    const answers = [
      await ask(TEST, { ...settings(), baseUrl, secret: SECRET }),
      await ask(TEST, settings()),
      await ask(CONTACTS, settings(), { field: 'touser' }),
    ];
    expect(JSON.stringify(answers)).not.toContain(SECRET);
    expect(JSON.stringify(answers)).not.toContain('access_token');
  } finally {
    echo.closeAllConnections();
    await new Promise((resolve) => echo.close(resolve));
  }
});
