import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Http, HttpRequest } from '../../core';
import { fromN8nResponse, toN8nRequest } from '../../credentials/http-request';

type Context = Pick<IExecuteFunctions | ILoadOptionsFunctions, 'helpers'>;

/** The node's credentials: an app for everything but the group robot, which has one of its own. */
export const CREDENTIAL = 'wecomAppApi';
export const ROBOT_CREDENTIAL = 'wecomGroupRobotApi';

/** n8n as the network of core. Only gettoken goes without a token, and so without the credential's authentication. */
export function wecomHttp(context: IExecuteFunctions | ILoadOptionsFunctions): Http {
  return async (request) => fromN8nResponse(await (new URL(request.url).searchParams.has('access_token') ? withCredential(context, request) : withoutCredential(context, request)));
}

function withCredential(context: IExecuteFunctions | ILoadOptionsFunctions, request: HttpRequest): Promise<unknown> {
  return context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, toN8nRequest(request)) as Promise<unknown>;
}

function withoutCredential(context: Context, request: HttpRequest): Promise<unknown> {
  return context.helpers.httpRequest(toN8nRequest(request)) as Promise<unknown>;
}

/** The same for a group robot, whose key core writes into each request. */
export function robotHttp(context: Context): Http {
  return async (request) => fromN8nResponse(await withoutCredential(context, request));
}
