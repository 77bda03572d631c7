import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, EnvHttpProxyAgent, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';

import { onCancel, PROXY_REFUSED } from '../../core';
import type { Http, HttpRequest } from '../../core';
import { LET_END } from './let-end';

/** The sockets of one app: kept open between messages, closed together. */
export interface Transport {
  readonly http: Http;
  /** Lets open calls end, for a while, and closes all sockets. */
  close(): Promise<void>;
}

interface TransportOptions {
  /** Address of a proxy (http:// or https://); empty: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count. */
  readonly proxy?: string;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
}

// More messages wait for a free socket instead of opening hundreds of connections at once.
const MAX_SOCKETS = 64;
// The longest answer is a list of members; anything above this is not WeCom.
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
// A call takes 10 s at most, unless somebody chose more; Node-RED waits 15 s for a node to close.
const CLOSE_WITHIN_MS = 12_000;
// Connecting gets a part of the time only: when it fails the message surely was not sent, and that is worth knowing.
const CONNECT_SHARE = 0.75;

export function createTransport({ proxy = '', timeoutMs }: TransportOptions): Transport {
  const connect = { timeout: Math.ceil(timeoutMs * CONNECT_SHARE) };
  const agent: Agent.Options = { connections: MAX_SOCKETS, maxResponseSize: MAX_ANSWER_BYTES, connect };
  const uri = proxy.trim();
  const dispatcher: Dispatcher = uri === ''
    ? isProxySet(process.env) ? new EnvHttpProxyAgent({ ...agent, proxyTls: connect, requestTls: connect }) : new Agent(agent)
    : new ProxyAgent({ ...agent, uri, proxyTls: connect, requestTls: connect });
  return {
    http: (exchange) => send(dispatcher, exchange),
    close: () => close(dispatcher),
  };
}

function isProxySet(env: NodeJS.ProcessEnv): boolean {
  return ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => (env[name] ?? '') !== '');
}

async function close(dispatcher: Dispatcher): Promise<void> {
  const deadline = new AbortController();
  const closed = dispatcher.close().finally(() => deadline.abort());
  await Promise.race([closed, sleep(CLOSE_WITHIN_MS, undefined, { signal: deadline.signal }).then(() => dispatcher.destroy(), () => closed)]);
}

async function send(dispatcher: Dispatcher, { url, method, headers, body, timeoutMs, signal }: HttpRequest): ReturnType<Http> {
  // One deadline for everything, as the port promises; undici's own timeouts count each phase anew.
  // undici takes an EventEmitter for a signal too; one for each message costs less than an AbortController.
  const abort = new EventEmitter() as EventEmitter & { reason?: unknown };
  const stop = (reason: unknown) => {
    abort.reason = reason;
    abort.emit('abort');
  };
  const deadline = setTimeout(() => stop(Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' })), timeoutMs);
  const uncancellable = signal && onCancel(signal, () => {
    if (signal.reason !== LET_END) stop(signal.reason);
  });
  try {
    const pathStart = url.indexOf('/', url.indexOf('//') + 2);
    const response = await dispatcher.request({ origin: url.slice(0, pathStart), path: url.slice(pathStart), method, headers, body: body ?? null, signal: abort, headersTimeout: 0, bodyTimeout: 0 });
    return { status: response.statusCode, body: await response.body.text() };
  } catch (error) {
    throw proxyRefusal(error) ?? error;
  } finally {
    clearTimeout(deadline);
    uncancellable?.();
  }
}

/** undici gives this the code of a call that somebody broke off; but nothing was sent yet. Only its text tells. */
function proxyRefusal(error: unknown): Error | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const status = code === 'UND_ERR_ABORTED' && typeof message === 'string' ? /^Proxy response \((\d{3})\)/.exec(message)?.[1] : undefined;
  return status === undefined ? undefined : Object.assign(new Error(`the proxy refused to connect to WeCom (HTTP status ${status})`), { code: PROXY_REFUSED });
}
