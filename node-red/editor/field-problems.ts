import { isNumericId, isUserId, splitIds } from '../../core/schema/ids';
import type { ObjectRules } from '../../core/schema/field';
import { canCount, surelyCounts } from '../panel/condition';
import type { TooLong } from '../../core/schema/too-long';
import type { PanelField } from '../panel/panel-field';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { isTypedEmpty, typedText, untouched } from '../panel/stored-value';
import { isTemplate, isUnclosed } from '../panel/template-text';
import { moved } from './problem';
import type { Problem } from './problem';
import { repeatProblems, ruleProblems } from './rule-problems';
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

/** A field as its row knows it: what it is called here, and where its words stand. */
type Named = Judging & { readonly label: string; readonly words: string };

/** What is wrong with a value that was typed in; undefined: nothing that can be seen before it is sent. */
function valueProblem(field: PanelField, value: string, judging: Named): string | undefined {
  // An environment variable: what it holds is known to the runtime only.
  if (value === '' || /^\$\{[^}]+\}$/.test(value)) return undefined;
  const { t, label } = judging;
  // What the placeholders become is known to the runtime only, too.
  if (isTemplate(value)) return isUnclosed(value) ? t('problem.template', { label }) : undefined;
  if (value.trim() === '') return t('problem.blank', { label });
  return (
    lengthProblem(field, value, judging) ??
    (field.control === 'url' && !field.schemeOptional ? addressProblem(value, judging) : undefined) ??
    (field.control === 'number' ? numberProblem(field, value, judging) : undefined) ??
    patternProblem(field, value, judging) ??
    idsProblem(field, value, judging)
  );
}

function lengthProblem(field: PanelField, value: string, { label, t, tooLong = 'refuse' }: Named): string | undefined {
  const { maxBytes, maxCharacters, minCharacters } = field;
  if (minCharacters !== undefined && characterLength(value) < minCharacters)
    return t('problem.tooShort', { label, actual: characterLength(value), limit: minCharacters });
  if (isMadeToFit(field, tooLong)) return undefined;
  if (maxBytes !== undefined && byteLength(value) > maxBytes)
    return t('problem.bytes', { label, actual: digits(byteLength(value)), limit: digits(maxBytes) });
  if (maxCharacters !== undefined && characterLength(value) > maxCharacters)
    return t('problem.characters', { label, actual: characterLength(value), limit: maxCharacters });
  return undefined;
}

function addressProblem(value: string, { label, t }: Named): string | undefined {
  if (!/^https?:\/\//i.test(value)) return t('problem.url', { label });
  try {
    new URL(value);
    return undefined;
  } catch {
    return t('problem.address', { label });
  }
}

function numberProblem(field: PanelField, value: string, { label, t }: Named): string | undefined {
  const number = Number(value);
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = field;
  const whole = Number.isInteger(min) && Number.isInteger(max);
  if ((whole ? Number.isInteger(number) : Number.isFinite(number)) && number >= min && number <= max) return undefined;
  return t(whole ? 'problem.number' : 'problem.decimal', { label, min: digits(min), max: digits(max) });
}

function patternProblem({ name, pattern }: PanelField, value: string, { label, words, t }: Named): string | undefined {
  if (pattern === undefined || new RegExp(pattern).test(value)) return undefined;
  return t('problem.pattern', { label, problem: t(`${words}.${name}.pattern`) });
}

function idsProblem(field: PanelField, value: string, { label, t }: Named): string | undefined {
  const ids = splitIds(value);
  if (field.control === 'ids') {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = field;
    if (ids.length < min || ids.length > max)
      return t('problem.entries', { label, actual: digits(ids.length), min: digits(min), max: digits(max) });
  }
  if (field.idsOf === undefined) return undefined;
  if (ids.length === 0) return t('problem.blank', { label });
  const isId = field.idsOf === 'member' ? isUserId : isNumericId;
  const wrong = ids.find((id) => !isId(id) && !(field.orEveryone && id === '@all'));
  return wrong === undefined
    ? undefined
    : t(field.idsOf === 'member' ? 'problem.userId' : 'problem.numericId', { label, id: quotable(wrong) });
}

const QUOTED_CHARACTERS = 20;

/** The editor puts what is wrong with a node into its page as HTML. */
function quotable(text: string): string {
  const characters = [...text.replace(/[<>&"']/g, '·')];
  return characters.length > QUOTED_CHARACTERS
    ? `${characters.slice(0, QUOTED_CHARACTERS).join('')}…`
    : characters.join('');
}

/** Whether a text that is too long is divided or shortened in place of being refused. */
export function isMadeToFit(field: PanelField, tooLong: TooLong | 'any'): boolean {
  if (field.tooLong === undefined || tooLong === 'refuse') return false;
  return tooLong !== 'split' || field.tooLong === 'split';
}

/** Everything that is wrong with the fields of a panel, or of a group or entry in it, as they are stored. */
export function fieldProblems(
  fields: readonly PanelField[],
  values: StoredValues,
  words: string,
  { rules, ...judging }: Judging & { readonly rules?: ObjectRules | undefined },
): Problem[] {
  const single = fields.flatMap((field): Problem[] => {
    const label = judging.t(`${words}.${field.name}.label`);
    const stored = values[field.name] ?? untouched(field);
    if (!canCount(field, fields, values)) return [];
    if (!stored && !surelyCounts(field, fields, values)) return [];
    return moved(storedProblems(field, stored, { ...judging, label, words }), [field.name]);
  });
  return [...single, ...ruleProblems(rules, { fields, values, words, t: judging.t })];
}

function storedProblems(field: PanelField, stored: StoredValue | undefined, judging: Named): Problem[] {
  const { t, label } = judging;
  const missing: Problem = { paths: [[]], within: [], text: t('problem.missing', { label }), missing: true };
  if (!stored || isTypedEmpty(stored)) return field.required ? [missing] : [];
  if (stored.type === 'list') return listProblems(field, stored.value as readonly StoredValues[], judging);
  if (stored.type === 'group') {
    const inner = `${judging.words}.${field.name}.fields`;
    const { fields = [], rules } = field;
    return moved(fieldProblems(fields, stored.value as StoredValues, inner, { ...judging, rules }), [], label);
  }
  const typed = stored.type === 'str' || stored.type === 'num';
  if (!typed || field.control === 'media') return typedText(stored.value) === '' ? [missing] : [];
  const text = valueProblem(field, typedText(stored.value), judging);
  return text === undefined ? [] : [{ paths: [[]], within: [], text, missing: false }];
}

function listProblems(field: PanelField, entries: readonly StoredValues[], judging: Named): Problem[] {
  const { t, label, words } = judging;
  const { fields = [], rules, min = 0, max = Number.MAX_SAFE_INTEGER } = field;
  const inner = `${words}.${field.name}.fields`;
  const entryName = t(`${words}.${field.name}.entryLabel`);
  const count: Problem = {
    paths: [[]],
    within: [],
    text: t('problem.entries', { label, actual: entries.length, min, max }),
    missing: false,
  };
  const repeated = repeatProblems(field, entries, { fields, values: {}, words: inner, t });
  return [
    ...(entries.length < min || entries.length > max ? [count] : []),
    ...entries.flatMap((entry, index) =>
      moved(fieldProblems(fields, entry, inner, { ...judging, rules }), [index], `${entryName} ${index + 1}`),
    ),
    ...moved(repeated, [], label),
  ];
}
