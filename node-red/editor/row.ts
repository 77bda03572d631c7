import type { PanelField } from '../panel/panel-field';
import type { StoredValue } from '../panel/stored-value';
import type { TooLong } from '../../core/schema/too-long';
import { own } from './problem';
import type { Problem } from './problem';
import type { Translate } from './translate';

/** One field of a panel on the screen. */
export interface Row {
  readonly element: JQuery;
  /** What stands in it now; undefined if there is nothing to remember. */
  read(): StoredValue | undefined;
  /** Shows what is wrong with it, and only that; the paths begin inside the field. */
  show(problems: readonly Problem[]): void;
}

/** Several fields on the screen, one below the other. */
export interface Rows {
  read(): Readonly<Record<string, StoredValue>>;
  show(problems: readonly Problem[]): void;
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
  /** Id of the config node whose members, departments and tags can be chosen now. */
  appId?(): string;
  /** Rows came or went, or a file may have begun or ceased to be named by its path. */
  changed(): void;
}

export function word(place: Place, field: PanelField, part: string): string {
  return place.t(`${place.words}.${field.name}.${part}`);
}

/** What stands in a field while it is empty: an example, or what WeCom assumes. */
export function whileEmpty(place: Place, field: PanelField): string {
  if (field.placeholder) return word(place, field, 'placeholder');
  return field.default === undefined ? '' : String(field.default);
}

/** The frame every row has: label, space for the control, what is wrong, help below. */
export function rowFrame(field: PanelField, place: Place): { row: JQuery; control: JQuery; show: Row['show'] } {
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
  const problem = $('<div class="wecom-problem" aria-live="polite"></div>').appendTo(row);
  if (field.help)
    $('<div class="wecom-help"></div>')
      .text(word(place, field, 'help'))
      .appendTo(row);
  return { row, control, show: (problems) => showProblems(row, control, problem, own(problems)) };
}

/** What has to be filled in is red and says so to whoever points at it; what was typed wrong says what is wrong. */
function showProblems(row: JQuery, control: JQuery, place: JQuery, problems: readonly Problem[]): void {
  row.toggleClass('wecom-wrong', problems.length > 0);
  control.attr('title', problems[0]?.text ?? null);
  control
    .find('> .red-ui-typedInput-container input, > .wecom-long textarea')
    .attr('aria-invalid', problems.length > 0 ? 'true' : null);
  const said = problems.find(({ missing }) => !missing)?.text ?? '';
  if (place.text() !== said) place.text(said);
}
