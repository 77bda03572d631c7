import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startSandbox } from '../../sandbox';
import type { Sandbox, SandboxMessage } from '../../sandbox';

const PACKAGE = path.resolve(__dirname, '../../node-red');

/** A node of a flow, as Node-RED gives it to tests. */
export interface FlowNode {
  readonly id: string;
  on(event: string, listener: (...values: never[]) => void): void;
  receive(msg: object): void;
  close(removed: boolean): Promise<void>;
  readonly status: { readonly args: readonly [Shown][] };
  readonly error: { readonly args: readonly unknown[][] };
}

export interface Shown {
  readonly fill?: string;
  readonly shape?: string;
  /** A key of the catalogue, and behind it what its words are filled with. */
  readonly text?: string;
  readonly code?: string;
  readonly message?: string;
}

export type FlowMessage = Record<string, unknown> & { payload?: unknown; error?: FlowFailure };

export interface FlowFailure {
  readonly message: string;
  readonly code: string | number;
  readonly cause: Record<string, unknown>;
  readonly source: { readonly id: string };
}

interface Helper {
  init(runtime: string, settings?: object): void;
  startServer(done: (error?: Error) => void): void;
  stopServer(done: (error?: Error) => void): void;
  load(nodes: unknown[], flow: object[], credentials: object, done: (error?: Error) => void): void;
  unload(): Promise<void>;
  setFlows(flow: object[], type: string, credentials: object): Promise<void>;
  readonly _events: { prependOnceListener(event: string, listener: () => void): void; emit(event: string): void };
  getNode(id: string): FlowNode;
  settings(settings: object): object;
  request(): {
    post(path: string): {
      send(body: object): Promise<{ status: number; body: Record<string, unknown>; text: string }>;
    };
  };
  log(): { args: [{ level: number; msg: unknown; id?: string }][] };
}

interface Flows {
  stopFlows(): Promise<void>;
  startFlows(type: string): Promise<void>;
}

interface Hooks {
  add(id: string, listener: (event: { readonly source: { readonly id: string } }) => void): void;
  remove(id: string): void;
}

// Errors are in the language of the server.
process.env['LC_ALL'] = 'C';
const helper = loadHelper();

/**
 * Ends a flow for good: what it has not finished does not come into the next one, as it would if the flows were only
 * stopped.
 */
async function unload(): Promise<void> {
  await helper.unload();
  helper._events.emit('flows:started');
}

function loadHelper(): Helper {
  if (!existsSync(path.join(PACKAGE, 'dist/wecom-send.js')))
    throw new Error('node-red/dist is missing: run "npm run build" first');
  const loaded = jest.requireActual<Helper>('node-red-node-test-helper');
  loaded.init(require.resolve('node-red'));
  return loaded;
}

/** A node or tab as it stands in a flow. */
export interface FlowPart {
  readonly id?: string;
  readonly type?: string;
  readonly z?: string;
}

/** What a test sends with: the node under test, between a Catch, a Complete and a plain node. */
export interface RunningFlow {
  /** The newest instance. */
  readonly node: FlowNode;
  /** What came out of the node's output, of the Catch and of the Complete node. */
  readonly sent: FlowMessage[];
  readonly caught: FlowMessage[];
  readonly completed: FlowMessage[];
  /** What stood under the node, oldest first, with colour and code: `green dot wecom-send.status.sent`. */
  statuses(): string[];
  /** Sends a message and waits until it was sent on or caught. */
  run(msg?: FlowMessage): Promise<FlowMessage>;
  /** Waits until so many messages were sent on or caught. */
  settled(count: number, timeoutMs?: number): Promise<void>;
  /** Waits until the node under test shows this status. */
  shown(status: string, timeoutMs?: number): Promise<void>;
  /**
   * Deploys the flow again, with other properties for the node under test if given; `null`: without that node; or as
   * the function makes it. Resolves when it has started.
   */
  redeploy(
    changes?: object | null | ((flow: readonly FlowPart[]) => readonly object[]),
    type?: 'full' | 'flows' | 'nodes',
  ): Promise<void>;
  /**
   * Stops the flows in the turn in which this node sends something on, before Node-RED has carried it anywhere; and
   * starts them again.
   */
  stopWith(source: string, restart?: boolean): Promise<void>;
}

/** Node-RED takes nodes without a place for config nodes, which start before the others. */
export const PLACE = { x: 0, y: 0 };

export const SECRET = 'sandbox-secret-1000002';

export function appNode(sandbox: Pick<Sandbox, 'url' | 'company'>, overrides: object = {}): Record<string, unknown> {
  return {
    id: 'app',
    type: 'wecom-app',
    name: '',
    corpId: sandbox.company.corpId,
    agentId: '1000002',
    baseUrl: sandbox.url,
    proxy: '',
    timeout: '5',
    ...overrides,
  };
}

/** A group robot of the sandbox; its credential is a `robotWebhook`. */
export function robotNode(overrides: object = {}): Record<string, unknown> {
  return { id: 'robot', type: 'wecom-robot', name: '', baseUrl: '', proxy: '', timeout: '5', ...overrides };
}

export function robotWebhook(sandbox: Pick<Sandbox, 'url' | 'company'>, index = 0): string {
  return `${sandbox.url}/cgi-bin/webhook/send?key=${sandbox.company.robots[index]?.key ?? ''}`;
}

/** A `wecom-send` node; text to zhangsan from msg.payload unless told otherwise. */
export function sendNode(overrides: object = {}): Record<string, unknown> {
  return {
    id: 'send',
    type: 'wecom-send',
    z: 'flow',
    ...PLACE,
    name: '',
    app: 'app',
    to: 'named',
    msgtype: 'text',
    fields: { touser: str('zhangsan') },
    failOnUndelivered: false,
    wires: [['out']],
    ...overrides,
  };
}

export const str = (value: string) => ({ type: 'str', value });
export const from = (type: string, value: string) => ({ type, value });

/** Every test file runs one sandbox and one Node-RED runtime, reset for each test. */
export function nodeRedWithSandbox(options: { extraMembers?: number } = {}) {
  const running = {} as { sandbox: Sandbox; userDir: string };

  beforeAll(async () => {
    running.sandbox = await startSandbox({ port: 0, ...options });
    running.userDir = await mkdtemp(path.join(tmpdir(), 'wecom-node-red-'));
    helper.settings({ userDir: running.userDir, fileWorkingDirectory: running.userDir });
    await new Promise<void>((resolve, reject) => helper.startServer((error) => (error ? reject(error) : resolve())));
  });
  afterEach(async () => {
    await unload();
    running.sandbox.reset(options);
    await rm(path.join(running.userDir, '.wecom-tokens'), { recursive: true, force: true });
    await rm(path.join(running.userDir, '.wecom-sending'), { recursive: true, force: true });
  });
  afterAll(async () => {
    await new Promise<void>((resolve, reject) => helper.stopServer((error) => (error ? reject(error) : resolve())));
    await running.sandbox.close();
    await rm(running.userDir, { recursive: true, force: true });
  });

  return {
    get sandbox() {
      return running.sandbox;
    },
    get userDir() {
      return running.userDir;
    },
    load: loadFlow,
    unload,
    request: () => helper.request(),
    getNode: (id: string) => helper.getNode(id),
    /** Everything Node-RED logged since the flow was loaded, as text. */
    logged: () => JSON.stringify(helper.log().args),
    /** Loads the usual flow: one app, one robot, one `wecom-send`, Catch and Complete. */
    async start({
      app = {},
      send = {},
      secret = SECRET,
      webhook = robotWebhook(running.sandbox),
      more = [] as object[],
    } = {}): Promise<RunningFlow> {
      return loadFlow([appNode(running.sandbox, app), robotNode(), sendNode({ robot: 'robot', ...send }), ...more], {
        app: { secret },
        robot: { webhook },
      });
    },
    lastMessage(): SandboxMessage {
      const message = running.sandbox.messages().at(-1);
      if (!message) throw new Error('WeCom received no message');
      return message;
    },
  };
}

/** Loads nodes and puts an output, a Catch and a Complete node beside the one that is called `id`. */
async function loadFlow(nodes: readonly object[], credentials: object, id = 'send'): Promise<RunningFlow> {
  const tab = (nodes as readonly { id?: string; z?: string }[]).find((node) => node.id === id)?.z ?? 'flow';
  // The test helper registers the Catch type once for each Catch node, and twice is an error.
  const hasOwn = (nodes as readonly { type?: string }[]).some((node) => node.type === 'catch');
  const flow = [
    ...(tab === 'flow' ? [{ id: 'flow', type: 'tab', label: 'test' }] : []),
    ...nodes,
    { id: 'out', type: 'helper', z: tab, ...PLACE },
    ...(hasOwn
      ? []
      : [
          { id: 'on-error', type: 'catch', z: tab, ...PLACE, scope: null, wires: [['caught']] },
          { id: 'on-complete', type: 'complete', z: tab, ...PLACE, scope: [id], wires: [['completed']] },
        ]),
    { id: 'caught', type: 'helper', z: tab, ...PLACE },
    { id: 'completed', type: 'helper', z: tab, ...PLACE },
  ];
  await new Promise<void>((resolve, reject) =>
    helper.load(builtNodes(), flow, credentials, (error) => (error ? reject(error) : resolve())),
  );
  const sent: FlowMessage[] = [];
  const caught: FlowMessage[] = [];
  const completed: FlowMessage[] = [];
  let wake: () => void = () => undefined;
  const collect = (list: FlowMessage[]) => (msg: FlowMessage) => {
    list.push(msg);
    wake();
  };
  const attached = new Set<unknown>();
  const attach = () => {
    for (const [name, list] of [
      ['out', sent],
      ['caught', caught],
      ['completed', completed],
    ] as const) {
      const collector = helper.getNode(name) as FlowNode | null;
      if (collector && !attached.has(collector)) collector.on('input', collect(list));
      attached.add(collector);
    }
  };
  attach();
  let current: readonly object[] = flow;
  const settled = async (count: number, timeoutMs = 8_000) => {
    const deadline = Date.now() + timeoutMs;
    while (sent.length + caught.length < count) {
      if (Date.now() > deadline) throw new Error(`only ${sent.length} sent and ${caught.length} caught of ${count}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 200);
      });
    }
    // A message that went both ways, or twice, shows only now.
    await new Promise((resolve) => setTimeout(resolve, 30));
  };
  /** A sentence of the error stands for the state that the code names. */
  const stateOf = ({ text, code }: Shown) => text?.split(' ')[0]?.replace(/\.told$/, `.${code}`);
  const statuses = () =>
    helper.getNode(id).status.args.map(([shown]) => `${shown.fill} ${shown.shape} ${stateOf(shown)}`);
  return {
    get node() {
      return helper.getNode(id);
    },
    sent,
    caught,
    completed,
    statuses,
    settled,
    async shown(status, timeoutMs = 8_000) {
      for (
        const deadline = Date.now() + timeoutMs;
        statuses().at(-1) !== status;
        await new Promise((resolve) => setTimeout(resolve, 10))
      ) {
        if (Date.now() > deadline) throw new Error(`the node shows ${statuses().join(', ')}`);
      }
    },
    async redeploy(changes = {}, type = 'full') {
      current =
        typeof changes === 'function'
          ? changes(current.map((node) => ({ ...node })))
          : (current as FlowPart[]).flatMap((node) =>
              node.id !== id ? [{ ...node }] : changes === null ? [] : [{ ...node, ...changes }],
            );
      // Before the node under test hears of it.
      helper._events.prependOnceListener('flows:started', attach);
      await helper.setFlows([...current], type, credentials);
    },
    async stopWith(source, restart = true) {
      const flows = jest.requireActual<Flows>('@node-red/runtime/lib/flows');
      const { hooks } = jest.requireActual<{ hooks: Hooks }>('@node-red/util');
      await new Promise<void>((resolve, reject) =>
        hooks.add('postDeliver.stop', (event) => {
          if (event.source.id !== source) return;
          hooks.remove('postDeliver.stop');
          queueMicrotask(() => void flows.stopFlows().then(resolve, reject));
        }),
      );
      helper._events.prependOnceListener('flows:started', attach);
      if (restart) await flows.startFlows('full');
    },
    async run(msg = {}) {
      const [sentBefore, caughtBefore] = [sent.length, caught.length];
      helper.getNode(id).receive(msg);
      await settled(sentBefore + caughtBefore + 1);
      const answers = [...sent.slice(sentBefore), ...caught.slice(caughtBefore)];
      if (answers.length !== 1) throw new Error(`one message went in, ${answers.length} came out`);
      return answers[0] as FlowMessage;
    },
  };
}

/** Of Node-RED itself: what tests and examples put around ours. A flow with a type that is not here does not start. */
const CORE_NODES = [
  'common/20-inject.js',
  'common/21-debug.js',
  'common/24-complete.js',
  'common/25-catch.js',
  'common/25-status.js',
  'common/90-comment.js',
  'function/10-function.js',
  'function/10-switch.js',
  'function/80-template.js',
  'storage/10-file.js',
];

/** The test helper leaves this out of what Node-RED gives its nodes. */
function withHooks(register: (RED: object) => void): (RED: object) => void {
  return (RED) => register(Object.assign(RED, { hooks: jest.requireActual<{ hooks: Hooks }>('@node-red/util').hooks }));
}

function builtNodes(): unknown[] {
  const core = path.dirname(require.resolve('@node-red/nodes/package.json'));
  return [
    jest.requireActual(path.join(PACKAGE, 'dist/wecom-app.js')),
    jest.requireActual(path.join(PACKAGE, 'dist/wecom-robot.js')),
    withHooks(jest.requireActual(path.join(PACKAGE, 'dist/wecom-send.js'))),
    ...CORE_NODES.map((file) => jest.requireActual(path.join(core, 'core', file)) as unknown),
  ];
}
