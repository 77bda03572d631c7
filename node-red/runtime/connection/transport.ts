import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

import { Agent, buildConnector, EnvHttpProxyAgent, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';

import { WecomInputError } from '../../../core';
import type { Http, HttpRequest } from '../../../core';
import { connectionWording } from '../../wording/connection';
import { directConnector, Tunnels } from './connecting';
import { coded, HttpCall } from './http-call';

/** The sockets of one app: kept open between messages, closed together. */
export interface Transport {
  readonly http: Http;
  /**
   * Lets calls that are on their way end, for a while, and closes all sockets; what waits for a connection fails at
   * once.
   */
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
// A call takes 10 s at most, unless somebody chose more; Node-RED waits 15 s for a node to close.
const CLOSE_WITHIN_MS = 12_000;
// Connecting gets a part of the time only: when it fails the message surely was not sent, and that is worth knowing.
const CONNECT_SHARE = 0.75;

export function createTransport({ proxy = '', timeoutMs }: TransportOptions): Transport {
  const dispatcher = createDispatcher(proxy.trim(), Math.ceil(timeoutMs * CONNECT_SHARE));
  const open = new Set<HttpCall>();
  let closing: (() => void) | undefined;
  const ended = (call: HttpCall) => {
    open.delete(call);
    if (open.size === 0) closing?.();
  };

  return {
    http: (request) =>
      new Promise((resolve, reject) => {
        const call = new HttpCall(request, { resolve, reject, ended });
        open.add(call);
        if (closing) call.fail(closed());
        else dispatch(dispatcher, request, call);
      }),
    async close() {
      const idle = new Promise<void>((resolve) => (closing = resolve));
      for (const call of [...open]) if (!call.isSent) call.fail(closed());
      if (open.size > 0) await withinTime(idle);
      for (const call of [...open]) call.fail(closed());
      await dispatcher.destroy();
      // Those who made these calls hear first how they ended, and note it.
      await nextTurn();
    },
  };
}

function createDispatcher(proxy: string, timeoutMs: number): Dispatcher {
  // Each call has one deadline for everything; undici's own timeouts count each phase anew.
  const agent: Agent.Options = {
    connections: MAX_SOCKETS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: directConnector(timeoutMs),
  };
  if (proxy === '' && !isProxySet(process.env)) return new Agent(agent);
  const connect = { timeout: timeoutMs };
  const options = {
    ...agent,
    requestTls: connect,
    clientFactory: (address: URL) => new Tunnels(address, buildConnector(connect), timeoutMs),
  };
  return proxy === '' ? proxyOfEnvironment(options) : new ProxyAgent({ ...options, uri: proxy });
}

/** @throws WecomInputError without the value: undici's own errors hold it, and with it the password of the proxy. */
function proxyOfEnvironment(options: EnvHttpProxyAgent.Options): Dispatcher {
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    throw new WecomInputError([
      { path: 'proxy', label: connectionWording.label.proxy, message: connectionWording.problem.proxyOfEnvironment },
    ]);
  }
}

function isProxySet(env: NodeJS.ProcessEnv): boolean {
  return ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => (env[name] ?? '') !== '');
}

function dispatch(dispatcher: Dispatcher, { url, method, headers, body }: HttpRequest, call: HttpCall): void {
  const pathStart = url.indexOf('/', url.indexOf('//') + 2);
  try {
    // undici's proxies write the host into the headers they are given, which are those of every call.
    dispatcher.dispatch(
      {
        origin: url.slice(0, pathStart),
        path: url.slice(pathStart),
        method,
        headers: { ...headers },
        body: body ?? null,
      },
      call,
    );
  } catch (error) {
    call.fail(error as Error);
  }
}

/**
 * Not "cancelled": others may wait for the same call, such as a gettoken, and make it again over their own connection.
 */
function closed(): Error {
  return coded('UND_ERR_CLOSED', 'the connection was closed', '连接已关闭');
}

async function withinTime(idle: Promise<void>): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([idle, sleep(CLOSE_WITHIN_MS, undefined, { signal: waiting.signal }).catch(() => undefined)]);
  waiting.abort();
}
