import { canCount } from '../panel/condition';
import type { PanelField } from '../panel/panel-field';
import type { StoredValues } from '../panel/stored-value';
import { untouched } from '../panel/stored-value';
import { groupRow, listRow } from './list-row';
import { mediaRow } from './media-row';
import { inside } from './problem';
import type { Place, Row, Rows } from './row';
import { typedRow } from './typed-row';

/**
 * Draws one row for each field, fields inside fields included.
 * It knows controls, not message types: a new type brings its fields with it. Rows that another row rules
 * out are hidden as soon as it does, and what stands in them is not read.
 */
export function renderFields(
  container: JQuery,
  fields: readonly PanelField[],
  values: StoredValues,
  place: Place,
): Rows {
  const rows = fields.map((field) => {
    const row = makeRow(field, values[field.name] ?? untouched(field), place);
    container.append(row.element);
    return { field, row };
  });
  const stored = (which: typeof rows): StoredValues =>
    Object.fromEntries(
      which.flatMap(({ field, row }) => {
        const value = row.read();
        return value === undefined ? [] : [[field.name, value] as const];
      }),
    );
  const conditional = rows.filter(({ field }) => field.when);
  const deciding = rows.filter(({ field }) => conditional.some((other) => other.field.when?.field === field.name));
  const follow = () => {
    const decided = stored(deciding);
    for (const { field, row } of conditional) row.element.toggle(canCount(field, fields, decided));
    place.changed();
  };
  for (const { row } of deciding) row.element.on('change', follow);
  if (conditional.length > 0) follow();
  return {
    read() {
      const decided = stored(deciding);
      return stored(rows.filter(({ field }) => canCount(field, fields, decided)));
    },
    show(problems) {
      for (const { field, row } of rows) row.show(inside(problems, field.name));
    },
  };
}

function makeRow(field: PanelField, stored: StoredValues[string] | undefined, place: Place): Row {
  switch (field.control) {
    case 'list':
      return listRow(field, stored, place, renderFields);
    case 'group':
      return groupRow(field, stored, place, renderFields);
    case 'media':
      return mediaRow(field, stored, place);
    default:
      return typedRow(field, stored, place);
  }
}
