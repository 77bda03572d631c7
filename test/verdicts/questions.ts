import fc from 'fast-check';

import { isActive } from '../../core';
import type { Field } from '../../core';
import { allFields, entries, needed } from '../core/examples';
import { png } from '../fixtures/media';
import { RECIPIENTS } from './compare';
import type { Question } from './compare';
import { furnished, isObject, valuesWith } from './forms';
import type { Form } from './forms';
import { LONG_USERID, MSGID, RESPONSE_CODE } from './judge';
import type { Json, Judge } from './judge';

/** Every field of a form in turn: left out, emptied, of another kind, at its limits and beyond. */
export function questionsOf(form: Form, judge: Judge): Question[] {
  const questions: Question[] = [];
  const smallest = valuesWith(form, judge);
  const { task_id: _, ...without } = smallest;
  questions.push({ at: '', probe: 'smallest', message: form.message(without) });
  for (const part of ['fields', 'options'] as const) {
    const fields = form[part];
    const messageOf = (values: Json) =>
      part === 'fields' ? form.message(values) : form.message(valuesWith(form, judge), values);
    const filled = (path: readonly string[], value: unknown) =>
      part === 'fields' ? valuesWith(form, judge, path, value) : valuesWith(form, judge, path, value, fields, {});
    for (const { field, path, siblings } of allFields(fields)) {
      // What stands in the message for a picture has no name of its own.
      const ask = (probe: string, values: Json) =>
        questions.push({ at: path.join('.'), probe, message: messageOf(values) });
      if (!field.inline) {
        ask('left out', withAt(filled(path, exampleOf(field, form, judge)), path, undefined));
        for (const [probe, value] of emptied(field))
          ask(probe, withAt(filled(path, exampleOf(field, form, judge)), path, value));
        for (const [probe, value] of otherKinds(field, exampleOf(field, form, judge)))
          ask(probe, withAt(filled(path, exampleOf(field, form, judge)), path, value));
      }
      for (const [probe, value] of sizes(field, form, judge)) ask(probe, filled(path, value));
      for (const { value } of field.choices ?? []) {
        const values = filled(path, value);
        // What goes with this choice, and then the same without it.
        const needs = siblings.filter(
          (sibling) => sibling.when?.field === field.name && sibling.when.is.includes(value),
        );
        const whole = needs.reduce(
          (all, sibling) => withAt(all, [...path.slice(0, -1), sibling.name], exampleOf(sibling, form, judge)),
          values,
        );
        ask(`choice ${value}`, whole);
        for (const { name } of needs)
          ask(
            `choice ${value} without ${name}`,
            withAt(structuredClone(whole), [...path.slice(0, -1), name], undefined),
          );
      }
      if (field.choices)
        for (const value of [-1, 0, 1, 2, 3, 4, 5, 9].filter((one) => !isChoice(field, one)))
          ask(`choice ${value}, which is none`, filled(path, value));
      if (field.control === 'switch')
        for (const value of [true, false, 1, 0]) ask(`switched ${value}`, filled(path, value));
      if (field.rules?.unique !== undefined)
        ask('the same twice', filled(path, twice(field, field.rules.unique, form, judge)));
      // With everything that can stand beside it.
      if (field.control === 'group' || field.control === 'list') {
        const all = (gone: readonly string[]) =>
          withAt(filled(path, exampleOf(field, form, judge)), path, everything(field, form, judge, gone));
        ask('everything', all([]));
        if (field.rules)
          for (const gone of upToTwo(field.fields!)) ask(`everything without ${gone.join(' and ')}`, all(gone));
      }
    }
    if (part === 'fields') {
      const all = furnished(allOf(fields), fields, form, judge);
      questions.push({ at: '', probe: 'everything', message: form.message(all) });
      for (const set of form.rules?.oneOf ?? [])
        questions.push({
          at: set.join(' or '),
          probe: 'none of them',
          message: form.message(
            set.reduce((values, name) => withAt(values, name.split('.'), undefined), structuredClone(all)),
          ),
        });
    }
  }
  for (const [name, value] of Object.entries(BESIDE[form.place]))
    if (!form.options.some((field) => field.name === name))
      questions.push({ at: name, probe: 'not of this message', message: form.message(smallest, { [name]: value }) });
  return questions.map((question) => ({ ...question, message: undressed(question.message) }));
}

/** What only some messages know, beside their content. */
const BESIDE = {
  app: { safe: 1, enable_id_trans: 1, everyone: true },
  chat: { safe: 1, enable_id_trans: 1 },
  robot: { safe: 1, enable_id_trans: 1 },
  update: { safe: 1, enable_id_trans: 1 },
  operation: {},
};

function isChoice({ choices }: Field, value: number): boolean {
  return choices!.some((entry) => entry.value === value);
}

function upToTwo(fields: readonly Field[]): string[][] {
  return fields.flatMap(({ name }, index) => [[name], ...fields.slice(index + 1).map((other) => [name, other.name])]);
}

/** The values without what is undefined, as JSON carries them. */
function undressed(message: Json): Json {
  return JSON.parse(JSON.stringify(message)) as Json;
}

/** An entry twice, and one that differs. */
function twice(field: Field, unique: string, form: Form, judge: Judge): Json[] {
  return entries(field, 2).map((entry) => ({ ...furnished(entry, field.fields!, form, judge), [unique]: 'same' }));
}

function exampleOf(field: Field, form: Form, judge: Judge): unknown {
  const values = furnished({ [field.name]: plainExample(field) }, [field], form, judge);
  return values[field.name];
}

function plainExample(field: Field): unknown {
  if (field.control === 'group') return allOf(field.fields!);
  // The switches inside of messages are booleans, those beside them numbers.
  if (field.control === 'switch' && !['emphasis_first_item', 'is_checked', 'disable'].includes(field.name)) return 1;
  return needed(field);
}

/** Every field that counts, filled in. */
function allOf(fields: readonly Field[]): Json {
  const values: Json = {};
  for (const field of fields)
    if (!field.when)
      values[field.name] =
        field.control === 'list'
          ? entries(field, Math.max(1, field.min ?? 1)).map(() => allOf(field.fields!))
          : plainExample(field);
  for (const field of fields)
    if (field.when && isActive(field, fields, values)) values[field.name] = plainExample(field);
  return values;
}

function everything(field: Field, form: Form, judge: Judge, without: readonly string[] = []): unknown {
  const values = furnished(allOf(field.fields!), field.fields!, form, judge);
  for (const name of without) delete values[name];
  return field.control === 'list' ? [values] : values;
}

function emptied({ control }: Field): [string, unknown][] {
  if (control === 'group') return [['empty', {}]];
  if (control === 'list' || control === 'ids') return [['empty', []]];
  if (control === 'number' || control === 'switch') return [];
  return [
    ['empty', ''],
    ['blank', ' '],
  ];
}

function otherKinds({ control, choices }: Field, example: unknown): [string, unknown][] {
  if (choices || control === 'number' || control === 'switch')
    return [
      ['a text', 'x'],
      ['an object', { x: 'x' }],
    ];
  if (control === 'ids')
    return [
      ['a text', String((example as unknown[])[0])],
      ['an object', { x: 'x' }],
    ];
  if (control === 'list')
    return [
      ['a text', 'x'],
      ['an object', { x: 'x' }],
      ['a number', 7],
      ['a list of texts', ['x']],
    ];
  if (control === 'group')
    return [
      ['a text', 'x'],
      ['a list', [{ x: 'x' }]],
      ['a number', 7],
    ];
  return [
    ['an object', { x: 'x' }],
    ['a list', ['x']],
  ];
}

/** Values of exactly the size of each limit, and just beyond it; and much longer ones where no limit is known. */
function sizes(field: Field, form: Form, judge: Judge): [string, unknown][] {
  const { control, maxBytes, maxCharacters, min, max, choices, name } = field;
  if (control === 'media')
    return maxBytes === undefined
      ? []
      : [
          ['at the limit', { filename: 'a.png', data: png(maxBytes) }],
          ['over the limit', { filename: 'a.png', data: png(maxBytes + 1) }],
        ];
  if (choices || control === 'switch' || control === 'group') return [];
  if (control === 'number') {
    const step = Number.isInteger(min) ? 1 : 0.05;
    return [
      ['at the limit', max],
      ['over the limit', max! + step],
      ['at the lower limit', min],
      ['under the limit', min! - step],
    ];
  }
  const listed = (count: number): unknown =>
    control === 'list'
      ? entries(field, count).map((entry) => furnished(entry, field.fields!, form, judge))
      : Array.from({ length: count }, (_, index) => `id-${index}`);
  if (control === 'list' || control === 'ids')
    return [
      ['at the limit', listed(max!)],
      ['over the limit', listed(max! + 1)],
      ...(min! > 0
        ? ([['at the lower limit', listed(min!)], ...(min! > 1 ? [['under the limit', listed(min! - 1)]] : [])] as [
            string,
            unknown,
          ][])
        : []),
    ];
  if (control === 'url') {
    const address = (bytes: number) => 'https://example.com/'.padEnd(bytes, 'a');
    return [
      ...(maxBytes === undefined
        ? []
        : ([
            ['at the limit', address(maxBytes)],
            ['over the limit', address(maxBytes + 1)],
          ] as [string, unknown][])),
      ['very long', address(9_000)],
      ['without a scheme', 'example.com'],
      ['of another scheme', 'ftp://example.com'],
    ];
  }
  // Who has to exist exists with a userid as long as they get.
  if (name === 'owner' || name === 'userid')
    return [
      ['at the limit', LONG_USERID],
      ...(name === 'owner' ? [['over the limit', `${LONG_USERID}u`] as [string, unknown]] : []),
    ];
  if (name === 'response_code') return [];
  const limit = maxBytes ?? maxCharacters;
  const latin = name === 'chatid' || name === 'task_id';
  // The chat of 32 a is there already.
  const sign = form.key === 'operation createChat' && latin ? 'b' : latin ? 'a' : '字';
  const bytes = (count: number) =>
    latin ? sign.repeat(count) : `${sign.repeat(Math.floor(count / 3))}${'a'.repeat(count % 3)}`;
  const around: [string, unknown][] =
    limit === undefined
      ? []
      : maxBytes !== undefined
        ? [
            ['at the limit', bytes(limit)],
            ['over the limit', bytes(limit + 1)],
          ]
        : [
            ['at the limit', sign.repeat(limit)],
            ['over the limit', sign.repeat(limit + 1)],
          ];
  const short: [string, unknown][] =
    name === 'title' || name === 'description'
      ? [
          ['three characters', '三个字'],
          ['four characters', '四个字啊'],
        ]
      : [];
  return [
    ...around,
    ...short,
    ['very long', sign.repeat(limit !== undefined && limit > 9_000 ? limit : 9_000)],
    ...(latin ? ([['other characters', 'a b/c']] as [string, unknown][]) : []),
  ];
}

/** The values with another one at `path`: in every entry of a list. */
function withAt(values: Json, [name, ...rest]: readonly string[], value: unknown): Json {
  if (name === undefined) return values;
  if (rest.length === 0) {
    if (value === undefined) delete values[name];
    else values[name] = value;
    return values;
  }
  const inner = values[name];
  for (const holder of Array.isArray(inner) ? inner.slice(0, 1) : [inner])
    if (isObject(holder)) withAt(holder, rest, value);
  return values;
}

/** Messages nobody thought of: every required field, any of the others, short texts of any characters. */
export function randomMessages(form: Form, judge: Judge): fc.Arbitrary<Json> {
  const content = randomValues(form.fields).map((values) => {
    const furnishedValues = furnished(values, form.fields, form, judge);
    if (form.fields.some(({ name }) => name === 'task_id')) furnishedValues['task_id'] = 'task-1';
    return furnishedValues;
  });
  return fc
    .record({ content, options: randomValues(form.options) })
    .map(({ content: values, options }) => undressed(form.message(values, options)));
}

const letters = fc
  .string({ unit: 'grapheme', minLength: 4, maxLength: 10 })
  .filter((text) => text.trim() !== '' && [...text].length <= 10)
  .map((text) => text.padEnd(4, 'x'));

function randomValues(fields: readonly Field[]): fc.Arbitrary<Json> {
  const entriesOf = fields.map((field) =>
    field.required && !field.when ? randomValue(field) : fc.option(randomValue(field), { nil: undefined }),
  );
  return fc.tuple(...entriesOf).map((values) => {
    const result: Json = {};
    fields.forEach(({ name }, index) => {
      if (values[index] !== undefined) result[name] = values[index];
    });
    // What counts must be there, and what does not should not: the tries above say what happens otherwise.
    for (const field of fields) {
      if (field.when && !isActive(field, fields, result)) delete result[field.name];
      else if (field.when && field.required && result[field.name] === undefined)
        result[field.name] = plainExample(field);
    }
    return result;
  });
}

const NAMED: ReadonlySet<string> = new Set(['appid', 'userid', 'owner', 'chatid', 'response_code']);

function randomValue(field: Field): fc.Arbitrary<unknown> {
  if (field.choices) return fc.constantFrom(...field.choices.map(({ value }) => value));
  switch (field.control) {
    case 'group':
      // A group that says nothing counts as not filled in, and is tried above.
      return randomValues(field.fields!).filter((values) =>
        field.fields!.some(({ name, default: standard }) => values[name] !== undefined && values[name] !== standard),
      );
    case 'list': {
      const { unique, together = [], ignored = [] } = field.rules ?? {};
      const whole = (values: Json) =>
        together.every((set) => new Set(set.map((name) => values[name] === undefined)).size === 1) &&
        ignored.every(
          (rule) => values[rule.field] === undefined || rule.beside.some((name) => values[name] === undefined),
        );
      return fc
        .array(randomValues(field.fields!).filter(whole), {
          minLength: field.min ?? 0,
          maxLength: Math.min(field.max!, 3),
        })
        .map((list) =>
          unique === undefined ? list : list.map((entry, index) => ({ ...entry, [unique]: `key-${index}` })),
        );
    }
    case 'switch':
    case 'number':
    case 'media':
      return fc.constant(plainExample(field));
    case 'ids':
      return fc.constant(plainExample(field));
    case 'url':
      return fc.webUrl({ withQueryParameters: true });
    default: {
      if (field.name === 'task_id' || NAMED.has(field.name)) return fc.constant('text');
      // The first choice of every list of choices.
      if (field.name === 'selected_id') return fc.constant('key-0');
      const most = field.maxCharacters;
      return most === undefined
        ? letters
        : letters.map((text) => [...text].slice(0, most).join('')).filter((text) => text.trim() !== '');
    }
  }
}

/** A sample of the documentation, changed in one place: what is written there, not what core describes. */
export function questionsAbout(sample: Json, root: readonly string[]): Question[] {
  const questions: Question[] = [{ at: '', probe: 'the sample', message: sample }];
  const walk = (value: unknown, path: readonly (string | number)[]) => {
    const named = path.filter((key) => typeof key === 'string');
    const at = (named.length > 1 && named[0] === root[0] ? named.slice(1) : named).join('.');
    const ask = (probe: string, other: unknown) =>
      questions.push({ at, probe: `sample: ${probe}`, message: replaced(sample, path, other) as Json });
    const last = path.at(-1);
    if (
      path.length > 0 &&
      !path.some((key) => NOT_TRIED.has(String(key))) &&
      value !== RESPONSE_CODE &&
      value !== MSGID
    ) {
      if (typeof last === 'string') ask('left out', undefined);
      if (typeof value === 'string')
        for (const [probe, other] of [
          ['empty', ''],
          ['a list', ['x']],
          ['very long', value.startsWith('http') ? value.padEnd(9_000, 'a') : 'a'.repeat(9_000)],
        ] as const)
          ask(probe, other);
      else if (typeof value === 'number' || typeof value === 'boolean')
        for (const [probe, other] of [
          ['a text', 'x'],
          ['an object', { x: 1 }],
          ['another number', 99],
        ] as const)
          ask(probe, other);
      else if (Array.isArray(value)) {
        ask('empty', []);
        ask('a text', 'x');
        ask(
          'many entries',
          Array.from({ length: 21 }, (_, index) => distinct(value[0], index)),
        );
      } else if (isObject(value)) {
        ask('empty', {});
        ask('a text', 'x');
      }
    }
    if (Array.isArray(value)) value.forEach((entry, index) => walk(entry, [...path, index]));
    else if (isObject(value))
      for (const [key, entry] of Object.entries(value))
        if (key !== 'msgtype' && key !== 'agentid') walk(entry, [...path, key]);
  };
  walk(sample, []);
  return questions;
}

/** Who gets a message, or is in a chat, is read by rules of its own: see recipients and IDs. */
const NOT_TRIED: ReadonlySet<string> = new Set([
  ...RECIPIENTS,
  'userids',
  'partyids',
  'tagids',
  'atall',
  'userlist',
  'add_user_list',
  'del_user_list',
  'mentioned_list',
  'mentioned_mobile_list',
  'agentid',
  'msgtype',
]);

function distinct(entry: unknown, index: number): unknown {
  if (!isObject(entry)) return entry;
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [
      key,
      key === 'key' || key === 'id' || key === 'question_key' ? `${String(value)}-${index}` : value,
    ]),
  );
}

function replaced(target: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(target) ? [...(target as unknown[])] : { ...(target as object) }) as Record<
    string | number,
    unknown
  >;
  if (rest.length === 0 && value === undefined) delete copy[key];
  else copy[key] = replaced(copy[key], rest, value);
  return copy;
}
