import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_MS, EVERYONE, mediaKinds, recipientFields } from '../../core';
import type { Field, MediaFile, MediaKind, MessageType } from '../../core';
import { BINARY_SUFFIX, CHOSEN_SUFFIX, ENTRIES, FileSource, RecipientsFrom, SendTo, SOURCE_SUFFIX } from './parameter-names';

/** What the panel says for one item. */
export interface PanelValues {
  /** Written as the API writes it; core checks it. */
  readonly message: IDataObject;
  readonly failOnInvalidRecipients: boolean;
  readonly timeoutMs: number;
}

/**
 * Reads the panel for one item. Whether the values make a message is for core to say.
 *
 * @throws NodeOperationError for a binary field the item does not have, or a timeout that is none
 */
export async function readPanel(context: IExecuteFunctions, itemIndex: number, types: readonly MessageType[]): Promise<PanelValues> {
  const msgtype = context.getNodeParameter('msgtype', itemIndex) as string;
  const options = asRecord(context.getNodeParameter('options', itemIndex, {}));
  const message: IDataObject = { ...readRecipients(context, itemIndex), msgtype };
  const type = types.find((entry) => entry.msgtype === msgtype);
  if (type) {
    const parameters: Values = (name) => context.getNodeParameter(name, itemIndex, '');
    message[type.msgtype] = await readFields({ context, itemIndex }, type.panel.content, parameters);
    // Options left over from another type are not in this type's panel, so they are not asked for.
    for (const { name } of type.panel.options) if (name in options) message[name] = options[name] as string;
  }
  return { message, failOnInvalidRecipients: options['failOnInvalidRecipients'] === true, timeoutMs: readTimeout(context, itemIndex, options['timeout']) };
}

/** The value of the property with this name, as the panel and its expressions gave it. */
type Values = (name: string) => unknown;

interface Item {
  readonly context: IExecuteFunctions;
  readonly itemIndex: number;
}

/**
 * A recipient field is left out only if the person left it empty. One with an expression is in use, and core
 * refuses it when it comes out empty: such a message must not go to fewer people than meant.
 */
function readRecipients(context: IExecuteFunctions, itemIndex: number): IDataObject {
  if (context.getNodeParameter('sendTo', itemIndex) === SendTo.Everyone) return { touser: EVERYONE };
  const suffix = context.getNodeParameter('recipientsFrom', itemIndex) === RecipientsFrom.Lists ? CHOSEN_SUFFIX : '';
  const recipients: IDataObject = {};
  for (const { name } of recipientFields) {
    const typed = context.getNodeParameter(name + suffix, itemIndex, '', { rawExpressions: true });
    if (typed === '' || (Array.isArray(typed) && typed.length === 0)) continue;
    recipients[name] = context.getNodeParameter(name + suffix, itemIndex, '');
  }
  return recipients;
}

async function readFields(item: Item, fields: readonly Field[], values: Values): Promise<IDataObject> {
  const content: IDataObject = {};
  for (const field of fields) {
    const value = await readField(item, field, values);
    if (value !== undefined) content[field.name] = value;
  }
  return content;
}

async function readField(item: Item, field: Field, values: Values): Promise<unknown> {
  if (field.control === 'media') return readMedia(item, field, values);
  const value = values(field.name);
  switch (field.control) {
    case 'group': {
      const entry = asRecord(value)[ENTRIES];
      return isRecord(entry) ? readFields(item, field.fields ?? [], (name) => entry[name]) : undefined;
    }
    case 'list': {
      const entries = asRecord(value)[ENTRIES];
      if (!Array.isArray(entries)) return undefined;
      const read: IDataObject[] = [];
      for (const entry of entries) read.push(await readFields(item, field.fields ?? [], (name) => asRecord(entry)[name]));
      return read;
    }
    case 'line':
    case 'area':
    case 'html':
    case 'markdown':
    case 'url':
      return asText(value);
    case 'number':
    case 'switch':
    case 'choice':
      return value;
  }
}

/** Expressions give numbers and booleans where a text is wanted. Anything else is left for core to refuse. */
function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : value;
}

function readMedia(item: Item, { name, media = 'file' }: Field, values: Values): unknown {
  switch (values(name + SOURCE_SUFFIX)) {
    case FileSource.None:
      return undefined;
    case FileSource.MediaId:
      return asText(values(name));
    default:
      return readFile(item, media, values(name + BINARY_SUFFIX));
  }
}

/** @throws NodeOperationError in n8n's own words if the item has no such binary field */
async function readFile({ context, itemIndex }: Item, kind: MediaKind, field: unknown): Promise<MediaFile> {
  // n8n takes the name of a field, or the binary data itself out of an expression.
  const { fileName, fileExtension } = context.helpers.assertBinaryData(itemIndex, field as string);
  const data = await context.helpers.getBinaryDataBuffer(itemIndex, field as string);
  return { filename: fileName || `${mediaKinds[kind].label.en}${fileExtension ? `.${fileExtension}` : ''}`, data };
}

function readTimeout(context: IExecuteFunctions, itemIndex: number, value: unknown): number {
  if (value === undefined || value === '') return DEFAULT_TIMEOUT_MS;
  const timeoutMs = Number(value);
  if (Number.isFinite(timeoutMs) && timeoutMs >= 1) return timeoutMs;
  throw new NodeOperationError(context.getNode(), 'The timeout must be a number of milliseconds, at least 1', {
    description: 'Nothing was sent. Correct Options → Timeout and run again.',
    itemIndex,
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
