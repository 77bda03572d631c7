import type { TooLong } from '../../core/schema/too-long';
import type { PanelType } from '../panel/panel-field';
import type { StoredValues } from '../panel/stored-value';
import { isTypedEmpty, typedText } from '../panel/stored-value';

const NAME = 'too_long';

/** Tells rows that what may be long has changed. */
export const REFIT = 'wecom-refit';

/** What happens with texts that are too long, as a flow holds it; `any` when it comes from a message. */
export function tooLongIn(values: StoredValues, type: PanelType | undefined): TooLong | 'any' {
  const stored = values[NAME];
  if (!stored || isTypedEmpty(stored)) return standard(type);
  return stored.type === 'str' ? (typedText(stored.value) as TooLong) : 'any';
}

/** The same as it stands in the open dialog. */
export function chosenTooLong(options: JQuery, type: PanelType | undefined): TooLong | 'any' {
  const input = options.find(`> [data-field="${NAME}"] .wecom-control > input`);
  if (input.length === 0) return standard(type);
  return input.typedInput('type') === 'str' ? (input.typedInput('value') as TooLong) : 'any';
}

function standard(type: PanelType | undefined): TooLong {
  return (type?.options.find(({ name }) => name === NAME)?.default as TooLong | undefined) ?? 'refuse';
}
