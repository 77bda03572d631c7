import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isActive } from '../../../core';
import type { Field } from '../../../core';
import { BINARY_SUFFIX, ENTRIES, FileSource, groupField, SOURCE_SUFFIX } from '../panel/parameter-names';
import type { Parameters } from './parameters';
import type { ItemFiles } from './run-files';

/** The value of the property with this name, as the panel and its expressions gave it. */
export type Values = (name: string) => unknown;

export interface Item {
  readonly context: IExecuteFunctions;
  readonly parameters: Parameters;
  readonly itemIndex: number;
  readonly files: ItemFiles;
}

/**
 * The values of some fields as the API writes them. What the panel hides, because the field does not count with
 * what stands beside it, may have a value from before: it is left out.
 */
export async function readFields(item: Item, fields: readonly Field[], values: Values): Promise<IDataObject> {
  const content: IDataObject = {};
  for (const field of fields) {
    if (field.when && !isActive(field, fields, { [field.when.field]: values(field.when.field) })) continue;
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
      if (field.required) return readFields(item, field.fields ?? [], (name) => values(groupField(field.name, name)));
      const entry = asRecord(value)[ENTRIES];
      return isRecord(entry) ? readFields(item, field.fields ?? [], (name) => entry[name]) : undefined;
    }
    case 'list': {
      const entries = asRecord(value)[ENTRIES];
      if (!Array.isArray(entries)) return undefined;
      const read: IDataObject[] = [];
      for (const entry of entries)
        read.push(await readFields(item, field.fields ?? [], (name) => asRecord(entry)[name]));
      return read;
    }
    case 'line':
    case 'area':
    case 'html':
    case 'markdown':
    case 'url':
      return asText(value);
    case 'switch':
      // "No" is what WeCom assumes, and said aloud it would look like something that was filled in.
      return value === false ? undefined : value;
    case 'number':
    case 'choice':
    case 'ids':
      return value;
  }
}

/** Expressions give numbers and booleans where a text is wanted. Anything else is left for core to refuse. */
function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : value;
}

function readMedia({ files }: Item, { name, media = 'file', inline }: Field, values: Values): unknown {
  if (inline) return files.file(values(name + BINARY_SUFFIX), media);
  switch (values(name + SOURCE_SUFFIX)) {
    case FileSource.None:
      return undefined;
    case FileSource.MediaId:
      return asText(values(name));
    default:
      return files.file(values(name + BINARY_SUFFIX), media);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
