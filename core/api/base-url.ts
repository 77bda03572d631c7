import { OFFICIAL_BASE_URL } from './ports';
import type { Wording } from '../outcome/wording';

/** An address as somebody typed it, without the slashes at its end; empty if there is none. */
export function typedAddress(value: unknown): string {
  return typeof value === 'string' ? value.trim().replace(/(?<!\/)\/+$/, '') : '';
}

/** What stands in a setting as the address of the API: the official one if there is nothing. */
export function readBaseUrl(value: unknown): string {
  return typedAddress(value) || OFFICIAL_BASE_URL;
}

/** What is wrong with a base URL; undefined if nothing is. */
export function baseUrlProblem(baseUrl: string): Wording | undefined {
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl))
    return {
      en: 'must be an address that starts with https:// or http://',
      zh: '必须是以 https:// 或 http:// 开头的地址',
    };
  const { search, hash, username, password } = new URL(baseUrl);
  if (username !== '' || password !== '') return LOGIN_IN_ADDRESS;
  return search === '' && hash === ''
    ? undefined
    : { en: 'must not have a query (?…) or a fragment (#…)', zh: '不能包含查询参数（?…）或片段（#…）' };
}

/** A login in an address would stand in flows, dialogs and logs, where everybody reads it; WeCom has none. */
export const LOGIN_IN_ADDRESS: Wording = {
  en: 'must not have a user name or a password before the host (user:password@)',
  zh: '主机名前不能包含用户名或密码（user:password@）',
};

/** Names of this computer for itself, the last one being 127.0.0.1 as an IPv6 address. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '[::ffff:7f00:1]']);

/**
 * The same text for all spellings of one address: case of the host, default port, trailing slash, a dot at the end of
 * the host, names of this computer for itself. Only for telling servers apart; requests go to the address as it was
 * written.
 */
export function sameServer(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl;
  const url = new URL(baseUrl);
  url.hostname = url.hostname.replace(/\.$/, '');
  if (LOOPBACK.has(url.hostname)) url.hostname = 'localhost';
  return url.href.replace(/(?<!\/)\/+$/, '');
}
