import type { Field } from '../../core/fields';

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
  /** Media fields: what `value` leads to. */
  readonly source?: MediaSource;
  /** Media fields: the name members see; empty for the name that comes with the file. */
  readonly filename?: StoredValue;
}

export type ValueType = 'str' | 'num' | 'bool' | 'msg' | 'flow' | 'global' | 'jsonata' | 'env';

/** Bytes (Buffer or base64), the path of a file on the Node-RED server, or an earlier upload. */
export type MediaSource = 'data' | 'path' | 'media_id';

/** What a field is when nobody touched it: the principal field of a message takes `msg.payload`. */
export function untouched(field: Pick<Field, 'principal' | 'control'>): StoredValue | undefined {
  if (!field.principal) return undefined;
  return { type: 'msg', value: 'payload', ...(field.control === 'media' && { source: 'data' as const }) };
}

/** The text that was typed in; empty for what is no text, whatever a flow file may hold. */
export function typedText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Whether a value was typed in and is empty: such fields are not used at all. */
export function isTypedEmpty(stored: StoredValue): boolean {
  return (stored.type === 'str' || stored.type === 'num') && typedText(stored.value) === '';
}

/** Where the fields of a message type stand in the stored values: `textcard.title` holds the title of a text card. */
export function contentKey(msgtype: string, field: string): string {
  return `${msgtype}.${field}`;
}
