import { from, nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();
const fields = { touser: str('zhangsan') };
const paragraph = (index: number) => `${index}. ${'企业微信消息'.repeat(60)}`;
const TEXT = Array.from({ length: 5 }, (_, index) => paragraph(index)).join('\n\n');
const texts = () => red.sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content);
const bare = (text: string) => text.replace(/\s/g, '');

test('a text that is too long arrives as several messages, in order, with one result', async () => {
  const flow = await red.start({ send: { fields } });
  const msg = await flow.run({ payload: TEXT });
  expect(bare(texts().join(''))).toBe(bare(TEXT));
  for (const text of texts()) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
  expect(msg.payload).toMatchObject({
    errcode: 0,
    parts: texts().length,
    msgids: texts().map(() => expect.any(String) as unknown),
  });
  expect([flow.completed.length, flow.caught.length]).toEqual([1, 0]);
});

test('the parts can be numbered', async () => {
  const flow = await red.start({ send: { fields: { ...fields, number_parts: from('bool', 'true') } } });
  await flow.run({ payload: TEXT });
  const count = texts().length;
  expect(texts().every((text, index) => text.startsWith(`(${index + 1}/${count})`))).toBe(true);
});

test('on request it is shortened, with a hint, or refused', async () => {
  const shortened = await red.start({ send: { fields: { ...fields, too_long: str('truncate') } } });
  const msg = await shortened.run({ payload: TEXT });
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toMatch(/…$/);
  expect(msg.payload).toMatchObject({ parts: 1, warnings: [expect.stringContaining('shortened')] });
  await red.unload();
  const refused = await red.start({ send: { fields: { ...fields, too_long: str('refuse') } } });
  expect((await refused.run({ payload: TEXT })).error).toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('bytes'),
  });
  expect(texts()).toHaveLength(1);
});

test('what happens may come from the message', async () => {
  const flow = await red.start({ send: { fields: { ...fields, too_long: from('msg', 'how') } } });
  await flow.run({ payload: TEXT, how: 'refuse' });
  await flow.run({ payload: TEXT, how: 'split' });
  expect([flow.caught.length, flow.sent.length]).toEqual([1, 1]);
});

test('a part that fails: the error says which one, what was delivered, and the rest was not sent', async () => {
  const flow = await red.start({ send: { fields } });
  await flow.run({ payload: 'warm' });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 1 });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'reset_after_read' });
  const { error } = await flow.run({ payload: TEXT });
  expect(error).toMatchObject({
    message: expect.stringMatching(/Part 2 of/),
    cause: { kind: 'network', delivery: 'unknown', failed: { part: 2 }, delivered: { msgids: [expect.any(String)] } },
  });
  expect(red.sandbox.calls()['message/send']).toBe(3);
});
