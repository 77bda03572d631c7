import { LONGEST_ANSWER } from './endpoints';
import type { Endpoint } from './endpoints';
import { WecomApiError, WecomNetworkError } from '../outcome/errors';
import type { Delivery, NetworkFacts } from '../outcome/errors';
import type { Http, HttpRequest, HttpResponse } from './ports';
import { redact } from './redact';

export type Query = Readonly<Record<string, string | number>>;

/** A request body with its content type. */
export interface Multipart {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A body that is made when its request goes out and let go when that has ended: an upload that waits should cost no memory. */
export type MultipartSource = (
  signal: AbortSignal | undefined,
) => Promise<{ readonly multipart: Multipart; readonly done: () => void }>;

/** What one call sends. A call has a JSON body, a multipart body or none. */
export interface Payload {
  readonly query?: Query;
  readonly json?: object;
  readonly multipart?: MultipartSource;
  /** Milliseconds; the client's default if absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer with errcode 0. What else it holds depends on the endpoint. */
export type Reply = Readonly<Record<string, unknown>>;

export interface Connection {
  readonly http: Http;
  readonly baseUrl: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** Who asks, and over which connection. */
export interface Caller {
  readonly connection: Connection;
  /** Values that must not appear in an error, whatever the network or WeCom quotes. */
  readonly secrets: readonly string[];
  /** The query parameter that says who calls; gettoken has none. */
  readonly credential?: Query;
}

/** Time for one call, milliseconds. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * One exchange with WeCom: builds the request, sends it once, reads the answer.
 *
 * @throws WecomNetworkError if no usable answer came; WecomApiError if WeCom said no.
 */
export async function exchange(caller: Caller, endpoint: Endpoint, payload: Payload): Promise<Reply> {
  const { json, multipart, signal } = payload;
  if (!multipart)
    return exchangeBody(
      caller,
      endpoint,
      payload,
      json ? { headers: JSON_HEADERS, body: JSON.stringify(json) } : NO_BODY,
    );
  const made = await multipart(signal).catch((error: unknown) => {
    throw signal?.aborted ? new WecomNetworkError('not-sent', CANCELLED, endpoint.path) : error;
  });
  try {
    const { contentType, body } = made.multipart;
    return await exchangeBody(caller, endpoint, payload, { headers: { 'content-type': contentType }, body });
  } finally {
    made.done();
  }
}

type Body = Pick<HttpRequest, 'headers' | 'body'>;

const NO_BODY: Body = { headers: {} };
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;

async function exchangeBody(
  { connection: { http, baseUrl, timeoutMs }, secrets, credential }: Caller,
  endpoint: Endpoint,
  payload: Payload,
  { headers, body }: Body,
): Promise<Reply> {
  const { signal } = payload;
  const fail = (delivery: Delivery, cause: NetworkFacts) =>
    new WecomNetworkError(endpoint.delivers ? delivery : 'not-sent', withoutSecrets(cause, secrets), endpoint.path);
  if (signal?.aborted) throw fail('not-sent', CANCELLED);
  const request: HttpRequest = {
    method: endpoint.method,
    url: requestUrl(baseUrl, endpoint, payload.query, credential),
    headers,
    body,
    timeoutMs: payload.timeoutMs ?? timeoutMs,
    longestAnswer: endpoint.longestAnswer ?? LONGEST_ANSWER,
    signal,
  };
  let response: HttpResponse;
  try {
    response = await http(request);
  } catch (error) {
    const { notSent, ...cause } = networkCause(error);
    const delivery = notSent || SURELY_NOT_SENT.has(cause.code) ? 'not-sent' : 'unknown';
    // A connection that broke by itself while somebody cancelled is not what the cancelling did.
    throw fail(
      delivery,
      BROKEN_OFF.has(cause.code) || (signal?.aborted && error === signal.reason) ? CANCELLED : cause,
    );
  }
  return readReply(response, endpoint, fail, secrets);
}

/** Why a call ended that somebody cancelled. */
export const CANCELLED: NetworkFacts = { code: 'ABORT_ERR', message: 'the call was cancelled', zh: '调用已取消' };

/** What the clients of the hosts call a request that somebody broke off on purpose: Node.js, n8n's axios. */
const BROKEN_OFF = new Set(['ABORT_ERR', 'ERR_CANCELED']);

/** A proxy that makes no tunnel to WeCom, such as for want of a password: the code a host gives that error. */
export const PROXY_REFUSED = 'PROXY_REFUSED';
/** Of an answer that was longer than `longestAnswer`: the code a host gives that error. */
export const ANSWER_TOO_LONG = 'ANSWER_TOO_LONG';

/** Certificates that are not trusted, expired or of another host: the connection is given up before anything is sent. */
export const CERTIFICATE_REFUSED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

// The connection was never made, so no byte of the request reached WeCom.
const SURELY_NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  PROXY_REFUSED,
  ...CERTIFICATE_REFUSED,
]);

function withoutSecrets(cause: NetworkFacts, secrets: readonly string[]): NetworkFacts {
  return {
    ...cause,
    message: redact(cause.message, secrets),
    ...(cause.stack !== undefined && { stack: redact(cause.stack, secrets) }),
  };
}

function requestUrl(
  baseUrl: string,
  endpoint: Endpoint,
  query: Query | undefined,
  credential: Query | undefined,
): string {
  const all = query ? { ...query, ...credential } : credential;
  let url = `${baseUrl}${endpoint.path}`;
  let separator = '?';
  for (const name in all) {
    url += `${separator}${name}=${encodeURIComponent(all[name] as string | number)}`;
    separator = '&';
  }
  return url;
}

// WeCom answers HTTP 200 for everything its API says. Other statuses come from proxies and web servers.
function readReply(
  { status, body }: HttpResponse,
  endpoint: Endpoint,
  fail: (delivery: Delivery, cause: NetworkFacts) => Error,
  secrets: readonly string[],
): Reply {
  if (!(status >= 200 && status <= 299)) {
    // A 3xx or 4xx was refused before it reached the API; after a 5xx, or what is no status of an answer, nobody knows.
    throw fail(status >= 300 && status <= 499 ? 'not-sent' : 'unknown', httpStatus(status));
  }
  const reply = parseJson(body);
  if (!reply) throw fail('unknown', NO_JSON);
  const errcode = errcodeOf(reply, endpoint);
  if (errcode === undefined) throw fail('unknown', NOT_OF_WECOM);
  const errmsg = typeof reply['errmsg'] === 'string' ? reply['errmsg'] : '';
  // The only text we match on: a success with this warning was seen to deliver nothing (section 0).
  if (errcode !== 0 || errmsg.includes('Warning: wrong json format'))
    throw new WecomApiError(errcode, redact(errmsg, secrets), endpoint);
  return reply;
}

function httpStatus(status: number): NetworkFacts {
  return {
    code: `HTTP_${status}`,
    message: `HTTP status ${status} instead of an answer of the API; is the base URL right?`,
    zh: `返回的是 HTTP 状态码 ${status}，而不是接口的应答，请检查 API 地址`,
  };
}

const NO_JSON: NetworkFacts = {
  code: 'BAD_ANSWER',
  message: 'the answer is not JSON; is the base URL right?',
  zh: '应答不是 JSON，请检查 API 地址',
};
const NOT_OF_WECOM: NetworkFacts = {
  code: 'BAD_ANSWER',
  message:
    'the answer has no error code, so it is not one of WeCom; is the base URL right, and does a firewall or proxy answer in its place?',
  zh: '应答中没有错误码（errcode），不是企业微信的应答，请检查 API 地址，以及是否有防火墙或代理代为应答',
};

/** An answer that lacks what the call was made for. */
export function withoutField(field: string): NetworkFacts {
  return {
    code: 'BAD_ANSWER',
    message: `the answer has no ${field}, so it is not one of WeCom; is the base URL right, and does a firewall or proxy answer in its place?`,
    zh: `应答中没有 ${field}，不是企业微信的应答，请检查 API 地址，以及是否有防火墙或代理代为应答`,
  };
}

/** undefined for an answer that WeCom never gives. */
function errcodeOf(reply: Reply, { answersWith }: Endpoint): number | undefined {
  const { errcode } = reply;
  if (typeof errcode === 'number') return Number.isInteger(errcode) ? errcode : undefined;
  if (typeof errcode === 'string') return /^-?\d+$/.test(errcode) ? Number(errcode) : undefined;
  return errcode === undefined && answersWith !== undefined && Object.hasOwn(reply, answersWith) ? 0 : undefined;
}

function parseJson(body: string): Reply | undefined {
  try {
    // Some servers mark UTF-8 with a byte order mark, which is no JSON.
    const value: unknown = JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Reply) : undefined;
  } catch {
    return undefined;
  }
}

/** The innermost error with a code says what happened; wrappers ("fetch failed") do not. */
function networkCause(error: unknown): NetworkFacts & { readonly notSent: boolean } {
  let cause: NetworkFacts | undefined;
  let notSent = false;
  for (
    let current: unknown = error, depth = 0;
    typeof current === 'object' && current !== null && depth < 5;
    depth += 1
  ) {
    const {
      code,
      message,
      zh,
      stack,
      cause: next,
      errors,
      notSent: surely,
    } = current as Partial<Record<'code' | 'message' | 'zh' | 'stack' | 'cause' | 'notSent', unknown>> & {
      readonly errors?: readonly unknown[];
    };
    if (typeof code === 'string' && code !== '')
      cause = {
        code,
        message: typeof message === 'string' && message !== '' ? message : code,
        ...(typeof zh === 'string' && { zh }),
        ...(typeof stack === 'string' && { stack }),
      };
    notSent ||= surely === true;
    // Connecting to a host with several addresses fails with one error for each.
    current = next ?? errors?.[0];
  }
  return {
    ...(cause ?? uncoded(error)),
    notSent,
  };
}

function uncoded(error: unknown): NetworkFacts {
  if (!(error instanceof Error)) return { code: 'NETWORK', message: 'the request failed' };
  return { code: 'NETWORK', message: error.message, ...(error.stack !== undefined && { stack: error.stack }) };
}
