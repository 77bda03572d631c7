import type { ObjectRules } from '../../core/schema/field';
import type { PanelField } from '../panel/panel-field';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { isTypedEmpty, typedText, untouched } from '../panel/stored-value';
import type { Path, Problem } from './problem';
import type { Translate } from './translate';

interface Ruled {
  readonly fields: readonly PanelField[];
  readonly values: StoredValues;
  /** Catalogue key of the fields. */
  readonly words: string;
  readonly t: Translate;
}

/** What the fields of one object say about each other: sets of which one, or all, have to be filled in. */
export function ruleProblems(rules: ObjectRules | undefined, { fields, values, words, t }: Ruled): Problem[] {
  const filled = (name: string) => isFilled(fields, values, name.split('.'));
  const label = (name: string) => t(`${words}.${name.split('.').join('.fields.')}.label`);
  const missing = (names: readonly string[], text: string): Problem => ({
    paths: names.map((name) => name.split('.')),
    within: [],
    text,
    missing: true,
  });
  const oneOf = (rules?.oneOf ?? [])
    .filter((names) => !names.some(filled))
    .map((names) => missing(names, t('problem.oneOf', { labels: names.map(label).join(t('problem.comma')) })));
  const together = (rules?.together ?? []).flatMap((names) => {
    const empty = names.filter((name) => !filled(name));
    if (empty.length === names.length) return [];
    const others = names.filter(filled).map(label).join(t('problem.comma'));
    return empty.map((name) => missing([name], t('problem.together', { label: label(name), others })));
  });
  return [...oneOf, ...together];
}

/** Entries of a list that have the same value where each needs its own. */
export function repeatProblems(field: PanelField, entries: readonly StoredValues[], { words, t }: Ruled): Problem[] {
  const name = field.rules?.unique;
  if (name === undefined) return [];
  const first = new Map<string, number>();
  return entries.flatMap((entry, index): Problem[] => {
    const stored = entry[name];
    if (stored?.type !== 'str' || isTypedEmpty(stored)) return [];
    const value = typedText(stored.value);
    const before = first.get(value);
    if (before === undefined) {
      first.set(value, index);
      return [];
    }
    const text = t('problem.repeated', { label: t(`${words}.${name}.label`), entry: before + 1 });
    return [{ paths: [[index, name]], within: [], text, missing: false }];
  });
}

/** Whether something is filled in, or may be: what comes from the flow is known to the runtime only. */
function isFilled(fields: readonly PanelField[], values: StoredValues, [name = '', ...rest]: Path): boolean {
  const field = fields.find((entry) => entry.name === name);
  const stored: StoredValue | undefined = values[name] ?? (field && untouched(field));
  if (!stored || isTypedEmpty(stored)) return false;
  if (stored.type === 'bool') return stored.value === 'true';
  if (stored.type === 'list') return (stored.value as readonly StoredValues[]).length > 0;
  if (stored.type !== 'group' || rest.length === 0) return true;
  return isFilled(field?.fields ?? [], stored.value as StoredValues, rest);
}
