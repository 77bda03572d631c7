import { z } from 'zod/v4';

import { group, list, text } from '../../core/schema/fields';
import { inputIssues, typeName, unknownKey } from '../../core/schema/input-issues';
import { madeOf } from './one-field';

const label = (word: string) => ({ en: word, zh: `${word}（中）` });
const shape = {
  title: text({ label: label('Title') }),
  box: group({ label: label('Box'), fields: { title: text({ label: label('Inner') }) } }),
  rows: list({
    label: label('Rows'),
    entryLabel: label('Row'),
    min: 1,
    max: 2,
    entry: { title: text({ label: label('Of Row') }) },
  }),
};
const { fields } = madeOf(shape);

function issues(schema: z.ZodType, input: unknown, root?: string[]) {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : inputIssues(parsed.error, input, fields, root);
}

describe('what is wrong with an input', () => {
  it('is said with the path of the API below its root, and with the label of just that field', () => {
    const input = { title: 1, box: { title: 2 }, rows: [{ title: 'x' }, { title: 3 }] };
    expect(issues(z.strictObject(shape), input, ['news']).map((issue) => [issue.path, issue.label?.en])).toEqual([
      ['news.title', 'Title'],
      ['news.box.title', 'Inner'],
      ['news.rows[1].title', 'Of Row'],
    ]);
    expect(issues(z.strictObject(shape), { ...input, title: 'x', box: { title: 'x' } })).toEqual([
      {
        path: 'rows[1].title',
        label: label('Of Row'),
        message: { en: 'must be a text, but is a number', zh: '必须是文本，但实际是数字' },
      },
    ]);
  });

  it('has neither label nor measures where there are none', () => {
    expect(issues(z.strictObject({ other: z.string() }), { other: 1 })).toEqual([
      { path: 'other', message: { en: 'must be a text, but is a number', zh: '必须是文本，但实际是数字' } },
    ]);
    expect(issues(z.string(), 1, ['chatid'])).toEqual([{ path: 'chatid', message: expect.anything() }]);
  });

  it('names every unknown key where it is, with the fields of that place', () => {
    const input = { title: 'x', box: { title: 'x', titl: 1 }, rows: [{ title: 'x', something: 1, other: 2 }], boxx: 1 };
    expect(issues(z.strictObject(shape), input, ['news']).map((issue) => [issue.path, issue.message.en])).toEqual(
      expect.arrayContaining([
        ['news.box.titl', 'is not a field here; did you mean title?'],
        ['news.rows[0].something', 'is not a field here; the fields are title'],
        ['news.rows[0].other', 'is not a field here; the fields are title'],
        ['news.boxx', 'is not a field here; did you mean box?'],
      ]),
    );
  });

  it.each<[string, z.ZodType, unknown, string, string]>([
    ['something missing', z.strictObject({ title: z.string() }), {}, 'is missing or empty', '缺失或为空'],
    [
      'a null',
      z.strictObject({ title: z.string() }),
      { title: null },
      'must be a text, but is null',
      '必须是文本，但实际是null',
    ],
    ['no number', z.number(), 'x', 'must be a number, but is a text', '必须是数字，但实际是文本'],
    ['no list', z.array(z.string()), {}, 'must be a list, but is an object', '必须是列表，但实际是对象'],
    ['no object', z.strictObject({}), [], 'must be an object, but is a list', '必须是对象，但实际是列表'],
    [
      'a kind of value without a word of its own',
      z.date(),
      true,
      'must be date, but is true or false',
      '必须是date，但实际是布尔值',
    ],
    ['another value', z.literal(['a', 'b']), 'c', 'must be one of a, b', '必须是以下值之一：a, b'],
    ['anything else', z.string().max(1), 'ab', 'is not valid (a text)', '无效（文本）'],
  ])('is said in both languages: %s', (_, schema, input, en, zh) => {
    expect(issues(schema, input)[0]?.message).toEqual({ en, zh });
  });

  it.each<[unknown, string, string]>([
    [null, 'null', 'null'],
    [undefined, 'undefined', 'undefined'],
    [[], 'a list', '列表'],
    [Buffer.alloc(1), 'binary data', '二进制数据'],
    ['', 'a text', '文本'],
    [0, 'a number', '数字'],
    [false, 'true or false', '布尔值'],
    [{}, 'an object', '对象'],
  ])('calls %p what people call it', (value, en, zh) => {
    expect(typeName(value)).toEqual({ en, zh });
  });

  it('lists the fields when no name is near', () => {
    expect(unknownKey('something', ['title', 'url'])).toEqual({
      en: 'is not a field here; the fields are title, url',
      zh: '不是有效的字段；有效字段：title、url',
    });
    expect(unknownKey('lru', ['title', 'url'])).toEqual({
      en: 'is not a field here; the fields are title, url',
      zh: expect.any(String),
    });
    expect(unknownKey('titl', ['title', 'url'])).toEqual({
      en: 'is not a field here; did you mean title?',
      zh: '不是有效的字段；是否应为 title？',
    });
  });
});
