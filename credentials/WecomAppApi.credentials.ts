import type {
  IAuthenticate,
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  IHttpRequestHelper,
  INodeProperties,
  Icon,
} from 'n8n-workflow';

import { appWording, DEFAULT_TIMEOUT_MS, OFFICIAL_BASE_URL, parseApp } from '../core';
import type { WecomApp } from '../core';
import { withAccessToken } from './access-token-query';
import { requestByN8n, restoreSignal } from './http-request';
import { testRules } from './test-rules';
import { tokens } from './token-cache';

/** The token each set of credential values was given by `preAuthentication`, for `authenticate` of the same request. */
const granted = new WeakMap<ICredentialDataDecryptedObject, string>();

/**
 * Each set of credential values as the app it is: n8n hands over the same ones twice for each request, and for all
 * requests of a run.
 */
const apps = new WeakMap<ICredentialDataDecryptedObject, WecomApp>();

/** @throws WecomInputError naming every wrong setting */
function appOf(credentials: ICredentialDataDecryptedObject): WecomApp {
  const app = apps.get(credentials) ?? parseApp(credentials);
  apps.set(credentials, app);
  return app;
}

/**
 * A self-built app (自建应用) of a company. Also works in n8n's HTTP Request node, which then needs no token of its own.
 */
export class WecomAppApi implements ICredentialType {
  name = 'wecomAppApi';

  displayName = 'WeCom App API';

  icon: Icon = { light: 'file:../icons/wecom.svg', dark: 'file:../icons/wecom.dark.svg' };

  documentationUrl = 'https://github.com/wecom-flow/wecom-flow#credentials';

  properties: INodeProperties[] = [
    {
      displayName: 'Access Token',
      name: 'accessToken',
      type: 'hidden',
      // Stays empty for ever: that makes n8n call preAuthentication before every request, where the cache answers.
      // Used the usual way, n8n would write each token to its database and never notice that WeCom dropped it.
      typeOptions: { expirable: true, password: true },
      default: '',
    },
    {
      displayName: appWording.corpId.label.en,
      name: 'corpId',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'e.g. ww1234567890abcdef',
      description: appWording.corpId.help.en,
    },
    {
      displayName: appWording.agentId.label.en,
      name: 'agentId',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'e.g. 1000002',
      description: appWording.agentId.help.en,
    },
    {
      displayName: appWording.secret.label.en,
      name: 'secret',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: appWording.secret.help.en,
    },
    {
      displayName: appWording.baseUrl.label.en,
      name: 'baseUrl',
      type: 'string',
      default: OFFICIAL_BASE_URL,
      placeholder: `e.g. ${OFFICIAL_BASE_URL}`,
      description: appWording.baseUrl.help.en,
    },
    {
      displayName: appWording.processes.label.en,
      name: 'processes',
      type: 'number',
      typeOptions: { minValue: 1, numberPrecision: 0 },
      default: 1,
      description: appWording.processes.help.en,
    },
  ];

  /** @throws WecomApiError or WecomNetworkError, whose message says what to do, and which hold no secret. */
  async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
    const app = appOf(credentials);
    const token = await tokens.get(app, {
      http: (request) => requestByN8n(request, (options) => this.helpers.httpRequest(options) as Promise<unknown>),
      baseUrl: app.baseUrl,
      timeoutMs: DEFAULT_TIMEOUT_MS,
    });
    granted.set(credentials, token);
    return {};
  }

  authenticate: IAuthenticate = async (credentials, requestOptions) => {
    restoreSignal(requestOptions);
    const token = granted.get(credentials);
    return token === undefined ? requestOptions : withAccessToken(requestOptions, appOf(credentials).baseUrl, token);
  };

  /** Checks secret, agent ID and trusted IP at once (doc 90227). */
  test: ICredentialTestRequest = {
    request: {
      baseURL: `={{ $credentials.baseUrl.trim() || '${OFFICIAL_BASE_URL}' }}`,
      url: '/cgi-bin/agent/get',
      qs: { agentid: '={{ $credentials.agentId.toString().trim() }}' },
      timeout: DEFAULT_TIMEOUT_MS,
    },
    rules: testRules,
  };
}
