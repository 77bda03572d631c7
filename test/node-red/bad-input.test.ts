import { isActive, typesAt } from '../../core';
import type { Field, MessageForm, MessageType } from '../../core';
import { nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A value that a field takes. */
function good(field: Field): unknown {
  if (field.media) return `media-of-an-earlier-upload`;
  if (field.choices) return field.default ?? field.choices[0]?.value;
  if (field.name === 'appid') return 'wx5a2d8b0c0000a001';
  if (field.control === 'url') return 'https://example.com';
  if (field.control === 'number') return field.min;
  if (field.control === 'switch') return true;
  if (field.control === 'group') return goodFields(field.fields ?? []);
  if (field.control === 'list') return [goodFields(field.fields ?? [])];
  return 'xxxx';
}

function goodFields(fields: readonly Field[]): Record<string, unknown> {
  const values = Object.fromEntries(fields.map((field) => [field.name, good(field)]));
  // An article opens a page or a mini-program; what choices rule out stays away.
  if ('picurl' in values) for (const name of ['appid', 'pagepath']) delete values[name];
  return Object.fromEntries(
    fields
      .filter((field) => field.name in values && isActive(field, fields, values))
      .map((field) => [field.name, values[field.name]]),
  );
}

/** The type's fields as values of msg, so that each test can spoil one. */
function panelOf(type: MessageType, form: MessageForm) {
  const fields = Object.fromEntries(
    form.panel.content.map((field) => [
      `${type.name}.${field.name}`,
      { type: 'msg', value: `content.${field.name}`, ...(field.media && { source: 'media_id' }) },
    ]),
  );
  const refuse = form.panel.options.some(({ name }) => name === 'too_long') && { too_long: str('refuse') };
  return { fields: { touser: str('zhangsan'), ...fields, ...refuse }, content: goodFields(form.panel.content) };
}

/** Wrong values for a field, each with a word of the sentence that must say so. */
function spoilt(field: Field): [unknown, RegExp][] {
  const cases: [unknown, RegExp][] = [];
  // A group without a field of its own that must be there can be left out, if a rule says so.
  if (field.required && (field.fields ?? [field]).some((inner) => inner.required))
    cases.push([undefined, /missing|empty/]);
  if (field.control !== 'group') cases.push([{ an: 'object' }, /must be|is not/]);
  if (field.maxBytes !== undefined && !field.inline) {
    const scheme = field.control === 'url' ? 'https://e.com/' : '';
    for (const sign of ['a', '汉', '😀']) {
      const size = Buffer.byteLength(sign);
      const count = Math.floor((field.maxBytes - scheme.length) / size);
      cases.push([
        scheme + sign.repeat(count) + 'a'.repeat(field.maxBytes - scheme.length - count * size + 1),
        /bytes/,
      ]);
    }
  }
  if (field.maxCharacters !== undefined) cases.push(['汉'.repeat(field.maxCharacters + 1), /characters/]);
  if (field.control === 'url') cases.push(['ftp://example.com', /http/], ['example.com', /http/]);
  if (field.control === 'group') cases.push(['text', /must be/], [{ titel: 'x' }, /is not a field/]);
  if (field.control === 'list') {
    const tooMany = (field.max ?? 0) + 1;
    // Of an optional list, no entries are as good as none.
    if (field.required) cases.push([[], /0 entries/]);
    cases.push(
      [Array(tooMany).fill((good(field) as unknown[])[0]), new RegExp(`${tooMany} entries|the same as`)],
      ['text', /must be/],
    );
  }
  return cases;
}

describe.each(typesAt('app').map(({ type, form }) => [type.name, type, form] as const))('%s', (_name, type, form) => {
  test('every spoilt field is refused with a reason, nothing is sent, and the next message goes out', async () => {
    const { fields, content } = panelOf(type, form);
    const flow = await red.start({ send: { msgtype: type.name, fields } });
    for (const field of form.panel.content) {
      for (const [value, reason] of spoilt(field)) {
        const caught = await flow.run({ content: { ...content, [field.name]: value } });
        expect([field.name, caught.error]).toMatchObject([
          field.name,
          { code: 'INVALID_INPUT', message: expect.stringMatching(reason), cause: { kind: 'input' } },
        ]);
        expect((caught.error?.cause['issues'] as { path: string }[]).map(({ path }) => path)).toContainEqual(
          expect.stringContaining(`${type.msgtype}.${field.name}`),
        );
      }
    }
    expect(red.sandbox.calls()).toEqual({});
    await red.unload();
    const next = await red.start();
    await next.run({ payload: 'still alive' });
    expect(red.lastMessage().received['text']).toEqual({ content: 'still alive' });
  });
});

describe('a card as JSON', () => {
  const json = (value: unknown, msgtype = 'text_notice') => ({
    msgtype,
    cardAs: 'json',
    fields: {
      touser: str('zhangsan'),
      'card.json': { type: 'json', value: typeof value === 'string' ? value : JSON.stringify(value) },
    },
  });
  const card = { main_title: { title: 'Build failed' }, card_action: { type: 1, url: 'https://example.com' } };

  test.each([
    ['text that is no JSON', '{"main_title": ', [/template_card is not valid JSON/]],
    ['a list', [], [/template_card must be an object/]],
    ['an unknown field', { ...card, main_titel: {} }, [/main_titel.*did you mean main_title/]],
    [
      'an unknown field further down',
      { ...card, card_action: { type: 1, url: 'https://example.com', urll: 'x' } },
      [/card_action\.urll.*did you mean url/],
    ],
    ['an action without its URL', { ...card, card_action: { type: 1 } }, [/card_action\.url\) is missing/]],
    ['an unknown card type', { ...card, card_type: 'text_notise' }, [/did you mean text_notice/]],
    [
      'two mistakes',
      { ...card, main_title: { title: ['x'] }, card_action: { type: 3 } },
      [/main_title\.title/, /card_action\.type/],
    ],
  ])('%s is one clear error', async (_name, value, reasons) => {
    const flow = await red.start({ send: json(value) });
    const { error } = await flow.run({});
    for (const reason of reasons) expect(error?.message).toMatch(reason);
    expect(error?.cause['issues']).toHaveLength(reasons.length);
    expect(red.sandbox.calls()).toEqual({});
  });

  test.each([
    ['typed in', json(card)],
    ['of another type than was chosen', json({ card_type: 'text_notice', ...card }, 'news_notice')],
  ])('%s is sent', async (_name, send) => {
    await (await red.start({ send })).run({});
    expect(red.lastMessage().received['template_card']).toEqual({ card_type: 'text_notice', ...card });
  });

  test.each([
    ['an object', card],
    ['text', JSON.stringify(card)],
  ])('comes from msg as %s', async (_name, payload) => {
    const flow = await red.start({ send: { msgtype: 'text_notice', cardAs: 'json' } });
    await flow.run({ payload });
    expect(red.lastMessage().received['template_card']).toEqual({ card_type: 'text_notice', ...card });
    expect((await flow.run({ payload: 'Hello' })).error?.message).toMatch(/template_card is not valid JSON/);
  });
});

test('nobody can make the node lose a message: 50 odd panels end in Catch, and the next message goes out', async () => {
  const odd: unknown[] = [
    null,
    undefined,
    7,
    true,
    '',
    'x',
    [],
    [[]],
    {},
    { type: 'msg' },
    { type: 'jsonata', value: '(' },
    { type: 'flow', value: '#:(nowhere)::x' },
    { type: 'msg', value: '][' },
    { type: 'list', value: 'x' },
    { type: 'list', value: [1, null] },
    { type: 'group', value: 7 },
    { type: '__proto__', value: 'x' },
  ];
  const keys = ['touser', 'text.content', 'safe', 'text.__proto__', 'constructor', 'news.articles'];
  for (let number = 0; number < 50; number += 1) {
    const fields = {
      touser: str('zhangsan'),
      'text.unknown': str('x'),
      [keys[number % keys.length] as string]: odd[number % odd.length],
    };
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
  ['no robot', { to: 'robot', robot: '' }, {}, 'NO_ROBOT', 'red ring wecom-send.status.no-robot'],
  ['a robot that was deleted', { to: 'robot', robot: 'gone' }, {}, 'NO_ROBOT', 'red ring wecom-send.status.no-robot'],
  [
    'an app without settings',
    {},
    { corpId: '', agentId: 'x', baseUrl: 'nonsense' },
    'INVALID_INPUT',
    'red ring wecom-send.status.app-wrong',
  ],
  ['a proxy that is no address', {}, { proxy: 'nonsense' }, 'INVALID_INPUT', 'red ring wecom-send.status.app-wrong'],
])(
  'with %s the flow starts, shows it and fails clearly, and shows it still',
  async (_name, send, app, code, status) => {
    const flow = await red.start({ send, app });
    expect(flow.statuses()).toEqual([status]);
    expect((await flow.run({ payload: 'x' })).error).toMatchObject({ code });
    expect(flow.statuses().at(-1)).toBe(status);
  },
);
