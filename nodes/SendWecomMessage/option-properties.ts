import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_MS } from '../../core';
import type { Field } from '../../core';
import { fieldProperties } from './field-properties';

/**
 * The one collection of everything optional: what belongs to the message, and what belongs to the node.
 *
 * @param namesRecipients whether WeCom's answer names people who were not reached
 */
export function optionsCollection(fields: readonly Field[], namesRecipients: boolean): INodeProperties {
  const options = [...fields.flatMap((field) => fieldProperties(field)).map(withoutRequired), ...(namesRecipients ? [FAIL_ON_INVALID_RECIPIENTS] : []), TIMEOUT];
  return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: options.sort(byDisplayName) };
}

// In n8n people look for options by the alphabet.
const byDisplayName = (a: INodeProperties, b: INodeProperties) => a.displayName.localeCompare(b.displayName, 'en');

/** What is in a collection is optional by being there. */
function withoutRequired({ required: _, ...property }: INodeProperties): INodeProperties {
  return property;
}

const FAIL_ON_INVALID_RECIPIENTS: INodeProperties = {
  displayName: 'Fail on Invalid Recipients',
  name: 'failOnInvalidRecipients',
  type: 'boolean',
  default: false,
  description: 'Whether to fail when somebody who was named did not get the message. Otherwise the output lists them and a hint is shown.',
};

const TIMEOUT: INodeProperties = {
  displayName: 'Timeout',
  name: 'timeout',
  type: 'number',
  typeOptions: { minValue: 1, numberPrecision: 0 },
  default: DEFAULT_TIMEOUT_MS,
  description: 'How long to wait for each answer of WeCom, in milliseconds. Uploads get at least 60,000.',
};
