import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { createWecom, hasUndelivered, MediaUploads, messageTypes } from '../../core';
import type { SendResult } from '../../core';
import { tokens } from '../../credentials/token-cache';
import { AlreadySent } from './already-sent';
import { contactLists } from './contact-lists';
import { invalidRecipientsError, invalidRecipientsHint } from './invalid-recipients';
import { messageProperties } from './message-properties';
import { errorJson, toNodeError } from './node-errors';
import { readPanel } from './read-message';
import { recipientProperties } from './recipient-properties';
import { CREDENTIAL, wecomHttp } from './wecom-http';

/** Uploads of this n8n process: the same file is uploaded once while its media_id is valid. */
const uploads = new MediaUploads({ now: () => Date.now() });

export class SendWecomMessage implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Send WeCom Message',
    name: 'sendWecomMessage',
    icon: { light: 'file:../../icons/wecom.svg', dark: 'file:../../icons/wecom.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["msgtype"] + ($parameter["sendTo"] === "everyone" ? " to everyone" : "") }}',
    description: 'Send messages to the members of a company in WeCom (企业微信, WeChat Work)',
    defaults: { name: 'Send WeCom Message' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: CREDENTIAL, required: true }],
    properties: [...recipientProperties, ...messageProperties(messageTypes)],
  };

  methods = { loadOptions: contactLists };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const items = this.getInputData();
    const alreadySent = new AlreadySent(this);
    const signal = this.getExecutionCancelSignal();
    let credentials: Promise<ICredentialDataDecryptedObject> | undefined;
    const output: INodeExecutionData[] = [];
    const results: SendResult[] = [];

    const send = async (itemIndex: number): Promise<SendResult> => {
      const { message, failOnInvalidRecipients, timeoutMs } = await readPanel(this, itemIndex, messageTypes);
      let result = alreadySent.find(itemIndex);
      if (!result) {
        // Read once for all items: each reading is a database query and a decryption.
        credentials ??= this.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
        const wecom = createWecom({ app: await credentials, http: wecomHttp(this), tokens, uploads, timeoutMs });
        const sending = wecom.send(message, signal && { signal });
        alreadySent.watch(itemIndex, sending, Boolean(message['enable_duplicate_check']));
        result = await sending;
      }
      results.push(result);
      if (failOnInvalidRecipients && hasUndelivered(result)) throw invalidRecipientsError(this.getNode(), result, itemIndex);
      return result;
    };

    for (let itemIndex = 0; itemIndex < items.length; itemIndex += 1) {
      try {
        output.push({ json: { ...(await send(itemIndex)) }, pairedItem: { item: itemIndex } });
      } catch (error) {
        const nodeError = toNodeError(this.getNode(), error, itemIndex);
        if (!this.continueOnFail() || signal?.aborted) throw nodeError;
        output.push({ json: errorJson(nodeError), pairedItem: { item: itemIndex } });
      }
    }
    const hints = invalidRecipientsHint(results);
    if (hints.length > 0) this.addExecutionHints(...hints);
    return [output];
  }
}
