import { WecomApiError, WecomNetworkError } from '../../core';
import type { HttpRequest, HttpResponse } from '../../core';
import { endpoints } from '../../core/endpoints';
import type { Endpoint } from '../../core/endpoints';
import { exchange } from '../../core/exchange';
import type { Payload } from '../../core/exchange';
import { failure } from './fake-wecom';

/** What WeCom, or what is in between, made of a request: an answer, or something thrown. */
function talk({ thrown, ...answer }: Partial<HttpResponse> & { thrown?: Error }, { endpoint = endpoints.sendMessage, payload = {}, secrets = [] }: { endpoint?: Endpoint; payload?: Payload; secrets?: string[] } = {}) {
  const requests: HttpRequest[] = [];
  const http = async (request: HttpRequest) => {
    requests.push(request);
    return thrown === undefined ? { status: 200, body: '{}', ...answer } : Promise.reject(thrown);
  };
  return { requests, done: exchange({ http, baseUrl: 'https://relay.test/wecom', timeoutMs: 1234 }, endpoint, payload, secrets) };
}

describe('a request', () => {
  it('with JSON says so and has all of the query', async () => {
    const { signal } = new AbortController();
    const { requests, done } = talk({}, { payload: { query: { access_token: 'a b&c', debug: 1 }, json: { text: '中' }, timeoutMs: 99, signal } });
    expect(await done).toEqual({});
    expect(requests).toEqual([{ method: 'POST', url: 'https://relay.test/wecom/cgi-bin/message/send?access_token=a%20b%26c&debug=1', headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{"text":"中"}', timeoutMs: 99, signal }]);
  });

  it('with a file carries its content type, and one with nothing carries nothing', async () => {
    const multipart = { contentType: 'multipart/form-data; boundary=x', body: Buffer.from('bytes') };
    const upload = talk({}, { endpoint: endpoints.uploadMedia, payload: { multipart } });
    await upload.done;
    expect(upload.requests).toEqual([{ method: 'POST', url: 'https://relay.test/wecom/cgi-bin/media/upload', headers: { 'content-type': multipart.contentType }, body: multipart.body, timeoutMs: 1234 }]);
    const look = talk({}, { endpoint: endpoints.listTags });
    await look.done;
    expect(look.requests).toEqual([{ method: 'GET', url: 'https://relay.test/wecom/cgi-bin/tag/list', headers: {}, timeoutMs: 1234 }]);
  });

  it('that was cancelled before is not made', async () => {
    const { requests, done } = talk({}, { payload: { signal: AbortSignal.abort() } });
    expect(await failure(done, WecomNetworkError)).toMatchObject({ delivery: 'not-sent', cause: { code: 'ABORT_ERR', message: 'the call was cancelled' }, endpoint: '/cgi-bin/message/send' });
    expect(requests).toEqual([]);
  });

  it('that was cancelled on its way may have arrived', async () => {
    const controller = new AbortController();
    const http = async () => {
      controller.abort();
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    };
    const done = exchange({ http, baseUrl: 'https://x.test', timeoutMs: 1 }, endpoints.sendMessage, { signal: controller.signal }, []);
    expect(await failure(done, WecomNetworkError)).toMatchObject({ delivery: 'unknown', cause: { code: 'ABORT_ERR', message: 'the call was cancelled' } });
  });
});

describe('no answer', () => {
  const coded = (code: unknown, more: object = {}) => Object.assign(new Error('outer'), { code, ...more });

  it.each([
    ['ECONNREFUSED', 'not-sent'], ['ENOTFOUND', 'not-sent'], ['EAI_AGAIN', 'not-sent'], ['EHOSTUNREACH', 'not-sent'], ['ENETUNREACH', 'not-sent'], ['UND_ERR_CONNECT_TIMEOUT', 'not-sent'],
    ['ECONNRESET', 'unknown'], ['ETIMEDOUT', 'unknown'],
  ])('for %s means: %s', async (code, delivery) => {
    expect(await failure(talk({ thrown: coded(code) }).done, WecomNetworkError)).toMatchObject({ delivery, cause: { code, message: 'outer' } });
  });

  it('to a call that shows members nothing never means a lost message', async () => {
    expect(await failure(talk({ thrown: coded('ECONNRESET') }, { endpoint: endpoints.getToken }).done, WecomNetworkError)).toMatchObject({ delivery: 'not-sent', endpoint: '/cgi-bin/gettoken' });
    expect(await failure(talk({ status: 502 }, { endpoint: endpoints.testRobot }).done, WecomNetworkError)).toMatchObject({ delivery: 'not-sent' });
  });

  it.each<[string, unknown, object]>([
    ['the innermost code', coded('OUTER', { cause: coded('INNER', { message: 'inner' }) }), { code: 'INNER', message: 'inner' }],
    ['the code that there is', coded('', { cause: { code: 'INNER', message: 'inner' } }), { code: 'INNER', message: 'inner' }],
    ['the code that is a text', coded('OUTER', { cause: coded(7) }), { code: 'OUTER', message: 'outer' }],
    ['the first of several addresses', coded(undefined, { errors: [coded('ECONNREFUSED', { message: 'first' }), coded('B')] }), { code: 'ECONNREFUSED', message: 'first' }],
    ['the code in place of a missing text', Object.assign(new Error(''), { code: 'C' }), { code: 'C', message: 'C' }],
    ['the code in place of a text that is none', { code: 'C', message: 7 }, { code: 'C', message: 'C' }],
    ['the text when there is no code', new Error('just words'), { code: 'NETWORK', message: 'just words' }],
    ['that it failed, at least', { odd: true }, { code: 'NETWORK', message: 'the request failed' }],
  ])('says %s', async (_, thrown, cause) => {
    expect((await failure(talk({ thrown: thrown as Error }).done, WecomNetworkError)).cause).toEqual(cause);
  });

  it('whose causes go round in a circle comes to an end', async () => {
    const error = coded('ROUND');
    expect((await failure(talk({ thrown: Object.assign(error, { cause: error }) }).done, WecomNetworkError)).cause.code).toBe('ROUND');
  });
});

describe('an answer', () => {
  it.each([[199, 'not-sent'], [300, 'not-sent'], [403, 'not-sent'], [499, 'not-sent'], [500, 'unknown'], [503, 'unknown']])('with HTTP status %i is none: %s', async (status, delivery) => {
    expect(await failure(talk({ status, body: '{"errcode":0}' }).done, WecomNetworkError)).toMatchObject({ delivery, cause: { code: `HTTP_${status}`, message: `HTTP status ${status} instead of an answer of the API; is the base URL right?` } });
  });

  it.each([[200], [204], [299]])('with HTTP status %i counts', async (status) => {
    expect(await talk({ status, body: '{"msgid":"M"}' }).done).toEqual({ msgid: 'M' });
  });

  it.each(['', '<html>', '[]', 'null', '"x"', '7'])('of %j is none', async (body) => {
    expect(await failure(talk({ body }).done, WecomNetworkError)).toMatchObject({ delivery: 'unknown', cause: { code: 'BAD_ANSWER', message: 'the answer is not JSON; is the base URL right?' } });
  });

  it.each<[object, number, string]>([
    [{ errcode: 40058, errmsg: 'missing' }, 40058, 'missing'],
    [{ errcode: '40058', errmsg: 7 }, 40058, ''],
    [{ errcode: -1 }, -1, ''],
    [{ errcode: 0, errmsg: 'ok. Warning: wrong json format. ' }, 0, 'ok. Warning: wrong json format. '],
    [{ errmsg: 'Warning: wrong json format' }, 0, 'Warning: wrong json format'],
  ])('of %j is a no', async (body, errcode, errmsg) => {
    expect(await failure(talk({ body: JSON.stringify(body) }).done, WecomApiError)).toMatchObject({ errcode, errmsg, endpoint: '/cgi-bin/message/send' });
  });

  it.each([[{ errcode: 0, errmsg: 'ok' }], [{ msgid: 'M' }], [{ errcode: '0' }]])('of %j is a yes', async (body) => {
    expect(await talk({ body: JSON.stringify(body) }).done).toEqual(body);
  });

  it('and no answer show no secret', async () => {
    const secrets = ['s3cret'];
    expect((await failure(talk({ body: '{"errcode":1,"errmsg":"s3cret"}' }, { secrets }).done, WecomApiError)).errmsg).toBe('***');
    expect((await failure(talk({ thrown: new Error('s3cret ?key=abc') }, { secrets }).done, WecomNetworkError)).cause.message).toBe('*** ?key=***');
  });
});
