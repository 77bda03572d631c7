import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { formatBytes } from '../../../core';
import type { Field } from '../../../core';
import { BINARY_SUFFIX, ENTRIES, FileSource, groupField, SOURCE_SUFFIX } from './parameter-names';

/** The group whose fields stand on the panel by themselves, so that their names tell where they belong. */
interface Group {
  readonly name: string;
  readonly label: string;
}

/**
 * Draws a field of a message as n8n knows it. A media field becomes three properties (where the file is,
 * and what that needs), every other field one; optional groups and lists hold the fields they hold in core.
 * A field that counts only with a certain value beside it is shown only then.
 *
 * A group that must be there is drawn without a frame: n8n cannot open a frame by itself, and its users
 * would have to find out which ones they need.
 */
export function fieldProperties(field: Field, group?: Group): INodeProperties[] {
  const placed = group
    ? {
        ...field,
        name: groupField(group.name, field.name),
        label: { ...field.label, en: `${group.label}: ${field.label.en}` },
      }
    : field;
  const { when } = field;
  const properties = drawn(placed);
  if (!when) return properties;
  const condition = group ? groupField(group.name, when.field) : when.field;
  return properties.map((property) => ({
    ...property,
    displayOptions: { show: { [condition]: [...when.is], ...property.displayOptions?.show } },
  }));
}

function drawn(field: Field): INodeProperties[] {
  if (field.control === 'media') return mediaProperties(field);
  if (field.control !== 'group' || !field.required) return [fieldProperty(field)];
  const { name, label, help, fields = [] } = field;
  return fields.flatMap((inner, index) =>
    fieldProperties(index === 0 && !inner.help && help ? { ...inner, help } : inner, { name, label: label.en }),
  );
}

function fieldProperty(field: Field): INodeProperties {
  const { name, label, required, placeholder } = field;
  const description = describe(field);
  const common = {
    displayName: label.en,
    name,
    ...(required && { required }),
    ...(placeholder !== undefined && { placeholder: `e.g. ${placeholder}` }),
    ...(description !== '' && { description }),
  };
  switch (field.control) {
    case 'line':
    case 'url':
    case 'ids':
      return { ...common, type: 'string', default: field.default ?? '' };
    case 'area':
    case 'html':
    case 'markdown':
      return { ...common, type: 'string', typeOptions: { rows: 4 }, default: field.default ?? '' };
    case 'number':
      return {
        ...common,
        type: 'number',
        typeOptions: {
          ...(field.min !== undefined && { minValue: field.min }),
          ...(field.max !== undefined && { maxValue: field.max }),
          numberPrecision: decimals(field),
        },
        default: field.default ?? '',
      };
    case 'switch':
      return { ...common, type: 'boolean', default: field.default ?? false };
    case 'choice': {
      const options = (field.choices ?? []).map((choice) => ({ name: choice.label.en, value: choice.value }));
      return { ...common, type: 'options', options, default: field.default ?? options[0]?.value ?? '' };
    }
    case 'group':
      return {
        ...common,
        type: 'fixedCollection',
        placeholder: `Add ${label.en}`,
        default: {},
        options: [{ name: ENTRIES, displayName: label.en, values: fieldsOf(field) }],
      };
    case 'list':
      return listProperty(field, common);
    case 'media':
      throw new Error(`The media field ${name} is drawn as several properties`);
  }
}

function listProperty(field: Field, common: Pick<INodeProperties, 'displayName' | 'name'>): INodeProperties {
  const values = fieldsOf(field);
  const entry = field.entryLabel?.en ?? field.label.en;
  return {
    ...common,
    type: 'fixedCollection',
    typeOptions: {
      multipleValues: true,
      sortable: true,
      multipleValueButtonText: `Add ${entry}`,
      ...(field.max !== undefined && { maxAllowedFields: field.max }),
    },
    placeholder: `Add ${entry}`,
    // A list that must have an entry shows the form of the first one at once.
    default: field.required && (field.min ?? 0) > 0 ? { [ENTRIES]: [emptyEntry(values)] } : {},
    options: [{ name: ENTRIES, displayName: entry, values }],
  };
}

function fieldsOf({ fields = [] }: Field): INodeProperties[] {
  return fields.flatMap((field) => fieldProperties(field));
}

/** The default of every property that is shown while the others have theirs. */
function emptyEntry(values: readonly INodeProperties[]): INodeParameters {
  const defaults = Object.fromEntries(values.map((property) => [property.name, property.default]));
  const isShown = ({ displayOptions }: INodeProperties) =>
    Object.entries(displayOptions?.show ?? {}).every(([name, accepted]) =>
      (accepted as unknown[] | undefined)?.includes(defaults[name]),
    );
  return Object.fromEntries(values.filter(isShown).map((property) => [property.name, property.default]));
}

/** WeCom's limits tell whether it counts or measures. */
function decimals({ min = 0, max = 0 }: Field): number {
  return Number.isInteger(min) && Number.isInteger(max) ? 0 : 2;
}

function mediaProperties(field: Field): INodeProperties[] {
  const { name, label, help, required } = field;
  if (field.inline) return [binaryProperty(field, {})];
  const source = name + SOURCE_SUFFIX;
  const firstSource = required ? FileSource.Binary : FileSource.None;
  return [
    {
      displayName: `${label.en} Source`,
      name: source,
      type: 'options',
      noDataExpression: true,
      options: [
        {
          name: 'Binary Data',
          value: FileSource.Binary,
          description: 'A file of the input item; it is uploaded when the message is sent',
        },
        {
          name: 'Media ID',
          value: FileSource.MediaId,
          description: 'An earlier upload (media_id), valid for three days',
        },
        ...(required ? [] : [{ name: 'None', value: FileSource.None }]),
      ],
      default: firstSource,
      ...(help && { description: asHtml(help.en) }),
    },
    binaryProperty(field, { displayOptions: { show: { [source]: [FileSource.Binary] } } }),
    {
      displayName: 'Media ID',
      name,
      type: 'string',
      required: true,
      default: '',
      placeholder: 'e.g. 1G6nrLmr5EC3MMb_-zK1dDdzmd0p7cNliYu9V5w7o8K0',
      description: 'The media_id that an upload to WeCom returned',
      displayOptions: { show: { [source]: [FileSource.MediaId] } },
    },
  ];
}

function binaryProperty({ name, help }: Field, shown: Pick<INodeProperties, 'displayOptions'>): INodeProperties {
  return {
    displayName: 'Input Data Field Name',
    name: name + BINARY_SUFFIX,
    type: 'string',
    typeOptions: { binaryDataProperty: true },
    required: true,
    default: 'data',
    placeholder: 'e.g. data',
    hint: 'The name of the input field that holds the binary file data',
    ...(help && { description: asHtml(help.en) }),
    ...shown,
  };
}

/** n8n shows descriptions as HTML, where the tags a message may hold would vanish instead of being read. */
export function asHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The help of a field and, unless the help says it already, its limit. */
function describe({ help, maxBytes, maxCharacters, advisedCharacters }: Field): string {
  const limits = [
    ...(advisedCharacters === undefined ? [] : [`about ${advisedCharacters} characters are shown`]),
    ...(maxBytes === undefined ? [] : [`at most ${formatBytes(maxBytes).en} (a Chinese character takes 3)`]),
    ...(maxCharacters === undefined || help?.en.includes(`${maxCharacters} characters`)
      ? []
      : [`at most ${maxCharacters} characters`]),
  ].join(', ');
  const limit = limits === '' ? '' : limits.charAt(0).toUpperCase() + limits.slice(1);
  if (!help || limit === '') return help ? asHtml(help.en) : limit;
  return `${asHtml(help.en)}. ${limit}.`;
}
