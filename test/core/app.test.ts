import { OFFICIAL_BASE_URL, parseApp, parseRobot, WecomInputError } from '../../core';

const good = { corpId: 'ww1', agentId: 1000002, secret: 's', baseUrl: 'https://relay.test/wecom', processes: 1 };

function issues(changes: object) {
  try {
    parseApp({ ...good, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof WecomInputError)) throw error;
    return error.issues;
  }
}

describe('the settings of an app', () => {
  it('are taken as they are shown in the admin console, without the blanks of a copied cell', () => {
    expect(parseApp(good)).toEqual(good);
    expect(
      parseApp({ corpId: ' ww1\n', agentId: ' 1000002 ', secret: '\ts ', baseUrl: ' https://relay.test/wecom// ' }),
    ).toEqual(good);
    expect(parseApp({ ...good, agentId: 0 })).toMatchObject({ agentId: 0 });
    expect(parseApp({ ...good, agentId: '0' })).toMatchObject({ agentId: 0 });
  });

  it.each([[''], ['  '], [undefined], [null], [7]])('with a base URL of %j mean the official API', (baseUrl) => {
    expect(parseApp({ ...good, baseUrl }).baseUrl).toBe(OFFICIAL_BASE_URL);
  });

  it.each([
    ['corpId', undefined, 'is missing'],
    ['corpId', 7, 'is missing'],
    ['secret', '', 'is missing'],
    ['secret', '   ', 'is missing'],
    ['agentId', undefined, 'must be the whole number shown in the admin console'],
    ['agentId', '', 'must be the whole number shown in the admin console'],
    ['agentId', 'app', 'must be the whole number shown in the admin console'],
    ['agentId', -1, 'must be the whole number shown in the admin console'],
    ['agentId', 1.5, 'must be the whole number shown in the admin console'],
    ['agentId', Infinity, 'must be the whole number shown in the admin console'],
    ['agentId', true, 'must be the whole number shown in the admin console'],
    ['baseUrl', 'qyapi.weixin.qq.com', 'must be an address that starts with https:// or http://'],
    ['baseUrl', 'see https://x.test', 'must be an address that starts with https:// or http://'],
    ['baseUrl', 'ftp://x.test/https://y.test', 'must be an address that starts with https:// or http://'],
    ['baseUrl', 'ftp://x.test', 'must be an address that starts with https:// or http://'],
    ['baseUrl', 'https://', 'must be an address that starts with https:// or http://'],
    [
      'baseUrl',
      'https://canary-user:canary-password@x.test',
      'must not have a user name or a password before the host (user:password@)',
    ],
    [
      'baseUrl',
      'https://canary-user@x.test',
      'must not have a user name or a password before the host (user:password@)',
    ],
    ['baseUrl', 'https://x.test/?a=1', 'must not have a query (?…) or a fragment (#…)'],
    ['baseUrl', 'https://x.test/#a', 'must not have a query (?…) or a fragment (#…)'],
  ])('with %s = %j are refused, with the label of the field', (path, value, en) => {
    const found = issues({ [path]: value });
    expect(found).toEqual([
      {
        path,
        label: expect.objectContaining({ en: expect.stringMatching(/\S/) }),
        message: expect.objectContaining({ en }),
      },
    ]);
  });

  it.each(['http://x.test', 'HTTPS://x.test'])('may have %s as base URL', (baseUrl) => {
    expect(parseApp({ ...good, baseUrl }).baseUrl).toBe(baseUrl);
  });

  it.each([
    [undefined, 1],
    [null, 1],
    ['', 1],
    [' ', 1],
    [1, 1],
    [4, 4],
    [' 12 ', 12],
    ['1', 1],
  ])('with %j as sending processes are for %d', (processes, expected) => {
    expect(parseApp({ ...good, processes }).processes).toBe(expected);
    expect(parseRobot({ webhook: 'key', processes }).processes).toBe(expected);
  });

  it.each([[0], [-1], [1.5], ['two'], [true], [Infinity], [{}]])(
    'with %j as sending processes are refused, of an app and of a robot',
    (processes) => {
      const problem = {
        path: 'processes',
        label: { en: 'Sending Processes', zh: '发送进程数' },
        message: expect.objectContaining({ en: 'must be a whole number, at least 1' }),
      };
      expect(issues({ processes })).toEqual([problem]);
      expect(() => parseRobot({ webhook: 'key', processes })).toThrow(
        'Sending Processes (processes) must be a whole number, at least 1',
      );
    },
  );

  it.each(['https://x.test/?a=1', 'https://x.test/#a'])('of a robot may not have %s as base URL either', (baseUrl) => {
    expect(() => parseRobot({ webhook: 'key', baseUrl })).toThrow('must not have a query (?…) or a fragment (#…)');
  });

  it('show no password that stands in an address, of an app or of a robot', () => {
    const address = 'https://canary-user:canary-password@x.test';
    for (const parse of [
      () => parseApp({ ...good, baseUrl: address }),
      () => parseRobot({ webhook: 'key', baseUrl: address }),
      () => parseRobot({ webhook: `${address}/cgi-bin/webhook/send?key=k` }),
    ]) {
      expect(parse).toThrow('must not have a user name or a password');
      expect(parse).not.toThrow('canary');
    }
  });

  it('are all named when all are wrong', () => {
    expect(issues({ corpId: '', agentId: '', secret: '', baseUrl: 'x' }).map(({ path }) => path)).toEqual([
      'corpId',
      'secret',
      'agentId',
      'baseUrl',
    ]);
  });
});
