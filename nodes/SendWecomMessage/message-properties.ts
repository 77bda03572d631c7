import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_MS } from '../../core';
import type { MessageType } from '../../core';
import { asHtml, fieldProperties } from './field-properties';

/** The message type, the fields of each type, and the options of each type: all of it drawn from core. */
export function messageProperties(types: readonly MessageType[]): INodeProperties[] {
  const firstType = types[0]?.msgtype ?? '';
  return [
    {
      displayName: 'Message Type',
      name: 'msgtype',
      type: 'options',
      // The panel hangs on it: with an expression n8n would show, and demand, the fields of all types.
      noDataExpression: true,
      options: types.map(typeOption).sort(byName),
      default: firstType,
    },
    ...types.flatMap((type) => type.panel.content.flatMap(fieldProperties).map((property) => shownFor(property, [type.msgtype]))),
    ...optionsCollections(types),
  ];
}

function typeOption({ msgtype, label, summary }: MessageType): INodePropertyOptions {
  // The Chinese term is the one of the admin console and the API documentation.
  const term = label.zh === label.en || label.zh.includes(label.en) ? '' : ` (${label.zh})`;
  return { name: label.en, value: msgtype, description: asHtml(summary.en) + term };
}

function shownFor(property: INodeProperties, msgtype: readonly string[]): INodeProperties {
  return { ...property, displayOptions: { ...property.displayOptions, show: { msgtype: [...msgtype], ...property.displayOptions?.show } } };
}

/** One collection for all types that take the same options, so that every type has exactly one. */
function optionsCollections(types: readonly MessageType[]): INodeProperties[] {
  const collections = new Map<string, { msgtypes: string[]; options: INodeProperties[] }>();
  for (const type of types) {
    const options = [...type.panel.options.flatMap(fieldProperties).map(withoutRequired), ...NODE_OPTIONS].sort(byDisplayName);
    const key = JSON.stringify(options);
    const same = collections.get(key);
    if (same) same.msgtypes.push(type.msgtype);
    else collections.set(key, { msgtypes: [type.msgtype], options });
  }
  return [...collections.values()].map(({ msgtypes, options }) =>
    shownFor({ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options }, msgtypes),
  );
}

// In n8n people look for options, and for the choices of a long list, by the alphabet.
const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => a.name.localeCompare(b.name, 'en');
const byDisplayName = (a: INodeProperties, b: INodeProperties) => a.displayName.localeCompare(b.displayName, 'en');

/** What is in a collection is optional by being there. */
function withoutRequired({ required: _, ...property }: INodeProperties): INodeProperties {
  return property;
}

/** Options of the node itself, for every type. */
const NODE_OPTIONS: readonly INodeProperties[] = [
  {
    displayName: 'Fail on Invalid Recipients',
    name: 'failOnInvalidRecipients',
    type: 'boolean',
    default: false,
    description: 'Whether to fail when somebody who was named did not get the message. Otherwise the output lists them and a hint is shown.',
  },
  {
    displayName: 'Timeout',
    name: 'timeout',
    type: 'number',
    typeOptions: { minValue: 1, numberPrecision: 0 },
    default: DEFAULT_TIMEOUT_MS,
    description: 'How long to wait for each answer of WeCom, in milliseconds. Uploads get at least 60,000.',
  },
];
