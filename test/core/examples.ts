import { isActive } from '../../core';
import type { Field } from '../../core';
import { png } from '../fixtures/media';

/**
 * The values of one object of a message: what is needed, and `value` at `path`, whatever has to stand beside it.
 * Made from the descriptions, as a panel makes it from what somebody fills in.
 */
export function withValue(
  fields: readonly Field[],
  path: readonly string[] = [],
  value?: unknown,
  rules?: Field['rules'],
): Record<string, unknown> {
  const [name, ...rest] = path;
  const wanted = fields.find((field) => field.name === name);
  const values: Record<string, unknown> = {};
  if (wanted?.when) values[wanted.when.field] = wanted.when.is[0];
  if (wanted) values[wanted.name] = rest.length === 0 ? value : inner(wanted, rest, value);
  for (const field of fields)
    if (field !== wanted && field.required && isActive(field, fields, values)) values[field.name] ??= needed(field);
  for (const set of rules?.oneOf ?? [])
    if (!set.some((one) => one in values))
      fill(
        fields,
        values,
        set.find((one) => fields.some((field) => field.name === one)),
      );
  for (const set of rules?.together ?? [])
    if (set.some((one) => one in values)) set.forEach((one) => fill(fields, values, one));
  return values;
}

/** `count` entries for a list, all different. */
export function entries(field: Field, count: number): Record<string, unknown>[] {
  // An entry without anything in it may count as none.
  const first = field.rules?.skipsEmpty ? [field.fields![0]!.name] : [];
  return Array.from({ length: count }, (_, index) => ({
    ...withValue(field.fields!, first, 'text', field.rules),
    ...(field.rules?.unique !== undefined && { [field.rules.unique]: `entry-${index}` }),
  }));
}

/** Every field with its path, those inside of groups and lists too. */
export function allFields(
  fields: readonly Field[],
  path: readonly string[] = [],
): { field: Field; path: readonly string[]; siblings: readonly Field[] }[] {
  return fields.flatMap((field) => [
    { field, path: [...path, field.name], siblings: fields },
    ...allFields(field.fields ?? [], [...path, field.name]),
  ]);
}

function fill(fields: readonly Field[], values: Record<string, unknown>, name: string | undefined): void {
  const field = fields.find((entry) => entry.name === name);
  if (field) values[field.name] ??= needed(field);
}

function inner(field: Field, path: readonly string[], value: unknown): unknown {
  const values = withValue(field.fields!, path, value, field.rules);
  return field.control === 'list' ? [values] : values;
}

/** What a field needs at least. */
export function needed(field: Field): unknown {
  if (field.choices) return field.default ?? field.choices[0]!.value;
  switch (field.control) {
    case 'group': {
      const values = withValue(field.fields!, [], undefined, field.rules);
      // A group without anything in it counts as not filled in.
      return Object.keys(values).length > 0 ? values : { [field.fields![0]!.name]: needed(field.fields![0]!) };
    }
    case 'list':
      return entries(field, Math.max(1, field.min!));
    case 'url':
      return 'https://example.com';
    case 'ids':
      return Array.from({ length: Math.max(1, field.min!) }, (_, index) => `id-${index}`);
    case 'number':
      return field.min;
    case 'switch':
      return true;
    case 'media':
      return field.inline ? { filename: 'a.png', data: png() } : 'MEDIA';
    default:
      return 'text';
  }
}
