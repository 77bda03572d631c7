/**
 * n8n's own engine around our built package: its loader, its workflow execution, its HTTP helpers. What belongs to
 * n8n's server (credential storage, node catalogue) is played here, after n8n 2.41's `CredentialsHelper`.
 */
import './environment';

import { existsSync } from 'node:fs';
import path from 'node:path';

import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import { LoggerProxy, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  ICredentialsHelper,
  IHttpRequestOptions,
  IConnections,
  IDataObject,
  IExecuteFunctions,
  INode,
  INodeExecutionData,
  INodeParameters,
  INodeType,
  INodeTypes,
  IRun,
  IRunExecutionData,
  ITaskData,
  IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

export const PROJECT = path.resolve(__dirname, '..', '..');
export const NODE_TYPE = '@wecom-flow/n8n-nodes-wecom.sendWecomMessage';
export const CREDENTIAL_TYPE = 'wecomAppApi';
export const ROBOT_CREDENTIAL_TYPE = 'wecomGroupRobotApi';

/** Everything n8n logged, as one would find it in its log file. */
export const logged: string[] = [];
const capture = (...words: unknown[]): void => void logged.push(words.map((word) => inspectDeep(word)).join(' '));
const logger = { error: capture, warn: capture, info: capture, debug: capture, scoped: () => logger };
LoggerProxy.init(logger);
Container.set(Logger, logger as never);

/** Everything in a value, hidden properties of errors included. */
export function inspectDeep(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  return Reflect.ownKeys(value)
    .map((key) => `${String(key)}=${inspectDeep((value as Record<PropertyKey, unknown>)[key], seen)}`)
    .join('\n');
}

export interface Loaded {
  readonly node: INodeType;
  readonly credential: ICredentialType;
  readonly robotCredential: ICredentialType;
}

let loaded: Promise<Loaded> | undefined;

/** The package as n8n loads it from its folder. */
export function loadPackage(): Promise<Loaded> {
  loaded ??= (async () => {
    if (!existsSync(path.join(PROJECT, 'dist', 'nodes')))
      throw new Error('dist/ is missing: run "npm run build" first');
    const loader = new PackageDirectoryLoader(PROJECT);
    await loader.loadAll();
    return {
      node: loader.getNode('sendWecomMessage').type as INodeType,
      credential: loader.getCredential(CREDENTIAL_TYPE).type,
      robotCredential: loader.getCredential(ROBOT_CREDENTIAL_TYPE).type,
    };
  })();
  return loaded;
}

/** A node of the test's own. */
export function testNode(
  execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
  credentials: string[] = [],
): INodeType {
  return {
    description: {
      displayName: 'Test',
      name: 'test',
      group: ['input'],
      version: 1,
      description: '',
      defaults: {},
      inputs: [NodeConnectionTypes.Main],
      outputs: [NodeConnectionTypes.Main],
      credentials: credentials.map((name) => ({ name, required: true })),
      properties: [],
    },
    execute,
  };
}

export interface RunOptions {
  readonly nodes: INode[];
  readonly connections: IConnections;
  /** Node types beside ours, by name. */
  readonly types?: Readonly<Record<string, INodeType>>;
  /** What the person saved, by credential id. */
  readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
  /** Called with the running execution, to cancel it. */
  readonly started?: (execution: { cancel(): void }) => void;
  /** A failed execution, to go on from where it failed: what "Retry" does in n8n's list of executions. */
  readonly retryOf?: Run;
}

export interface Run {
  readonly data: IRun;
  /** What a node did, in its last run. */
  last(node: string): ITaskData;
  /** The items of an output of a node. */
  items(node: string, output?: number): INodeExecutionData[];
  /** How often n8n read a credential from its database. */
  readonly credentialReads: number;
}

export async function runWorkflow({
  nodes,
  connections,
  types = {},
  credentials,
  started,
  retryOf,
}: RunOptions): Promise<Run> {
  const { node: ours } = await loadPackage();
  const all: Record<string, INodeType> = { ...types, [NODE_TYPE]: ours };
  const nodeTypes: INodeTypes = {
    getByName: (name) => all[name] as INodeType,
    getByNameAndVersion: (name) => {
      const type = all[name];
      if (!type) throw new Error(`the test has no node type ${name}`);
      return type;
    },
    getKnownTypes: () => ({}),
  };
  const workflow = new Workflow({
    id: 'w1',
    name: 'test',
    nodes,
    connections,
    active: false,
    nodeTypes,
    settings: { executionOrder: 'v1' },
  });
  const { additionalData, reads } = await executionData(credentials);
  const execution = retryOf
    ? new WorkflowExecute(additionalData, 'retry', savedForRetry(retryOf, workflow)).processRunExecutionData(workflow)
    : new WorkflowExecute(additionalData, 'manual').run({ workflow, startNode: workflow.getNode(nodes[0]!.name)! });
  started?.({ cancel: () => execution.cancel() });
  const data = await execution;
  const last = (name: string): ITaskData => {
    const task = data.data.resultData.runData[name]?.at(-1);
    if (!task) throw new Error(`${name} did not run: ${data.data.resultData.error?.message ?? ''}`);
    return task;
  };
  return {
    data,
    last,
    items: (name, output = 0) => last(name).data?.['main']?.[output] ?? [],
    get credentialReads() {
      return reads();
    },
  };
}

/** A failed execution as n8n 2.41's `ExecutionService.retry` hands it to the engine, after it was in the database. */
function savedForRetry({ data: { data } }: Run, workflow: Workflow): IRunExecutionData {
  const saved = JSON.parse(JSON.stringify(data)) as IRunExecutionData;
  const { lastNodeExecuted, runData } = saved.resultData;
  delete saved.resultData.error;
  const runs = lastNodeExecuted === undefined ? undefined : runData[lastNodeExecuted];
  if (runs?.at(-1)?.error !== undefined) runs.pop();
  // "Retry with currently saved workflow".
  for (const waiting of saved.executionData!.nodeExecutionStack) waiting.node = workflow.getNode(waiting.node.name)!;
  return saved;
}

/** What n8n's server gives to every execution. */
export async function executionData(
  credentials: RunOptions['credentials'],
): Promise<{ additionalData: IWorkflowExecuteAdditionalData; reads(): number }> {
  let reads = 0;
  const helper = await credentialsHelper((id) => {
    reads += 1;
    const found = credentials[id];
    if (!found) throw new Error(`no credential ${id}`);
    return found;
  });
  const additionalData = {
    executionId: 'e1',
    credentialsHelper: helper,
    hooks: new ExecutionLifecycleHooks('manual', 'e1', {
      id: 'w1',
      name: 'test',
      nodes: [],
      connections: {},
      active: false,
      createdAt: new Date(),
      updatedAt: new Date(),
    } as never),
    currentNodeExecutionIndex: 0,
    currentNodeParameters: undefined,
    restApiUrl: 'http://127.0.0.1/rest',
    instanceBaseUrl: 'http://127.0.0.1',
    webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
    formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
    variables: {},
    setExecutionStatus: () => undefined,
    sendDataToUI: () => undefined,
    getRunExecutionData: async () => undefined,
  } as unknown as IWorkflowExecuteAdditionalData;
  return { additionalData, reads: () => reads };
}

async function credentialsHelper(read: (id: string) => ICredentialDataDecryptedObject): Promise<ICredentialsHelper> {
  const { credential, robotCredential } = await loadPackage();
  const byName = (name: string): ICredentialType => {
    const found = [credential, robotCredential].find((type) => type.name === name);
    if (!found) throw new Error(`the test has no credential type ${name}`);
    return found;
  };
  const helper: Partial<ICredentialsHelper> = {
    getParentTypes: () => [],
    isCredentialUsableByNode: () => true,
    getCredentialsProperties: (type) => byName(type).properties,
    getDecrypted: async (_data, details, type) =>
      NodeHelpers.getNodeParameters(
        byName(type).properties,
        read(details.id ?? '') as INodeParameters,
        true,
        false,
        null,
        null,
      ) as ICredentialDataDecryptedObject,
    authenticate: async (values, type, options) => {
      const { authenticate } = byName(type);
      return typeof authenticate === 'function'
        ? authenticate(values, options as IHttpRequestOptions)
        : (options as IHttpRequestOptions);
    },
    preAuthentication: async (helpers, values, type, _node, expired) => {
      const property = byName(type).properties.find(
        (entry) => entry.type === 'hidden' && entry.typeOptions?.expirable === true,
      );
      if (!property || !(values[property.name] === '' || expired)) return undefined;
      const output = (await byName(type).preAuthentication?.call(helpers, values)) ?? {};
      if (output[property.name] !== undefined) throw new Error('n8n would write this to its database');
      return undefined;
    },
    updateCredentials: async () => {
      throw new Error('nothing may be written to the database');
    },
  };
  return helper as ICredentialsHelper;
}

export interface SendOptions {
  readonly items?: readonly (IDataObject | INodeExecutionData)[];
  readonly parameters: INodeParameters;
  readonly credential: ICredentialDataDecryptedObject;
  /** For the destination "Group Robot". */
  readonly robot?: ICredentialDataDecryptedObject;
  /** Settings tab of the node: onError, retryOnFail … */
  readonly settings?: Partial<INode>;
  readonly started?: RunOptions['started'];
  readonly retryOf?: Run;
}

export const SEND = 'Send WeCom Message';

/** Runs `source → Send WeCom Message`. */
export async function send({
  items = [{}],
  parameters,
  credential,
  robot,
  settings = {},
  started,
  retryOf,
}: SendOptions): Promise<Run> {
  const source = items.map((item): INodeExecutionData =>
    'json' in item ? (item as INodeExecutionData) : { json: item },
  );
  return runWorkflow({
    nodes: [
      { id: '1', name: 'Source', type: 'test.source', typeVersion: 1, position: [0, 0], parameters: {} },
      {
        id: '2',
        name: SEND,
        type: NODE_TYPE,
        typeVersion: 1,
        position: [200, 0],
        parameters,
        credentials: {
          [CREDENTIAL_TYPE]: { id: 'c1', name: 'WeCom' },
          ...(robot && { [ROBOT_CREDENTIAL_TYPE]: { id: 'r1', name: 'Robot' } }),
        },
        ...settings,
      },
    ],
    connections: { Source: { main: [[{ node: SEND, type: NodeConnectionTypes.Main, index: 0 }]] } },
    types: { 'test.source': testNode(async () => [structuredClone(source)]) },
    credentials: { c1: credential, ...(robot && { r1: robot }) },
    ...(started && { started }),
    ...(retryOf && { retryOf }),
  });
}
