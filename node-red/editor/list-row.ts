import type { PanelField } from '../panel/panel-field';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { saysNothing, typedText } from '../panel/stored-value';
import { inside } from './problem';
import type { Problem } from './problem';
import { rowFrame, word } from './row';
import type { Place, Row, Rows } from './row';

type RenderFields = (container: JQuery, fields: readonly PanelField[], values: StoredValues, place: Place) => Rows;

/** The entries of a list on the screen. */
interface Entries {
  read(): StoredValues[];
  show(problems: readonly Problem[]): void;
}

/** A row for a list: entries with fields of their own, or the whole list from the flow. */
export function listRow(
  field: PanelField,
  stored: StoredValue | undefined,
  place: Place,
  renderFields: RenderFields,
): Row {
  const { row, control, show } = rowFrame(field, place);
  row.addClass('wecom-wide wecom-sourced');
  const fromFlow = stored && stored.type !== 'list' ? stored : undefined;
  const input = sourceInput(control, 'list', fromFlow, place);
  const frame = $('<div class="wecom-list"></div>').appendTo(control);
  const entries = entryList(
    frame,
    { field, place, renderFields },
    stored?.type === 'list' ? (stored.value as readonly StoredValues[]) : undefined,
  );

  const follow = () => {
    showSource(frame, input, 'list');
    place.changed();
  };
  input.on('change', follow);
  follow();
  return {
    element: row,
    read() {
      const type = input.typedInput('type');
      if (type !== 'list') return { type: type as StoredValue['type'], value: input.typedInput('value') };
      const value = entries.read();
      return value.length === 0 && !field.required ? undefined : { type: 'list', value };
    },
    show(problems) {
      show(problems);
      entries.show(problems);
    },
  };
}

/** The entries of a list, which can be added until it is full, removed and sorted. */
function entryList(
  frame: JQuery,
  {
    field,
    place,
    renderFields,
  }: { readonly field: PanelField; readonly place: Place; readonly renderFields: RenderFields },
  stored: readonly StoredValues[] | undefined,
): Entries {
  const list = $('<ol></ol>').appendTo(frame);
  const entryName = word(place, field, 'entryLabel');
  const rows = new WeakMap<Element, Rows>();
  const items = () => list.editableList('items').toArray();
  const follow = () => {
    offerMore(list, items().length, field, place);
    place.changed();
  };
  const number = () => {
    for (const [index, item] of items().entries())
      item.find('> .wecom-entry > .wecom-entry-title').text(`${entryName} ${index + 1}`);
    follow();
  };
  list.editableList({
    addButton: place.t('list.add', { entry: entryName }),
    sortable: true,
    removable: true,
    height: 'auto',
    addItem(container, index, data) {
      const entry = $('<div class="wecom-entry"></div>').appendTo(container);
      $('<div class="wecom-entry-title"></div>')
        .text(`${entryName} ${index + 1}`)
        .appendTo(entry);
      const inner: Place = {
        ...place,
        words: `${place.words}.${field.name}.fields`,
        path: `${place.path}${field.name}[${index}].`,
      };
      rows.set(
        container[0] as Element,
        renderFields(entry, field.fields ?? [], (data['values'] ?? {}) as StoredValues, inner),
      );
      follow();
    },
    removeItem: number,
    sortItems: number,
  });
  const entries = stored ?? Array.from({ length: field.required ? (field.min ?? 0) : 0 }, () => ({}));
  for (const values of entries) list.editableList('addItem', { values });
  return {
    read: () => items().map((item) => rows.get(item[0] as Element)?.read() ?? {}),
    show(problems) {
      for (const [index, item] of items().entries()) rows.get(item[0] as Element)?.show(inside(problems, index));
    },
  };
}

/** A list that is full takes no more entries. */
function offerMore(list: JQuery, count: number, { max = Infinity }: PanelField, { t }: Place): void {
  const full = count >= max;
  list
    .closest('.red-ui-editableList')
    .children('.red-ui-editableList-addButton')
    .toggleClass('disabled', full)
    .prop('disabled', full)
    .attr('title', full ? t('list.full', { max }) : null);
}

/**
 * A row for an object inside the message, field by field, or the whole object from the flow. One that a
 * message can do without is folded away until somebody wants it: a card has a dozen of them.
 */
export function groupRow(
  field: PanelField,
  stored: StoredValue | undefined,
  place: Place,
  renderFields: RenderFields,
): Row {
  const { row, control, show } = rowFrame(field, place);
  row.addClass('wecom-wide wecom-sourced');
  const input = sourceInput(control, 'group', stored && stored.type !== 'group' ? stored : undefined, place);
  const frame = $('<div class="wecom-group"></div>').appendTo(control);
  const inner: Place = { ...place, words: `${place.words}.${field.name}.fields`, path: `${place.path}${field.name}.` };
  const rows = renderFields(
    frame,
    field.fields ?? [],
    stored?.type === 'group' ? (stored.value as StoredValues) : {},
    inner,
  );
  const follow = () => {
    showSource(frame, input, 'group');
    place.changed();
  };
  input.on('change', follow);
  follow();
  if (!field.required) foldAway(row, control, stored !== undefined, place);
  return {
    element: row,
    read() {
      const type = input.typedInput('type');
      if (type !== 'group') return { type: type as StoredValue['type'], value: input.typedInput('value') };
      const now: StoredValue = { type: 'group', value: rows.read() };
      // What stands in a required group anyway is put there again by the runtime.
      return Object.keys(now.value).length === 0 || (!field.required && saysNothing(field, now)) ? undefined : now;
    },
    show(problems) {
      show(problems);
      // What is folded away is red from the outside.
      row.toggleClass('wecom-wrong-inside', problems.length > 0);
      rows.show(problems);
    },
  };
}

/** Makes the label of a row a button that shows and hides what stands below it. */
function foldAway(row: JQuery, control: JQuery, open: boolean, place: Place): void {
  const label = row.find('> label');
  const caret = $('<i class="fa"></i>');
  const button = $('<button type="button" class="wecom-fold"></button>')
    .append(caret, ' ', label.contents())
    .appendTo(label);
  const show = (shown: boolean) => {
    button.attr('aria-expanded', String(shown));
    caret.toggleClass('fa-caret-down', shown).toggleClass('fa-caret-right', !shown);
    control.toggle(shown);
    place.changed();
  };
  button.on('click', () => show(button.attr('aria-expanded') !== 'true'));
  show(open);
}

function showSource(frame: JQuery, input: JQuery, own: 'list' | 'group'): void {
  const entered = input.typedInput('type') === own;
  frame.toggle(entered).parent().toggleClass('wecom-own', entered);
}

function sourceInput(control: JQuery, own: 'list' | 'group', fromFlow: StoredValue | undefined, place: Place): JQuery {
  const input = $('<input type="text" style="width: 100%">').appendTo(control);
  const type = String(fromFlow?.type ?? own);
  input.typedInput({
    default: type,
    types: [
      { value: own, label: place.t(`source.${own}`), icon: 'fa fa-list', hasValue: false },
      'msg',
      'flow',
      'global',
      'jsonata',
    ],
  });
  input.typedInput('type', type);
  input.typedInput('value', typedText(fromFlow?.value));
  return input;
}
