import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { ANSWER_TOO_LONG, onCancel } from '../core';
import type { HttpRequest, HttpResponse } from '../core';
import { setDeadline } from './deadlines';

/** Where a request keeps its signal: n8n puts that of the execution in its place when it adds a credential. */
const OWN_SIGNAL = Symbol('signal of the request');

type RequestOptions = IHttpRequestOptions & { [OWN_SIGNAL]?: AbortSignal };

/** What is used of a stream of Node.js; n8n's rules keep its types out. */
interface Answer {
  on(event: 'data', listener: (chunk: Uint8Array) => void): this;
  on(event: 'end' | 'close', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  destroy(): void;
}

/**
 * A request of core, made by n8n, which adds the proxy, TLS and SSRF settings of the instance. It ends at its deadline
 * and reads no more than `longestAnswer`, whatever the server does: n8n's own time-out only notices silence.
 *
 * @param perform hands the request to n8n
 */
export function requestByN8n(
  request: HttpRequest,
  perform: (options: IHttpRequestOptions) => Promise<unknown>,
): Promise<HttpResponse> {
  const { timeoutMs, longestAnswer, signal } = request;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw Object.assign(cancelled(), { notSent: true });
    const stop = new AbortController();
    let over = false;
    const end = () => {
      over = true;
      inTime();
      uncancellable?.();
    };
    const giveUp = (error: Error) => {
      if (over) return;
      end();
      reject(error);
      stop.abort(error);
    };
    const inTime = setDeadline(timeoutMs, () => giveUp(noAnswer(timeoutMs)));
    const uncancellable = signal && onCancel(signal, () => giveUp(cancelled()));
    const read = (response: unknown) => {
      const { statusCode, body } = response as IN8nHttpFullResponse;
      const succeed = (text: string) => {
        if (over) return;
        end();
        resolve({ status: statusCode, body: text });
      };
      if (isAnswer(body)) readAnswer(body, { longestAnswer, isOver: () => over, succeed, giveUp });
      else succeed(typeof body === 'string' ? body : JSON.stringify(body ?? ''));
    };
    perform(toN8nRequest(request, stop.signal)).then(read).catch(giveUp);
  });
}

/** For the credential, which n8n asks last before it makes the request. */
export function restoreSignal(options: IHttpRequestOptions): void {
  const own = (options as RequestOptions)[OWN_SIGNAL];
  if (own) options.abortSignal = own;
}

function toN8nRequest({ method, url, headers, body, timeoutMs }: HttpRequest, signal: AbortSignal): RequestOptions {
  return {
    method,
    url,
    headers: { ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : asBuffer(body) }),
    // n8n's own default is five minutes.
    timeout: timeoutMs,
    abortSignal: signal,
    [OWN_SIGNAL]: signal,
    // Core reads statuses and JSON itself, and tells a proxy's page from an answer of WeCom.
    ignoreHttpStatusErrors: true,
    returnFullResponse: true,
    // n8n itself would read an answer without end until the memory is full.
    encoding: 'stream',
    // A redirect would turn POST into GET and carry the message, or the token, to somebody else.
    disableFollowRedirect: true,
  };
}

interface Reading {
  readonly longestAnswer: number;
  readonly isOver: () => boolean;
  readonly succeed: (text: string) => void;
  readonly giveUp: (error: Error) => void;
}

function readAnswer(answer: Answer, { longestAnswer, isOver, succeed, giveUp }: Reading): void {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  answer.on('error', giveUp);
  if (isOver()) return answer.destroy();
  answer.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes <= longestAnswer && !isOver()) return void chunks.push(chunk);
    answer.destroy();
    giveUp(
      coded(
        ANSWER_TOO_LONG,
        `the answer is longer than ${longestAnswer} bytes, so it is not one of WeCom; is the base URL right?`,
        `应答超过 ${longestAnswer} 字节，不是企业微信的应答，请检查 API 地址`,
      ),
    );
  });
  answer.on('end', () => succeed(Buffer.concat(chunks).toString()));
  // Every answer closes, most of them after their end: an error with its stack is made only of what broke off.
  answer.on('close', () => {
    if (!isOver()) giveUp(coded('ECONNRESET', 'the connection broke in the middle of the answer', '应答中途连接中断'));
  });
}

function isAnswer(body: unknown): body is Answer {
  return typeof body === 'object' && body !== null && 'on' in body && 'destroy' in body;
}

function cancelled(): Error {
  return coded('ABORT_ERR', 'the call was cancelled', '调用已取消');
}

function noAnswer(ms: number): Error {
  return coded('ETIMEDOUT', `no answer within ${ms} ms`, `${ms} 毫秒内没有应答`);
}

function coded(code: string, message: string, zh: string): Error {
  return Object.assign(new Error(message), { code, zh });
}

/** n8n's HTTP client sends a Buffer as it is; of other views it would send the whole memory behind them. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
