import type { Sending } from './delivery/sending';
import type { Endpoint } from './endpoints';
import { WecomApiError, WecomNetworkError } from './errors';
import type { Delivery, NetworkCause } from './errors';
import type { Multipart } from './multipart';
import type { Http, HttpRequest, HttpResponse } from './ports';
import { redact } from './redact';

export type Query = Readonly<Record<string, string | number>>;

/** What one call sends. A call has a JSON body, a multipart body or none. */
export interface Payload {
  readonly query?: Query;
  readonly json?: object;
  readonly multipart?: Multipart;
  /** Milliseconds; the client's default if absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** For calls that deliver a message: what holds them back, and when they may be repeated. */
  readonly sending?: Sending;
}

/** An answer with errcode 0. What else it holds depends on the endpoint. */
export type Reply = Readonly<Record<string, unknown>>;

export interface Connection {
  readonly http: Http;
  readonly baseUrl: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** Time for one call, milliseconds. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * One exchange with WeCom: builds the request, sends it once, reads the answer.
 *
 * @param secrets values that must not appear in an error, whatever the network or WeCom quotes.
 * @param credential the query parameter that says who calls; gettoken has none.
 * @throws WecomNetworkError if no usable answer came; WecomApiError if WeCom said no.
 */
export async function exchange({ http, baseUrl, timeoutMs }: Connection, endpoint: Endpoint, payload: Payload, secrets: readonly string[], credential?: Query): Promise<Reply> {
  const { signal } = payload;
  const fail = (delivery: Delivery, cause: NetworkCause) => new WecomNetworkError(endpoint.delivers ? delivery : 'not-sent', { ...cause, message: redact(cause.message, secrets) }, endpoint.path);
  if (signal?.aborted) throw fail('not-sent', CANCELLED);
  const { headers, body } = requestBody(payload);
  const request: HttpRequest = { method: endpoint.method, url: requestUrl(baseUrl, endpoint, payload.query, credential), headers, body, timeoutMs: payload.timeoutMs ?? timeoutMs, signal };
  let response: HttpResponse;
  try {
    response = await http(request);
  } catch (error) {
    const cause = networkCause(error);
    const delivery = SURELY_NOT_SENT.has(cause.code) ? 'not-sent' : 'unknown';
    throw fail(delivery, signal?.aborted ? CANCELLED : cause);
  }
  return readReply(response, endpoint, fail, secrets);
}

const CANCELLED: NetworkCause = { code: 'ABORT_ERR', message: 'the call was cancelled' };

/** A proxy that makes no tunnel to WeCom, such as for want of a password: the code a host gives that error. */
export const PROXY_REFUSED = 'PROXY_REFUSED';

// The connection was never made, so no byte of the request reached WeCom.
const SURELY_NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', PROXY_REFUSED]);

function requestUrl(baseUrl: string, endpoint: Endpoint, query: Query | undefined, credential: Query | undefined): string {
  const all = query ? { ...query, ...credential } : credential;
  let url = `${baseUrl}${endpoint.path}`;
  let separator = '?';
  for (const name in all) {
    url += `${separator}${name}=${encodeURIComponent(all[name] as string | number)}`;
    separator = '&';
  }
  return url;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;

function requestBody({ json, multipart }: Payload): Pick<HttpRequest, 'headers' | 'body'> {
  if (json) return { headers: JSON_HEADERS, body: JSON.stringify(json) };
  if (multipart) return { headers: { 'content-type': multipart.contentType }, body: multipart.body };
  return { headers: {} };
}

// WeCom answers HTTP 200 for everything its API says. Other statuses come from proxies and web servers.
function readReply({ status, body }: HttpResponse, endpoint: Endpoint, fail: (delivery: Delivery, cause: NetworkCause) => Error, secrets: readonly string[]): Reply {
  if (status < 200 || status > 299) {
    // A 3xx or 4xx was refused before it reached the API; after a 5xx nobody knows.
    throw fail(status >= 500 ? 'unknown' : 'not-sent', { code: `HTTP_${status}`, message: `HTTP status ${status} instead of an answer of the API; is the base URL right?` });
  }
  const reply = parseJson(body);
  if (!reply) throw fail('unknown', { code: 'BAD_ANSWER', message: 'the answer is not JSON; is the base URL right?' });
  // Some successes omit errcode (section 0 of the API facts).
  const errcode = Number(reply['errcode'] ?? 0);
  const errmsg = typeof reply['errmsg'] === 'string' ? reply['errmsg'] : '';
  // The only text we match on: a success with this warning was seen to deliver nothing (section 0).
  if (errcode !== 0 || errmsg.includes('Warning: wrong json format')) throw new WecomApiError(errcode, redact(errmsg, secrets), endpoint.path);
  return reply;
}

function parseJson(body: string): Reply | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Reply) : undefined;
  } catch {
    return undefined;
  }
}

/** The innermost error with a code says what happened; wrappers ("fetch failed") do not. */
function networkCause(error: unknown): NetworkCause {
  let cause: NetworkCause | undefined;
  for (let current: unknown = error, depth = 0; typeof current === 'object' && current !== null && depth < 5; depth += 1) {
    const { code, message, cause: next, errors } = current as { code?: unknown; message?: unknown; cause?: unknown; errors?: unknown[] };
    if (typeof code === 'string' && code !== '') cause = { code, message: typeof message === 'string' && message !== '' ? message : code };
    // Connecting to a host with several addresses fails with one error for each.
    current = next ?? errors?.[0];
  }
  return cause ?? { code: 'NETWORK', message: error instanceof Error ? error.message : 'the request failed' };
}
