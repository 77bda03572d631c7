import { splitIds } from '../../core/schema/ids';
import { canCount, surelyCounts } from '../panel/condition';
import type { TooLong } from '../../core/schema/too-long';
import type { PanelField } from '../panel/panel-field';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { isTypedEmpty, typedText, untouched } from '../panel/stored-value';
import { digits } from './translate';
import type { Translate } from './translate';

const encoder = new TextEncoder();

/** Bytes of UTF-8, as WeCom counts. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

export function characterLength(text: string): number {
  return [...text].length;
}

/** How problems are worded, and what is none. */
export interface Judging {
  readonly t: Translate;
  /** What is done with texts that are too long; without it they are refused. */
  readonly tooLong?: TooLong | 'any' | undefined;
}

/** What is wrong with a value that was typed in; undefined: nothing that can be seen before it is sent. */
export function valueProblem(
  field: PanelField,
  value: string,
  { label, t, tooLong = 'refuse' }: Judging & { readonly label: string },
): string | undefined {
  // An environment variable: what it holds is known to the runtime only.
  if (value === '' || /^\$\{[^}]+\}$/.test(value)) return undefined;
  const fits = isMadeToFit(field, tooLong);
  if (!fits && field.maxBytes !== undefined && byteLength(value) > field.maxBytes)
    return t('problem.bytes', { label, actual: digits(byteLength(value)), limit: digits(field.maxBytes) });
  if (!fits && field.maxCharacters !== undefined && characterLength(value) > field.maxCharacters)
    return t('problem.characters', { label, actual: characterLength(value), limit: field.maxCharacters });
  if (field.control === 'url' && !field.schemeOptional && !/^https?:\/\//i.test(value))
    return t('problem.url', { label });
  if (field.control === 'number') {
    const number = Number(value);
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = field;
    const whole = Number.isInteger(min) && Number.isInteger(max);
    if (!(whole ? Number.isInteger(number) : Number.isFinite(number)) || number < min || number > max)
      return t(whole ? 'problem.number' : 'problem.decimal', { label, min: digits(min), max: digits(max) });
  }
  if (field.control === 'ids') {
    const count = splitIds(value).length;
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = field;
    if (count < min || count > max) return t('problem.entries', { label, actual: count, min, max });
  }
  return undefined;
}

/** Whether a text that is too long is divided or shortened in place of being refused. */
export function isMadeToFit(field: PanelField, tooLong: TooLong | 'any'): boolean {
  if (field.tooLong === undefined || tooLong === 'refuse') return false;
  return tooLong !== 'split' || field.tooLong === 'split';
}

/** Everything that is wrong with the fields of a panel as they are stored, one sentence each. */
export function fieldProblems(
  fields: readonly PanelField[],
  values: StoredValues,
  words: string,
  judging: Judging,
): string[] {
  return fields.flatMap((field) => {
    const label = judging.t(`${words}.${field.name}.label`);
    const stored = values[field.name] ?? untouched(field);
    if (!canCount(field, fields, values)) return [];
    if (!stored && !surelyCounts(field, fields, values)) return [];
    return storedProblems(field, stored, { ...judging, label, inner: `${words}.${field.name}.fields` });
  });
}

function storedProblems(
  field: PanelField,
  stored: StoredValue | undefined,
  judging: Judging & { readonly label: string; readonly inner: string },
): string[] {
  const { t, label, inner } = judging;
  if (!stored || isTypedEmpty(stored)) return field.required ? [t('problem.missing', { label })] : [];
  if (stored.type === 'list') {
    const entries = stored.value as readonly StoredValues[];
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = field;
    const count =
      entries.length < min || entries.length > max
        ? [t('problem.entries', { label, actual: entries.length, min, max })]
        : [];
    return [
      ...count,
      ...entries.flatMap((entry, index) =>
        fieldProblems(field.fields ?? [], entry, inner, judging).map((problem) => `${label} ${index + 1}: ${problem}`),
      ),
    ];
  }
  if (stored.type === 'group') return fieldProblems(field.fields ?? [], stored.value as StoredValues, inner, judging);
  const typed = stored.type === 'str' || stored.type === 'num';
  if (!typed || field.control === 'media')
    return typedText(stored.value) === '' ? [t('problem.missing', { label })] : [];
  const problem = valueProblem(field, typedText(stored.value), judging);
  return problem === undefined ? [] : [problem];
}
