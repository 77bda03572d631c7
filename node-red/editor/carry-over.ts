import type { PanelField, PanelType } from '../panel/panel-field';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { contentKey, isTypedEmpty, saysNothing } from '../panel/stored-value';
import { below } from './panel-problems';

type Part = NonNullable<PanelField['part']>;
type Parts = ReadonlyMap<Part, StoredValue>;

/**
 * What was entered for one type of message, also for the parts of another that mean the same and where nothing was
 * entered yet: a text becomes the description of a text card, its title that of the first article.
 */
export function carriedOver(from: PanelType, to: PanelType, values: StoredValues): StoredValues {
  const parts: Parts = new Map(partsIn(from.content, below(values, contentKey(from.name, ''))));
  if (parts.size === 0) return values;
  const filled = filledIn(to.content, below(values, contentKey(to.name, '')), parts);
  return {
    ...values,
    ...Object.fromEntries(Object.entries(filled).map(([name, value]) => [contentKey(to.name, name), value])),
  };
}

/** Of a list the first entry counts. */
function partsIn(fields: readonly PanelField[], values: StoredValues): [Part, StoredValue][] {
  return fields.flatMap((field): [Part, StoredValue][] => {
    const stored = values[field.name];
    if (!stored) return [];
    if (stored.type === 'group') return partsIn(field.fields ?? [], stored.value as StoredValues);
    if (stored.type === 'list') return partsIn(field.fields ?? [], (stored.value as readonly StoredValues[])[0] ?? {});
    return field.part && isEntered(field, stored) ? [[field.part, stored]] : [];
  });
}

function filledIn(fields: readonly PanelField[], values: StoredValues, parts: Parts): StoredValues {
  return fields.reduce<StoredValues>((filled, field) => {
    const stored = filled[field.name];
    const given = field.part && parts.get(field.part);
    if (given) return isEntered(field, stored) ? filled : { ...filled, [field.name]: given };
    const inner = field.required ? (field.fields ?? []) : [];
    if (!inner.some(({ part }) => part && parts.has(part))) return filled;
    if (field.control === 'group' && (!stored || stored.type === 'group')) {
      const value = filledIn(inner, (stored?.value ?? {}) as StoredValues, parts);
      return { ...filled, [field.name]: { type: 'group', value } };
    }
    if (field.control === 'list' && (!stored || stored.type === 'list')) {
      const [first = {}, ...rest] = (stored?.value ?? []) as readonly StoredValues[];
      return { ...filled, [field.name]: { type: 'list', value: [filledIn(inner, first, parts), ...rest] } };
    }
    return filled;
  }, values);
}

function isEntered(field: PanelField, stored: StoredValue | undefined): boolean {
  return stored !== undefined && !isTypedEmpty(stored) && !saysNothing(field, stored);
}
