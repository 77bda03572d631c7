import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { allOperations, messageTypes } from '../../core';
import type { MessageType } from '../../core';
import { nodeRedWithSandbox, robotWebhook } from './flow-runner';
import type { FlowMessage } from './flow-runner';

const red = nodeRedWithSandbox();
const FOLDER = path.resolve(__dirname, '../../node-red/examples');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

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

/**
 * The example as it is, but with the sandbox's company and robot. Group chats need the app that sees the whole company.
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
  const flow = nodes.map((node) =>
    node.type === 'wecom-app' ? { ...node, corpId, agentId, baseUrl: red.sandbox.url } : node,
  );
  return { send, flow: await red.load(flow, credentials, send.id) };
}

const press = (nodes: readonly ExampleNode[], name: string) =>
  red.getNode((nodes.find((node) => node.type === 'inject' && node.name === name) as ExampleNode).id).receive({});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
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

const special = /Errors|Approval|Group chat|Recall/;

test.each(files.filter((file) => !special.test(file)))(
  '%s sends its message when the button is pressed',
  async (file) => {
    const nodes = example(file);
    const { send, flow } = await load(nodes);
    press(nodes, 'Send');
    await until(() => red.sandbox.messages().length + flow.caught.length === 1);
    expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
    const type = messageTypes.find(({ name }) => name === send.msgtype) as MessageType;
    const message = red.lastMessage();
    expect(message).toMatchObject({
      msgtype: type.msgtype,
      delivered_to: expect.arrayContaining([file.includes('department') ? 'wangwu' : 'zhangsan']),
    });
    if (type.cardType) expect(message.shown).toMatchObject({ card_type: type.cardType });
    if (file.includes('language model'))
      expect((message.shown as { content: string }).content).toMatch(/• |☐|1\. Check/);
    if (file.includes('mention')) expect(message.received).toMatchObject({ text: { mentioned_list: ['zhangsan'] } });
  },
);

test('the approval card gets one grey button once approved', async () => {
  const nodes = example(files.find((file) => file.includes('Approval')) as string);
  const { flow } = await load(nodes);
  press(nodes, 'Send');
  await until(() => red.sandbox.messages().length === 1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  press(nodes, 'Approve');
  await until(() => red.lastMessage().updates.length === 1 || flow.caught.length > 0);
  expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
  expect(JSON.stringify(red.sandbox.messages({ member: 'zhangsan' })[0]?.shown)).toContain('Approved');
});

test('the group chat is made and written to', async () => {
  const nodes = example(files.find((file) => file.includes('Group chat')) as string);
  const { flow } = await load(nodes);
  press(nodes, 'Create');
  await until(() => red.sandbox.messages({ to: 'chat' }).length + flow.caught.length === 1);
  press(nodes, 'Send');
  await until(() => red.sandbox.messages({ to: 'chat' }).length + flow.caught.length === 2);
  expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
});

test('the recalled message is gone', async () => {
  const nodes = example(files.find((file) => file.includes('Recall')) as string);
  const { flow } = await load(nodes);
  press(nodes, 'Send');
  await until(() => red.sandbox.messages()[0]?.recalled === true || flow.caught.length > 0);
  expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
});

test('the example for errors sends one message to Complete and the other to Catch', async () => {
  const nodes = example(files.find((file) => file.includes('Errors')) as string);
  await load(nodes);
  const arriving = (name: string) => {
    const messages: FlowMessage[] = [];
    red
      .getNode((nodes.find((node) => node.name === name) as ExampleNode).id)
      .on('input', (msg: never) => messages.push(msg));
    return messages;
  };
  const [advice, completed, shown] = [arriving('Failed'), arriving('Completed'), arriving('Status')];
  press(nodes, 'To zhangsan');
  await until(() => completed.length === 1);
  press(nodes, 'To nobody');
  await until(() => advice.length === 1);
  expect(advice[0]?.payload).toMatchObject({ code: 'INVALID_INPUT', wrongFields: ['touser'], mayTryAgain: false });
  expect([completed.length, red.sandbox.messages().length]).toEqual([1, 1]);
  expect(shown.length).toBeGreaterThanOrEqual(3);
});

test('no example holds a secret', () => {
  for (const file of files)
    expect(readFileSync(path.join(FOLDER, file), 'utf8')).not.toMatch(/"(secret|webhook|credentials)"/i);
});
