import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';

import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';

/** A sandbox for the tests of one file, forgetting everything between them. */
export function useSandbox(options?: Parameters<typeof startSandbox>[0]): { readonly sandbox: Sandbox } {
  const holder = {} as { sandbox: Sandbox };
  // A new one for each test: another port is another key of the token cache, which lives as long as the process.
  beforeEach(async () => {
    holder.sandbox = await startSandbox(options);
  });
  afterEach(() => holder.sandbox.close());
  return holder;
}

/** What a person types into the credential for an app of the sandbox. */
export function credentialOf({ company, url }: Sandbox, app = 0): ICredentialDataDecryptedObject {
  const { agentid, secret } = company.apps[app]!;
  return { corpId: company.corpId, agentId: String(agentid), secret, baseUrl: url };
}

/** What a person types into the credential for a robot of the sandbox: its whole webhook URL. */
export function robotCredentialOf({ company, url }: Sandbox, robot = 0): ICredentialDataDecryptedObject {
  return { secretWebhook: `${url}/cgi-bin/webhook/send?key=${company.robots[robot]!.key}` };
}

/** An item with a file, as the nodes before ours put it out. */
export function fileItem(file: Buffer, fileName: string | undefined, field = 'data', json = {}): INodeExecutionData {
  return {
    json,
    binary: {
      [field]: {
        data: file.toString('base64'),
        mimeType: 'application/octet-stream',
        ...(fileName !== undefined && { fileName }),
      },
    },
  };
}

/** To one member, by ID: what most tests need. */
export const toZhangsan = { recipientsFrom: 'ids', touser: 'zhangsan' };
export const hello = { ...toZhangsan, msgtype: 'text', content: 'hello' };
