import type { PanelField } from '../panel/panel-field';
import type { StoredValue } from '../panel/stored-value';
import { isTypedEmpty, typedText } from '../panel/stored-value';
import { chosenIds, withNames } from './chosen-ids';
import { measureOf, showMeasure } from './measure';
import type { TypedInputType } from './node-red-editor';
import { rowFrame, whileEmpty, word } from './row';
import type { Place, Row } from './row';
import { REFIT } from './too-long';

/** Where values may come from besides being typed in. */
export const FROM_THE_FLOW = ['msg', 'flow', 'global', 'jsonata', 'env'] as const;

/** A whole object or list, written like the API writes it. */
export const WRITTEN_OUT = ['json', 'msg', 'flow', 'global', 'jsonata', 'env'] as const;

const LONG_TEXT = new Set(['area', 'html', 'markdown']);

/** What takes the place of the line that is typed in: a text with line breaks, or a check box. */
interface OwnControl {
  readonly element: JQuery;
  read(): string;
}

/** A row for one value: text, number, switch or choice, or where to take it from. */
export function typedRow(field: PanelField, stored: StoredValue | undefined, place: Place): Row {
  const { row, control, show } = rowFrame(field, place);
  const type = ownType(field, place);
  const known =
    stored && (stored.type === type.value || (FROM_THE_FLOW as readonly string[]).includes(stored.type))
      ? stored
      : undefined;
  const initial = known ?? {
    type: type.value,
    value: type.options ? String(field.default ?? field.choices?.[0] ?? '') : '',
  };
  const isOwn = initial.type === type.value;
  const input = $('<input type="text" style="width: 100%">')
    .attr('placeholder', whileEmpty(place, field))
    .appendTo(control);
  const own = ownControl(field, place, isOwn ? typedText(initial.value) : '', control);
  input.typedInput({
    default: String(initial.type),
    types: [own ? { ...type, hasValue: false } : type, ...FROM_THE_FLOW],
  });
  input.typedInput('type', String(initial.type));
  input.typedInput('value', own && isOwn ? '' : typedText(initial.value));
  if (own) {
    const follow = () => {
      const entered = input.typedInput('type') === type.value;
      own.element.toggle(entered);
      control.toggleClass('wecom-own', entered);
      place.changed();
    };
    input.on('change', follow);
    follow();
  } else if (!type.options) countLine(field, place, input, type.value);
  const names = field.idsOf
    ? chosenIds(field, place, { input, control, stored: known, appId: () => place.appId?.() ?? '' })
    : undefined;
  return {
    element: row,
    show,
    read() {
      const from = input.typedInput('type') as StoredValue['type'];
      const value = own && from === type.value ? own.read() : input.typedInput('value');
      const now: StoredValue = { type: from, value };
      // An emptied principal field is remembered: forgetting it would bring msg.payload back.
      if (isTypedEmpty(now) && !field.principal) return undefined;
      // WeCom assumes the default of what may be left out; what must be there has to be sent.
      const hasStandard = type.options !== undefined || field.control === 'switch';
      return hasStandard && !field.required && from === type.value && value === String(field.default ?? '')
        ? undefined
        : withNames(now, names?.());
    },
  };
}

function ownControl(field: PanelField, place: Place, value: string, control: JQuery): OwnControl | undefined {
  if (field.control === 'switch') return checkBox(field, place, value, control);
  return LONG_TEXT.has(field.control) ? longText(field, place, value, control) : undefined;
}

/** The type of typed input for a value that is entered right here. */
function ownType(field: PanelField, place: Place): TypedInputType {
  switch (field.control) {
    case 'number':
      return { value: 'num', label: place.t('source.num'), icon: 'red/images/typedInput/09.svg' };
    case 'switch':
      return { value: 'bool', label: place.t('source.switch'), icon: 'red/images/typedInput/bool.svg' };
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
      return { value: 'str', label: place.t('source.str'), icon: 'red/images/typedInput/az.svg' };
  }
}

/** A switch is a check box, with its source at the end of the row. */
function checkBox(field: PanelField, place: Place, value: string, control: JQuery): OwnControl {
  control.addClass('wecom-switch');
  const box = $('<input type="checkbox">')
    .attr('aria-label', word(place, field, 'label'))
    .prop('checked', value === 'true');
  const element = $('<span class="wecom-check"></span>').append(box).appendTo(control);
  return { element, read: () => String(box.prop('checked')) };
}

/** Shows at the end of a line how much of its room is taken. */
function countLine(field: PanelField, place: Place, input: JQuery, own: string): void {
  const count = $('<span class="wecom-count"></span>').appendTo(input.next('.red-ui-typedInput-container'));
  const update = () => {
    const text = input.typedInput('value');
    const measure = input.typedInput('type') === own ? measureOf(field, text, place) : undefined;
    showMeasure(count, measure, 'short');
    count.toggleClass('wecom-count-empty', text === '');
  };
  input.on(`change ${REFIT}`, update);
  update();
}

/** Text with line breaks, with what it measures: one-line inputs would lose the breaks. */
function longText(field: PanelField, place: Place, value: string, control: JQuery): OwnControl {
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
  const update = () => showMeasure(measure, measureOf(field, text(), place), 'long');
  area.on(`input ${REFIT}`, update);
  update();
  expand.on('click', () => {
    const options: LargeEditor = {
      value: text(),
      mode: field.control === 'html' ? 'ace/mode/html' : 'ace/mode/text',
      focus: true,
      complete(changed) {
        area.val(changed).trigger('input');
      },
    };
    if (field.control === 'markdown') RED.editor.editMarkdown(options);
    else RED.editor.editText(options);
  });
  return { element, read: text };
}
