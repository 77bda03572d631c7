import { connect, SECRETS, type Client } from './client';

const HOUR = 3_600_000;
let wecom: Client;
let corpid: string;

beforeEach(async () => {
  wecom = await connect();
  corpid = wecom.sandbox.company.corpId;
});
afterEach(() => wecom.close());

const gettoken = (query: Record<string, string>) => wecom.get('gettoken', query);
const callWith = (access_token: string) => wecom.get('get_api_domain_ip', { access_token });

describe('gettoken', () => {
  test('gives a token for two hours', async () => {
    const { status, json } = await gettoken({ corpid, corpsecret: SECRETS.main });
    expect(status).toBe(200);
    expect(json).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
    expect(json['access_token']).toMatch(/^[\w-]{200,512}$/);
  });

  test('gives the same token with the remaining seconds while it is valid, and a new one after', async () => {
    const first = (await gettoken({ corpid, corpsecret: SECRETS.main })).json;
    wecom.sandbox.moveClock(HOUR);
    const again = (await gettoken({ corpid, corpsecret: SECRETS.main })).json;
    expect(again['access_token']).toBe(first['access_token']);
    expect(again['expires_in']).toBeGreaterThan(3590);
    expect(again['expires_in']).toBeLessThanOrEqual(3600);
    wecom.sandbox.moveClock(HOUR);
    const later = (await gettoken({ corpid, corpsecret: SECRETS.main })).json;
    expect(later['access_token']).not.toBe(first['access_token']);
    expect(later['expires_in']).toBe(7200);
  });

  test('gives each app a token of its own', async () => {
    expect(await wecom.token(SECRETS.main)).not.toBe(await wecom.token(SECRETS.second));
  });

  test.each([
    ['no parameter at all, the secret is asked for first', {}, 41004],
    ['no secret', { corpid: 'ww0' }, 41004],
    ['no corp ID', { corpsecret: SECRETS.main }, 41002],
    ['an unknown corp ID', { corpid: 'ww0', corpsecret: SECRETS.main }, 40013],
  ])('refuses %s', async (_what, query, errcode) => {
    expect((await gettoken(query)).json['errcode']).toBe(errcode);
  });

  test('refuses a wrong secret with 40001, and with HTTP 200 and the error headers', async () => {
    const { status, headers, json } = await gettoken({ corpid, corpsecret: 'wrong' });
    expect(status).toBe(200);
    expect(json['errcode']).toBe(40001);
    expect(json['errmsg']).toMatch(
      /^invalid credential, hint: \[\d{25}\], from ip: 203\.0\.113\.7, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=40001$/,
    );
    expect(headers['error-code']).toBe('40001');
    expect(headers['error-msg']).toBe(json['errmsg']);
    expect(headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test('blocks the address for an hour after more than 20 wrong secrets within an hour', async () => {
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      expect((await gettoken({ corpid, corpsecret: 'wrong' })).json['errcode']).toBe(40001);
    }
    expect((await gettoken({ corpid, corpsecret: 'wrong' })).json['errcode']).toBe(45009);
    expect((await gettoken({ corpid, corpsecret: SECRETS.main })).json['errcode']).toBe(45009);
    wecom.sandbox.moveClock(HOUR);
    expect((await gettoken({ corpid, corpsecret: SECRETS.main })).json['errcode']).toBe(0);
  });

  test('forgives wrong secrets that are an hour old', async () => {
    for (let attempt = 1; attempt <= 20; attempt += 1) await gettoken({ corpid, corpsecret: 'wrong' });
    wecom.sandbox.moveClock(HOUR);
    expect((await gettoken({ corpid, corpsecret: 'wrong' })).json['errcode']).toBe(40001);
  });
});

describe('a token', () => {
  test('is asked for in the query only', async () => {
    const { json } = await wecom.get('get_api_domain_ip', {}, { authorization: `Bearer ${await wecom.token()}` });
    expect(json).toMatchObject({ errcode: 41001, ip_list: [] });
  });

  test('that nobody issued is refused with 40014, without hint', async () => {
    expect((await callWith('made-up')).json).toEqual({ ip_list: [], errcode: 40014, errmsg: 'invalid access_token' });
  });

  test('past its time is refused with 42001', async () => {
    const token = await wecom.token();
    wecom.sandbox.moveClock(2 * HOUR - 1000);
    expect((await callWith(token)).json['errcode']).toBe(0);
    wecom.sandbox.moveClock(1000);
    expect((await callWith(token)).json['errcode']).toBe(42001);
  });

  test('that was revoked is refused with 40014, and gettoken gives another one', async () => {
    const token = await wecom.token();
    expect(wecom.sandbox.revoke()).toBe(1);
    expect((await callWith(token)).json['errcode']).toBe(40014);
    const next = await wecom.token();
    expect(next).not.toBe(token);
    expect((await callWith(next)).json['errcode']).toBe(0);
  });

  test('of an app without trusted IPs gets 60020 with the address to add', async () => {
    const { json } = await callWith(await wecom.token(SECRETS.withoutTrustedIp));
    expect(json).toMatchObject({ errcode: 60020, ip_list: [] });
    expect(json['errmsg']).toMatch(
      /^not allow to access from your ip, hint: \[\d+\], from ip: 203\.0\.113\.7, more info at http/,
    );
  });

  test('of another app is refused with 301002', async () => {
    const reply = await wecom.send({ msgtype: 'text', text: { content: 'hello' } }, SECRETS.second);
    expect(reply.json['errcode']).toBe(301002);
  });

  test('of contacts sync may not send: 48002', async () => {
    const reply = await wecom.send({ msgtype: 'text', text: { content: 'hello' } }, SECRETS.contactsSync);
    expect(reply.json['errcode']).toBe(48002);
  });
});

describe('debug=1', () => {
  const ask = async (path: string, more: Record<string, string> = { debug: '1' }): Promise<number> =>
    (await wecom.get(path, { access_token: await wecom.token(), ...more })).json['errcode'];

  test('is answered five times a minute for each API: 45009 after that', async () => {
    for (let count = 1; count <= 5; count += 1) expect(await ask('tag/list')).toBe(0);
    expect(await ask('tag/list')).toBe(45009);
    expect(await ask('agent/list')).toBe(0);
    expect(await ask('tag/list', {})).toBe(0);
    wecom.sandbox.moveClock(60_000);
    expect(await ask('tag/list')).toBe(0);
  });

  test('counts for gettoken, too', async () => {
    const again = async () => (await gettoken({ corpid, corpsecret: SECRETS.main, debug: '1' })).json['errcode'];
    for (let count = 1; count <= 5; count += 1) expect(await again()).toBe(0);
    expect(await again()).toBe(45009);
  });
});

describe('an address', () => {
  test.each(['/cgi-bin/message/sendd', '/cgi-bin/', '/cgi-bin/message/send/', '/nothing', '/cgi-bin/%zz'])(
    'nobody knows (%s) answers 404 with an empty body',
    async (path) => {
      const reply = await wecom.get(path);
      expect(reply.status).toBe(404);
      expect(reply.bytes).toHaveLength(0);
    },
  );

  test('for POST refuses GET', async () => {
    expect((await wecom.get('message/send', { access_token: await wecom.token() })).json['errcode']).toBe(40058);
  });
});
