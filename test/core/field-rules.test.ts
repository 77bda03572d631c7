import { isActive } from '../../core';
import { checkRules } from '../../core/schema/field-rules';
import type { Field } from '../../core/schema/field';
import type { RuleFindings } from '../../core/schema/field-rules';
import { choice, group, list, number, optional, text, when } from '../../core/schema/fields';
import type { ObjectRules } from '../../core/schema/field';
import { madeOf } from './one-field';

const wording = (word: string) => ({ en: word, zh: `${word}（中）` });
const line = (word: string, more: object = {}) => text({ label: wording(word), ...more });
const opens = choice({
  label: wording('Opens'),
  choices: [
    { value: 0, label: wording('Nothing') },
    { value: 1, label: wording('Page') },
    { value: 2, label: wording('App') },
  ],
  default: 0,
});

describe('a field that depends on another', () => {
  const { fields, said, issues, parse } = madeOf({
    type: optional(opens),
    url: when('type', [1], line('Address')),
    hint: when('type', [1, 2], optional(line('Hint'))),
  });

  it('is needed while the other has the value, and the message names both', () => {
    expect(said({ type: 1 })).toEqual([
      ['url', 'is missing: it is needed when Opens is "Page" (1)', '缺失：“Opens（中）”为“Page（中）”（1）时必填'],
    ]);
    expect(issues({ type: 1 })[0]?.label).toEqual(wording('Address'));
    expect(parse({ type: 1, url: 'x' })).toEqual({ type: 1, url: 'x' });
  });

  it('is left out otherwise, be the value given or assumed, and a remark says so', () => {
    const left = (values: Record<string, unknown>) => {
      const findings: RuleFindings = { issues: [], advice: [] };
      checkRules({ fields, values, path: [], findings }, undefined);
      expect(findings.issues).toEqual([]);
      return findings.advice.map(({ path, message }) => [path, message.en, message.zh]);
    };
    const message = [
      'url',
      'is left out: it counts only when Opens is "Page" (1)',
      '已忽略：仅在“Opens（中）”为“Page（中）”（1）时有效',
    ];
    for (const type of [{ type: 2 }, { type: 0 }, {}]) {
      const values = { ...type, url: 'x' };
      expect(left(values)).toEqual([message]);
      expect(values).toEqual(type);
      expect(parse({ ...type, url: 7 })).toEqual(type);
    }
    expect(left({ type: 0, hint: 'x' })).toEqual([
      [
        'hint',
        'is left out: it counts only when Opens is "Page" (1) or "App" (2)',
        '已忽略：仅在“Opens（中）”为“Page（中）”（1）或“App（中）”（2）时有效',
      ],
    ]);
  });

  it('that is optional may be left out in any case', () => {
    expect(said({ type: 2 })).toEqual([]);
    expect(said({ type: 2, hint: 'x' })).toEqual([]);
    expect(said({})).toEqual([]);
  });

  it('counts for panels by value or by text, and by what is assumed when nothing is given', () => {
    const field = { when: { field: 'type', is: [1, 2] } };
    const siblings = [
      { name: 'other', default: 1 },
      { name: 'type', default: 2 },
    ];
    for (const type of [1, 2, '1', undefined, null]) expect(isActive(field, siblings, { type })).toBe(true);
    for (const type of [0, '0', '', true, [1]]) expect(isActive(field, siblings, { type })).toBe(false);
    expect(isActive(field, [{ name: 'type' }], {})).toBe(false);
    expect(isActive(field, [], {})).toBe(false);
    expect(isActive({}, [], {})).toBe(true);
  });

  it('names the other by its name when nothing is known of it', () => {
    const findings: RuleFindings = { issues: [], advice: [] };
    const fields: Field[] = [
      { name: 'url', control: 'line', required: true, label: wording('Address'), when: { field: 'type', is: [1] } },
    ];
    checkRules({ fields, values: { url: 'x' }, path: ['box'], findings }, undefined);
    expect(findings.advice).toEqual([
      {
        path: 'box.url',
        label: wording('Address'),
        message: { en: 'is left out: it counts only when type is ', zh: '已忽略：仅在“type”为时有效' },
      },
    ]);
  });
});

describe('fields of which one is needed', () => {
  const fields = {
    box: optional(
      group({ label: wording('Box'), fields: { title: optional(line('Title')), note: optional(line('Note')) } }),
    ),
    extra: optional(line('Extra')),
  };
  const rules: ObjectRules = { oneOf: [['box.title', 'extra']] };

  it('are named together, at the first, when all are missing', () => {
    const { said, issues } = madeOf(fields, rules);
    const message = ['box.title', 'is missing: fill in Title or Extra', '缺失：请填写Title（中）或Extra（中）'];
    expect(said({})).toEqual([message]);
    expect(said({ box: { note: 'x' } })).toEqual([message]);
    expect(issues({})[0]?.label).toEqual(wording('Title'));
    expect(said({ box: { title: 'x' } })).toEqual([]);
    expect(said({ extra: 'x' })).toEqual([]);
  });

  it('are looked for in every set', () => {
    const { said } = madeOf(fields, { oneOf: [['extra'], ['box.note', 'unknown']] });
    expect(said({})).toEqual([
      ['extra', 'is missing: fill in Extra', '缺失：请填写Extra（中）'],
      ['box.note', 'is missing: fill in Note or unknown', '缺失：请填写Note（中）或unknown'],
    ]);
    expect(said({ extra: 'x' })).toHaveLength(1);
  });
});

describe('fields that go together', () => {
  const { said, issues } = madeOf(
    { a: optional(line('A')), b: optional(line('B')), c: optional(line('C')) },
    { together: [['a', 'b', 'c']] },
  );

  it('are all there or none', () => {
    expect(said({})).toEqual([]);
    expect(said({ a: 'x', b: 'x', c: 'x' })).toEqual([]);
    expect(said({ a: 'x' })).toEqual([
      ['b', 'is missing: it goes together with A, C', '缺失：须与A（中）、C（中）同时填写'],
      ['c', 'is missing: it goes together with A, B', '缺失：须与A（中）、B（中）同时填写'],
    ]);
    expect(issues({ a: 'x' }).map(({ label }) => label)).toEqual([wording('B'), wording('C')]);
  });
});

describe('entries of a list', () => {
  const { said, issues } = madeOf({
    rows: list({
      label: wording('Rows'),
      entryLabel: wording('Row'),
      min: 0,
      max: 9,
      rules: { unique: 'key', oneOf: [['key', 'note']] },
      entry: {
        key: optional(line('Key')),
        note: optional(line('Note')),
        n: optional(number({ label: wording('N'), min: 0, max: 9 })),
      },
    }),
  });

  it('must differ where the list says so, and the first of the same is named', () => {
    expect(said({ rows: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] })).toEqual([]);
    expect(said({ rows: [{ key: 'x' }, { key: 'a' }, { key: 'a' }, { key: 'a' }] })).toEqual(
      [2, 3].map((index) => [
        `rows[${index}].key`,
        'is the same as in entry 2: it must be unique',
        '与第 2 项重复：不可重复',
      ]),
    );
    expect(issues({ rows: [{ key: 'a' }, { key: 'a' }] })[0]?.label).toEqual(wording('Key'));
  });

  it('may leave out what must differ, any number of times, and keep their other rules', () => {
    expect(said({ rows: [{ note: 'x' }, { note: 'x' }] })).toEqual([]);
    expect(said({ rows: [{ key: 'a' }, { n: 1 }] })).toEqual([
      ['rows[1].key', 'is missing: fill in Key or Note', '缺失：请填写Key（中）或Note（中）'],
    ]);
  });

  it('that are no objects are named once, by the schema', () => {
    expect(said({ rows: ['a', 'a', 7] }).map(([path]) => path)).toEqual(['rows[0]', 'rows[1]', 'rows[2]']);
  });

  it('may be the same where nothing must differ', () => {
    expect(
      madeOf({
        rows: list({ label: wording('Rows'), entryLabel: wording('Row'), min: 0, max: 9, entry: { key: line('Key') } }),
      }).said({ rows: [{ key: 'a' }, { key: 'a' }] }),
    ).toEqual([]);
  });
});

describe('a length that clients shorten', () => {
  const fields = madeOf({
    title: optional(line('Title', { advisedCharacters: 3 })),
    rows: optional(
      list({
        label: wording('Rows'),
        entryLabel: wording('Row'),
        min: 0,
        max: 9,
        entry: { name: line('Name', { advisedCharacters: 2 }) },
      }),
    ),
    box: optional(group({ label: wording('Box'), fields: { name: line('Inner', { advisedCharacters: 2 }) } })),
  }).fields;
  const advice = (values: Record<string, unknown>) => {
    const findings = { issues: [], advice: [] };
    checkRules({ fields, values, path: ['card'], findings }, undefined);
    expect(findings.issues).toEqual([]);
    return findings.advice as { path: string; label: object; message: { en: string; zh: string } }[];
  };

  it('gives a remark with the field, both numbers and both languages', () => {
    expect(advice({ title: '标题太长' })).toEqual([
      {
        path: 'card.title',
        label: wording('Title'),
        message: {
          en: 'has 4 characters; WeCom shows about 3 and shortens the rest',
          zh: '有 4 个字，企业微信建议不超过 3 个字，超出部分可能被省略',
        },
      },
    ]);
    expect(advice({ box: { name: 'abc' }, rows: [{ name: 'ab' }, { name: 'abc' }] }).map(({ path }) => path)).toEqual([
      'card.rows[1].name',
      'card.box.name',
    ]);
  });

  it('counts characters as people do, and texts only', () => {
    expect(advice({ title: '😀😀😀' })).toEqual([]);
    expect(advice({ title: '😀😀😀😀' })).toHaveLength(1);
    expect(advice({ title: 'abc' })).toEqual([]);
    expect(advice({ title: ['a', 'b', 'c', 'd'], box: 'abcd', rows: { name: 'abcd' } })).toEqual([]);
    expect(advice({ box: [{ name: 'abcd' }], rows: [null, 'abcd'] })).toEqual([]);
  });
});
