import type { Field } from './field';

/** What happens with a text that is too long: several messages, a shorter text, or an error. */
export type TooLong = 'split' | 'truncate' | 'refuse';

/** What it is when nobody says otherwise: nothing is cut off silently. */
export function defaultTooLong(fields: readonly Field[]): TooLong {
  return fields.some((field) => field.tooLong === 'split') ? 'split' : 'refuse';
}

/**
 * Whether any text of these fields may be divided or shortened: others have to arrive as they were written, or not at
 * all.
 */
export function canBeTooLong(fields: readonly Field[]): boolean {
  return fields.some((field) => field.tooLong !== undefined || canBeTooLong(field.fields ?? []));
}
