import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Http, HttpRequest } from '../../core';
import { fromN8nResponse, toN8nRequest } from '../../credentials/http-request';

type Context = Pick<IExecuteFunctions | ILoadOptionsFunctions, 'helpers'>;

/** The node's credentials: an app for everything but the group robot, which has one of its own. */
export const CREDENTIAL = 'wecomAppApi';
export const ROBOT_CREDENTIAL = 'wecomGroupRobotApi';

interface Requests {
  /** Ends requests that are under way. The signals of core only hold back what has not begun. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of every request but gettoken. */
  readonly requested?: () => void;
}

/** n8n as the network of core. Only gettoken goes without a token, and so without the credential's authentication. */
export function wecomHttp(context: IExecuteFunctions | ILoadOptionsFunctions, { signal, requested }: Requests = {}): Http {
  return async (request) => {
    const own = withSignal(request, signal);
    if (!/[?&]access_token=/.test(request.url)) return fromN8nResponse(await withoutCredential(context, own));
    requested?.();
    return fromN8nResponse(await withCredential(context, own));
  };
}

function withCredential(context: IExecuteFunctions | ILoadOptionsFunctions, request: HttpRequest): Promise<unknown> {
  return context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, toN8nRequest(request)) as Promise<unknown>;
}

function withoutCredential(context: Context, request: HttpRequest): Promise<unknown> {
  return context.helpers.httpRequest(toN8nRequest(request)) as Promise<unknown>;
}

/** The same for a group robot, whose key core writes into each request. */
export function robotHttp(context: Context, { signal, requested }: Requests = {}): Http {
  return async (request) => {
    requested?.();
    return fromN8nResponse(await withoutCredential(context, withSignal(request, signal)));
  };
}

function withSignal({ signal: _, ...request }: HttpRequest, signal: AbortSignal | undefined): HttpRequest {
  return { ...request, ...(signal && { signal }) };
}
