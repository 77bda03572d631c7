import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { send, SEND } from './engine';
import { credentialOf, hello, robotCredentialOf, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox();
useFastTime(world);
const goOn: Partial<INode> = { onError: 'continueRegularOutput' };
/** About 5 kB, in lines that can be told apart. */
const long = Array.from(
  { length: 100 },
  (_, line) => `${String(line).padStart(3, '0')} 部署完成，一切正常 all is well`,
).join('\n');
const attempt = async (parameters: INodeParameters, settings: Partial<INode> = {}) =>
  (
    await send({
      credential: credentialOf(world.sandbox),
      robot: robotCredentialOf(world.sandbox),
      parameters: { ...hello, content: long, ...parameters },
      settings,
    })
  ).items(SEND);
const arrived = () =>
  world.sandbox
    .messages()
    .map(({ received }) => (received[received['msgtype'] as string] as IDataObject)['content'] as string);
const digits = (text: string) => text.match(/^\d{3}/gm) ?? [];

test.each([
  ['text to members', {}, 2048],
  ['markdown to members', { msgtype: 'markdown' }, 2048],
  ['text of a robot', { sendTo: 'robot' }, 2048],
  ['markdown of a robot', { sendTo: 'robot', msgtype: 'markdown' }, 4096],
])('a long %s arrives as several messages in order, one output item with all of them', async (_, parameters, limit) => {
  const items = await attempt(parameters);
  const parts = arrived();
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(limit);
  expect(digits(parts.join('\n'))).toEqual(digits(long));
  expect(items).toHaveLength(1);
  expect(items[0]!.json).toMatchObject({ errcode: 0, parts: parts.length, warnings: [] });
  if (!('sendTo' in parameters))
    expect(items[0]!.json['msgids']).toEqual(world.sandbox.messages().map(({ msgid }) => msgid));
});

test('the parts are numbered if somebody wants that', async () => {
  await attempt({ options: { number_parts: true } });
  const parts = arrived();
  parts.forEach((part, index) => expect(part.startsWith(`(${index + 1}/${parts.length})`)).toBe(true));
});

test('it is shortened if somebody wants that, and a hint says so', async () => {
  const run = await send({
    credential: credentialOf(world.sandbox),
    parameters: { ...hello, content: long, options: { too_long: 'truncate' } },
  });
  const [message, ...others] = arrived();
  expect(others).toEqual([]);
  expect(message!.endsWith('…')).toBe(true);
  expect(run.items(SEND)[0]!.json).toMatchObject({
    parts: 1,
    warnings: [expect.stringContaining('was shortened from')],
  });
  expect(run.last(SEND).hints).toEqual([
    expect.objectContaining({ message: expect.stringContaining('was shortened from') }),
  ]);
});

test('it is refused if somebody wants that, with limit and actual size', async () => {
  const [item] = await attempt({ options: { too_long: 'refuse' } }, goOn);
  expect(item!.json['details']).toMatchObject({
    issues: [{ path: 'text.content', limit: 2048, actual: Buffer.byteLength(long) }],
  });
  expect(world.sandbox.calls()).toEqual({});
});

test('a part that fails: the error says which one, and what arrived before', async () => {
  world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 0 });
  world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 40058 });
  const [item] = await attempt({}, goOn);
  expect(arrived()).toHaveLength(1);
  expect(item!.json).toMatchObject({
    error: expect.stringMatching(/^Part 2 of \d+: /),
    details: {
      errcode: 40058,
      failed: { part: 2, parts: expect.any(Number), batch: 1, batches: 1 },
      delivered: { msgids: [world.sandbox.messages()[0]!.msgid] },
      description: expect.stringContaining('do not send the whole message again'),
    },
  });
});
