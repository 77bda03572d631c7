import type { Field } from './field';
import { isFile } from './media';
import { isRecord } from './record';

// No message is nested deeper; what is (a cyclic object out of a flow, say) is left for the schema to refuse.
const MAX_DEPTH = 8;

/**
 * What somebody filled in: panels give "" for an empty line, {} for an untouched group, [] for a list
 * without entries and a group of nothing but defaults for one that was only looked at. The request leaves
 * such fields out; required ones stay away too and are then named as missing.
 */
export function filledIn(value: unknown, fields: readonly Field[], depth = 0): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const entry = value[key];
    // Most values are texts, in which nothing else could be empty.
    const clean =
      typeof entry === 'object'
        ? cleaned(
            entry,
            fields.find((field) => field.name === key),
            depth + 1,
          )
        : entry;
    if (clean !== undefined && clean !== '') kept[key] = clean;
  }
  return kept;
}

function cleaned(value: object | null, field: Field | undefined, depth: number): unknown {
  if (value === null) return undefined;
  // An empty list of ids names nobody, and must not count as one that does.
  if (field?.control === 'ids' && !field.required && isEmptyList(value)) return undefined;
  if (depth > MAX_DEPTH || !field?.fields || ArrayBuffer.isView(value) || isFile(value)) return value;
  const { fields } = field;
  if (field.control === 'group') {
    const group = filledIn(value, fields, depth);
    if (!group) return value;
    // An empty group that has to be there is kept, so that what is missing in it gets named.
    const dispensable = !field.required || fields.every((inner) => !inner.required);
    const untouched = Object.entries(group).every(
      ([key, entry]) => isDefault(fields, key, entry) || isEmptyList(entry),
    );
    return dispensable && untouched ? undefined : group;
  }
  if (!Array.isArray(value)) return value;
  if (value.length === 0 && !field.required) return undefined;
  return value.map((entry) =>
    isRecord(entry) || entry === null || entry === undefined || entry === ''
      ? (filledIn(entry ?? {}, fields, depth) ?? {})
      : (entry as unknown),
  );
}

function isDefault(fields: readonly Field[], name: string, value: unknown): boolean {
  const standard = fields.find((field) => field.name === name)?.default;
  return standard !== undefined && String(standard) === String(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
