import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_AT_ONCE, DEFAULT_TIMEOUT_MS } from '../../../core';
import type { Field } from '../../../core';
import { fieldProperties } from './field-properties';

/** No more are tried, however quickly WeCom answers. */
export const MOST_AT_ONCE = DEFAULT_AT_ONCE;

/**
 * Seconds. Limits by the minute, and a pause that WeCom imposes, are over by then. While a message waits its execution
 * holds a place of the n8n process, which has ten of them in a worker; n8n offers a node no way to go on after giving
 * it up.
 */
export const DEFAULT_LONGEST_WAIT = 300;

/**
 * The one collection of everything optional: what belongs to the message, and what belongs to the node.
 *
 * @param namesRecipients whether WeCom's answer names people who were not reached
 * @param sends whether it is a message that is sent, and not another operation
 */
export function optionsCollection(
  fields: readonly Field[],
  { namesRecipients = false, sends = false }: { readonly namesRecipients?: boolean; readonly sends?: boolean } = {},
): INodeProperties {
  const options = [
    ...fields.flatMap((field) => fieldProperties(field)).map(withoutRequired),
    ...(namesRecipients ? [FAIL_ON_INVALID_RECIPIENTS] : []),
    ...(sends ? [CHECK_ONLY, RATE_LIMITS, LONGEST_WAIT, MESSAGES_AT_ONCE] : []),
    TIMEOUT,
  ];
  return {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: options.sort(byDisplayName),
  };
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
  description:
    'Whether to fail when somebody who was named did not get the message. Otherwise the output lists them and a hint is shown.',
};

const CHECK_ONLY: INodeProperties = {
  displayName: 'Check Only',
  name: 'checkOnly',
  type: 'boolean',
  default: false,
  description: 'Whether to check and build the message without sending it (仅检查). The output shows the requests.',
};

const RATE_LIMITS: INodeProperties = {
  displayName: 'Rate Limits',
  name: 'rateLimits',
  type: 'options',
  options: [
    { name: 'Fail', value: 'fail', description: 'The item fails, and nothing of it is sent' },
    { name: 'Off', value: 'off', description: 'It is sent at once; WeCom may drop it without an error' },
    { name: 'Wait', value: 'wait', description: 'It is sent as soon as the limits allow' },
  ],
  default: 'wait',
  description:
    'What to do with a message above the limits of WeCom. Of more than 30 messages a minute or 1,000 an hour from one app to one member, WeCom drops the rest and still reports success; messages to departments, tags and everyone count for every member. A group robot may send 20 a minute.',
};

const LONGEST_WAIT: INodeProperties = {
  displayName: 'Longest Wait',
  name: 'longestWait',
  type: 'number',
  typeOptions: { minValue: 0, numberPrecision: 0 },
  default: DEFAULT_LONGEST_WAIT,
  description:
    'How many seconds after the node began messages may still wait for the limits of WeCom. One that would wait longer fails as soon as that is known, and is not sent. While messages wait, the execution holds one of the places of its n8n worker.',
};

const MESSAGES_AT_ONCE: INodeProperties = {
  displayName: 'Messages at Once',
  name: 'messagesAtOnce',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: MOST_AT_ONCE, numberPrecision: 0 },
  default: DEFAULT_AT_ONCE,
  description:
    'At most so many messages are on their way to WeCom side by side. It begins with 8, tries more while answers come quickly, and fewer when WeCom has too many. Messages to the same recipients always go one after the other.',
};

const TIMEOUT: INodeProperties = {
  displayName: 'Timeout',
  name: 'timeout',
  type: 'number',
  typeOptions: { minValue: 1, numberPrecision: 0 },
  default: DEFAULT_TIMEOUT_MS,
  description: 'How long to wait for each answer of WeCom, in milliseconds. Uploads get at least 60,000.',
};
