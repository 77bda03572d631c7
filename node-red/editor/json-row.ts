import type { StoredValue } from '../panel/stored-value';
import { CARD_JSON, MESSAGE_JSON, typedText } from '../panel/stored-value';
import type { Row } from './row';
import type { Translate } from './translate';
import { WRITTEN_OUT } from './typed-row';

/** The keys of what can be written as JSON, with the names of their words. */
const WORDS = { [CARD_JSON]: 'json', [MESSAGE_JSON]: 'messageJson' } as const;

/** A row for a card or a whole message written like the API writes it, typed in here or made by the flow. */
export function jsonRow(key: keyof typeof WORDS, stored: StoredValue | undefined, t: Translate): Row {
  const row = $('<div class="form-row wecom-row wecom-wide"></div>').attr('data-field', key);
  $('<label></label>')
    .text(t(`label.${WORDS[key]}`))
    .append($('<span class="wecom-required" aria-hidden="true">*</span>'))
    .appendTo(row);
  const control = $('<div class="wecom-control"></div>').appendTo(row);
  const input = $('<input type="text" style="width: 100%">').appendTo(control);
  const { type, value } = stored ?? { type: 'msg', value: 'payload' };
  input.typedInput({ default: String(type), types: WRITTEN_OUT });
  input.typedInput('type', String(type));
  input.typedInput('value', typedText(value));
  const problem = $('<div class="wecom-problem" aria-live="polite"></div>').appendTo(row);
  $('<div class="wecom-help"></div>')
    .text(t(`hint.${WORDS[key]}`))
    .appendTo(row);
  return {
    element: row,
    show(problems) {
      row.toggleClass('wecom-wrong', problems.length > 0);
      problem.text(problems[0]?.text ?? '');
    },
    read: () => ({ type: input.typedInput('type') as StoredValue['type'], value: input.typedInput('value') }),
  };
}

/** Whether what was typed in cannot be JSON. */
export function isBrokenJson(stored: StoredValue | undefined): boolean {
  if (stored?.type !== 'json') return false;
  try {
    JSON.parse(typedText(stored.value));
    return false;
  } catch {
    return true;
  }
}
