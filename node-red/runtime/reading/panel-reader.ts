/** The room reading: from msg and dialog to a message. May import from host and connection. */
import type { Field, InputIssue, MessageType } from '../../../core';
import {
  chatFields,
  EVERYONE_FIELD,
  isActive,
  messageOf,
  messageTypes,
  operations,
  recipientFields,
  typesAt,
  updateCard,
} from '../../../core';
import type { Plan } from '../../panel/plan';
import { ANY_TYPE, destinationOf, GREY_BUTTON, SEND, UPDATE_CARD } from '../../panel/plan';
import type { StoredValue, StoredValues } from '../../panel/stored-value';
import { CARD_JSON, contentKey, isTypedEmpty, typedText, untouched } from '../../panel/stored-value';
import { asFieldsTakeIt, asFieldTakesIt, asStored, isRecord, namesSomebody } from './field-values';
import { filesByPath } from './file-by-path';
import type { FilesByPath } from './file-by-path';
import { bytesOf, bytesOfBase64, defaultFilename } from './media-value';
import type { Message, Node, NodeRed } from '../host/node-red-api';
import { textFile } from './text-file';
import { constant, guarded, then, together } from './reader';
import type { Reader } from './reader';
import { wholeReader } from './whole-message';
import { parsedJson, valueSource } from './value-source';
import type { ValueSource } from './unreadable-value';
import type { TypedValue } from './value-source';

/** What the panel of a `wecom-send` node says. */
export interface Panel extends Plan {
  readonly fields?: StoredValues;
  /** The folder that files named by a path must be in; empty: anywhere. */
  readonly filesIn?: string;
}

/**
 * Gives what core is to do, written like the API writes it, for a message of the flow. Values that could
 * not be read are added to `issues` and left out.
 */
export type MessageReader = (
  msg: Message,
  issues: InputIssue[],
) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** Where values come from: typed inputs, and files on the server. */
interface Source {
  (value: TypedValue): ValueSource;
  readonly files: FilesByPath;
}

/** Reads a panel once, so that each message costs only the evaluation of what differs between messages. */
export function panelReader(
  RED: NodeRed,
  node: Node,
  panel: Panel,
  catalogue: readonly MessageType[] = messageTypes,
): MessageReader {
  const source: Source = Object.assign((value: TypedValue) => valueSource(RED, node, value), {
    files: filesByPath(RED.settings, panel.filesIn),
  });
  const values = isRecord(panel.fields) ? panel.fields : {};
  const { operation = SEND } = panel;
  if (operation === UPDATE_CARD) return updateReader(panel, values, source, catalogue);
  if (operation !== SEND)
    return operationReader(
      { name: operation, fields: operations.find(({ name }) => name === operation)?.fields ?? [] },
      values,
      source,
    );
  return sendReader(panel, values, source, catalogue);
}

function sendReader(
  panel: Panel,
  values: StoredValues,
  source: Source,
  catalogue: readonly MessageType[],
): MessageReader {
  const address = addressReader(panel.to, values, source);
  const message =
    panel.msgtype === ANY_TYPE
      ? wholeReader({ plan: panel, values, onlyByChoice: ONLY_BY_CHOICE }, source, catalogue)
      : contentReader(panel, values, source, catalogue);
  const claimed = Object.hasOwn(values, EVERYONE_FIELD);
  return (msg, issues) => {
    if (claimed) issues.push({ path: EVERYONE_FIELD, message: ONLY_BY_CHOICE });
    return together([address(msg, issues), message(msg, issues)], ([who, what]) => ({
      ...(who as object),
      ...(what as object),
    }));
  };
}

/**
 * Of a flow that was written by hand: a value may come from anywhere, the choice of the panel comes from who built the
 * flow.
 */
const ONLY_BY_CHOICE = {
  en: 'cannot be a value: choose "Everyone" under "Send To"',
  zh: '不能作为字段填写：请在“发送给”中选择“全部成员”',
};

function addressReader(to: string | undefined, values: StoredValues, source: Source): Reader {
  if (to === 'robot') return constant({});
  if (to === 'everyone') return constant({ [EVERYONE_FIELD]: true });
  const fields = to === 'chat' ? chatFields : recipientFields;
  const read = record(
    fields,
    pick(
      values,
      fields.map((field) => field.name),
    ),
    '',
    source,
  );
  // Its absence would make it a message to members.
  return to === 'chat'
    ? (msg, issues) => then(read(msg, issues), (chat) => ({ chatid: undefined, ...(chat as object) }))
    : read;
}

/** The content of a message and the options beside it, with the `msgtype` that makes it a message. */
function contentReader(panel: Panel, values: StoredValues, source: Source, catalogue: readonly MessageType[]): Reader {
  const { msgtype = '' } = panel;
  const destination = destinationOf(panel) ?? 'app';
  const type = catalogue.find(({ name }) => name === msgtype);
  const form = type?.forms[destination];
  const fields = destination === 'update' ? withoutPrincipal(form?.panel.content ?? []) : (form?.panel.content ?? []);
  const prefix = contentKey(msgtype, '');
  const everywhere = typesOf(catalogue);
  // What another destination or type has was left over when the panel changed. Names that nothing has go on to core,
  // which says what was probably meant.
  const leftOver = new Set(
    everywhere
      .filter((entry) => entry.type.name === msgtype)
      .flatMap((entry) => entry.form.panel.content.map(({ name }) => name)),
  );
  const contentValues = Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      if (!key.startsWith(prefix)) return [];
      const name = key.slice(prefix.length);
      return form && leftOver.has(name) && !fields.some((field) => field.name === name) ? [] : [[name, value] as const];
    }),
  );
  const addressNames = [...[...recipientFields, ...chatFields].map((field) => field.name), EVERYONE_FIELD];
  const otherOptions = new Set(everywhere.flatMap((entry) => entry.form.panel.options.map(({ name }) => name)));
  const own = form?.panel.options ?? [];
  const optionNames = Object.keys(values).filter(
    (key) =>
      !key.includes('.') &&
      !addressNames.includes(key) &&
      (own.some(({ name }) => name === key) || !otherOptions.has(key)),
  );

  const content =
    panel.cardAs === 'json' && type?.cardType !== undefined
      ? jsonReader(type, fields, asStored(values[CARD_JSON] ?? { type: 'msg', value: 'payload' }), source)
      : record(fields, contentValues, prefix, source);
  const options = record(own, pick(values, optionNames), '', source);
  return (msg, issues) =>
    together([content(msg, issues), options(msg, issues)], ([what, how]) => ({
      ...(type ? messageOf(type, what) : { msgtype, [msgtype]: what }),
      ...(how as object),
    }));
}

/** A card as the API writes it. */
function jsonReader(type: MessageType, fields: readonly Field[], stored: StoredValue, source: Source): Reader {
  const read = source(stored);
  return guarded(undefined, type.msgtype, (msg) =>
    then(read(msg), (value) => asFieldsTakeIt(fields, parsedJson(value), msg)),
  );
}

function updateReader(
  panel: Panel,
  values: StoredValues,
  source: Source,
  catalogue: readonly MessageType[],
): MessageReader {
  const replaces = panel.updateAs === 'card';
  const fields = updateCard.fields.filter(({ name }) => !(replaces && name === GREY_BUTTON));
  const targets = operationReader({ name: UPDATE_CARD, fields, leftOver: [GREY_BUTTON] }, values, source);
  if (!replaces) return targets;
  const card = contentReader(panel, values, source, catalogue);
  return (msg, issues) =>
    together([targets(msg, issues), card(msg, issues)], ([target, message]) => {
      const { msgtype: _, ...update } = message as Record<string, unknown>;
      return { ...(target as object), ...update };
    });
}

interface Operated {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Fields that the operation has, but not now. */
  readonly leftOver?: readonly string[];
}

function operationReader(
  { name, fields, leftOver = [] }: Operated,
  values: StoredValues,
  source: Source,
): MessageReader {
  const prefix = contentKey(name, '');
  const own = Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const field = key.slice(prefix.length);
      return key.startsWith(prefix) && (fields.some((known) => known.name === field) || !leftOver.includes(field))
        ? [[field, value] as const]
        : [];
    }),
  );
  const principal = fields.find((field) => field.principal);
  const read = record(fields, own, '', source);
  return (msg, issues) =>
    then(read(msg, issues), (given) => {
      const input = given as Record<string, unknown>;
      // The result of another `wecom-send` node carries what this one needs, so the two can simply be wired together.
      const value = principal && input[principal.name];
      return principal && isRecord(value) ? { ...input, [principal.name]: value[principal.name] } : input;
    }) as Record<string, unknown>;
}

/** What comes in is the result of sending the card, so nothing of the new card is taken from it unasked. */
export function withoutPrincipal(fields: readonly Field[]): readonly Field[] {
  return fields.map(({ principal: _, ...field }) => ({
    ...field,
    ...(field.fields && { fields: withoutPrincipal(field.fields) }),
  }));
}

function typesOf(catalogue: readonly MessageType[]) {
  return (['app', 'chat', 'robot', 'update'] as const).flatMap((destination) => typesAt(destination, catalogue));
}

function record(fields: readonly Field[], values: StoredValues, path: string, source: Source): Reader {
  const known = new Map(fields.map((field) => [field.name, field]));
  const names = [...new Set([...known.keys(), ...Object.keys(values)])];
  const readers = names.flatMap((name): (readonly [string, Reader])[] => {
    const field = known.get(name);
    const given = values[name];
    const stored = given === undefined ? field && untouched(field) : asStored(given);
    if (!stored || isTypedEmpty(stored)) return [];
    return [[name, fieldReader(field, stored, `${path}${name}`, source)]];
  });
  const hasConditions = fields.some((field) => field.when);
  return (msg, issues) => {
    const record: Record<string, unknown> = {};
    const pending: Promise<void>[] = [];
    for (const [name, read] of readers) {
      const value = read(msg, issues);
      // The field keeps its place among the others while its value is on its way.
      record[name] = value instanceof Promise ? undefined : value;
      if (value instanceof Promise) pending.push(value.then((late: unknown) => void (record[name] = late)));
    }
    const complete = () => (hasConditions ? activeOnly(fields, record) : record);
    return pending.length > 0 ? Promise.all(pending).then(complete) : complete();
  };
}

/**
 * Without the fields that a value beside them rules out: a panel shows those, too, when that value comes from the flow.
 */
function activeOnly(fields: readonly Field[], values: Record<string, unknown>): Record<string, unknown> {
  for (const field of fields)
    if (field.when && field.name in values && !isActive(field, fields, withoutBlanks(values)))
      delete values[field.name];
  return values;
}

function withoutBlanks(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function fieldReader(field: Field | undefined, stored: StoredValue, path: string, source: Source): Reader {
  if (stored.type === 'list') {
    const entries = Array.isArray(stored.value) ? (stored.value as readonly unknown[]) : [];
    const readers = entries.map((entry, index) =>
      record(field?.fields ?? [], isRecord(entry) ? entry : {}, `${path}[${index}].`, source),
    );
    return (msg, issues) =>
      together(
        readers.map((read) => read(msg, issues)),
        (read) => read,
      );
  }
  if (stored.type === 'group')
    return record(field?.fields ?? [], isRecord(stored.value) ? stored.value : {}, `${path}.`, source);
  if (field?.media) return mediaReader(field, stored, path, source);
  const read = source({ ...stored, complete: field !== undefined && namesSomebody(field, path) });
  return guarded(field, path, (msg) => then(read(msg), (value) => (field ? asFieldTakesIt(field, value, msg) : value)));
}

function mediaReader(field: Field, stored: StoredValue, path: string, source: Source): Reader {
  const kind = field.media ?? 'file';
  const read = source(stored);
  const name = stored.filename && !isTypedEmpty(stored.filename) ? source(asStored(stored.filename)) : undefined;
  if (stored.source === 'media_id') return guarded(field, path, (msg) => read(msg));
  return guarded(field, path, async (msg) => {
    const value = await read(msg);
    const chosen = name === undefined ? undefined : await name(msg);
    const named = (filename: string) => typedText(chosen) || filename;
    if (stored.source === 'path') {
      const file = await source.files(value, kind, field.maxBytes);
      return file && { ...file, filename: named(file.filename) };
    }
    const data =
      stored.source === 'text'
        ? textFile(value, stored.encoding)
        : stored.source === 'base64'
          ? bytesOfBase64(value)
          : bytesOf(value, kind);
    return data && { filename: named(defaultFilename(data, kind, msg.filename)), data };
  });
}

function pick(values: StoredValues, names: readonly string[]): StoredValues {
  return Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name] as StoredValue]] : [])),
  );
}
