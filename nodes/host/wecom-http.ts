import type {
  ICredentialDataDecryptedObject,
  IExecuteFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
} from 'n8n-workflow';

import type { Http, HttpRequest } from '../../core';
import { requestByN8n } from '../../credentials/http-request';
import { inTurn } from './turns';

type Context = Pick<IExecuteFunctions | ILoadOptionsFunctions, 'helpers'>;

/** The node's credentials: an app for everything but the group robot, which has one of its own. */
export const CREDENTIAL = 'wecomAppApi';
export const ROBOT_CREDENTIAL = 'wecomGroupRobotApi';

interface Requests {
  /** Ends requests that are under way. The signals of core only hold back what has not begun. */
  readonly signal?: AbortSignal | undefined;
}

/** n8n as the network of core. Only gettoken goes without a token, and so without the credential's authentication. */
export function wecomHttp(
  context: IExecuteFunctions | ILoadOptionsFunctions,
  { signal, credential }: Requests & { readonly credential: ICredentialDataDecryptedObject },
): Http {
  // Left alone, n8n would read the credential from its database for each request.
  const known = { credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: credential } };
  const withCredential = (options: IHttpRequestOptions) =>
    context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options, known) as Promise<unknown>;
  const plain = withoutCredential(context);
  return (request) => {
    // Other executions may wait for the same token: it is not theirs that was cancelled.
    if (!/[?&]access_token=/.test(request.url))
      return inTurn(() => requestByN8n(withSignal(request, undefined), plain));
    return inTurn(() => requestByN8n(withSignal(request, signal), withCredential));
  };
}

function withoutCredential(context: Context): (options: IHttpRequestOptions) => Promise<unknown> {
  return (options) => context.helpers.httpRequest(options) as Promise<unknown>;
}

/** The same for a group robot, whose key core writes into each request. */
export function robotHttp(context: Context, { signal }: Requests = {}): Http {
  const plain = withoutCredential(context);
  return (request) => inTurn(() => requestByN8n(withSignal(request, signal), plain));
}

function withSignal({ signal: _, ...request }: HttpRequest, signal: AbortSignal | undefined): HttpRequest {
  return { ...request, ...(signal && { signal }) };
}
