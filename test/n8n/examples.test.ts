import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { IConnections, IDataObject, INode, INodeType } from 'n8n-workflow';

import { messageTypes } from '../../core';
import { CREDENTIAL_TYPE, NODE_TYPE, PROJECT, runWorkflow, testNode } from './engine';
import { credentialOf, useSandbox } from './sandbox';

const world = useSandbox();
const FOLDER = path.join(PROJECT, 'examples', 'n8n');
interface Example {
  readonly name: string;
  readonly nodes: INode[];
  readonly connections: IConnections;
}
const read = (file: string) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Example;

/** n8n's own nodes as far as the examples use them; `npm run start:n8n` runs the examples with the real ones. */
const properties = (...names: string[]) => names.map((name) => ({ displayName: name, name, type: 'string' as const, default: '' }));
const withProperties = (type: INodeType, ...names: string[]): INodeType => ({ ...type, description: { ...type.description, properties: properties(...names) } });
const STANDARD_NODES: Record<string, INodeType> = {
  'n8n-nodes-base.manualTrigger': testNode(async () => [[{ json: {} }]]),
  'n8n-nodes-base.stickyNote': testNode(async () => [[]]),
  'n8n-nodes-base.set': withProperties(
    testNode(async function () {
      return [this.getInputData().map((_, item) => {
        const output = this.getNodeParameter('jsonOutput', item) as string | IDataObject;
        return { json: typeof output === 'string' ? (JSON.parse(output) as IDataObject) : output, pairedItem: { item } };
      })];
    }),
    'mode', 'jsonOutput', 'options',
  ),
  'n8n-nodes-base.convertToFile': withProperties(
    testNode(async function () {
      return [this.getInputData().map(({ json }, item) => {
        const { fileName, mimeType } = this.getNodeParameter('options', item) as { fileName: string; mimeType: string };
        const [source, field] = ['sourceProperty', 'binaryPropertyName'].map((name) => this.getNodeParameter(name, item) as string) as [string, string];
        return { json: {}, binary: { [field]: { data: json[source] as string, fileName, mimeType } }, pairedItem: { item } };
      })];
    }),
    'operation', 'sourceProperty', 'binaryPropertyName', 'options',
  ),
};

async function runExample(file: string) {
  const { nodes, connections } = read(file);
  // The trigger first: that is where a person presses "Execute workflow".
  const ordered = [...nodes].sort((a, b) => Number(b.type.endsWith('Trigger')) - Number(a.type.endsWith('Trigger')));
  const id = nodes.flatMap((node) => node.credentials?.[CREDENTIAL_TYPE]?.id ?? [])[0]!;
  return runWorkflow({ nodes: ordered, connections, types: STANDARD_NODES, credentials: { [id]: credentialOf(world.sandbox) } });
}

test.each(readdirSync(FOLDER))('%s can be imported: known nodes, one connection for each, nothing of the author’s instance', (file) => {
  const { name, nodes, connections } = read(file);
  expect(name).toMatch(/^WeCom: /);
  const names = nodes.map((node) => node.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { type } of nodes) expect([NODE_TYPE, ...Object.keys(STANDARD_NODES)]).toContain(type);
  for (const [from, { [NodeConnectionTypes.Main]: outputs }] of Object.entries(connections)) {
    expect(names).toContain(from);
    for (const { node } of (outputs ?? []).flat() as { node: string }[]) expect(names).toContain(node);
  }
  expect(JSON.stringify(nodes)).not.toMatch(/secret|127\.0\.0\.1/i);
});

test('every-message-type.json sends one message of each type', async () => {
  const run = await runExample('every-message-type.json');
  expect(run.data.status).toBe('success');
  const messages = world.sandbox.messages();
  expect(messages.map(({ msgtype }) => msgtype).sort()).toEqual(messageTypes.map(({ msgtype }) => msgtype).sort());
  for (const { delivered_to } of messages) expect(delivered_to).toEqual(['zhangsan']);
});

test('send-text.json', async () => {
  await runExample('send-text.json');
  expect(world.sandbox.messages()[0]!.received['text']).toEqual({ content: 'Build 42 of main is done after 93 s\n<a href="https://example.com/builds/42">Open the log</a>' });
});

test('send-picture.json', async () => {
  await runExample('send-picture.json');
  expect(world.sandbox.messages()).toEqual([expect.objectContaining({ msgtype: 'image', delivered_to: ['zhangsan'] })]);
});

test('error-output.json tells the admin what could not be sent, and why', async () => {
  const run = await runExample('error-output.json');
  expect(run.data.status).toBe('success');
  const received = world.sandbox.messages().map(({ msgtype, received: body }) => (msgtype === 'text' ? (body['text'] as IDataObject)['content'] : msgtype));
  expect(received).toHaveLength(2);
  expect(received).toEqual(expect.arrayContaining(['textcard', expect.stringMatching(/^Could not send "Expense report approved": Members \(touser\) is blank: it must name somebody\.\nNothing was sent\./)]));
});

test('continue-with-result.json goes on with who was not reached', async () => {
  const run = await runExample('continue-with-result.json');
  expect(run.items('Summary').map(({ json }) => json)).toEqual([{ msgid: world.sandbox.messages()[0]!.msgid, notReached: ['nobody.with.this.id'] }]);
});
