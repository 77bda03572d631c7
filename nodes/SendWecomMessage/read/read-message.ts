/** The room read: from parameters and items to messages. May import from nodes/host and panel. */
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { chatFields, EVERYONE_FIELD, messageOf, recipientFields } from '../../../core';
import type { MessageForm, MessageType } from '../../../core';
import { destinations } from '../panel/message-properties';
import { CARD_JSON, CHOSEN_SUFFIX, RecipientsFrom, SendTo, SPECIFY_CARD, SpecifyCard } from '../panel/parameter-names';
import type { SendToValue } from '../panel/parameter-names';
import { asRecord, readFields } from './read-fields';
import type { Item, Values } from './read-fields';

/**
 * The message of one item, written as the API writes it. Whether the values make a message is for core to say.
 *
 * @throws NodeOperationError for a binary field the item does not have, or a text that is no JSON
 */
export async function readMessage(item: Item, types: readonly MessageType[]): Promise<IDataObject> {
  const { parameters, itemIndex } = item;
  const sendTo = parameters.read('sendTo', itemIndex) as SendToValue;
  const name = parameters.read('msgtype', itemIndex) as string;
  const address = await readAddress(item, sendTo);
  const type = types.find((entry) => entry.name === name);
  // Core knows the types, and which of them the place takes; it names them when this one is none.
  if (!type) return { ...address, msgtype: name };
  const form = type.forms[destinations[sendTo]];
  if (!form) return { ...address, ...messageOf(type, {}) } as IDataObject;
  return {
    ...address,
    ...messageOf(type, await readContent(item, type, form)),
    ...readOptions(item, form),
  } as IDataObject;
}

/**
 * What the panel says of the content: field by field, or the JSON as it is, so that core can name what does not belong
 * there.
 */
export async function readContent(item: Item, type: MessageType, form: MessageForm): Promise<unknown> {
  const { parameters, itemIndex } = item;
  const isJson =
    type.cardType !== undefined && parameters.read(SPECIFY_CARD, itemIndex, SpecifyCard.Fields) === SpecifyCard.Json;
  return isJson ? readJson(item) : readFields(item, form.panel.content, parametersOf(item));
}

/** Options left over from another type are not in this type's panel, so they are not asked for. */
export function readOptions({ parameters, itemIndex }: Item, form: MessageForm): IDataObject {
  const options = asRecord(parameters.read('options', itemIndex, {}));
  return Object.fromEntries(
    form.panel.options.flatMap(({ name }) => (name in options ? [[name, options[name]]] : [])),
  ) as IDataObject;
}

export function parametersOf({ parameters, itemIndex }: Item): Values {
  return (name) => parameters.read(name, itemIndex, '');
}

/** @throws NodeOperationError if it is a text that is no JSON */
function readJson({ context, parameters, itemIndex }: Item): unknown {
  const given = parameters.read(CARD_JSON, itemIndex, '');
  // As an empty object, so that every missing field is named.
  if (given === undefined || given === null || given === '') return {};
  if (typeof given !== 'string') return given;
  const { value, problem } = parsed(given);
  if (problem === undefined) return value;
  throw new NodeOperationError(context.getNode(), `The Card JSON cannot be read: ${problem}`, {
    description:
      'Nothing was sent. Correct the JSON and run again; an expression may also give an object instead of a text.',
    itemIndex,
  });
}

function parsed(text: string): { readonly value?: unknown; readonly problem?: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function readAddress(item: Item, sendTo: SendToValue): Promise<IDataObject> {
  switch (sendTo) {
    case SendTo.Everyone:
      return { [EVERYONE_FIELD]: chosenByHand(item) };
    case SendTo.Chat:
      // Present even when it came out empty: it is what tells core that the message goes to a group chat.
      return { chatid: undefined, ...(await readFields(item, chatFields, parametersOf(item))) };
    case SendTo.Robot:
      return {};
    default:
      return readRecipients(item);
  }
}

/**
 * Whether a person chose "Everyone" in the panel. n8n does not evaluate an expression there, but whether everybody in
 * the company gets a message must not hang on that.
 *
 * @throws NodeOperationError if it came out of an expression
 */
function chosenByHand({ context, parameters, itemIndex }: Item): true {
  if (parameters.raw('sendTo') === SendTo.Everyone) return true;
  throw new NodeOperationError(context.getNode(), '"Send To" came out of an expression as everyone', {
    description: 'Nothing was sent. Everyone is reached only when it is chosen in the list "Send To" of the node.',
    itemIndex,
  });
}

/**
 * A recipient field is left out only if the person left it empty. One with an expression is in use, and core
 * refuses it when it comes out empty: such a message must not go to fewer people than meant.
 */
function readRecipients({ parameters, itemIndex }: Item): IDataObject {
  const suffix = parameters.read('recipientsFrom', itemIndex) === RecipientsFrom.Lists ? CHOSEN_SUFFIX : '';
  const recipients: IDataObject = {};
  for (const { name } of recipientFields) {
    const typed = parameters.raw(name + suffix);
    if (typed === undefined || typed === '' || (Array.isArray(typed) && typed.length === 0)) continue;
    recipients[name] = parameters.read(name + suffix, itemIndex, '') as IDataObject[string];
  }
  return recipients;
}
