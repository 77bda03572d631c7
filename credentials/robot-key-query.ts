import type { IHttpRequestOptions } from 'n8n-workflow';

import type { WecomRobot } from '../core';
import { targetUrl } from './target-url';

/**
 * Adds the key of a group robot to a request, if the request goes to the webhook API of this credential: a key
 * must not reach another host, whatever address somebody typed. A key that is already there stays.
 */
export function withRobotKey(options: IHttpRequestOptions, { key, baseUrl }: WecomRobot): IHttpRequestOptions {
  const target = targetUrl(options);
  if (!target?.href.startsWith(`${new URL(baseUrl).href.replace(/(?<!\/)\/+$/, '')}/cgi-bin/webhook/`)) return options;
  const given = (target.searchParams.get('key') ?? options.qs?.['key']) as unknown;
  if (typeof given === 'string' && given !== '') return options;
  return { ...options, qs: { ...options.qs, key } };
}
