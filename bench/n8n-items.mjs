/** A run of the n8n node over many items, through n8n's own engine, against a server that takes its time. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { PROJECT } from '../scripts/run.mjs';
import { median } from './figures.mjs';

const ITEMS = 200;
const SERVER_DELAY_MS = 50;
const AT_ONCE = 8;
const ROUNDS = 5;
const GOAL_MS = 1600;

/** 200 items to 200 members: one after the other, they take 10 s. In a process of its own, because n8n's engine does not leave one. */
export async function n8nItems() {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url)], { cwd: PROJECT });
  return JSON.parse(stdout);
}

async function measure() {
  const folder = mkdtempSync(path.join(tmpdir(), 'wecom-flow-bench-n8n-'));
  // Read by n8n-core when it is loaded.
  Object.assign(process.env, { N8N_USER_FOLDER: folder, N8N_DIAGNOSTICS_ENABLED: 'false' });
  const server = await slowWecom();
  try {
    const run = await engine(server.url);
    const times = { [SERVER_DELAY_MS]: [], 0: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const delay of [SERVER_DELAY_MS, 0]) {
        server.delayMs = delay;
        const start = performance.now();
        await run(round * 2 + (delay === 0 ? 1 : 0));
        if (round > 0) times[delay].push(performance.now() - start); // the first round warms up
      }
    }
    const [slow, own] = [median(times[SERVER_DELAY_MS]), median(times[0])];
    return [
      { what: `n8n node, ${ITEMS} items to ${ITEMS} members, ${SERVER_DELAY_MS} ms server delay`, value: slow, unit: 'ms', goal: `≤ ${GOAL_MS} ms`, met: slow <= GOAL_MS },
      { what: `  waiting for the server, ${AT_ONCE} at once`, value: Math.ceil(ITEMS / AT_ONCE) * SERVER_DELAY_MS, unit: 'ms' },
      { what: '  the same items with a server that answers at once', value: own, unit: 'ms' },
    ];
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Not the sandbox: it shares our thread here, and must cost next to nothing. */
async function slowWecom() {
  const state = { delayMs: 0, url: '', close: () => http.close() };
  const http = createServer((request, response) => {
    const isToken = request.url.includes('/gettoken');
    request.resume().on('end', () => {
      const answer = () => response.setHeader('content-type', 'application/json').end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...(isToken ? { access_token: 'token', expires_in: 7200 } : { msgid: 'm' }) }));
      if (isToken || state.delayMs === 0) answer();
      else setTimeout(answer, state.delayMs);
    });
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${http.address().port}`;
  return state;
}

/** A workflow `items → Send WeCom Message` in n8n's engine, with what n8n's server gives to it. */
async function engine(url) {
  // As n8n itself loads them: all of them with one `require`, so that each exists once.
  const require = createRequire(import.meta.url);
  const { Container } = require('@n8n/di');
  const { Logger } = require('@n8n/backend-common');
  const { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } = require('n8n-core');
  const { LoggerProxy, NodeHelpers, Workflow } = require('n8n-workflow');
  const silent = () => undefined;
  const logger = { error: silent, warn: silent, info: silent, debug: silent, scoped: () => logger };
  LoggerProxy.init(logger);
  Container.set(Logger, logger);
  const loader = new PackageDirectoryLoader(PROJECT);
  await loader.loadAll();
  const node = loader.getNode('sendWecomMessage').type;
  const credential = loader.getCredential('wecomAppApi').type;
  const source = { description: { displayName: 'Items', name: 'items', group: ['input'], version: 1, description: '', defaults: {}, inputs: ['main'], outputs: ['main'], properties: [] } };
  const types = { 'bench.items': source, 'bench.wecom': node };
  const values = { corpId: 'ww0000000000000001', agentId: '1000002', secret: 'bench', baseUrl: url };
  const additionalData = () => ({
    executionId: 'e1',
    credentialsHelper: {
      getParentTypes: () => [],
      isCredentialUsableByNode: () => true,
      getCredentialsProperties: () => credential.properties,
      getDecrypted: async () => NodeHelpers.getNodeParameters(credential.properties, values, true, false, null, null),
      authenticate: async (given, _type, options) => credential.authenticate(given, options),
      preAuthentication: async (helpers, given) => void (await credential.preAuthentication.call(helpers, given)),
    },
    hooks: new ExecutionLifecycleHooks('trigger', 'e1', { id: 'w1', name: 'bench', nodes: [], connections: {}, active: false }),
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
  const nodeTypes = { getByName: (name) => types[name], getByNameAndVersion: (name) => types[name], getKnownTypes: () => ({}) };
  return async (round) => {
    // Members of their own in each round: otherwise WeCom's limit of 30 messages a minute per member would be kept by waiting.
    source.execute = async () => [Array.from({ length: ITEMS }, (_, index) => ({ json: { to: `u${round}-${index}`, text: `Build ${index} is done: 中文内容` } }))];
    const parameters = { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'text', content: '={{ $json.text }}' };
    const workflow = new Workflow({
      id: 'w1',
      name: 'bench',
      nodes: [
        { id: '1', name: 'Items', type: 'bench.items', typeVersion: 1, position: [0, 0], parameters: {} },
        { id: '2', name: 'Send', type: 'bench.wecom', typeVersion: 1, position: [0, 0], parameters, credentials: { wecomAppApi: { id: 'c1', name: 'WeCom' } } },
      ],
      connections: { Items: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
      active: false,
      nodeTypes,
      settings: { executionOrder: 'v1' },
    });
    const result = await new WorkflowExecute(additionalData(), 'trigger').run({ workflow, startNode: workflow.getNode('Items') });
    const sent = result.data.resultData.runData['Send']?.[0]?.data?.main[0]?.length;
    if (result.status !== 'success' || sent !== ITEMS) throw new Error(`the run failed: ${result.data.resultData.error?.message ?? `${sent} items`}`);
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await measure()));
  process.exit();
}
