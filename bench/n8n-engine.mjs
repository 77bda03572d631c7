/**
 * n8n's own engine around our built node and, where a real n8n is installed, n8n's HTTP Request node; with what n8n's
 * server gives to both.
 */
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PROJECT } from '../scripts/run.mjs';

const OURS = 'bench.wecom';
/** n8n lets the node of this name use any credential. */
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

export const SENDERS = {
  /** The panel as most people fill it in: to whom and what out of the items, the rest as it is. */
  ours: () => ({
    type: OURS,
    typeVersion: 1,
    parameters: { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'text', content: '={{ $json.text }}' },
  }),
  /** The same messages, with the same credential. */
  httpRequest: (url) => ({
    type: HTTP_REQUEST,
    typeVersion: 4.2,
    parameters: {
      method: 'POST',
      url: `${url}/cgi-bin/message/send`,
      authentication: 'predefinedCredentialType',
      nodeCredentialType: 'wecomAppApi',
      sendBody: true,
      specifyBody: 'json',
      jsonBody:
        '={{ JSON.stringify({ touser: $json.to, msgtype: "text", agentid: 1000002, text: { content: $json.text } }) }}',
      options: {},
    },
  }),
  /** One and the same file for everybody. */
  file: () => ({
    type: OURS,
    typeVersion: 1,
    parameters: { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'file', media_id_binary: 'data' },
  }),
};

/**
 * @param {string} [tools]  the folder n8n is installed in
 * @returns {{ run(url: string, sender: object, items: object[]): Promise<void>, storeFile(bytes: Buffer):
 *   Promise<object>, close(): void }}
 *          `url` is that of the server that plays WeCom
 */
// One engine put together in the order n8n does it: parts of it alone would mean nothing.
// eslint-disable-next-line max-lines-per-function
export async function n8nEngine(tools) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wecom-flow-bench-n8n-'));
  // Read by n8n-core when it is loaded.
  Object.assign(process.env, { N8N_USER_FOLDER: folder, N8N_DIAGNOSTICS_ENABLED: 'false' });
  // As n8n itself loads them: all of them with one `require`, so that each exists once.
  const require = createRequire(import.meta.url);
  const { Container } = require('@n8n/di');
  const { Logger } = require('@n8n/backend-common');
  const { BinaryDataService, ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } = require('n8n-core');
  const { LoggerProxy, NodeHelpers, Workflow } = require('n8n-workflow');
  const silent = () => undefined;
  const logger = { error: silent, warn: silent, info: silent, debug: silent, scoped: () => logger };
  LoggerProxy.init(logger);
  Container.set(Logger, logger);
  const loader = new PackageDirectoryLoader(PROJECT);
  await loader.loadAll();
  const credential = loader.getCredential('wecomAppApi').type;
  const source = {
    description: {
      displayName: 'Items',
      name: 'items',
      group: ['input'],
      version: 1,
      description: '',
      defaults: {},
      inputs: ['main'],
      outputs: ['main'],
      properties: [],
    },
  };
  const types = { 'bench.items': source, [OURS]: loader.getNode('sendWecomMessage').type };
  if (tools)
    types[HTTP_REQUEST] = new (createRequire(path.join(tools, 'package.json'))(
      'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
    ).HttpRequest)();
  const values = { corpId: 'ww0000000000000001', agentId: '1000002', secret: 'bench' };
  const additionalData = (baseUrl) => ({
    executionId: 'e1',
    credentialsHelper: {
      getParentTypes: () => [],
      isCredentialUsableByNode: () => true,
      getCredentialsProperties: () => credential.properties,
      getDecrypted: async () =>
        NodeHelpers.getNodeParameters(credential.properties, { ...values, baseUrl }, true, false, null, null),
      authenticate: async (given, _type, options) => credential.authenticate(given, options),
      preAuthentication: async (helpers, given) => void (await credential.preAuthentication.call(helpers, given)),
    },
    hooks: new ExecutionLifecycleHooks('trigger', 'e1', {
      id: 'w1',
      name: 'bench',
      nodes: [],
      connections: {},
      active: false,
    }),
    currentNodeExecutionIndex: 0,
    restApiUrl: 'http://127.0.0.1/rest',
    instanceBaseUrl: 'http://127.0.0.1',
    webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
    formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
    variables: {},
    setExecutionStatus: silent,
    sendDataToUI: silent,
    getRunExecutionData: async () => undefined,
  });
  const typeOf = (name, version) => NodeHelpers.getVersionedNodeType(types[name], version);
  const nodeTypes = { getByName: (name) => types[name], getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
  const credentials = { wecomAppApi: { id: 'c1', name: 'WeCom' } };

  async function run(url, sender, items) {
    source.execute = async () => [items];
    const workflow = new Workflow({
      id: 'w1',
      name: 'bench',
      nodes: [
        { id: '1', name: 'Items', type: 'bench.items', typeVersion: 1, position: [0, 0], parameters: {} },
        { id: '2', name: 'Send', position: [0, 0], credentials, ...sender },
      ],
      connections: { Items: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
      active: false,
      nodeTypes,
      settings: { executionOrder: 'v1' },
    });
    const result = await new WorkflowExecute(additionalData(url), 'trigger').run({
      workflow,
      startNode: workflow.getNode('Items'),
    });
    const sent = result.data.resultData.runData['Send']?.[0]?.data?.main[0] ?? [];
    if (result.status !== 'success' || sent.length !== items.length || sent.some(({ json }) => json.errcode !== 0))
      throw new Error(`the run failed: ${result.data.resultData.error?.message ?? `${sent.length} items`}`);
  }

  /** As n8n keeps files that nodes put out: on disk, the item names them. */
  async function storeFile(bytes) {
    const service = Container.get(BinaryDataService);
    await service.init();
    return service.store({ type: 'execution', workflowId: 'w1', executionId: 'e1' }, bytes, {
      mimeType: 'application/octet-stream',
      fileName: 'report.bin',
      data: '',
    });
  }

  return { run, storeFile, close: () => rmSync(folder, { recursive: true, force: true }) };
}
