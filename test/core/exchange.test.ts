import { WecomApiError, WecomNetworkError } from '../../core';
import type { HttpRequest, HttpResponse } from '../../core';
import { endpoints } from '../../core/api/endpoints';
import type { Endpoint } from '../../core/api/endpoints';
import { exchange } from '../../core/api/exchange';
import type { Payload } from '../../core/api/exchange';
import { failure } from './fake-wecom';

/** What WeCom, or what is in between, made of a request: an answer, or something thrown. */
function talk(
  { thrown, ...answer }: Partial<HttpResponse> & { thrown?: Error },
  {
    endpoint = endpoints.sendMessage,
    payload = {},
    secrets = [],
  }: { endpoint?: Endpoint; payload?: Payload; secrets?: string[] } = {},
) {
  const requests: HttpRequest[] = [];
  const http = async (request: HttpRequest) => {
    requests.push(request);
    return thrown === undefined ? { status: 200, body: '{"errcode":0}', ...answer } : Promise.reject(thrown);
  };
  return {
    requests,
    done: exchange(
      { connection: { http, baseUrl: 'https://relay.test/wecom', timeoutMs: 1234 }, secrets },
      endpoint,
      payload,
    ),
  };
}

describe('a request', () => {
  it('with JSON says so and has all of the query', async () => {
    const { signal } = new AbortController();
    const { requests, done } = talk(
      {},
      { payload: { query: { access_token: 'a b&c', debug: 1 }, json: { text: '中' }, timeoutMs: 99, signal } },
    );
    expect(await done).toEqual({ errcode: 0 });
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'https://relay.test/wecom/cgi-bin/message/send?access_token=a%20b%26c&debug=1',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: '{"text":"中"}',
        timeoutMs: 99,
        longestAnswer: 1_048_576,
        signal,
      },
    ]);
  });

  it('with a file carries its content type, and one with nothing carries nothing', async () => {
    const multipart = { contentType: 'multipart/form-data; boundary=x', body: Buffer.from('bytes') };
    const letGo = jest.fn();
    const upload = talk(
      {},
      { endpoint: endpoints.uploadMedia, payload: { multipart: async () => ({ multipart, done: letGo }) } },
    );
    await upload.done;
    expect(letGo).toHaveBeenCalledTimes(1);
    expect(upload.requests).toEqual([
      {
        method: 'POST',
        url: 'https://relay.test/wecom/cgi-bin/media/upload',
        headers: { 'content-type': multipart.contentType },
        body: multipart.body,
        timeoutMs: 1234,
        longestAnswer: 1_048_576,
      },
    ]);
    const look = talk({}, { endpoint: endpoints.listTags });
    await look.done;
    expect(look.requests).toEqual([
      {
        method: 'GET',
        url: 'https://relay.test/wecom/cgi-bin/tag/list',
        headers: {},
        timeoutMs: 1234,
        longestAnswer: 1_048_576,
      },
    ]);
  });

  it('with a file that cannot be read is not made, and the reason is told; after a cancellation that is the reason', async () => {
    const stop = new AbortController();
    const unreadable = async () => {
      throw new RangeError('gone');
    };
    const upload = talk(
      {},
      { endpoint: endpoints.uploadMedia, payload: { multipart: unreadable, signal: stop.signal } },
    );
    await failure(upload.done, RangeError);
    const cancelled = talk(
      {},
      { endpoint: endpoints.uploadMedia, payload: { multipart: unreadable, signal: stop.signal } },
    );
    stop.abort();
    expect(await failure(cancelled.done, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
    expect([...upload.requests, ...cancelled.requests]).toEqual([]);
  });

  it('that was cancelled before is not made', async () => {
    const { requests, done } = talk({}, { payload: { signal: AbortSignal.abort() } });
    expect(await failure(done, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR', message: 'the call was cancelled' },
      endpoint: '/cgi-bin/message/send',
    });
    expect(requests).toEqual([]);
  });

  const cancelledWith = (thrown: object) => {
    const controller = new AbortController();
    const http = async () => {
      controller.abort();
      throw Object.assign(new Error('broken off'), thrown);
    };
    return exchange(
      { connection: { http, baseUrl: 'https://x.test', timeoutMs: 1 }, secrets: [] },
      endpoints.sendMessage,
      { signal: controller.signal },
    );
  };

  it.each(['ABORT_ERR', 'ERR_CANCELED'])('that was cancelled on its way (%s) may have arrived', async (code) => {
    expect(await failure(cancelledWith({ code }), WecomNetworkError)).toMatchObject({
      delivery: 'unknown',
      cause: { code: 'ABORT_ERR', message: 'the call was cancelled' },
    });
  });

  it('that was cancelled with a reason of its own, as fetch passes it on, may have arrived', async () => {
    for (const reason of [undefined, new Error('stop')]) {
      const controller = new AbortController();
      const http = async () => {
        controller.abort(reason);
        throw controller.signal.reason as Error;
      };
      const done = exchange(
        { connection: { http, baseUrl: 'https://x.test', timeoutMs: 1 }, secrets: [] },
        endpoints.sendMessage,
        { signal: controller.signal },
      );
      expect(await failure(done, WecomNetworkError)).toMatchObject({
        delivery: 'unknown',
        cause: { code: 'ABORT_ERR' },
      });
    }
  });

  it('whose connection broke by itself while somebody cancelled it says so', async () => {
    expect(await failure(cancelledWith({ code: 'ECONNRESET' }), WecomNetworkError)).toMatchObject({
      delivery: 'unknown',
      cause: { code: 'ECONNRESET', message: 'broken off' },
    });
  });

  it('that was cancelled before a byte of it left was not sent', async () => {
    expect(await failure(cancelledWith({ code: 'ABORT_ERR', notSent: true }), WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
  });

  it('for a list allows a longer answer', async () => {
    for (const [endpoint, answer] of [
      [endpoints.listMembers, '{"userlist":[]}'],
      [endpoints.listDepartments, '{"department":[]}'],
      [endpoints.getAgent, '{"agentid":1}'],
    ] as const) {
      const { requests, done } = talk({ body: answer }, { endpoint });
      await done;
      expect(requests[0]?.longestAnswer).toBe(33_554_432);
    }
  });
});

describe('no answer', () => {
  const coded = (code: unknown, more: object = {}) => Object.assign(new Error('outer'), { code, ...more });

  it.each([
    ['ECONNREFUSED', 'not-sent'],
    ['ENOTFOUND', 'not-sent'],
    ['EAI_AGAIN', 'not-sent'],
    ['EHOSTUNREACH', 'not-sent'],
    ['ENETUNREACH', 'not-sent'],
    ['UND_ERR_CONNECT_TIMEOUT', 'not-sent'],
    ['PROXY_REFUSED', 'not-sent'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not-sent'],
    ['CERT_HAS_EXPIRED', 'not-sent'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'not-sent'],
    ['ECONNRESET', 'unknown'],
    ['ETIMEDOUT', 'unknown'],
    ['ANSWER_TOO_LONG', 'unknown'],
    ['EPROTO', 'unknown'],
  ])('for %s means: %s', async (code, delivery) => {
    expect(await failure(talk({ thrown: coded(code) }).done, WecomNetworkError)).toMatchObject({
      delivery,
      cause: { code, message: 'outer' },
    });
  });

  it('before a byte left means that nothing was sent, whatever happened, however deep it is told', async () => {
    for (const thrown of [
      coded('ETIMEDOUT', { notSent: true }),
      coded(undefined, { cause: coded('ECONNRESET', { notSent: true }) }),
    ])
      expect(await failure(talk({ thrown }).done, WecomNetworkError)).toMatchObject({ delivery: 'not-sent' });
    for (const notSent of [false, 'yes', 1])
      expect(await failure(talk({ thrown: coded('ETIMEDOUT', { notSent }) }).done, WecomNetworkError)).toMatchObject({
        delivery: 'unknown',
      });
  });

  it('is told in Chinese where the host says it in Chinese', async () => {
    const error = await failure(talk({ thrown: coded('ETIMEDOUT', { zh: '没有应答' }) }).done, WecomNetworkError);
    expect([error.explain('zh').title, error.explain('en').title]).toEqual([
      '未收到企业微信的应答：没有应答（ETIMEDOUT）',
      'No answer from WeCom: outer (ETIMEDOUT)',
    ]);
  });

  it('to a call that shows members nothing never means a lost message', async () => {
    expect(
      await failure(talk({ thrown: coded('ECONNRESET') }, { endpoint: endpoints.getToken }).done, WecomNetworkError),
    ).toMatchObject({ delivery: 'not-sent', endpoint: '/cgi-bin/gettoken' });
    expect(
      await failure(talk({ status: 502 }, { endpoint: endpoints.testRobot }).done, WecomNetworkError),
    ).toMatchObject({ delivery: 'not-sent' });
  });

  it.each<[string, unknown, object]>([
    [
      'the innermost code',
      coded('OUTER', { cause: coded('INNER', { message: 'inner' }) }),
      { code: 'INNER', message: 'inner' },
    ],
    [
      'the code that there is',
      coded('', { cause: { code: 'INNER', message: 'inner' } }),
      { code: 'INNER', message: 'inner' },
    ],
    ['the code that is a text', coded('OUTER', { cause: coded(7) }), { code: 'OUTER', message: 'outer' }],
    [
      'the first of several addresses',
      coded(undefined, { errors: [coded('ECONNREFUSED', { message: 'first' }), coded('B')] }),
      { code: 'ECONNREFUSED', message: 'first' },
    ],
    ['the code in place of a missing text', Object.assign(new Error(''), { code: 'C' }), { code: 'C', message: 'C' }],
    ['the code in place of a text that is none', { code: 'C', message: 7 }, { code: 'C', message: 'C' }],
    ['the text when there is no code', new Error('just words'), { code: 'NETWORK', message: 'just words' }],
    ['that it failed, at least', { odd: true }, { code: 'NETWORK', message: 'the request failed' }],
  ])('says %s', async (_, thrown, cause) => {
    const said = (await failure(talk({ thrown: thrown as Error }).done, WecomNetworkError)).cause;
    expect(said).toBeInstanceOf(Error);
    expect({ code: said.code, message: said.message }).toEqual(cause);
  });

  it('whose causes go round in a circle comes to an end', async () => {
    const error = coded('ROUND');
    expect(
      (await failure(talk({ thrown: Object.assign(error, { cause: error }) }).done, WecomNetworkError)).cause.code,
    ).toBe('ROUND');
  });
});

describe('an answer', () => {
  it.each([
    [0, 'unknown'],
    [42, 'unknown'],
    [101, 'unknown'],
    [199, 'unknown'],
    [600, 'unknown'],
    [999, 'unknown'],
    [Number.NaN, 'unknown'],
    [300, 'not-sent'],
    [403, 'not-sent'],
    [499, 'not-sent'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('with HTTP status %i is none: %s', async (status, delivery) => {
    expect(await failure(talk({ status, body: '{"errcode":0}' }).done, WecomNetworkError)).toMatchObject({
      delivery,
      cause: {
        code: `HTTP_${status}`,
        message: `HTTP status ${status} instead of an answer of the API; is the base URL right?`,
      },
    });
  });

  it.each([[200], [204], [299]])('with HTTP status %i counts', async (status) => {
    expect(await talk({ status, body: '{"errcode":0}' }).done).toEqual({ errcode: 0 });
  });

  it('may begin with a byte order mark', async () => {
    expect(await talk({ body: '\ufeff{"errcode":0}' }).done).toEqual({ errcode: 0 });
  });

  it.each(['', '<html>', '[]', 'null', '"x"', '7'])('of %j is none', async (body) => {
    expect(await failure(talk({ body }).done, WecomNetworkError)).toMatchObject({
      delivery: 'unknown',
      cause: { code: 'BAD_ANSWER', message: 'the answer is not JSON; is the base URL right?' },
    });
  });

  it.each<[object, number, string]>([
    [{ errcode: 40058, errmsg: 'missing' }, 40058, 'missing'],
    [{ errcode: '40058', errmsg: 7 }, 40058, ''],
    [{ errcode: -1 }, -1, ''],
    [{ errcode: 0, errmsg: 'ok. Warning: wrong json format. ' }, 0, 'ok. Warning: wrong json format. '],
    [{ errcode: '-1' }, -1, ''],
  ])('of %j is a no', async (body, errcode, errmsg) => {
    expect(await failure(talk({ body: JSON.stringify(body) }).done, WecomApiError)).toMatchObject({
      errcode,
      errmsg,
      endpoint: '/cgi-bin/message/send',
    });
  });

  it.each([[{ errcode: 0, errmsg: 'ok' }], [{ errcode: '0' }]])('of %j is a yes', async (body) => {
    expect(await talk({ body: JSON.stringify(body) }).done).toEqual(body);
  });

  const noErrcode = [
    {},
    { code: 403, message: 'blocked by WAF' },
    { msgid: 'M' },
    { errmsg: 'ok' },
    ...['', ' ', 'ok', '0x0', '0.0', [], [0], {}, false, true, null, 0.5].map((errcode) => ({
      errcode,
      errmsg: 'ok',
      msgid: 'M',
    })),
  ];
  it.each(noErrcode)('of %j is none of WeCom: nobody knows whether the message arrived', async (body) => {
    const error = await failure(talk({ body: JSON.stringify(body) }).done, WecomNetworkError);
    expect(error).toMatchObject({
      delivery: 'unknown',
      cause: {
        code: 'BAD_ANSWER',
        message:
          'the answer has no error code, so it is not one of WeCom; is the base URL right, and does a firewall or proxy answer in its place?',
      },
    });
    expect(error.explain('zh').title).toContain('不是企业微信的应答');
  });

  it.each(Object.values(endpoints).map((endpoint: Endpoint) => [endpoint.path, endpoint] as const))(
    'without errcode counts for %s only if it has what only a success has',
    async (_, endpoint) => {
      expect(await failure(talk({ body: '{"code":403}' }, { endpoint }).done, WecomNetworkError)).toMatchObject({
        cause: { code: 'BAD_ANSWER' },
      });
      const { answersWith } = endpoint;
      if (answersWith === undefined) return;
      expect(await talk({ body: JSON.stringify({ [answersWith]: [] }) }, { endpoint }).done).toEqual({
        [answersWith]: [],
      });
      expect(
        await failure(
          talk({ body: JSON.stringify({ errcode: 60011, [answersWith]: [] }) }, { endpoint }).done,
          WecomApiError,
        ),
      ).toMatchObject({ errcode: 60011 });
      expect(
        await failure(
          talk({ body: JSON.stringify({ errcode: '', [answersWith]: [] }) }, { endpoint }).done,
          WecomNetworkError,
        ),
      ).toMatchObject({ cause: { code: 'BAD_ANSWER' } });
    },
  );

  it('of no call that delivers, and no token, may lack its errcode', () => {
    const lacking = Object.values(endpoints)
      .filter((endpoint: Endpoint) => endpoint.answersWith !== undefined)
      .map(({ path }) => path);
    expect(lacking).toEqual([
      '/cgi-bin/agent/get',
      '/cgi-bin/department/list',
      '/cgi-bin/user/simplelist',
      '/cgi-bin/tag/list',
    ]);
  });

  it('and no answer show no secret', async () => {
    const secrets = ['s3cret'];
    expect(
      (await failure(talk({ body: '{"errcode":1,"errmsg":"s3cret"}' }, { secrets }).done, WecomApiError)).errmsg,
    ).toBe('***');
    expect(
      (await failure(talk({ thrown: new Error('s3cret ?key=abc') }, { secrets }).done, WecomNetworkError)).cause
        .message,
    ).toBe('*** ?key=***');
  });

  it('gives the stack of the innermost error as the cause, without secrets', async () => {
    const inner = Object.assign(new Error('inner'), {
      code: 'INNER',
      stack: 'Error: inner\n    at connect (/s3cret/net.js:1:2)',
    });
    const { cause } = await failure(
      talk({ thrown: Object.assign(new Error('outer'), { cause: inner }) }, { secrets: ['s3cret'] }).done,
      WecomNetworkError,
    );
    expect(cause.stack).toContain('\n    at connect (/***/net.js:1:2)');
  });
});
