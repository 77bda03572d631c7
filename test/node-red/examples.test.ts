import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { nodeRedWithSandbox, SECRET } from './flow-runner';
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

/** The example as it is, but with the sandbox's company in its app. */
async function load(nodes: readonly ExampleNode[]) {
  const app = nodes.find((node) => node.type === 'wecom-app') as ExampleNode;
  const send = nodes.find((node) => node.type === 'wecom-send') as ExampleNode;
  const { corpId } = red.sandbox.company;
  const flow = nodes.map((node) => (node === app ? { ...node, corpId, agentId: '1000002', baseUrl: red.sandbox.url } : node));
  return { send, flow: await red.load(flow, { [app.id]: { secret: SECRET } }, send.id) };
}

const press = (nodes: readonly ExampleNode[], name: string) => red.getNode((nodes.find((node) => node.type === 'inject' && node.name === name) as ExampleNode).id).receive({});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(condition()).toBe(true);
}

test('there is an example for each message type and one for errors', () => {
  const types = files.flatMap((file) => example(file).flatMap((node) => (node.type === 'wecom-send' ? [node.msgtype] : [])));
  expect(new Set(types)).toEqual(new Set(['text', 'image', 'voice', 'video', 'file', 'textcard', 'news', 'mpnews', 'markdown']));
  expect(files).toHaveLength(10);
});

test.each(files.filter((file) => !file.includes('Errors')))('%s sends its message when the button is pressed', async (file) => {
  const nodes = example(file);
  const { send } = await load(nodes);
  press(nodes, 'Send');
  await until(() => red.sandbox.messages().length === 1);
  expect(red.lastMessage()).toMatchObject({ msgtype: send.msgtype, delivered_to: ['zhangsan'] });
});

test('the example for errors sends one message to Complete and the other to Catch', async () => {
  const nodes = example(files.find((file) => file.includes('Errors')) as string);
  await load(nodes);
  const arriving = (name: string) => {
    const messages: FlowMessage[] = [];
    red.getNode((nodes.find((node) => node.name === name) as ExampleNode).id).on('input', (msg: never) => messages.push(msg));
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
  for (const file of files) expect(readFileSync(path.join(FOLDER, file), 'utf8')).not.toMatch(/"(secret|credentials)"/i);
});
