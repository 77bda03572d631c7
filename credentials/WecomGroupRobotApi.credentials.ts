import type { IAuthenticate, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { appWording, DEFAULT_TIMEOUT_MS, OFFICIAL_BASE_URL, parseRobot, robotWording } from '../core';
import { withRobotKey } from './robot-key-query';
import { robotTestRules } from './test-rules';

/** What stands before the path in a whole webhook URL; else the base URL. */
const BASE_OF_WEBHOOK = '$credentials.secretWebhook.trim().split(/[/]cgi-bin[/]webhook[/]/i)[0]';

/**
 * A group robot (群机器人, 消息推送): whoever has its webhook address can send to its group. Also works in n8n's HTTP Request
 * node.
 */
export class WecomGroupRobotApi implements ICredentialType {
  name = 'wecomGroupRobotApi';

  displayName = 'WeCom Group Robot API';

  icon: Icon = { light: 'file:../icons/wecom.svg', dark: 'file:../icons/wecom.dark.svg' };

  documentationUrl = 'https://github.com/wecom-flow/wecom-flow#credentials';

  properties: INodeProperties[] = [
    {
      displayName: robotWording.webhook.label.en,
      // Named for what n8n's rules call a secret: who has the webhook can send.
      name: 'secretWebhook',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: robotWording.webhook.help.en,
    },
    {
      displayName: appWording.baseUrl.label.en,
      name: 'baseUrl',
      type: 'string',
      default: OFFICIAL_BASE_URL,
      placeholder: `e.g. ${OFFICIAL_BASE_URL}`,
      description: `${appWording.baseUrl.help.en}. A whole webhook URL brings its own address.`,
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

  /** @throws WecomInputError, which names what is wrong and holds no key. */
  authenticate: IAuthenticate = async (credentials, requestOptions) =>
    withRobotKey(
      requestOptions,
      parseRobot({ webhook: credentials['secretWebhook'], baseUrl: credentials['baseUrl'] }),
    );

  /**
   * An empty message: WeCom looks at the key before it refuses the message, so nothing is ever delivered (doc 99110).
   */
  test: ICredentialTestRequest = {
    request: {
      baseURL: `={{ /^https?:/i.test($credentials.secretWebhook.trim()) ? ${BASE_OF_WEBHOOK} : ($credentials.baseUrl.trim() || '${OFFICIAL_BASE_URL}').replace(/(?<![/])[/]+$/, '') }}`,
      url: '/cgi-bin/webhook/send',
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: {},
      timeout: DEFAULT_TIMEOUT_MS,
    },
    rules: robotTestRules,
  };
}
