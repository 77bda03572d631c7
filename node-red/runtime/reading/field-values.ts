import { recipientFields } from '../../../core';
import type { Field } from '../../../core';
import type { StoredValue } from '../../panel/stored-value';
import { typedText } from '../../panel/stored-value';
import type { Message } from '../host/node-red-api';
import { mediaInList } from './media-value';

/**
 * Numbers and switches where a text belongs become texts, as people who send a temperature expect; the rest is for core
 * to judge.
 */
export function asFieldTakesIt(field: Field, value: unknown, msg: Message): unknown {
  switch (field.control) {
    case 'line':
    case 'area':
    case 'html':
    case 'markdown':
    case 'url':
      // Recipients may be lists of IDs; core reads those.
      // A yes or no is nobody's ID: core says so.
      if (namesRecipients(field)) return value;
      return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
        ? String(value)
        : value;
    case 'media':
      return mediaInList(value, field.media ?? 'file', msg.filename);
    case 'list':
      if (Array.isArray(value)) return value.map((entry) => asFieldsTakeIt(field.fields ?? [], entry, msg));
      // Copied here, where what throws when it is read is still known to be of this field.
      return isRecord(value) ? { ...value } : value;
    case 'group':
      return asFieldsTakeIt(field.fields ?? [], value, msg);
    default:
      return value;
  }
}

function namesRecipients({ name }: Field): boolean {
  return recipientFields.some((field) => field.name === name);
}

/** Whether a message or an operation would reach others if a part of the value were missing. */
export function namesSomebody(field: Field, path: string): boolean {
  return namesRecipients(field) || (field.control === 'ids' && !field.ours && !path.includes('.'));
}

export function asFieldsTakeIt(fields: readonly Field[], value: unknown, msg: Message): unknown {
  if (!isRecord(value)) return value;
  const taken: Record<string, unknown> = { ...value };
  for (const field of fields)
    if (field.name in taken) taken[field.name] = asFieldTakesIt(field, taken[field.name], msg);
  return taken;
}

export function isRecord(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Flows may be written by hand or by another program: a bare text or number counts as typed in. */
export function asStored(value: unknown): StoredValue {
  if (isRecord(value) && typeof value['type'] === 'string') return value as unknown as StoredValue;
  return { type: 'str', value: typedText(value) };
}
