import type { PanelField } from '../panel/panel-field';
import type { StoredValue } from '../panel/stored-value';
import type { TooLong } from '../../core/schema/too-long';
import type { Translate } from './translate';

/** One field of a panel on the screen. */
export interface Row {
  readonly element: JQuery;
  /** What stands in it now; undefined if there is nothing to remember. */
  read(): StoredValue | undefined;
}

/** Where a field stands: its words in the catalogue, its name in the stored values. */
export interface Place {
  readonly t: Translate;
  /** Catalogue key of the fields around it, such as `types.textcard.content`. */
  readonly words: string;
  /** API path of the fields around it, such as `textcard.`; makes ids that people who test can find. */
  readonly path: string;
  /** What happens with texts that are too long; `any` when only the runtime knows. */
  tooLong?(): TooLong | 'any';
  /** Rows came or went, or a file may have begun or ceased to be named by its path. */
  changed(): void;
}

export type MakeRow = (field: PanelField, stored: StoredValue | undefined, place: Place) => Row;

export function word(place: Place, field: PanelField, part: string): string {
  return place.t(`${place.words}.${field.name}.${part}`);
}

/** What stands in a field while it is empty: an example, or what WeCom assumes. */
export function whileEmpty(place: Place, field: PanelField): string {
  if (field.placeholder) return word(place, field, 'placeholder');
  return field.default === undefined ? '' : String(field.default);
}

/** The frame every row has: label, space for the control, help below. */
export function rowFrame(field: PanelField, place: Place): { row: JQuery; control: JQuery } {
  const id = `wecom-field-${place.path}${field.name}`.replace(/[^\w-]/g, '-');
  const row = $('<div class="form-row wecom-row"></div>')
    .attr('id', id)
    .attr('data-field', `${place.path}${field.name}`);
  const label = $('<label></label>')
    .text(word(place, field, 'label'))
    .appendTo(row);
  if (field.unit) label.append(` (${word(place, field, 'unit')})`);
  if (field.required) label.append($('<span class="wecom-required" aria-hidden="true">*</span>'));
  const control = $('<div class="wecom-control"></div>').appendTo(row);
  if (field.help)
    $('<div class="wecom-help"></div>')
      .text(word(place, field, 'help'))
      .appendTo(row);
  return { row, control };
}
