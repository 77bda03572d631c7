import { WecomApiError, WecomNetworkError } from '../../core';
import type { HttpRequest } from '../../core';
import { createCall, unlessCancelled } from '../../core/api/call';
import type { TokenSource } from '../../core/api/call';
import { endpoints } from '../../core/api/endpoints';
import { failure } from './fake-wecom';

const { sendMessage } = endpoints;
const cancellation = {
  delivery: 'not-sent',
  endpoint: sendMessage.path,
  cause: { code: 'ABORT_ERR', message: 'the call was cancelled' },
};

/** @param answers of WeCom, one after the other; the last one stays */
function setUp(answers: readonly object[], tokens: Partial<TokenSource> = {}) {
  const requests: HttpRequest[] = [];
  const refused: string[] = [];
  const accepted: string[] = [];
  const http = async (request: HttpRequest) => {
    requests.push(request);
    return { status: 200, body: JSON.stringify(answers[Math.min(requests.length, answers.length) - 1]) };
  };
  let count = 0;
  const call = createCall(
    { http, baseUrl: 'https://wecom.test', timeoutMs: 1000 },
    {
      get: () => `token-${(count += 1)}`,
      refused: (token) => void refused.push(token),
      accepted: ({ path }) => void accepted.push(path),
      ...tokens,
    },
    ['s3cret'],
  );
  const queries = () => requests.map(({ url }) => url.split('?')[1]);
  return { call, requests, refused, accepted, queries };
}

describe('a call', () => {
  it('carries its own query and the token', async () => {
    const { call, queries } = setUp([{ errcode: 0, msgid: 'M' }]);
    expect(await call(sendMessage, { query: { debug: 1 }, json: {} })).toEqual({ errcode: 0, msgid: 'M' });
    expect(queries()).toEqual(['debug=1&access_token=token-1']);
  });

  it('needs no payload', async () => {
    const { call, requests } = setUp([{ taglist: [] }]);
    await call(endpoints.listTags);
    expect(requests.map(({ url }) => url)).toEqual(['https://wecom.test/cgi-bin/tag/list?access_token=token-1']);
  });

  it.each([40014, 42001, 40001])(
    'whose token is refused (%i) is made again with another, with the same body',
    async (errcode) => {
      const { call, queries, refused, requests } = setUp([
        { errcode, errmsg: 'no' },
        { errcode: 0, msgid: 'M' },
      ]);
      expect(await call(sendMessage, { query: { debug: 1 }, json: { a: 1 } })).toEqual({ errcode: 0, msgid: 'M' });
      expect(queries()).toEqual(['debug=1&access_token=token-1', 'debug=1&access_token=token-2']);
      expect([refused, requests.map(({ body }) => body)]).toEqual([['token-1'], ['{"a":1}', '{"a":1}']]);
    },
  );

  it('is made again once only, and not for another answer', async () => {
    const twice = setUp([{ errcode: 40014, errmsg: 'no' }]);
    expect(await failure(twice.call(sendMessage), WecomApiError)).toMatchObject({ errcode: 40014 });
    expect([twice.requests.length, twice.refused, twice.accepted]).toEqual([2, ['token-1', 'token-2'], []]);
    const other = setUp([{ errcode: 40058, errmsg: 'no' }]);
    expect(await failure(other.call(sendMessage), WecomApiError)).toMatchObject({ errcode: 40058 });
    expect([other.requests.length, other.refused]).toEqual([1, []]);
  });

  it('is not made again when the source of tokens has had enough, and says what that says', async () => {
    const enough = new WecomApiError(42001, 'expired', sendMessage);
    const { call, requests } = setUp([{ errcode: 40014, errmsg: 'no' }], { refused: () => enough });
    expect(await failure(call(sendMessage), WecomApiError)).toBe(enough);
    expect(requests).toHaveLength(1);
  });

  it('tells when its token was taken, and what it is for when it asks for one', async () => {
    const asked: string[] = [];
    const { call, accepted } = setUp([{ errcode: 40014, errmsg: 'no' }, { errcode: 0 }], {
      get: ({ path }) => `token-${asked.push(path)}`,
    });
    await call(sendMessage);
    expect([asked, accepted]).toEqual([[sendMessage.path, sendMessage.path], [sendMessage.path]]);
  });

  it('shows no secret and no token in its error', async () => {
    const { call } = setUp([{ errcode: 1, errmsg: 'token-1 s3cret' }]);
    expect((await failure(call(sendMessage), WecomApiError)).errmsg).toBe('*** ***');
  });

  it('that was cancelled before is not made, whether there is a token or not', async () => {
    for (const get of [
      () => 'token',
      async () => 'token',
      () => new Promise<string>(() => undefined),
      () => Promise.reject(new Error('no token')),
    ]) {
      const { call, requests } = setUp([{}], { get });
      expect(await failure(call(sendMessage, { signal: AbortSignal.abort() }), WecomNetworkError)).toMatchObject(
        cancellation,
      );
      expect(requests).toEqual([]);
    }
  });

  it('that waits for its second token can be cancelled', async () => {
    const stop = new AbortController();
    let asked = 0;
    const get = () => ((asked += 1) === 1 ? 'token-1' : new Promise<string>(() => stop.abort()));
    const { call, requests } = setUp([{ errcode: 40014, errmsg: 'no' }], { get });
    expect(await failure(call(sendMessage, { signal: stop.signal }), WecomNetworkError)).toMatchObject(cancellation);
    expect(requests).toHaveLength(1);
  });
});

describe('who waits with a signal', () => {
  it('gets what was waited for, or why it failed', async () => {
    for (const signal of [undefined, new AbortController().signal]) {
      expect(await unlessCancelled(Promise.resolve('it'), signal, sendMessage)).toBe('it');
      await expect(unlessCancelled(Promise.reject(new TypeError('a slip')), signal, sendMessage)).rejects.toThrow(
        'a slip',
      );
    }
  });

  it('stops waiting when it fires, and what comes later disturbs nobody', async () => {
    let fail: (error: Error) => void = () => undefined;
    const late = new Promise<never>((_, reject) => (fail = reject));
    const stop = new AbortController();
    const waiting = failure(unlessCancelled(late, stop.signal, sendMessage), WecomNetworkError);
    stop.abort();
    expect(await waiting).toMatchObject(cancellation);
    fail(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('does not begin to wait when it fired before, and what comes later disturbs nobody', async () => {
    expect(
      await failure(
        unlessCancelled(Promise.reject(new Error('too late')), AbortSignal.abort(), sendMessage),
        WecomNetworkError,
      ),
    ).toMatchObject(cancellation);
    await new Promise((resolve) => setImmediate(resolve));
  });
});
