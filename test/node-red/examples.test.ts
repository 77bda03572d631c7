import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { allOperations, messageTypes } from '../../core';
import type { MessageType } from '../../core';
import { nodeRedWithSandbox, robotWebhook } from './flow-runner';
import type { FlowMessage } from './flow-runner';

const red = nodeRedWithSandbox();
const FOLDER = path.resolve(__dirname, '../../node-red/examples');
const isExample = (name: string) => name.endsWith('.json');
const english = readdirSync(FOLDER).filter(isExample);
/** In both languages; the numbers are the same. */
const files = [
  ...english,
  ...readdirSync(path.join(FOLDER, '中文'))
    .filter(isExample)
    .map((name) => `中文/${name}`),
];
/** The example of a number, in each language. */
const both = (number: string) => files.filter((file) => path.basename(file).startsWith(`${number} `));

interface ExampleNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly msgtype?: string;
  readonly [property: string]: unknown;
}

function example(file: string): ExampleNode[] {
  return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as ExampleNode[];
}

const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/**
 * The example as it is, but with the sandbox's company, robot and camera. Group chats need the app that sees the whole
 * company.
 */
async function load(nodes: readonly ExampleNode[]) {
  const senders = nodes.filter((node) => node.type === 'wecom-send');
  const send = senders.at(-1) as ExampleNode;
  const agentId = senders.some((node) => node['operation'] === 'createChat') ? '1000003' : '1000002';
  const { corpId } = red.sandbox.company;
  const credentials = Object.fromEntries(
    nodes.flatMap((node): [string, object][] =>
      node.type === 'wecom-app'
        ? [[node.id, { secret: `sandbox-secret-${agentId}` }]]
        : node.type === 'wecom-robot'
          ? [[node.id, { webhook: robotWebhook(red.sandbox) }]]
          : [],
    ),
  );
  const changes: Readonly<Record<string, object>> = {
    'wecom-app': { corpId, agentId, baseUrl: red.sandbox.url },
    // Node-RED's own node does not load in this process; what it gives is a Buffer.
    'http request': {
      type: 'function',
      func: `msg.payload = Buffer.from('${PICTURE}', 'base64'); return msg;`,
      outputs: 1,
      libs: [],
    },
  };
  const flow = nodes.map((node) => ({ ...node, ...changes[node.type] }));
  // What is inside of a subflow is not there under its own ID.
  const watched = nodes.some(({ type }) => type === 'subflow') ? nodes.find(({ type }) => type === 'inject') : send;
  return { send, flow: await red.load(flow, credentials, watched?.id) };
}

/** Presses a button, the first one unless it is the second that counts. */
const press = (nodes: readonly ExampleNode[], index = 0, msg: object = {}) =>
  red.getNode((nodes.filter(({ type }) => type === 'inject')[index] as ExampleNode).id).receive(msg);

const named = (nodes: readonly ExampleNode[], type: string, index = 0) =>
  red.getNode((nodes.filter((node) => node.type === type)[index] as ExampleNode).id);

/** What arrives at a debug node. */
function shown(nodes: readonly ExampleNode[], index: number): FlowMessage[] {
  const messages: FlowMessage[] = [];
  named(nodes, 'debug', index).on('input', (msg: never) => messages.push(msg));
  return messages;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(condition()).toBe(true);
}

/** Steps of longer flows, which the examples of group chats and cards show where they belong. */
const WITHOUT_EXAMPLE: ReadonlySet<string> = new Set(['getChat', 'updateChat']);

test('there is an example for each message type, each destination and each operation but getting and changing a chat', () => {
  const senders = files.flatMap((file) => example(file).filter((node) => node.type === 'wecom-send'));
  const done = new Set(senders.map(({ operation = 'send' }) => operation));
  const shown = new Set(senders.filter(({ operation = 'send' }) => operation === 'send').map(({ msgtype }) => msgtype));
  const missing = [
    ...messageTypes.filter(({ name }) => !shown.has(name)).map(({ name }) => `sends ${name}`),
    ...allOperations
      .filter(({ name }) => !done.has(name) && !WITHOUT_EXAMPLE.has(name))
      .map(({ name }) => `does ${name}`),
    ...['named', 'chat', 'robot']
      .filter((to) => !senders.some((node) => node['to'] === to))
      .map((to) => `sends to ${to}`),
  ];
  expect(missing.map((what) => `no example ${what}: add "node-red/examples/NN ….json"`)).toEqual([]);
});

test('all examples share one app and one robot: who has set up one example has set up all', () => {
  const ids = (type: string) =>
    new Set(files.flatMap((file) => example(file).flatMap((node) => (node.type === type ? [node.id] : []))));
  expect([ids('wecom-app').size, ids('wecom-robot').size]).toEqual([1, 1]);
  const others = files.flatMap((file) =>
    example(file).flatMap(({ type, id }) => (/^wecom-(app|robot)$/.test(type) ? [] : [id])),
  );
  expect(new Set(others).size).toBe(others.length);
});

test('each example is there in English and in Chinese', () => {
  expect(english.map((name) => both(name.slice(0, 2)).length)).toEqual(english.map(() => 2));
});

/** Errors, approval, group chat, recall, two in a row, not reached, msg.reset, message from msg. */
const special = /^(11|14|22|23|26|27|29|30) /;
const DEPARTMENT = '20';

test.each(files.filter((file) => !special.test(path.basename(file))))(
  '%s sends its message when the button is pressed',
  async (file) => {
    const nodes = example(file);
    const { send, flow } = await load(nodes);
    press(nodes);
    await until(() => red.sandbox.messages().length + flow.caught.length === 1);
    expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
    const type = messageTypes.find(({ name }) => name === send.msgtype) as MessageType;
    const message = red.lastMessage();
    expect(message).toMatchObject({
      msgtype: type.msgtype,
      delivered_to: expect.arrayContaining([path.basename(file).startsWith(DEPARTMENT) ? 'wangwu' : 'zhangsan']),
    });
    if (type.cardType) expect(message.shown).toMatchObject({ card_type: type.cardType });
  },
);

test('the Markdown of a language model is adapted, and who is mentioned gets an @', async () => {
  const content = async (number: string) => {
    const nodes = example(both(number)[0] as string);
    await load(nodes);
    press(nodes);
    await until(() => red.sandbox.messages().length === 1);
    const message = red.lastMessage();
    await red.unload();
    red.sandbox.reset();
    return message;
  };
  expect(((await content('21')).shown as { content: string }).content).toMatch(/• |☐|1\. Check/);
  expect((await content('18')).received).toMatchObject({ text: { mentioned_list: ['zhangsan'] } });
  expect(JSON.stringify((await content('12')).received)).toContain('"title":"Build 42 failed","desc":"On branch main"');
});

test.each(both('14'))('%s: the approval card gets one grey button once approved', async (file) => {
  const nodes = example(file);
  const { flow } = await load(nodes);
  press(nodes);
  await until(() => red.sandbox.messages().length === 1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  press(nodes, 1);
  await until(() => red.lastMessage().updates.length === 1 || flow.caught.length > 0);
  expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
  expect(JSON.stringify(red.sandbox.messages({ member: 'zhangsan' })[0]?.shown)).toMatch(/Approved|已同意/);
});

test.each(both('22'))('%s: the group chat is made and written to', async (file) => {
  const nodes = example(file);
  const { flow } = await load(nodes);
  press(nodes);
  await until(() => red.sandbox.messages({ to: 'chat' }).length + flow.caught.length === 1);
  press(nodes, 1);
  await until(() => red.sandbox.messages({ to: 'chat' }).length + flow.caught.length === 2);
  expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
});

test.each(both('23'))('%s: the recalled message is gone', async (file) => {
  const nodes = example(file);
  const { flow } = await load(nodes);
  press(nodes);
  await until(() => red.sandbox.messages()[0]?.recalled === true || flow.caught.length > 0);
  expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
});

test.each(both('11'))('%s: one message goes to Complete and the other to Catch', async (file) => {
  const nodes = example(file);
  await load(nodes);
  const [, advice, completed, states] = [0, 1, 2, 3].map((index) => shown(nodes, index)) as [
    FlowMessage[],
    FlowMessage[],
    FlowMessage[],
    FlowMessage[],
  ];
  press(nodes, 0, { touser: 'zhangsan' });
  await until(() => completed.length === 1);
  press(nodes, 1, { touser: '' });
  await until(() => advice.length === 1);
  expect(advice[0]?.payload).toMatchObject({ code: 'INVALID_INPUT', wrongFields: ['touser'], mayTryAgain: false });
  expect([completed.length, red.sandbox.messages().length]).toEqual([1, 1]);
  expect(states.length).toBeGreaterThanOrEqual(3);
});

test.each(both('26'))('%s: both get the same text', async (file) => {
  const nodes = example(file);
  const { flow } = await load(nodes);
  press(nodes);
  await until(() => red.sandbox.messages().length === 2 || flow.caught.length > 0);
  const texts = red.sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content);
  expect([texts[0], red.sandbox.messages().map(({ to }) => to)]).toEqual([texts[1], ['app', 'robot']]);
});

test.each(both('27'))('%s: who was not reached comes out above, a message that reached all below', async (file) => {
  const nodes = example(file);
  await load(nodes);
  const [missed, reached] = [shown(nodes, 0), shown(nodes, 1)];
  press(nodes);
  await until(() => missed.length === 1);
  expect(missed[0]?.payload).toMatchObject({ invaliduser: ['nobody-of-that-id'] });
  named(nodes, 'switch').receive({ payload: { invaliduser: [] } });
  await until(() => reached.length === 1);
});

test.each(both('29'))('%s: what waits is dropped, what was sent is not', async (file) => {
  const nodes = example(file);
  await load(nodes);
  const dropped = shown(nodes, 1);
  press(nodes);
  await until(() => red.sandbox.messages().length === 20);
  press(nodes, 1);
  await until(() => dropped.length === 10);
  expect(new Set(dropped.map(({ error }) => error?.code))).toEqual(new Set(['RESET']));
  expect(red.sandbox.messages()).toHaveLength(20);
});

test.each(both('30'))('%s: one node sends a text and a picture', async (file) => {
  const nodes = example(file);
  const { flow } = await load(nodes);
  press(nodes);
  await until(() => red.sandbox.messages().length + flow.caught.length === 1);
  press(nodes, 1);
  await until(() => red.sandbox.messages().length + flow.caught.length === 2);
  expect(red.sandbox.messages().map(({ msgtype }) => msgtype)).toEqual(['text', 'image']);
});

test('no example holds a secret', () => {
  for (const file of files)
    expect(readFileSync(path.join(FOLDER, file), 'utf8')).not.toMatch(/"(secret|webhook|credentials)"/i);
});
