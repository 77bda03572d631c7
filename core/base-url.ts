import { OFFICIAL_BASE_URL } from './ports';
import type { Wording } from './wording';

/** What stands in a setting as the address of the API: the official one if there is nothing. */
export function readBaseUrl(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  return (text || OFFICIAL_BASE_URL).replace(/(?<!\/)\/+$/, '');
}

/** What is wrong with a base URL; undefined if nothing is. */
export function baseUrlProblem(baseUrl: string): Wording | undefined {
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) return { en: 'must be an address that starts with https:// or http://', zh: '必须是以 https:// 或 http:// 开头的地址' };
  const { search, hash } = new URL(baseUrl);
  return search === '' && hash === '' ? undefined : { en: 'must not have a query (?…) or a fragment (#…)', zh: '不能包含查询参数（?…）或片段（#…）' };
}

/** Names of this computer for itself. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The same text for all spellings of one address: case of the host, default port, trailing slash, names of this
 * computer for itself. Only for telling servers apart; requests go to the address as it was written.
 */
export function sameServer(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl;
  const url = new URL(baseUrl);
  if (LOOPBACK.has(url.hostname)) url.hostname = 'localhost';
  return url.href.replace(/(?<!\/)\/+$/, '');
}
