import { z } from 'zod/v4';

import {
  alwaysShown,
  choice,
  describeFields,
  flag,
  group,
  ids,
  inlineImage,
  list,
  media,
  number,
  numericIds,
  optional,
  text,
  toggle,
  url,
  when,
  wholeNumber,
} from '../../core/schema/fields';
import { gif, jpg, png } from '../fixtures/media';
import { fieldOf, madeOf } from './one-field';

const label = { en: 'Field', zh: '字段' };
const MISSING = ['is missing or empty', '缺失或为空'];

describe('a text', () => {
  it('counts bytes up to its limit and says in both languages how many there are', () => {
    const { field, said, issue } = fieldOf(text({ label, maxBytes: 5 }));
    expect(field).toEqual({ name: 'field', control: 'line', required: true, label, maxBytes: 5 });
    expect(said('中ab')).toEqual([]);
    expect(said('中文')).toEqual([
      [
        'is 6 bytes long, but at most 5 bytes fit (a Chinese character counts 3)',
        '长度为 6 字节，最多 5 字节（一个汉字占 3 字节）',
      ],
    ]);
    expect(issue('中文')).toEqual({ path: 'field', label, message: expect.anything(), limit: 5, actual: 6 });
  });

  it('counts characters as people do, whatever their bytes', () => {
    const { field, said, issue } = fieldOf(text({ label, minCharacters: 2, maxCharacters: 3 }));
    expect(field).toEqual({
      name: 'field',
      control: 'line',
      required: true,
      label,
      minCharacters: 2,
      maxCharacters: 3,
    });
    for (const fits of ['ab', 'abc', '中文字', '😀😀', '😀😀😀']) expect(said(fits)).toEqual([]);
    expect(said('a')).toEqual([['has 1 characters, but needs at least 2', '有 1 个字符，至少需要 2 个']]);
    expect(issue('a')).toMatchObject({ limit: 2, actual: 1 });
    expect(said('😀😀😀😀')).toEqual([['has 4 characters, but at most 3 fit', '有 4 个字符，最多 3 个']]);
    expect(issue('abcd')).toMatchObject({ limit: 3, actual: 4 });
  });

  it('may have a lower or an upper end only', () => {
    expect(fieldOf(text({ label, minCharacters: 2 })).said('a'.repeat(5000))).toEqual([]);
    expect(fieldOf(text({ label, minCharacters: 2 })).issue('a')).toMatchObject({ limit: 2 });
    expect(fieldOf(text({ label, maxCharacters: 2 })).said('a')).toEqual([]);
    expect(fieldOf(text({ label })).said('a'.repeat(5000))).toEqual([]);
  });

  it.each([' ', '\n\t', '\u3000'])('of nothing but blanks (%j) is said to be blank, and nothing else', (blank) => {
    expect(fieldOf(text({ label, minCharacters: 5, pattern: { matches: /x/, wording: label } })).said(blank)).toEqual([
      ['is blank', '为空白'],
    ]);
  });

  it.each([[undefined], [null], ['']])('that is %j is missing', (value) => {
    expect(fieldOf(text({ label })).said(value)).toEqual([MISSING]);
  });

  it.each([
    [7, 'a number', '数字'],
    [true, 'true or false', '布尔值'],
    [['a'], 'a list', '列表'],
    [{}, 'an object', '对象'],
  ])('is not %j', (value, en, zh) => {
    expect(fieldOf(text({ label })).said(value)).toEqual([
      [`must be a text, but is ${en}`, `必须是文本，但实际是${zh}`],
    ]);
  });

  it('keeps to its pattern', () => {
    const { said } = fieldOf(
      text({
        label,
        pattern: { matches: /^[a-z]+$/, wording: { en: 'may hold small letters only', zh: '只能包含小写字母' } },
      }),
    );
    expect(said('abc')).toEqual([]);
    expect(said('aBc')).toEqual([['may hold small letters only', '只能包含小写字母']]);
  });

  it('comes out as it was, but for halves of characters, which JSON cannot carry', () => {
    expect(fieldOf(text({ label })).parsed(' a \ud83d b ')).toBe(' a \ufffd b ');
  });
});

describe('an address', () => {
  it('begins with http:// or https:// in any case, and fits', () => {
    const { field, said } = fieldOf(url({ label, maxBytes: 22 }));
    expect(field).toEqual({
      name: 'field',
      control: 'url',
      required: true,
      label,
      placeholder: expect.any(String),
      maxBytes: 22,
    });
    for (const good of ['http://a.b', 'https://a.b', 'HTTPS://a.b/c?d=e#f']) expect(said(good)).toEqual([]);
    for (const bad of ['ftp://a.b', 'a https://a.b', 'https:/a.b', 'httpss://a.b'])
      expect(said(bad)).toEqual([['must start with http:// or https://', '必须以 http:// 或 https:// 开头']]);
    expect(said('https://')).toEqual([['is not a valid address', '不是有效的网址']]);
    expect(said('https://a.b/'.padEnd(23, 'c'))).toEqual([
      ['is 23 bytes long, but at most 22 bytes fit (a Chinese character counts 3)', expect.any(String)],
    ]);
  });

  it('without a limit may be long, and has none in its description', () => {
    expect(fieldOf(url({ label })).said('https://a.b/'.padEnd(5000, 'c'))).toEqual([]);
    expect(fieldOf(url({ label })).field).not.toHaveProperty('maxBytes');
  });
});

describe('a number', () => {
  const { field, said, issue, parsed } = fieldOf(number({ label, min: -1.5, max: 3 }));

  it('may be written as a text, with blanks around it', () => {
    expect(field).toEqual({ name: 'field', control: 'number', required: true, label, min: -1.5, max: 3 });
    expect([2, '2', ' 2.25 ', '-1.50', '0'].map(parsed)).toEqual([2, 2, 2.25, -1.5, 0]);
  });

  it.each(['two', '1,5', '1.', '.5', '1 2', '0x1', '2s', 's2', '2 .5'])('is not %j', (value) => {
    expect(said(value)).toEqual([['must be a number, but is a text', '必须是数字，但实际是文本']]);
  });

  it('is no list of one number', () => {
    expect(said(['5'])).toEqual([['must be a number, but is a list', '必须是数字，但实际是列表']]);
  });

  it('lies between its ends, which are included', () => {
    expect([...said(-1.5), ...said(3)]).toEqual([]);
    expect(said(3.01)).toEqual([['is 3.01, but must be from -1.5 to 3', '为 3.01，必须在 -1.5 到 3 之间']]);
    expect(issue(3.01)).toMatchObject({ limit: 3, actual: 3.01 });
    expect(issue(-2)).toMatchObject({ limit: -1.5, actual: -2 });
  });

  it('is whole where it has to be', () => {
    const whole = fieldOf(wholeNumber({ label, min: 1, max: 3 }));
    expect(whole.said(2)).toEqual([]);
    expect(whole.said('1.5')).toEqual([['must be a whole number', '必须是整数']]);
    expect(whole.issue(4)).toMatchObject({ limit: 3, actual: 4 });
  });
});

describe('a switch', () => {
  it.each([
    [true, 1],
    [1, 1],
    ['1', 1],
    [' 1 ', 1],
    [false, 0],
    [0, 0],
    ['0', 0],
  ])('of %j is %j in the request', (value, sent) => {
    expect(fieldOf(toggle({ label })).parsed(value)).toBe(sent);
    expect(fieldOf(toggle({ label })).field).toEqual({
      name: 'field',
      control: 'switch',
      required: true,
      default: false,
      label,
    });
  });

  it.each([[2], ['yes'], ['1x'], ['x1'], [[]], [{}]])('is not %j', (value) => {
    expect(fieldOf(toggle({ label })).said(value)).toEqual([['must be one of 0, 1', '必须是以下值之一：0, 1']]);
  });

  it.each([
    [true, true],
    [1, true],
    ['1', true],
    ['true', true],
    [false, false],
    [0, false],
    ['0', false],
    ['false', false],
    [undefined, false],
    ['', false],
  ])('that travels as true or false is, of %j, %j', (value, sent) => {
    expect(fieldOf(flag({ label })).parsed(value)).toBe(sent);
    expect(fieldOf(flag({ label })).field).toEqual({
      name: 'field',
      control: 'switch',
      required: false,
      default: false,
      label,
    });
  });

  it.each([[2], ['yes'], [[]]])('that travels as true or false is not %j', (value) => {
    expect(fieldOf(flag({ label })).said(value)).toHaveLength(1);
  });
});

describe('a choice', () => {
  const choices = (values: readonly (string | number)[]) => values.map((value) => ({ value, label }));

  it('of numbers takes texts of digits too, and nothing else', () => {
    const { field, parsed, said } = fieldOf(choice({ label, choices: choices([1, 12]) }));
    expect(field).toEqual({ name: 'field', control: 'choice', required: true, label, choices: choices([1, 12]) });
    expect([1, '1', ' 12 '].map(parsed)).toEqual([1, 1, 12]);
    for (const wrong of [2, '3', 'one', {}])
      expect(said(wrong)).toEqual([['must be one of 1, 12', '必须是以下值之一：1, 12']]);
  });

  it('of texts keeps texts of digits what they are', () => {
    const { parsed, said } = fieldOf(choice({ label, choices: choices(['1', 'b']) }));
    expect(parsed('1')).toBe('1');
    expect(said(1)).toHaveLength(1);
  });
});

describe('a file', () => {
  it('is bytes with a name, or a media_id', () => {
    const { field, parsed, said } = fieldOf(media({ label, kind: 'image' }));
    expect(field).toEqual({ name: 'field', control: 'media', required: true, label, media: 'image' });
    expect(parsed('MEDIA')).toBe('MEDIA');
    expect(said({ filename: 'a.jpg', data: jpg() })).toEqual([]);
    expect(said({ filename: ' ', data: gif() })).toEqual([
      ['has no file name', '没有文件名'],
      [
        'is not a JPG or PNG by its content, as WeCom requires of image files',
        '内容不是 JPG 或 PNG：企业微信的图片只支持该格式',
      ],
    ]);
    expect(said(undefined)).toEqual([['is missing: give a file or a media_id', '缺失：请提供文件或 media_id']]);
    expect(said(7)).toEqual([
      ['must be a file (bytes with a name) or a media_id', '必须是文件（内容和文件名）或 media_id'],
    ]);
  });

  it('that travels inside the message cannot be a media_id and has its own limit', () => {
    const { field, said, issue } = fieldOf(inlineImage({ label, maxBytes: 100 }));
    expect(field).toEqual({
      name: 'field',
      control: 'media',
      required: true,
      label,
      media: 'image',
      inline: true,
      maxBytes: 100,
    });
    expect(said('MEDIA')).toEqual([
      ['must be a file: group robots take no media_id for images', '必须是文件：群机器人的图片不支持 media_id'],
    ]);
    expect(said({ filename: 'a.png', data: png(100) })).toEqual([]);
    expect(issue({ filename: 'a.png', data: png(101) })).toMatchObject({ limit: 100, actual: 101 });
    expect(said(undefined)).toEqual([['is missing: give a file or a media_id', '缺失：请提供文件或 media_id']]);
  });
});

describe('a list of ids', () => {
  const { field, parsed, said, issue } = fieldOf(ids({ label, min: 2, max: 3 }));

  it('may be written in any way, and is counted without duplicates', () => {
    expect(field).toEqual({ name: 'field', control: 'ids', required: true, label, min: 2, max: 3 });
    expect(parsed('a, b|a')).toEqual(['a', 'b']);
    expect(parsed(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
    expect(parsed([1, 2])).toEqual(['1', '2']);
  });

  it('names both ends when there are too few or too many', () => {
    expect(said('a')).toEqual([['names 1, but must name from 2 to 3', '有 1 个，应为 2 至 3 个']]);
    expect(issue('a')).toMatchObject({ limit: 2, actual: 1 });
    expect(issue('a b c d')).toMatchObject({ limit: 3, actual: 4 });
  });

  it('is no object', () => {
    expect(said({ a: 1 })).toEqual([['must be a list, but is an object', '必须是列表，但实际是对象']]);
  });

  it('of departments and tags holds whole numbers from 1', () => {
    const numeric = fieldOf(numericIds({ label, min: 0, max: 9 }));
    expect(numeric.parsed('1, 20')).toEqual([1, 20]);
    expect(numeric.said('0')).toEqual([['is not an ID: a whole number from 1', '不是有效的 ID：应为不小于 1 的整数']]);
    expect(numeric.said('99999999999999999999')).toHaveLength(1);
    expect(numeric.said('x')).toHaveLength(1);
    expect(numeric.said('-1')).toHaveLength(1);
  });
});

describe('a list of entries', () => {
  const made = madeOf({
    rows: list({ label, entryLabel: label, min: 1, max: 2, entry: { key: text({ label, maxBytes: 3 }) } }),
  });

  it('has an entry at least and so many at most', () => {
    expect(made.fields[0]).toEqual({
      name: 'rows',
      control: 'list',
      required: true,
      label,
      entryLabel: label,
      min: 1,
      max: 2,
      fields: [{ name: 'key', control: 'line', required: true, label, maxBytes: 3 }],
    });
    expect(made.said({ rows: [{ key: 'a' }, { key: 'b' }] })).toEqual([]);
    expect(made.said({ rows: [] })).toEqual([
      ['rows', 'has 0 entries, but must have from 1 to 2', '有 0 项，应为 1 至 2 项'],
    ]);
    expect(made.issues({ rows: [] })[0]).toMatchObject({ limit: 1, actual: 0 });
    expect(made.issues({ rows: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] })[0]).toMatchObject({
      path: 'rows',
      limit: 2,
      actual: 3,
    });
  });

  it('names the entry and the field that is wrong, with its label', () => {
    expect(made.issues({ rows: [{ key: 'a' }, { key: 'abcd' }] })).toEqual([
      expect.objectContaining({ path: 'rows[1].key', label, limit: 3, actual: 4 }),
    ]);
    expect(made.said({ rows: [{ key: 'a', kee: 'b' }] })).toEqual([
      ['rows[0].kee', 'is not a field here; did you mean key?', '不是有效的字段；是否应为 key？'],
    ]);
    expect(made.said({ rows: [null] })).toEqual([['rows[0].key', ...MISSING]]);
    expect(made.issues({ rows: ['a'] })).toEqual([
      { path: 'rows[0]', label, message: { en: 'must be an object, but is a text', zh: '必须是对象，但实际是文本' } },
    ]);
    expect(made.said({ rows: 'a' })).toEqual([['rows', 'must be a list, but is a text', '必须是列表，但实际是文本']]);
  });
});

describe('a group', () => {
  it('names its fields by path', () => {
    const made = madeOf({ box: group({ label, fields: { inner: text({ label }) } }) });
    expect(made.fields[0]).toEqual({
      name: 'box',
      control: 'group',
      required: true,
      label,
      fields: [{ name: 'inner', control: 'line', required: true, label }],
    });
    expect(made.said({})).toEqual([['box', ...MISSING]]);
    expect(made.said({ box: {} })).toEqual([['box.inner', ...MISSING]]);
    expect(made.said({ box: { inner: 'x', more: 1 } })).toEqual([
      ['box.more', 'is not a field here; the fields are inner', '不是有效的字段；有效字段：inner'],
    ]);
  });
});

describe('a field', () => {
  it('that is optional may be left out, and panels know', () => {
    const { field, said } = fieldOf(optional(text({ label, maxBytes: 3 })));
    expect(field).toEqual({ name: 'field', control: 'line', required: false, label, maxBytes: 3 });
    for (const empty of [undefined, null, '']) expect(said(empty)).toEqual([]);
    expect(said('abcd')).toHaveLength(1);
  });

  it('that is always shown looks needed, but may be left out', () => {
    const made = madeOf({ box: alwaysShown(group({ label, fields: { inner: optional(text({ label })) } })) });
    expect(made.fields[0]).toMatchObject({ required: true });
    expect(made.said({})).toEqual([]);
  });

  it('says which value of another it belongs to', () => {
    expect(fieldOf(when('type', [1, 2], text({ label }))).field).toEqual({
      name: 'field',
      control: 'line',
      required: true,
      label,
      when: { field: 'type', is: [1, 2] },
    });
  });

  it('cannot be made of a bare schema, of which panels would know nothing', () => {
    for (const wrap of [optional, alwaysShown, (schema: z.ZodString) => when('type', [1], schema)])
      expect(() => wrap(z.string())).toThrow(/takes a field made with the functions of core\/schema\/fields/);
    expect(() => describeFields(z.strictObject({ bare: z.string() }))).toThrow(
      'The field bare has no description: make it with the functions of core/schema/fields',
    );
  });
});
