/** What a panel has to show, made from core's descriptions: the same facts as docs/catalogue.md. */
import { isActive, typesAt } from '../../core';
import type { Destination, Field, Language, MessageType } from '../../core';

/** A row that stands in a panel of which nothing has been filled in yet. */
export interface ExpectedRow {
  /** API path below the type, such as `articles[0].title`. */
  readonly path: string;
  readonly label: string;
}

/**
 * The rows of fields nobody has touched: choices stand at their default or first value, needed lists have their fewest
 * entries, and everything that folds is open.
 */
export function untouchedRows(fields: readonly Field[], language: Language, before = ''): ExpectedRow[] {
  const values = Object.fromEntries(
    fields
      .filter(({ choices }) => choices !== undefined)
      .map(({ name, choices, default: standard }) => [name, standard ?? choices?.[0]?.value]),
  );
  return fields
    .filter((field) => isActive(field, fields, values))
    .flatMap((field) => [
      { path: before + field.name, label: field.label[language] },
      ...inside(field).flatMap((place) =>
        untouchedRows(field.fields ?? [], language, `${before}${field.name}${place}`),
      ),
    ]);
}

function inside({ control, required, min = 0 }: Field): string[] {
  if (control === 'group') return ['.'];
  if (control === 'list' && required) return Array.from({ length: min }, (_, index) => `[${index}].`);
  return [];
}

/** Where the panels of both hosts can send, with the destination whose forms they show. */
export const PLACES: readonly {
  readonly place: 'members' | 'everyone' | 'chat' | 'robot';
  readonly destination: Destination;
}[] = [
  { place: 'members', destination: 'app' },
  { place: 'everyone', destination: 'app' },
  { place: 'chat', destination: 'chat' },
  { place: 'robot', destination: 'robot' },
];

export interface FormAt {
  readonly type: MessageType;
  readonly content: readonly Field[];
  readonly options: readonly Field[];
  readonly rules?: Field['rules'];
}

/** The types that can be chosen at a place, with the fields that each has there. */
export function formsAt({ place, destination }: (typeof PLACES)[number]): FormAt[] {
  return typesAt(destination)
    .filter(({ form }) => place !== 'everyone' || form.everyone)
    .map(({ type, form }) => ({ type, ...form.panel, ...(form.rules && { rules: form.rules }) }));
}
