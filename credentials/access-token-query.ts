import type { IHttpRequestOptions } from 'n8n-workflow';

import { targetUrl } from './target-url';
import type { AnyRequestOptions } from './target-url';

// People copy addresses from WeCom's documentation, which writes ?access_token=ACCESS_TOKEN.
const PLACEHOLDER = 'ACCESS_TOKEN';
const PLACEHOLDER_PARAMETER = /([?&])access_token=(?:ACCESS_TOKEN)?(?=&|#|$)&?/;

/**
 * Adds the access token to a request, if the request goes to the API of this credential: a token must not
 * reach another host, whatever address somebody typed. A token that is already there stays.
 *
 * @param baseUrl absolute; the request must have the same scheme, host and port
 */
export function withAccessToken(options: IHttpRequestOptions, baseUrl: string, token: string): IHttpRequestOptions {
  const { url, uri } = options as AnyRequestOptions;
  const target = targetUrl(options);
  if (!target || target.origin !== new URL(baseUrl).origin) return options;
  const given = (target.searchParams.get('access_token') ?? options.qs?.['access_token']) as unknown;
  if (typeof given === 'string' && given !== '' && given !== PLACEHOLDER) return options;
  return {
    ...options,
    ...(url && { url: withoutPlaceholder(url) }),
    ...(uri && { uri: withoutPlaceholder(uri) }),
    qs: { ...options.qs, access_token: token },
  };
}

function withoutPlaceholder(address: string): string {
  return address.replace(PLACEHOLDER_PARAMETER, '$1').replace(/[?&](?=#|$)/, '');
}
