import type { ICredentialDataDecryptedObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Http, HttpRequest } from '../../core';
import { fromN8nResponse, toN8nRequest } from '../../credentials/http-request';

type Context = Pick<IExecuteFunctions | ILoadOptionsFunctions, 'helpers'>;

/** The node's credentials: an app for everything but the group robot, which has one of its own. */
export const CREDENTIAL = 'wecomAppApi';
export const ROBOT_CREDENTIAL = 'wecomGroupRobotApi';

interface Requests {
  /** Ends requests that are under way. The signals of core only hold back what has not begun. */
  readonly signal?: AbortSignal | undefined;
}

/** n8n as the network of core. Only gettoken goes without a token, and so without the credential's authentication. */
export function wecomHttp(context: IExecuteFunctions | ILoadOptionsFunctions, { signal, credential }: Requests & { readonly credential: ICredentialDataDecryptedObject }): Http {
  const options = { credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: credential } };
  return async (request) => {
    const own = toN8nRequest(withSignal(request, signal));
    if (!/[?&]access_token=/.test(request.url)) return fromN8nResponse(await context.helpers.httpRequest(own));
    // Left alone, n8n would read the credential from its database for each request.
    return fromN8nResponse(await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, own, options));
  };
}

/** The same for a group robot, whose key core writes into each request. */
export function robotHttp(context: Context, { signal }: Requests = {}): Http {
  return async (request) => fromN8nResponse(await context.helpers.httpRequest(toN8nRequest(withSignal(request, signal))));
}

function withSignal({ signal: _, ...request }: HttpRequest, signal: AbortSignal | undefined): HttpRequest {
  return { ...request, ...(signal && { signal }) };
}
