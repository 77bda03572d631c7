import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { createRobot, createWecom, MediaUploads, messageTypes } from '../../core';
import { tokens } from '../../credentials/token-cache';
import { AlreadySent } from './already-sent';
import { contactLists } from './contact-lists';
import { executionHints, hasInvalidRecipients, invalidRecipientsError } from './execution-hints';
import { messageProperties } from './message-properties';
import { errorJson, toNodeError } from './node-errors';
import { operationFields, operationProperties } from './operation-properties';
import { SEND, SendTo } from './parameter-names';
import { readPanel } from './read-panel';
import type { PanelValues, Result } from './read-panel';
import { recipientProperties } from './recipient-properties';
import { CREDENTIAL, ROBOT_CREDENTIAL, robotHttp, wecomHttp } from './wecom-http';

/** Uploads of this n8n process: the same file is uploaded once while its media_id is valid. */
const uploads = new MediaUploads({ now: () => Date.now() });

const SUBTITLE_OF_SEND = '$parameter["msgtype"] + ({ everyone: " to everyone", chat: " to group chat", robot: " by group robot" }[$parameter["sendTo"]] || "")';

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
    properties: [...operationProperties, ...recipientProperties, ...messageProperties(messageTypes), ...operationFields(messageTypes)],
  };

  methods = { loadOptions: contactLists };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const items = this.getInputData();
    const alreadySent = new AlreadySent(this);
    const signal = this.getExecutionCancelSignal();
    const credentials = new Map<string, Promise<ICredentialDataDecryptedObject>>();
    const output: INodeExecutionData[] = [];
    const results: Result[] = [];
    const operation = this.getNodeParameter('operation', 0);

    // Read once for all items: each reading is a database query and a decryption.
    const credential = (name: string): Promise<ICredentialDataDecryptedObject> => {
      const reading = credentials.get(name) ?? this.getCredentials<ICredentialDataDecryptedObject>(name);
      credentials.set(name, reading);
      return reading;
    };

    const start = async ({ task, timeoutMs }: PanelValues): Promise<() => Promise<Result>> => {
      const options = signal && { signal };
      if (task.by === 'app') {
        const wecom = createWecom({ app: await credential(CREDENTIAL), http: wecomHttp(this), tokens, uploads, timeoutMs });
        return () => task.run(wecom, options);
      }
      const { secretWebhook: webhook, baseUrl } = await credential(ROBOT_CREDENTIAL);
      const robot = createRobot({ webhook, baseUrl, http: robotHttp(this), uploads, timeoutMs });
      return () => task.run(robot, options);
    };

    const perform = async (itemIndex: number): Promise<Result> => {
      const panel = await readPanel({ context: this, itemIndex }, messageTypes);
      let result = alreadySent.find(itemIndex);
      if (!result) {
        const run = await start(panel);
        const running = run();
        alreadySent.watch(itemIndex, running, panel.repeatable);
        result = await running;
      }
      results.push(result);
      if (panel.failOnInvalidRecipients && hasInvalidRecipients(result)) throw invalidRecipientsError(this.getNode(), result, operation, itemIndex);
      return result;
    };

    for (let itemIndex = 0; itemIndex < items.length; itemIndex += 1) {
      try {
        output.push({ json: { ...(await perform(itemIndex)) } as IDataObject, pairedItem: { item: itemIndex } });
      } catch (error) {
        const nodeError = toNodeError(this.getNode(), error, itemIndex);
        if (!this.continueOnFail() || signal?.aborted) throw nodeError;
        output.push({ json: errorJson(nodeError), pairedItem: { item: itemIndex } });
      }
    }
    const hints = executionHints(results, operation);
    if (hints.length > 0) this.addExecutionHints(...hints);
    return [output];
  }
}
