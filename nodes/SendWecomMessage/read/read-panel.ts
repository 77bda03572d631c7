import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import {
  DEFAULT_AT_ONCE,
  DEFAULT_TIMEOUT_MS,
  DUPLICATE_INTERVAL_DEFAULT_SECONDS,
  messageOf,
  operations,
  updateCard,
} from '../../../core';
import type { MessageType, RateMode, Robot, SendOptions, Wecom } from '../../../core';
import { DEFAULT_LONGEST_WAIT, MOST_AT_ONCE } from '../panel/option-properties';
import { Change, SEND, SendTo } from '../panel/parameter-names';
import { asRecord, readFields } from './read-fields';
import type { Item } from './read-fields';
import { parametersOf, readContent, readMessage, readOptions } from './read-message';

/** What WeCom's answer to any operation becomes: an item of the output. */
export type Result = Readonly<Record<string, unknown>>;

/** What the panel asks for, by whom it can be done. */
type Task =
  | { readonly by: 'app'; run(wecom: Wecom<unknown>, options?: SendOptions): Promise<Result> }
  | { readonly by: 'robot'; run(robot: Robot<unknown>, options?: SendOptions): Promise<Result> };

/** What the panel says for one item. */
export interface PanelValues {
  readonly task: Task;
  /** Milliseconds for which WeCom itself drops a repetition of the message by another run of the node. */
  readonly repeatableMs: number;
  readonly rates: RateMode;
  readonly longestWaitMs: number;
  readonly atOnce: number;
  readonly failOnInvalidRecipients: boolean;
  /** Whether the message is only checked and built. */
  readonly checkOnly: boolean;
  readonly timeoutMs: number;
}

/**
 * Reads the panel for one item. Whether the values make sense is for core to say.
 *
 * @throws NodeOperationError for a binary field the item does not have, a text that is no JSON, or an option that is
 *   none
 */
export async function readPanel(item: Item, types: readonly MessageType[]): Promise<PanelValues> {
  const { parameters, itemIndex } = item;
  const operation = parameters.read('operation', itemIndex) as string;
  const options = asRecord(parameters.read('options', itemIndex, {}));
  const checkOnly = operation === SEND && options['checkOnly'] === true;
  return {
    checkOnly,
    ...(operation === SEND
      ? await sending(item, types, checkOnly)
      : { task: await performing(item, operation, types), repeatableMs: 0 }),
    rates: readRates(item, options['rateLimits']),
    longestWaitMs: 1000 * readLongestWait(item, options['longestWait']),
    atOnce: readAtOnce(item, options['messagesAtOnce']),
    failOnInvalidRecipients: options['failOnInvalidRecipients'] === true,
    timeoutMs: readTimeout(item, options['timeout']),
  };
}

async function sending(
  item: Item,
  types: readonly MessageType[],
  checkOnly: boolean,
): Promise<Pick<PanelValues, 'task' | 'repeatableMs'>> {
  const message = await readMessage(item, types);
  const send = async (sender: Pick<Wecom<unknown>, 'send' | 'check'>, options?: SendOptions): Promise<Result> => ({
    ...(await (checkOnly ? sender.check(message, signalOf(options)) : sender.send(message, options))),
  });
  const by = item.parameters.read('sendTo', item.itemIndex) === SendTo.Robot ? 'robot' : 'app';
  return { task: { by, run: send }, repeatableMs: repeatableMs(message) };
}

function signalOf({ signal }: SendOptions = {}) {
  return signal && { signal };
}

function repeatableMs(message: IDataObject): number {
  if (!message['enable_duplicate_check']) return 0;
  // A card without a task_id gets a new one in every run, so for WeCom it is another message.
  if (message['msgtype'] === 'template_card' && !asRecord(message['template_card'])['task_id']) return 0;
  return 1000 * (Number(message['duplicate_check_interval']) || DUPLICATE_INTERVAL_DEFAULT_SECONDS);
}

async function performing(item: Item, name: string, types: readonly MessageType[]): Promise<Task> {
  if (name === updateCard.name) {
    const update = await readUpdate(item, types);
    return { by: 'app', run: (wecom, options) => wecom.updateCard(update, options) };
  }
  const operation = operations.find((entry) => entry.name === name);
  if (!operation)
    throw new NodeOperationError(item.context.getNode(), `The operation "${name}" is not known`, {
      description: 'Nothing was sent. Choose one of the list.',
      itemIndex: item.itemIndex,
    });
  const input = await readFields(item, operation.fields, parametersOf(item));
  return { by: 'app', run: (wecom, options) => wecom.perform(operation, input, options) };
}

/** Whose card changes, and how: one grey button, or another card. */
async function readUpdate(item: Item, types: readonly MessageType[]): Promise<IDataObject> {
  const parameter = (name: string) => item.parameters.read(name, item.itemIndex) as string;
  const update = await readFields(
    item,
    updateCard.fields.filter((field) => field.name !== Change.Button),
    parametersOf(item),
  );
  if (parameter('change') === Change.Button) {
    const fields = updateCard.fields.find((field) => field.name === Change.Button)?.fields ?? [];
    return { ...update, [Change.Button]: await readFields(item, fields, parametersOf(item)) };
  }
  const type = types.find((entry) => entry.name === parameter('card_type'));
  const form = type?.forms.update;
  if (!type || !form) return { ...update, [Change.Card]: { card_type: parameter('card_type') } };
  return {
    ...update,
    [Change.Card]: messageOf(type, await readContent(item, type, form))[type.msgtype],
    ...readOptions(item, form),
  } as IDataObject;
}

const RATE_MODES: readonly unknown[] = ['wait', 'fail', 'off'] satisfies RateMode[];

function readRates(item: Item, value: unknown = 'wait'): RateMode {
  if (RATE_MODES.includes(value)) return value as RateMode;
  throw wrongOption(item, 'Rate Limits must be wait, fail or off', 'Rate Limits');
}

function readAtOnce(item: Item, value: unknown): number {
  if (value === undefined || value === '') return DEFAULT_AT_ONCE;
  const atOnce = Number(value);
  if (Number.isInteger(atOnce) && atOnce >= 1 && atOnce <= MOST_AT_ONCE) return atOnce;
  throw wrongOption(item, `Messages at Once must be a whole number from 1 to ${MOST_AT_ONCE}`, 'Messages at Once');
}

function readLongestWait(item: Item, value: unknown): number {
  if (value === undefined || value === '') return DEFAULT_LONGEST_WAIT;
  const seconds = Number(value);
  if (value !== null && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw wrongOption(item, 'Longest Wait must be a number of seconds, 0 or more', 'Longest Wait');
}

function readTimeout(item: Item, value: unknown): number {
  if (value === undefined || value === '') return DEFAULT_TIMEOUT_MS;
  const timeoutMs = Number(value);
  if (Number.isFinite(timeoutMs) && timeoutMs >= 1) return timeoutMs;
  throw wrongOption(item, 'The timeout must be a number of milliseconds, at least 1', 'Timeout');
}

function wrongOption({ context, itemIndex }: Item, message: string, option: string): NodeOperationError {
  return new NodeOperationError(context.getNode(), message, {
    description: `Nothing was sent. Correct Options → ${option} and run again.`,
    itemIndex,
  });
}
