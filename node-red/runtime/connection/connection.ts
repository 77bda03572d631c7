/** The room connection: the clients of config nodes, and what they talk through. May import from host. */
import { DEFAULT_TIMEOUT_MS, WecomInputError } from '../../../core';
import type { Wording } from '../../../core';
import { connectionWording } from '../../wording/connection';
import { createTransport } from './transport';
import type { Transport } from './transport';

/** How a config node reaches WeCom, as it stands in a flow. */
export interface ConnectionSettings {
  readonly baseUrl?: unknown;
  /** How many processes send with the app or robot. */
  readonly processes?: unknown;
  readonly proxy?: unknown;
  /** Seconds. */
  readonly timeout?: unknown;
}

/** What a proxy wants to know: credentials, so that neither flows nor who may only read them hold them. */
export interface ProxyLogin {
  readonly proxyUser?: unknown;
  readonly proxyPassword?: unknown;
}

/**
 * A transport has no socket before its first call, so settings that are refused afterwards leave nothing open. @throws
 * WecomInputError if the proxy is no address, or holds a password.
 */
export function openConnection(
  { proxy, timeout }: ConnectionSettings,
  login: ProxyLogin,
): { readonly transport: Transport; readonly timeoutMs: number } {
  const timeoutMs = timeoutMsOf(timeout);
  return { transport: createTransport({ proxy: withLogin(checkedProxy(proxy), login), timeoutMs }), timeoutMs };
}

function timeoutMsOf(seconds: unknown): number {
  const number = Number(seconds);
  return Number.isFinite(number) && number > 0 ? Math.min(number * 1000, 2 ** 31 - 1) : DEFAULT_TIMEOUT_MS;
}

function checkedProxy(proxy: unknown): string {
  const uri = typeof proxy === 'string' ? proxy.trim() : '';
  if (uri === '') return uri;
  const url = /^https?:\/\//i.test(uri) ? URL.parse(uri) : null;
  if (!url) throw wrongProxy(connectionWording.problem.proxy);
  if (url.username !== '' || url.password !== '') throw wrongProxy(connectionWording.problem.proxyLogin);
  return uri;
}

function wrongProxy(message: Wording): WecomInputError {
  return new WecomInputError([{ path: 'proxy', label: connectionWording.label.proxy, message }]);
}

function withLogin(uri: string, { proxyUser, proxyPassword }: ProxyLogin): string {
  if (uri === '' || typeof proxyUser !== 'string' || proxyUser === '') return uri;
  const url = new URL(uri);
  url.username = encodeURIComponent(proxyUser);
  url.password = typeof proxyPassword === 'string' ? encodeURIComponent(proxyPassword) : '';
  return url.href;
}
