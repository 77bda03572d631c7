import type { IDataObject, INode } from 'n8n-workflow';

import { send, SEND } from './engine';
import { credentialOf, fileItem, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox({ extraMembers: 300 });
useFastTime(world);
const goOn: Partial<INode> = { onError: 'continueRegularOutput' };
const member = (index: number) => `u${String(index + 1).padStart(5, '0')}`;
const text = { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'text', content: '={{ $json.content }}' };
const contents = (to?: string) =>
  world.sandbox
    .messages(to === undefined ? {} : { member: to })
    .map(({ received }) => (received['text'] as IDataObject)['content']);
const forEach = (count: number, to: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => ({ to: to(index), content: `message ${index}` }));

test.each([
  ['nothing goes wrong', undefined],
  ['the first is tried again', { kind: 'errcode', errcode: -1 }],
  ['a connection is refused by a busy server', { kind: 'errcode', errcode: 45033 }],
] as const)('messages to the same member arrive in the order of the items when %s', async (_, fault) => {
  if (fault) world.sandbox.fault({ endpoint: 'message/send', ...fault, times: 2 });
  await send({
    credential: credentialOf(world.sandbox),
    items: forEach(60, (index) => member(index % 3)),
    parameters: text,
  });
  for (const [remainder, to] of [0, 1, 2].map((index) => [index, member(index)] as const))
    expect(contents(to)).toEqual(
      forEach(60, () => '')
        .filter((_item, index) => index % 3 === remainder)
        .map(({ content }) => content),
    );
});

test('40 messages to 40 members come out in the order of the items, though the first are answered last', async () => {
  for (const delay_ms of [500, 300, 100])
    world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms, times: 2 });
  const run = await send({ credential: credentialOf(world.sandbox), items: forEach(40, member), parameters: text });
  expect(run.items(SEND).map(({ pairedItem }) => pairedItem)).toEqual(forEach(40, member).map((_, item) => ({ item })));
  const msgidOf = new Map(
    world.sandbox.messages().map(({ msgid, received }) => [(received['text'] as IDataObject)['content'], msgid]),
  );
  expect(run.items(SEND).map(({ json }) => json['msgid'])).toEqual(
    forEach(40, member).map(({ content }) => msgidOf.get(content)),
  );
});

// Without an answer no more than the first eight are tried.
test.each([
  [1, 1],
  [3, 3],
  [20, 8],
])('at most %d messages are on their way at once if somebody says so: %d', async (atOnce, expected) => {
  world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 60_000, times: 40 });
  let seen = 0;
  await send({
    credential: credentialOf(world.sandbox),
    items: forEach(40, member),
    parameters: { ...text, options: { messagesAtOnce: atOnce } },
    started: ({ cancel }) =>
      void new Promise((resolve) => setTimeout(resolve, 700)).then(() => {
        seen = world.sandbox.calls()['message/send'] ?? 0;
        cancel();
      }),
  }).catch(() => undefined);
  expect(seen).toBe(expected);
});

test('items that fail and items that do not come out in the order of the items', async () => {
  world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 100 });
  const items = forEach(6, (index) => (index % 2 === 0 ? member(index) : 'nobody!'));
  const run = await send({ credential: credentialOf(world.sandbox), items, parameters: text, settings: goOn });
  expect(run.items(SEND).map(({ json, pairedItem }) => [json['errcode'], pairedItem])).toEqual(
    [0, undefined, 0, undefined, 0, undefined].map((errcode, item) => [errcode, { item }]),
  );
});

test('many items with files larger together than what is held at once all arrive', async () => {
  const items = Array.from({ length: 12 }, (_, index) =>
    fileItem(Buffer.alloc(8 * 1024 * 1024, index + 1), `${index}.bin`, 'data', { to: member(index) }),
  );
  const run = await send({ credential: credentialOf(world.sandbox), items, parameters: { ...text, msgtype: 'file' } });
  expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual(items.map(() => 0));
});

test('other operations go one after the other', async () => {
  const sent = await send({ credential: credentialOf(world.sandbox), items: forEach(5, member), parameters: text });
  world.sandbox.fault({ endpoint: 'message/recall', kind: 'delay', delay_ms: 20, times: 5 });
  const run = await send({
    credential: credentialOf(world.sandbox),
    items: sent.items(SEND).map(({ json }) => ({ msgid: json['msgid'] as string })),
    parameters: { operation: 'recall', msgids: '={{ $json.msgid }}' },
  });
  expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual([0, 0, 0, 0, 0]);
});
