import type { Field, InputIssue, MessageType } from '../../core';
import { EVERYONE, messageTypes, recipientFields } from '../../core';
import type { StoredValue, StoredValues } from '../panel/stored-value';
import { contentKey, isTypedEmpty, typedText, untouched } from '../panel/stored-value';
import { bytesOf, defaultFilename, fileAt, mediaInList } from './media-value';
import type { Message, Node, NodeRed } from './node-red-api';
import { UnreadableValue, valueSource } from './value-source';
import type { ValueSource } from './value-source';

/** What the panel of a `wecom-send` node says. */
export interface Panel {
  readonly to?: string;
  readonly msgtype?: string;
  readonly fields?: StoredValues;
}

/**
 * Gives the message, written like the API writes it, for a message of the flow. Values that could not
 * be read are added to `issues` and left out.
 */
export type MessageReader = (msg: Message, issues: InputIssue[]) => Record<string, unknown> | Promise<Record<string, unknown>>;

type Reader = (msg: Message, issues: InputIssue[]) => unknown;

/** Reads a panel once, so that each message costs only the evaluation of what differs between messages. */
export function panelReader(RED: NodeRed, node: Node, { to, msgtype = '', fields: stored }: Panel, catalogue: readonly MessageType[] = messageTypes): MessageReader {
  const source = (value: StoredValue): ValueSource => valueSource(RED, node, value.type, value.value);
  const values = isRecord(stored) ? stored : {};
  const type = catalogue.find((entry) => entry.msgtype === msgtype);
  const prefix = contentKey(msgtype, '');

  const recipients = to === 'everyone' ? constant({ touser: EVERYONE }) : record(recipientFields, pick(values, recipientFields.map((field) => field.name)), '', source);
  // Names that are neither the type's nor another type's go on to core, which says what was probably meant.
  const contentValues = Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [])));
  const optionNames = Object.keys(values).filter((key) => !key.includes('.') && !recipientFields.some((field) => field.name === key));
  const content = record(type?.panel.content ?? [], contentValues, prefix, source);
  const options = record(type?.panel.options ?? [], pick(values, optionNames), '', source);

  return (msg, issues) => together([recipients(msg, issues), content(msg, issues), options(msg, issues)], ([who, what, how]) => ({
    ...(who as object),
    msgtype,
    [msgtype]: what,
    ...(how as object),
  }));
}

function record(fields: readonly Field[], values: StoredValues, path: string, source: (value: StoredValue) => ValueSource): Reader {
  const known = new Map(fields.map((field) => [field.name, field]));
  const names = [...new Set([...known.keys(), ...Object.keys(values)])];
  const readers = names.flatMap((name): (readonly [string, Reader])[] => {
    const field = known.get(name);
    const given = values[name];
    const stored = given === undefined ? field && untouched(field) : asStored(given);
    if (!stored || (isTypedEmpty(stored))) return [];
    return [[name, fieldReader(field, stored, `${path}${name}`, source)]];
  });
  return (msg, issues) => together(readers.map(([, read]) => read(msg, issues)), (read) => Object.fromEntries(readers.map(([name], index) => [name, read[index]])));
}

function fieldReader(field: Field | undefined, stored: StoredValue, path: string, source: (value: StoredValue) => ValueSource): Reader {
  if (stored.type === 'list') {
    const entries = Array.isArray(stored.value) ? (stored.value as readonly unknown[]) : [];
    const readers = entries.map((entry, index) => record(field?.fields ?? [], isRecord(entry) ? entry : {}, `${path}[${index}].`, source));
    return (msg, issues) => together(readers.map((read) => read(msg, issues)), (read) => read);
  }
  if (stored.type === 'group') return record(field?.fields ?? [], isRecord(stored.value) ? stored.value : {}, `${path}.`, source);
  if (field?.media) return mediaReader(field, stored, path, source);
  const read = source(stored);
  return guarded(field, path, (msg) => then(read(msg), (value) => (field ? asFieldTakesIt(field, value, msg) : value)));
}

function mediaReader(field: Field, stored: StoredValue, path: string, source: (value: StoredValue) => ValueSource): Reader {
  const kind = field.media ?? 'file';
  const read = source(stored);
  const name = stored.filename && !isTypedEmpty(stored.filename) ? source(asStored(stored.filename)) : undefined;
  if (stored.source === 'media_id') return guarded(field, path, (msg) => read(msg));
  return guarded(field, path, async (msg) => {
    const value = await read(msg);
    const chosen = name === undefined ? undefined : await name(msg);
    const named = (filename: string) => typedText(chosen) || filename;
    if (stored.source === 'path') {
      const file = await fileAt(value, kind);
      return file && { ...file, filename: named(file.filename) };
    }
    const data = bytesOf(value);
    return data && { filename: named(defaultFilename(data, kind, msg.filename)), data };
  });
}

/** Numbers and switches where a text belongs become texts, as people who send a temperature expect; the rest is for core to judge. */
function asFieldTakesIt(field: Field, value: unknown, msg: Message): unknown {
  switch (field.control) {
    case 'line':
    case 'area':
    case 'html':
    case 'markdown':
    case 'url':
      // Recipients may be lists of IDs; core reads those.
      return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : value;
    case 'media':
      return mediaInList(value, field.media ?? 'file', msg.filename);
    case 'list':
      return Array.isArray(value) ? value.map((entry) => asFieldsTakeIt(field.fields ?? [], entry, msg)) : value;
    case 'group':
      return asFieldsTakeIt(field.fields ?? [], value, msg);
    default:
      return value;
  }
}

function asFieldsTakeIt(fields: readonly Field[], value: unknown, msg: Message): unknown {
  if (!isRecord(value)) return value;
  const taken: Record<string, unknown> = { ...value };
  for (const field of fields) if (field.name in taken) taken[field.name] = asFieldTakesIt(field, taken[field.name], msg);
  return taken;
}

/** Turns what cannot be read into an issue of the field, so that all of them are told at once. */
function guarded(field: Field | undefined, path: string, read: ValueSource): Reader {
  return (msg, issues) => {
    const report = (error: unknown) => {
      const message = error instanceof UnreadableValue ? error.wording : { en: `cannot be read: ${String(error)}`, zh: `无法读取：${String(error)}` };
      issues.push({ path, ...(field && { label: field.label }), message });
      return undefined;
    };
    try {
      const value = read(msg);
      return value instanceof Promise ? value.catch(report) : value;
    } catch (error) {
      return report(error);
    }
  };
}

/** Waits only if there is something to wait for: most messages come from `msg` and need no turn of the event loop. */
function together<Result>(values: unknown[], combine: (values: unknown[]) => Result): Result | Promise<Result> {
  return values.some((value) => value instanceof Promise) ? Promise.all(values).then(combine) : combine(values);
}

function then(value: unknown, next: (value: unknown) => unknown): unknown {
  return value instanceof Promise ? value.then(next) : next(value);
}

function constant(value: unknown): Reader {
  return () => value;
}

function pick(values: StoredValues, names: readonly string[]): StoredValues {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name] as StoredValue]] : [])));
}

/** Flows may be written by hand or by another program: a bare text or number counts as typed in. */
function asStored(value: unknown): StoredValue {
  if (isRecord(value) && typeof value['type'] === 'string') return value as unknown as StoredValue;
  return { type: 'str', value: typedText(value) };
}

function isRecord(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
