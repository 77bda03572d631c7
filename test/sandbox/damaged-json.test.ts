/** Damaged JSON is repaired, as WeCom does, but nobody can hold up the sandbox with it. */
import { LenientBody } from '../../sandbox/lenient-json';

const jsonrepair = jest.fn((text: string) =>
  jest.requireActual<{ jsonrepair(text: string): string }>('jsonrepair').jsonrepair(text),
);
jest.mock('jsonrepair', () => ({ jsonrepair: (text: string) => jsonrepair(text) }));
beforeEach(() => void jsonrepair.mockClear());

const damaged = (length: number) => `{"msgtype":"text","text":{"content":"${'x'.repeat(length)}"},}`;

test('a damaged message of the usual length is read, with a warning', () => {
  const body = new LenientBody(Buffer.from(damaged(10_000)));
  expect([body.root['msgtype'], body.warned]).toEqual(['text', true]);
});

test.each([
  ['a damaged body', damaged(16_384)],
  ['a body made to be slow', '"\n'.repeat(500_000)],
  ['a body of brackets', '['.repeat(1_000_000)],
])('%s beyond that is not repaired, and says nothing', (_name, text) => {
  const body = new LenientBody(Buffer.from(text));
  expect([body.root, body.warned, jsonrepair.mock.calls.length]).toEqual([{}, true, 0]);
});

test('a long body that is whole is read', () => {
  const body = new LenientBody(Buffer.from(JSON.stringify({ content: 'x'.repeat(1_000_000) })));
  expect([(body.root['content'] as string).length, body.warned]).toEqual([1_000_000, false]);
});
