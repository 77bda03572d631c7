import { createRobot, parseRobot, WecomApiError, WecomInputError, WecomNetworkError } from '../../core';
import { SendQueues } from '../../core/delivery/send-queues';
import { app, clock, failure, fakeWecom, movableClock } from './fake-wecom';

const OFFICIAL = 'https://qyapi.weixin.qq.com';
const hello = { msgtype: 'text', text: { content: 'x' } };

function refusal(input: Parameters<typeof parseRobot>[0]): WecomInputError['issues'] {
  try {
    parseRobot(input);
  } catch (error) {
    if (error instanceof WecomInputError) return error.issues;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('the address of a group robot', () => {
  it.each<[string, string, string]>([
    [`${OFFICIAL}/cgi-bin/webhook/send?key=K-1_a`, OFFICIAL, 'K-1_a'],
    [`${OFFICIAL}/cgi-bin/webhook/send/?key=K`, OFFICIAL, 'K'],
    [`${OFFICIAL}/cgi-bin/webhook/upload_media?key=K&type=file`, OFFICIAL, 'K'],
    ['HTTP://relay.test:8080/a/b/cgi-bin/webhook/send?debug=1&key=K', 'http://relay.test:8080/a/b', 'K'],
    ['  K-1_a\n', OFFICIAL, 'K-1_a'],
  ])('is read from %j', (webhook, baseUrl, key) => {
    expect(parseRobot({ webhook })).toEqual({ key, baseUrl, processes: 1 });
  });

  it('has at most 2048 characters', () => {
    const start = `${OFFICIAL}/cgi-bin/webhook/send?key=`;
    expect(parseRobot({ webhook: start + 'k'.repeat(2048 - start.length) }).key).toMatch(/^k+$/);
    expect(refusal({ webhook: start + 'k'.repeat(2049 - start.length) })).toEqual([
      expect.objectContaining({
        path: 'webhook',
        message: expect.objectContaining({ en: 'is 2049 characters long, at most 2048 fit' }),
      }),
    ]);
  });

  it.each<[unknown, string]>([
    ['https://relay.test', 'https://relay.test'],
    [' HTTP://relay.test/wecom/// ', 'HTTP://relay.test/wecom'],
    ['', OFFICIAL],
    ['  ', OFFICIAL],
    [undefined, OFFICIAL],
    [7, OFFICIAL],
  ])('of a key is below the base URL: %j', (given, baseUrl) => {
    expect(parseRobot({ webhook: 'K', baseUrl: given })).toEqual({ key: 'K', baseUrl, processes: 1 });
  });

  it('that is a whole URL says where it is, whatever the base URL', () => {
    expect(parseRobot({ webhook: `${OFFICIAL}/cgi-bin/webhook/send?key=K`, baseUrl: 'nowhere' })).toEqual({
      key: 'K',
      baseUrl: OFFICIAL,
      processes: 1,
    });
  });

  it.each<[unknown, RegExp]>([
    [undefined, /^is missing$/],
    [7, /^is missing$/],
    [' ', /^is missing$/],
    ['https://', /^is not a webhook URL/],
    [`${OFFICIAL}/cgi-bin/webhook/send`, /^is not a webhook URL/],
    [`${OFFICIAL}/cgi-bin/webhook/send?key=`, /^is not a webhook URL/],
    [`${OFFICIAL}/cgi-bin/message/send?key=K`, /^is not a webhook URL/],
    [`${OFFICIAL}/cgi-bin/webhook/send/more?key=K`, /^is not a webhook URL/],
    ['a b', /^is neither a webhook URL nor a key$/],
    ['K!', /^is neither a webhook URL nor a key$/],
    ['!K', /^is neither a webhook URL nor a key$/],
    ['see https://x/cgi-bin/webhook/send?key=K', /^is neither a webhook URL nor a key$/],
  ])('is refused when it is %j, and the field is named', (webhook, message) => {
    expect(refusal({ webhook })).toEqual([
      {
        path: 'webhook',
        message: { en: expect.stringMatching(message), zh: expect.any(String) },
        label: { en: 'Webhook URL or Key', zh: expect.any(String) },
      },
    ]);
  });

  it.each(['relay.test', 'ftp://relay.test', 'see https://relay.test', 'relay:https://relay.test', 'https://'])(
    'is refused when the base URL of a key is %j, and that field is named',
    (baseUrl) => {
      expect(refusal({ webhook: 'K', baseUrl })).toEqual([
        {
          path: 'baseUrl',
          label: expect.objectContaining({ en: 'Base URL' }),
          message: { en: expect.stringMatching(/^must be an address/), zh: expect.any(String) },
        },
      ]);
    },
  );
});

describe('the test of a group robot', () => {
  it.each([40008, 40058, 44004, 93017])(
    'is passed when WeCom only misses the message (%i), with one call',
    async (errcode) => {
      const { http, to } = fakeWecom({ 'webhook/send': { errcode, errmsg: 'nothing to send' } });
      expect(await createRobot<unknown>({ webhook: 'K', http, clock }).test()).toBeUndefined();
      expect(to('webhook/send').map(({ url, body }) => [new URL(url).search, body])).toEqual([['?key=K', '{}']]);
    },
  );

  it('fails for another answer, for none, and when it is cancelled', async () => {
    const test = (answer: object | Error, options?: { signal: AbortSignal }) =>
      createRobot<unknown>({ webhook: 'K', http: fakeWecom({ 'webhook/send': answer }).http, clock }).test(options);
    expect(await failure(test({ errcode: 93000, errmsg: 'invalid webhook url' }), WecomApiError)).toMatchObject({
      errcode: 93000,
    });
    expect(await failure(test(new Error('down')), WecomNetworkError)).toMatchObject({ delivery: 'not-sent' });
    expect(
      await failure(test({ errcode: 40008, errmsg: '' }, { signal: AbortSignal.abort() }), WecomNetworkError),
    ).toMatchObject({ cause: { code: 'ABORT_ERR' } });
  });
});

describe('group robots', () => {
  it('that differ in key or base URL share no rate', async () => {
    const { http, to } = fakeWecom();
    const own = movableClock();
    const queues = new SendQueues();
    const robot = (webhook: string, baseUrl: string) =>
      createRobot<unknown>({ webhook, baseUrl, http, clock: own, queues });
    for (let message = 0; message < 20; message += 1) await robot('K', OFFICIAL).send(hello);
    await robot('K2', OFFICIAL).send(hello);
    await robot('K', app.baseUrl).send(hello);
    expect(own.slept()).toBe(0);
    await robot('K', OFFICIAL).send(hello);
    expect(own.slept()).toBe(60_000);
    expect(to('webhook/send')).toHaveLength(23);
  });

  it('wait for WeCom as long as they are told to, 10 s otherwise', async () => {
    for (const [timeoutMs, expected] of [
      [undefined, 10_000],
      [1234, 1234],
    ] as const) {
      const { http, to } = fakeWecom();
      await createRobot<unknown>({ webhook: 'K', http, clock, ...(timeoutMs !== undefined && { timeoutMs }) }).send(
        hello,
      );
      expect(to('webhook/send').map((request) => request.timeoutMs)).toEqual([expected]);
    }
  });
});
