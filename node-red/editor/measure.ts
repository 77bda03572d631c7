import type { PanelField } from '../panel/panel-field';
import { isTemplate } from '../panel/template-text';
import { byteLength, characterLength, isMadeToFit } from './field-problems';
import type { Place } from './row';
import { digits } from './translate';

/** How long a text is, beside how long it may be. */
export interface Measure {
  /** Such as "12/128 bytes". */
  readonly short: string;
  /** Such as "3,120 bytes: about 2 messages". */
  readonly long: string;
  /** More than fits; `advised`: it arrives, and is shortened on the screen. */
  readonly over: false | 'refused' | 'advised';
}

/** Undefined for fields without a limit. Bytes are of UTF-8, characters as people count them. */
export function measureOf(field: PanelField, text: string, place: Place): Measure | undefined {
  const { t } = place;
  const { maxBytes, maxCharacters, advisedCharacters } = field;
  const limit = maxBytes ?? maxCharacters ?? advisedCharacters;
  if (limit === undefined) return undefined;
  if (isTemplate(text)) return { short: '{{…}}', long: t('hint.template'), over: false };
  const unit = maxBytes === undefined ? 'characters' : 'bytes';
  const actual = maxBytes === undefined ? characterLength(text) : byteLength(text);
  const numbers = { actual: digits(actual), limit: digits(limit), count: Math.ceil(actual / limit) };
  const short = t(`count.${unit}`, numbers);
  const long = (what: string) => t(`hint.${what}`, numbers);
  if (actual <= limit) return { short, long: long(unit), over: false };
  if (maxBytes === undefined && maxCharacters === undefined) return { short, long: long('advised'), over: 'advised' };
  const chosen = place.tooLong?.() ?? 'refuse';
  if (!isMadeToFit(field, chosen)) return { short, long: long(unit), over: 'refused' };
  const made = unit === 'bytes' ? { split: 'parts', truncate: 'shortened', any: unit, refuse: unit }[chosen] : unit;
  return { short, long: long(made), over: false };
}

/** Shows in `element`, an element of its own, what `text` measures. */
export function showMeasure(element: JQuery, measure: Measure | undefined, form: 'short' | 'long'): void {
  element
    .text(measure?.[form] ?? '')
    .toggleClass('wecom-bad', measure?.over === 'refused')
    .toggleClass('wecom-warning', measure?.over === 'advised');
  if (form === 'short') element.attr('title', measure?.long ?? '');
}
