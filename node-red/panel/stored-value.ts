import type { Field } from '../../core/schema/field';
import type { TextEncoding } from './text-encodings';

/**
 * How the fields of a panel stand in a flow file: one object, keyed by the API's own names
 * (`textcard.title`, `touser`, `safe`), so that a new message type needs no new property of the node.
 */
export type StoredValues = Readonly<Record<string, StoredValue>>;

/** What was typed, or where the value comes from when a message arrives. */
export interface StoredValue {
  /** A type of Node-RED's typed input; `list` and `group` hold what was entered field by field. */
  readonly type: ValueType | 'list' | 'group';
  readonly value: string | StoredValues | readonly StoredValues[];
  /** Of IDs that were typed or chosen: the names that the list had for them, for people who read the dialog. */
  readonly names?: Readonly<Record<string, string>>;
  /** Media fields: what `value` leads to. */
  readonly source?: MediaSource;
  /** Media fields: the name members see; empty for the name that comes with the file. */
  readonly filename?: StoredValue;
  /** Media fields whose source is a text: how it becomes bytes; UTF-8 if absent. */
  readonly encoding?: TextEncoding;
}

export type ValueType = 'json' | 'str' | 'num' | 'bool' | 'msg' | 'flow' | 'global' | 'jsonata' | 'env';

/**
 * Bytes (a Buffer; text counts as text), a text, base64, the path of a file on the Node-RED server, or an earlier
 * upload.
 */
export type MediaSource = 'data' | 'text' | 'base64' | 'path' | 'media_id';

type Describes = Pick<Field, 'control' | 'required' | 'principal' | 'default'> & {
  readonly fields?: readonly Describes[];
};

/**
 * What a field is when nobody touched it: the principal field of a message takes `msg.payload`, also
 * inside a group that every message of its type has, and a choice that must be made takes its default.
 */
export function untouched(field: Describes): StoredValue | undefined {
  if (field.principal)
    return { type: 'msg', value: 'payload', ...(field.control === 'media' && { source: 'data' as const }) };
  if (field.control === 'group' && field.required) return { type: 'group', value: {} };
  if (field.control === 'choice' && field.required && field.default !== undefined)
    return { type: typeof field.default === 'number' ? 'num' : 'str', value: String(field.default) };
  return undefined;
}

/**
 * Whether what was entered in lists and groups is nothing but what stands there anyway, such as the first entry of a
 * list that must have one.
 */
export function saysNothing(field: Describes & { readonly name: string }, stored: StoredValue): boolean {
  const inner = (values: StoredValues) =>
    Object.entries(values).every(([name, value]) => {
      const known = (field.fields as readonly (Describes & { readonly name: string })[] | undefined)?.find(
        (entry) => entry.name === name,
      );
      return known !== undefined && saysNothing(known, value);
    });
  if (stored.type === 'group') return inner(stored.value as StoredValues);
  if (stored.type === 'list')
    return (
      (stored.value as readonly StoredValues[]).length <= 1 && (stored.value as readonly StoredValues[]).every(inner)
    );
  const standard = untouched(field);
  return standard !== undefined && standard.type === stored.type && standard.value === stored.value;
}

/** The text that was typed in; empty for what is no text, whatever a flow file may hold. */
export function typedText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Whether a value was typed in and is empty: such fields are not used at all. */
export function isTypedEmpty(stored: StoredValue): boolean {
  return (stored.type === 'str' || stored.type === 'num') && typedText(stored.value) === '';
}

/**
 * Where the fields of a message type or an operation stand in the stored values: `textcard.title` holds the title of a
 * text card.
 */
export function contentKey(type: string, field: string): string {
  return `${type}.${field}`;
}

/** The JSON of a card, whatever its type: it names its own. */
export const CARD_JSON = 'card.json';
/** A whole message as the API writes it, of any type. */
export const MESSAGE_JSON = 'message.json';
