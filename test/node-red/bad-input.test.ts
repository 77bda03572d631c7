import { messageTypes } from '../../core';
import type { Field, MessageType } from '../../core';
import { nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A value that a field takes. */
function good(field: Field): unknown {
  if (field.media) return `media-of-an-earlier-upload`;
  if (field.control === 'url') return 'https://example.com';
  if (field.control === 'list') return [Object.fromEntries((field.fields ?? []).map((inner) => [inner.name, good(inner)]))];
  return 'x';
}

/** The type's fields as values of msg, so that each test can spoil one. */
function panelOf(type: MessageType) {
  const fields = Object.fromEntries(type.panel.content.map((field) => [`${type.msgtype}.${field.name}`, { type: 'msg', value: `content.${field.name}`, ...(field.media && { source: 'media_id' }) }]));
  const content = Object.fromEntries(type.panel.content.map((field) => [field.name, good(field)]));
  return { fields: { touser: str('zhangsan'), ...fields }, content };
}

/** Wrong values for a field, each with a word of the sentence that must say so. */
function spoilt(field: Field): [unknown, RegExp][] {
  const cases: [unknown, RegExp][] = [];
  if (field.required) cases.push([undefined, /missing|empty/]);
  cases.push([{ an: 'object' }, /must be|is not/]);
  if (field.maxBytes !== undefined) {
    const scheme = field.control === 'url' ? 'https://e.com/' : '';
    for (const sign of ['a', '汉', '😀']) {
      const size = Buffer.byteLength(sign);
      const count = Math.floor((field.maxBytes - scheme.length) / size);
      cases.push([scheme + sign.repeat(count) + 'a'.repeat(field.maxBytes - scheme.length - count * size + 1), /bytes/]);
    }
  }
  if (field.maxCharacters !== undefined) cases.push(['汉'.repeat(field.maxCharacters + 1), /characters/]);
  if (field.control === 'url') cases.push(['ftp://example.com', /http/], ['example.com', /http/]);
  if (field.control === 'list') cases.push([[], /0 entries/], [Array(9).fill((good(field) as unknown[])[0]), /9 entries/], ['text', /must be/]);
  return cases;
}

describe.each(messageTypes.map((type) => [type.msgtype, type as MessageType] as const))('%s', (_msgtype, type) => {
  test('every spoilt field is refused with a reason, nothing is sent, and the next message goes out', async () => {
    const { fields, content } = panelOf(type);
    const flow = await red.start({ send: { msgtype: type.msgtype, fields } });
    for (const field of type.panel.content) {
      for (const [value, reason] of spoilt(field)) {
        const caught = await flow.run({ content: { ...content, [field.name]: value } });
        expect(caught.error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(reason), cause: { kind: 'input' } });
        expect((caught.error?.cause['issues'] as { path: string }[])[0]?.path).toContain(`${type.msgtype}.${field.name}`);
      }
    }
    expect(red.sandbox.calls()).toEqual({});
    await red.unload();
    const next = await red.start();
    await next.run({ payload: 'still alive' });
    expect(red.lastMessage().received['text']).toEqual({ content: 'still alive' });
  });
});

test('nobody can make the node lose a message: 50 odd panels end in Catch, and the next message goes out', async () => {
  const odd: unknown[] = [null, undefined, 7, true, '', 'x', [], [[]], {}, { type: 'msg' }, { type: 'jsonata', value: '(' }, { type: 'flow', value: '#:(nowhere)::x' }, { type: 'msg', value: '][' }, { type: 'list', value: 'x' }, { type: 'list', value: [1, null] }, { type: 'group', value: 7 }, { type: '__proto__', value: 'x' }];
  const keys = ['touser', 'text.content', 'safe', 'text.__proto__', 'constructor', 'news.articles'];
  for (let number = 0; number < 50; number += 1) {
    const fields = { touser: str('zhangsan'), 'text.unknown': str('x'), [keys[number % keys.length] as string]: odd[number % odd.length] };
    const flow = await red.start({ send: { msgtype: number % 7 === 0 ? 'telepathy' : 'text', fields } });
    const caught = await flow.run({ payload: number });
    expect(caught.error?.code).toBe('INVALID_INPUT');
    await red.unload();
  }
  const flow = await red.start({ send: { fields: { touser: str('zhangsan') } } });
  await flow.run({ payload: PNG.slice(0, 20) });
  expect(flow.sent).toHaveLength(1);
}, 60_000);

test('an unknown type is named, with what was probably meant', async () => {
  const flow = await red.start({ send: { msgtype: 'textcrad' } });
  expect((await flow.run({})).error?.message).toMatch(/did you mean textcard/);
});

test.each([
  ['no app', { app: '' }, {}, 'NO_APP', 'red ring wecom-send.status.no-app'],
  ['an app that was deleted', { app: 'gone' }, {}, 'NO_APP', 'red ring wecom-send.status.no-app'],
  ['an app without settings', {}, { corpId: '', agentId: 'x', baseUrl: 'nonsense' }, 'INVALID_INPUT', 'red ring wecom-send.status.app-wrong'],
  ['a proxy that is no address', {}, { proxy: 'nonsense' }, 'INVALID_INPUT', 'red ring wecom-send.status.app-wrong'],
])('with %s the flow starts, shows it and fails clearly', async (_name, send, app, code, status) => {
  const flow = await red.start({ send, app });
  expect(flow.statuses()).toEqual([status]);
  expect((await flow.run({ payload: 'x' })).error).toMatchObject({ code });
});
