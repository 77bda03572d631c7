import type { Field } from '../../core';

type Values = Readonly<Record<string, unknown>>;

/** What the editor stores of a panel that is filled in with a message as the API writes it. */
export function storedFrom(fields: readonly Field[], values: Values, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const stored = storedOf(field, values[field.name]);
      return stored === undefined ? [] : [[prefix + field.name, stored]];
    }),
  );
}

function storedOf({ control, fields = [], media, inline }: Field, value: unknown): unknown {
  // A picture of a robot stands there as base64.
  if (inline) return { type: 'msg', value: 'picture', source: 'data' };
  if (value === undefined) return undefined;
  if (media) return { type: 'str', value, source: 'media_id' };
  if (control === 'group') return { type: 'group', value: storedFrom(fields, value as Values) };
  if (control === 'list') return { type: 'list', value: (value as Values[]).map((entry) => storedFrom(fields, entry)) };
  if (control === 'switch') return { type: 'bool', value: String(Boolean(value)) };
  if (Array.isArray(value)) return { type: 'str', value: value.join(', ') };
  return { type: typeof value === 'number' ? 'num' : 'str', value: String(value) };
}
