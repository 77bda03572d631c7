import type { z } from 'zod/v4';

import type { InputIssue } from '../outcome/errors';
import { andMore, MOST_ENTRIES } from '../outcome/issues';
import type { IssueParams } from './checks';
import type { Field } from './field';
import { nearest } from './nearest';
import type { Wording } from '../outcome/wording';

type Path = readonly (string | number)[];

/** Turns what zod found into issues people can act on: API path, the panel's label, both languages. */
export function inputIssues(
  error: z.ZodError,
  input: unknown,
  fields: readonly Field[],
  root: Path = [],
): InputIssue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path as Path;
    const value = valueAt(input, path);
    if (issue.code === 'unrecognized_keys') {
      const known = fieldsAt(fields, path).map((field) => field.name);
      return unknownKeys(issue.keys, known, [...root, ...path]);
    }
    const params = issue.code === 'custom' ? (issue.params as IssueParams | undefined) : undefined;
    const label = fieldAt(fields, path)?.label;
    return [
      {
        path: formatPath([...root, ...path]),
        ...(label && { label }),
        message: params?.wording ?? wordingOf(issue, value),
        ...(params?.limit !== undefined && { limit: params.limit }),
        ...(params?.actual !== undefined && { actual: params.actual }),
      },
    ];
  });
}

/** Of many keys nobody knows the first ones, and how many more there are. */
export function unknownKeys(keys: readonly string[], known: readonly string[], root: Path = []): InputIssue[] {
  const told = keys
    .slice(0, MOST_ENTRIES)
    .map((key) => ({ path: formatPath([...root, key]), message: unknownKey(key, known) }));
  const last = told.at(-1);
  return last && keys.length > told.length ? [...told.slice(0, -1), andMore(last, keys.length - told.length)] : told;
}

/** What to say about a key nobody knows, with the one that was probably meant. */
export function unknownKey(key: string, known: readonly string[]): Wording {
  const meant = nearest(key, known);
  return meant === undefined
    ? {
        en: `is not a field here; the fields are ${known.join(', ')}`,
        zh: `不是有效的字段；有效字段：${known.join('、')}`,
      }
    : { en: `is not a field here; did you mean ${meant}?`, zh: `不是有效的字段；是否应为 ${meant}？` };
}

export function typeName(value: unknown): Wording {
  if (value === null) return { en: 'null', zh: 'null' };
  if (Array.isArray(value)) return { en: 'a list', zh: '列表' };
  if (ArrayBuffer.isView(value)) return { en: 'binary data', zh: '二进制数据' };
  switch (typeof value) {
    case 'string':
      return { en: 'a text', zh: '文本' };
    case 'number':
      return Number.isFinite(value) ? { en: 'a number', zh: '数字' } : { en: String(value), zh: String(value) };
    case 'boolean':
      return { en: 'true or false', zh: '布尔值' };
    case 'undefined':
      return { en: 'undefined', zh: 'undefined' };
    default:
      return { en: 'an object', zh: '对象' };
  }
}

const EXPECTED: Readonly<Record<string, Wording>> = {
  string: { en: 'a text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  array: { en: 'a list', zh: '列表' },
  object: { en: 'an object', zh: '对象' },
};

function wordingOf(issue: z.core.$ZodIssue, value: unknown): Wording {
  if (value === undefined) return { en: 'is missing or empty', zh: '缺失或为空' };
  const actual = typeName(value);
  if (issue.code === 'invalid_type') {
    const expected = EXPECTED[issue.expected] ?? { en: issue.expected, zh: issue.expected };
    return { en: `must be ${expected.en}, but is ${actual.en}`, zh: `必须是${expected.zh}，但实际是${actual.zh}` };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return { en: `must be one of ${values}`, zh: `必须是以下值之一：${values}` };
  }
  return { en: `is not valid (${actual.en})`, zh: `无效（${actual.zh}）` };
}

export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], input);
}

function fieldAt(fields: readonly Field[], path: Path): Field | undefined {
  const names = path.filter((key) => typeof key === 'string');
  const name = names.at(-1);
  return fieldsAt(fields, names.slice(0, -1)).find((field) => field.name === name);
}

function fieldsAt(fields: readonly Field[], path: Path): readonly Field[] {
  return path.reduce<readonly Field[]>(
    (level, key) => (typeof key === 'number' ? level : (level.find((field) => field.name === key)?.fields ?? [])),
    fields,
  );
}
