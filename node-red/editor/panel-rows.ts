import type { PanelField } from '../panel/panel-field';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { untouched } from '../panel/stored-value';
import { groupRow, listRow } from './list-row';
import { mediaRow } from './media-row';
import type { Place, Row } from './row';
import { typedRow } from './typed-row';

/**
 * Draws one row for each field, fields inside fields included, and returns a function that reads them back.
 * It knows controls, not message types: a new type brings its fields with it.
 */
export function renderFields(container: JQuery, fields: readonly PanelField[], values: StoredValues, place: Place): () => StoredValues {
  const rows = fields.map((field) => {
    const row = makeRow(field, values[field.name] ?? untouched(field), place);
    container.append(row.element);
    return [field.name, row] as const;
  });
  return () => Object.fromEntries(rows.flatMap(([name, row]) => {
    const value = row.read();
    return value === undefined ? [] : [[name, value] as const];
  }));
}

function makeRow(field: PanelField, stored: StoredValue | undefined, place: Place): Row {
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
