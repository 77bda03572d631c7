import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { HttpRequest, HttpResponse } from '../core';

/** A request of core in n8n's words. n8n adds the proxy, TLS and SSRF settings of the instance. */
export function toN8nRequest({ method, url, headers, body, timeoutMs, signal }: HttpRequest): IHttpRequestOptions {
  return {
    method,
    url,
    headers: { ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : asBuffer(body) }),
    // n8n's own default is five minutes.
    timeout: timeoutMs,
    ...(signal && { abortSignal: signal }),
    // Core reads statuses and JSON itself, and tells a proxy's page from an answer of WeCom.
    ignoreHttpStatusErrors: true,
    returnFullResponse: true,
    encoding: 'text',
    // A redirect would turn POST into GET and carry the message, or the token, to somebody else.
    disableFollowRedirect: true,
  };
}

/** The answer to such a request, in core's words. */
export function fromN8nResponse(response: unknown): HttpResponse {
  const { statusCode, body } = response as IN8nHttpFullResponse;
  return { status: statusCode, body: typeof body === 'string' ? body : JSON.stringify(body ?? '') };
}

/** n8n's HTTP client sends a Buffer as it is; of other views it would send the whole memory behind them. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
