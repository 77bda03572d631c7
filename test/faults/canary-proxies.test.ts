/**
 * The way leads through a proxy that repeats all it hears: neither its password nor a secret, a token or a key comes
 * back.
 */
import { FakeProxy, withoutProxyVariables } from '../node-red/fake-proxy';
import { from, nodeRedWithSandbox, PLACE, sendNode } from '../node-red/flow-runner';
import type { FlowMessage } from '../node-red/flow-runner';
import { everythingIn, leaks } from './canary';

const USER = 'canary user';
const PASSWORD = 'canary-proxy p@ss:ä/#%7e';
const BASIC = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
const SECRET = 'canary-secrét 😀&=+"7f';
const KEY = 'canary-key-0f1e2d';
const TOKEN = 'canary-token-77aa';

const red = nodeRedWithSandbox();
let proxy: FakeProxy | undefined;
let heard = '';

withoutProxyVariables();
beforeEach(() => {
  heard = '';
});
afterEach(async () => {
  await red.unload();
  await proxy?.close();
  proxy = undefined;
});

const http = (status: string, body: string) =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** What it was asked, in all spellings in which a gateway may quote it. */
function echo(request: string): string {
  const line = request.split('\r\n')[0] ?? '';
  const spelled = [
    line,
    line.toLowerCase(),
    decodeURIComponent(line.replace(/%(?![\da-f]{2})/gi, '%25')),
    Buffer.from(line).toString('base64'),
    request,
  ];
  // The login arrives as one word of base64; who decodes that means harm, and can write it in signs nobody recognizes.
  spelled.push(`Proxy-Authorization: Basic ${BASIC}`, encodeURIComponent(`Basic ${BASIC}`));
  for (const secret of [SECRET, TOKEN, KEY].filter((one) => request.includes(encodeURIComponent(one)))) {
    spelled.push(
      secret,
      encodeURIComponent(secret),
      encodeURI(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
      encodeURIComponent(secret).toLowerCase(),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('hex'),
      JSON.stringify(secret),
    );
  }
  return spelled.join(' | ');
}

type Answer = (request: string) => string;
const token = http('200 OK', JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: TOKEN, expires_in: 7200 }));
const answers: Record<string, { connect?: Answer; token?: Answer; message?: Answer }> = {
  'refuses the login and repeats it': {
    connect: (request) => http('407 Proxy Authentication Required', echo(request)),
  },
  'repeats the login in its status line': {
    connect: (request) => `HTTP/1.1 407 ${echo(request).replace(/[\r\n]/g, ' ')}\r\ncontent-length: 0\r\n\r\n`,
  },
  'answers with what it was told, which is no HTTP': { connect: (request) => echo(request) },
  'says it in the answer to gettoken': {
    token: (request) => http('200 OK', JSON.stringify({ errcode: 40013, errmsg: echo(request) })),
  },
  'says it in the answer to a message': {
    message: (request) => http('200 OK', JSON.stringify({ errcode: 40058, errmsg: echo(request), invaliduser: '' })),
  },
  'says it in an answer that reports success': {
    message: (request) => http('200 OK', JSON.stringify({ errcode: 0, errmsg: echo(request), msgid: '1' })),
  },
  'says it in a page instead of an answer': { message: (request) => http('200 OK', `<html>${echo(request)}</html>`) },
  'says it with HTTP 403': {
    token: (request) => http('403 Forbidden', echo(request)),
    message: (request) => http('403 Forbidden', echo(request)),
  },
  'sends elsewhere, with it in the address': {
    message: () =>
      `HTTP/1.1 302 Found\r\nlocation: http://elsewhere.test/?x=${encodeURIComponent(SECRET)}&t=${TOKEN}&k=${KEY}&p=${BASIC}\r\ncontent-length: 0\r\n\r\n`,
  },
  'says it in a header that is none': { message: (request) => `HTTP/1.1 200 OK\r\n${echo(request)}\r\n\r\n` },
};

async function listen(kind: string): Promise<string> {
  const behave = answers[kind] ?? {};
  proxy = new FakeProxy((socket) => {
    socket.on('data', (data: Buffer) => {
      const request = data.toString();
      heard += request;
      if (request.startsWith('CONNECT') && behave.connect) return void socket.end(behave.connect(request));
      if (request.startsWith('CONNECT')) return void socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (request.includes('gettoken')) return void socket.write(behave.token?.(request) ?? token);
      if (/^(GET|POST) /.test(request))
        socket.write((behave.message ?? behave.token)?.(request) ?? http('200 OK', '{"errcode":0,"msgid":"1"}'));
    });
  }, true);
  return proxy.listen();
}

const withLogin = (url: string) => url.replace('//', `//${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}@`);
const BASE_URL = 'http://wecom.test';
const robotSends = { id: 'robotSends', app: '', robot: 'robot', to: 'robot', wires: [['out']] };

async function sendBoth(proxyUrl: string): Promise<{ readonly text: string; readonly caught: FlowMessage[] }> {
  const connection = { baseUrl: BASE_URL, proxy: proxyUrl, timeout: '1' };
  const login = { proxyUser: USER, proxyPassword: PASSWORD };
  const flow = await red.load(
    [
      { id: 'app', type: 'wecom-app', name: '', corpId: 'ww1', agentId: '1', ...connection },
      { id: 'robot', type: 'wecom-robot', name: '', ...connection },
      sendNode({ fields: { touser: from('msg', 'who') } }),
      sendNode(robotSends),
      {
        id: 'debug',
        type: 'debug',
        z: 'flow',
        ...PLACE,
        active: true,
        tosidebar: true,
        console: true,
        tostatus: true,
        complete: 'true',
        targetType: 'full',
        wires: [],
      },
    ],
    { app: { secret: SECRET, ...login }, robot: { webhook: `${BASE_URL}/cgi-bin/webhook/send?key=${KEY}`, ...login } },
  );
  red.getNode('send').receive({ payload: 'hello', who: 'a' });
  red.getNode('robotSends').receive({ payload: 'hello' });
  await flow.settled(2, 60_000);
  const shown = ['send', 'robotSends'].flatMap((id) => [red.getNode(id).status.args, red.getNode(id).error.args]);
  return {
    text: [flow.sent, flow.caught, flow.completed, shown]
      .map((value) => everythingIn(value))
      .concat(red.logged())
      .join('\n'),
    caught: flow.caught,
  };
}

describe.each(['the proxy setting', 'HTTP_PROXY'])('a proxy of %s that', (place) => {
  test.each(Object.keys(answers))(
    '%s',
    async (kind) => {
      const url = await listen(kind);
      if (place === 'HTTP_PROXY') process.env['HTTP_PROXY'] = withLogin(url);
      const { text, caught } = await sendBoth(place === 'HTTP_PROXY' ? '' : url);
      expect(heard).toContain(BASIC);
      expect(caught.length > 0).toBe(!kind.includes('success'));
      expect(leaks(text, [PASSWORD, BASIC, `${USER}:${PASSWORD}`, SECRET, KEY, TOKEN])).toEqual([]);
    },
    90_000,
  );
});

describe('HTTP_PROXY that is no address', () => {
  test.each([
    ['a port that is none', `http://canary-user:${KEY}-p@127.0.0.1:99999`],
    ['no scheme', `canary-user:${KEY}-p@127.0.0.1:1`],
    ['a percent sign that encodes nothing', `http://canary-user:%zz${KEY}-p@127.0.0.1:1`],
  ])(
    '%s: the error does not repeat it, and says that it is the proxy',
    async (_what, value) => {
      process.env['HTTP_PROXY'] = value;
      const { text, caught } = await sendBoth('');
      expect(leaks(text, [KEY])).toEqual([]);
      expect(caught).toHaveLength(2);
      expect(caught.map(({ error }) => /proxy/i.test(error?.message ?? ''))).toEqual([true, true]);
    },
    90_000,
  );
});
