import type { IHttpRequestOptions } from 'n8n-workflow';

/**
 * n8n's HTTP Request node still hands over the options of the old `request` library, where the address is called `uri`.
 */
export type AnyRequestOptions = IHttpRequestOptions & { readonly uri?: string };

/** Where a request goes, put together as n8n's HTTP client does it. */
export function targetUrl({ baseURL = '', ...options }: IHttpRequestOptions): URL | undefined {
  const address = options.url || (options as AnyRequestOptions).uri || '';
  const absolute =
    /^([a-z][a-z\d+.-]*:)?\/\//i.test(address) || baseURL === ''
      ? address
      : `${baseURL.replace(/(?<!\/)\/+$/, '')}/${address.replace(/^\/+/, '')}`;
  return URL.canParse(absolute) ? new URL(absolute) : undefined;
}
