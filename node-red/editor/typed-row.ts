import type { TooLong } from '../../core/schema/too-long';
import type { PanelField } from '../panel/panel-field';
import type { StoredValue } from '../panel/stored-value';
import { isTypedEmpty, typedText } from '../panel/stored-value';
import { byteLength, characterLength, isMadeToFit, valueProblem } from './field-problems';
import type { TypedInputType } from './node-red-editor';
import { rowFrame, whileEmpty, word } from './row';
import type { Place, Row } from './row';
import { REFIT } from './too-long';
import { digits } from './translate';

/** Where values may come from besides being typed in. */
export const FROM_THE_FLOW = ['msg', 'flow', 'global', 'jsonata', 'env'] as const;

/** A whole object or list, written like the API writes it. */
export const WRITTEN_OUT = ['json', 'msg', 'flow', 'global', 'jsonata', 'env'] as const;

const LONG_TEXT = new Set(['area', 'html', 'markdown']);

/** A row for one value: text, number, switch or choice, or where to take it from. */
export function typedRow(field: PanelField, stored: StoredValue | undefined, place: Place): Row {
  const { row, control } = rowFrame(field, place);
  const own = ownType(field, place);
  const known =
    stored && (stored.type === own.value || (FROM_THE_FLOW as readonly string[]).includes(stored.type))
      ? stored
      : undefined;
  const initial = known ?? {
    type: own.value,
    value: own.options ? String(field.default ?? field.choices?.[0] ?? '') : '',
  };
  const input = $('<input type="text" style="width: 100%">')
    .attr('placeholder', whileEmpty(place, field))
    .appendTo(control);
  const long = LONG_TEXT.has(field.control)
    ? longText(field, place, initial.type === own.value ? typedText(initial.value) : '', control)
    : undefined;
  input.typedInput({
    default: String(initial.type),
    types: [long ? { ...own, hasValue: false } : own, ...FROM_THE_FLOW],
  });
  input.typedInput('type', String(initial.type));
  input.typedInput('value', long && initial.type === own.value ? '' : typedText(initial.value));
  if (long) {
    const follow = () => {
      long.element.toggle(input.typedInput('type') === own.value);
      place.changed();
    };
    input.on('change', follow);
    follow();
  }
  return {
    element: row,
    read() {
      const type = input.typedInput('type') as StoredValue['type'];
      const value = long && type === own.value ? long.read() : input.typedInput('value');
      const now: StoredValue = { type, value };
      // An emptied principal field is remembered: forgetting it would bring msg.payload back.
      if (isTypedEmpty(now) && !field.principal) return undefined;
      // WeCom assumes the default of a choice that may be left out; one that must be made has to be sent.
      return own.options && !field.required && type === own.value && value === String(field.default ?? '')
        ? undefined
        : now;
    },
  };
}

/** The type of typed input for a value that is entered right here. */
function ownType(field: PanelField, place: Place): TypedInputType {
  const validate = (value: string) =>
    valueProblem(field, value, { label: word(place, field, 'label'), t: place.t, tooLong: place.tooLong?.() }) ?? true;
  switch (field.control) {
    case 'number':
      return { value: 'num', label: place.t('source.num'), icon: 'red/images/typedInput/09.svg', validate };
    case 'switch':
      return {
        value: 'bool',
        label: place.t('source.switch'),
        icon: 'red/images/typedInput/bool.svg',
        options: [
          { value: 'true', label: place.t('source.yes') },
          { value: 'false', label: place.t('source.no') },
        ],
      };
    case 'choice':
      return {
        value: typeof field.choices?.[0] === 'number' ? 'num' : 'str',
        label: place.t('source.choice'),
        icon: 'fa fa-list-ul',
        options: (field.choices ?? []).map((choice) => ({
          value: String(choice),
          label: word(place, field, `choices.${choice}`),
        })),
      };
    default:
      return { value: 'str', label: place.t('source.str'), icon: 'red/images/typedInput/az.svg', validate };
  }
}

/** Text with line breaks, with what it measures: one-line inputs would lose the breaks. */
function longText(
  field: PanelField,
  place: Place,
  value: string,
  control: JQuery,
): { element: JQuery; read(): string } {
  const element = $('<div class="wecom-long"></div>').appendTo(control);
  const area = $<HTMLTextAreaElement>('<textarea rows="4"></textarea>')
    .attr('placeholder', whileEmpty(place, field))
    .attr('aria-label', word(place, field, 'label'))
    .val(value)
    .appendTo(element);
  const foot = $('<div class="wecom-long-foot"></div>').appendTo(element);
  const measure = $('<span class="wecom-measure"></span>').appendTo(foot);
  const expand = $(
    '<button type="button" class="red-ui-button red-ui-button-small"><i class="fa fa-ellipsis-h"></i></button>',
  )
    .attr('aria-label', place.t('expand'))
    .appendTo(foot);
  RED.popover.tooltip(expand, place.t('expand'));
  const text = () => String(area.val() ?? '');
  const update = () => {
    const limit = field.maxBytes ?? field.maxCharacters;
    if (limit === undefined) return;
    const actual = field.maxBytes === undefined ? characterLength(text()) : byteLength(text());
    const tooLong = place.tooLong?.() ?? 'refuse';
    const fits = actual <= limit || isMadeToFit(field, tooLong);
    const numbers = { actual: digits(actual), limit: digits(limit), count: Math.ceil(actual / limit) };
    measure
      .text(place.t(measureOf(field, actual > limit && fits ? tooLong : 'refuse'), numbers))
      .toggleClass('wecom-bad', !fits);
    area.toggleClass('input-error', !fits);
  };
  area.on(`input ${REFIT}`, update);
  update();
  expand.on('click', () => {
    const options: LargeEditor = {
      value: text(),
      mode: field.control === 'html' ? 'ace/mode/html' : 'ace/mode/text',
      focus: true,
      complete(changed) {
        area.val(changed);
        update();
      },
    };
    if (field.control === 'markdown') RED.editor.editMarkdown(options);
    else RED.editor.editText(options);
  });
  return { element, read: text };
}

/** What to say about the length of a text; with `any`, only the runtime knows what happens to it. */
function measureOf({ maxBytes }: PanelField, tooLong: TooLong | 'any'): string {
  if (maxBytes === undefined) return 'hint.characters';
  return tooLong === 'split' ? 'hint.parts' : tooLong === 'truncate' ? 'hint.shortened' : 'hint.bytes';
}
