import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSandbox } from '../../sandbox';
import { NodeConnectionTypes } from 'n8n-workflow';

import { CREDENTIAL_TYPE, NODE_TYPE, runWorkflow, send, SEND, testNode } from './engine';
import { credentialOf, hello, useSandbox } from './sandbox';

const world = useSandbox();
const hundred = Array.from({ length: 100 }, (_, index) => ({ index }));
const numbered = {
  sendTo: 'everyone',
  msgtype: 'text',
  content: '={{ "message " + $json.index }}',
  options: { rateLimits: 'off' },
};
const contents = () =>
  world.sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content);
const everyMessage = hundred.map(({ index }) => `message ${index}`);

test('100 items cost one gettoken and one reading of the credential', async () => {
  const run = await send({ credential: credentialOf(world.sandbox), items: hundred, parameters: numbered });
  expect(world.sandbox.calls()).toEqual({ gettoken: 1, 'message/send': 100 });
  expect(contents()).toEqual(everyMessage);
  expect(run.credentialReads).toBe(1);
  expect(run.items(SEND).map(({ pairedItem }) => pairedItem)).toEqual(hundred.map(({ index }) => ({ item: index })));
});

test('the next execution uses the same token', async () => {
  await send({ credential: credentialOf(world.sandbox), parameters: hello });
  await send({ credential: credentialOf(world.sandbox), parameters: hello });
  expect(world.sandbox.calls()).toEqual({ gettoken: 1, 'message/send': 2 });
});

test('a token revoked before 100 items costs exactly one more gettoken, and every message arrives once', async () => {
  await send({ credential: credentialOf(world.sandbox), parameters: { ...hello, sendTo: 'everyone' } });
  world.sandbox.revoke();
  await send({ credential: credentialOf(world.sandbox), items: hundred, parameters: numbered });
  expect(world.sandbox.calls()).toEqual({ gettoken: 2, 'message/send': 102 });
  expect(contents().slice(1)).toEqual(everyMessage);
});

test('20 executions at once share one gettoken, cold and after the token was refused', async () => {
  const twenty = () =>
    Promise.all(
      hundred
        .slice(0, 20)
        .map((item) => send({ credential: credentialOf(world.sandbox), items: [item], parameters: numbered })),
    );
  await twenty();
  expect(world.sandbox.calls()).toEqual({ gettoken: 1, 'message/send': 20 });
  world.sandbox.revoke();
  await twenty();
  expect(world.sandbox.calls()).toMatchObject({ gettoken: 2 });
  expect(contents().sort()).toEqual([...everyMessage.slice(0, 20), ...everyMessage.slice(0, 20)].sort());
});

test('several apps and companies side by side keep their tokens apart', async () => {
  const other = await startSandbox();
  try {
    const credentials = [credentialOf(world.sandbox, 0), credentialOf(world.sandbox, 1), credentialOf(other, 0)];
    await Promise.all([...credentials, ...credentials].map((credential) => send({ credential, parameters: hello })));
    expect(world.sandbox.calls()).toEqual({ gettoken: 2, 'message/send': 4 });
    expect(
      world.sandbox
        .messages()
        .map(({ agentid }) => agentid)
        .sort(),
    ).toEqual([1000002, 1000002, 1000003, 1000003]);
    expect(other.calls()).toEqual({ gettoken: 1, 'message/send': 2 });
  } finally {
    await other.close();
  }
});

test('two nodes of one workflow with different credentials', async () => {
  const credentials: Record<string, ICredentialDataDecryptedObject> = {
    a: credentialOf(world.sandbox, 0),
    b: credentialOf(world.sandbox, 1),
  };
  const node = (name: string, id: string) => ({
    id: name,
    name,
    type: NODE_TYPE,
    typeVersion: 1,
    position: [0, 0] as [number, number],
    parameters: hello,
    credentials: { [CREDENTIAL_TYPE]: { id, name: id } },
  });
  const to = (name: string) => ({ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] });
  await runWorkflow({
    nodes: [
      { id: 's', name: 'Source', type: 'test.source', typeVersion: 1, position: [0, 0], parameters: {} },
      node('A', 'a'),
      node('B', 'b'),
    ],
    connections: { Source: to('A'), A: to('B') },
    types: { 'test.source': testNode(async () => [[{ json: {} }]]) },
    credentials,
  });
  expect(world.sandbox.messages().map(({ agentid }) => agentid)).toEqual([1000002, 1000003]);
});
