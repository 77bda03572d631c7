import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { messageTypes } from '../../core';
import { contactLists } from './panel/contact-lists';
import { messageProperties } from './panel/message-properties';
import { operationFields, operationProperties } from './panel/operation-properties';
import { SEND, SendTo } from './panel/parameter-names';
import { recipientProperties } from './panel/recipient-properties';
import { ItemsRun } from './run/run-items';
import { CREDENTIAL, ROBOT_CREDENTIAL } from '../host/wecom-http';

const SUBTITLE_OF_SEND =
  '$parameter["msgtype"] + ({ everyone: " to everyone", chat: " to group chat", robot: " by group robot" }[$parameter["sendTo"]] || "")';

export class SendWecomMessage implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Send WeCom Message',
    name: 'sendWecomMessage',
    icon: { light: 'file:../../icons/wecom.svg', dark: 'file:../../icons/wecom.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: `={{ $parameter["operation"] === "${SEND}" ? ${SUBTITLE_OF_SEND} : $parameter["operation"] }}`,
    description: 'Send, recall and update messages, and manage group chats, in WeCom (企业微信, WeChat Work)',
    defaults: { name: 'Send WeCom Message' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      { name: CREDENTIAL, required: true, displayOptions: { hide: { sendTo: [SendTo.Robot] } } },
      { name: ROBOT_CREDENTIAL, required: true, displayOptions: { show: { sendTo: [SendTo.Robot] } } },
    ],
    properties: [
      ...operationProperties,
      ...recipientProperties,
      ...messageProperties(messageTypes),
      ...operationFields(messageTypes),
    ],
  };

  methods = { loadOptions: contactLists };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [await new ItemsRun(this).run()];
  }
}
