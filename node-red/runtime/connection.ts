import { DEFAULT_TIMEOUT_MS, WecomInputError } from '../../core';
import type { InputIssue } from '../../core';
import { connectionWording } from '../wording/connection';
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

/** A transport has no socket before its first call, so settings that are refused afterwards leave nothing open. @throws WecomInputError if the proxy is no address. */
export function openConnection({ proxy, timeout }: ConnectionSettings): { readonly transport: Transport; readonly timeoutMs: number } {
  const timeoutMs = timeoutMsOf(timeout);
  return { transport: createTransport({ proxy: checkedProxy(proxy), timeoutMs }), timeoutMs };
}

function timeoutMsOf(seconds: unknown): number {
  const number = Number(seconds);
  return Number.isFinite(number) && number > 0 ? Math.min(number * 1000, 2 ** 31 - 1) : DEFAULT_TIMEOUT_MS;
}

function checkedProxy(proxy: unknown): string {
  const uri = typeof proxy === 'string' ? proxy.trim() : '';
  if (uri === '' || (/^https?:\/\//i.test(uri) && URL.canParse(uri))) return uri;
  const issue: InputIssue = { path: 'proxy', label: connectionWording.label.proxy, message: connectionWording.problem.proxy };
  throw new WecomInputError([issue]);
}
