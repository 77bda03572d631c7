import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_MS, messageOf, operations, updateCard } from '../../core';
import type { MessageType, Robot, Wecom } from '../../core';
import { Change, SEND, SendTo } from './parameter-names';
import { asRecord, readFields } from './read-fields';
import type { Item } from './read-fields';
import { parametersOf, readContent, readMessage, readOptions } from './read-message';

/** What WeCom's answer to any operation becomes: an item of the output. */
export type Result = Readonly<Record<string, unknown>>;

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** What the panel asks for, by whom it can be done. */
type Task =
  | { readonly by: 'app'; run(wecom: Wecom, options?: CallOptions): Promise<Result> }
  | { readonly by: 'robot'; run(robot: Robot, options?: CallOptions): Promise<Result> };

/** What the panel says for one item. */
export interface PanelValues {
  readonly task: Task;
  /** WeCom itself drops a repetition. */
  readonly repeatable: boolean;
  readonly failOnInvalidRecipients: boolean;
  readonly timeoutMs: number;
}

/**
 * Reads the panel for one item. Whether the values make sense is for core to say.
 *
 * @throws NodeOperationError for a binary field the item does not have, a text that is no JSON, or a timeout that is none
 */
export async function readPanel(item: Item, types: readonly MessageType[]): Promise<PanelValues> {
  const { context, itemIndex } = item;
  const operation = context.getNodeParameter('operation', itemIndex);
  const options = asRecord(context.getNodeParameter('options', itemIndex, {}));
  return {
    ...(operation === SEND ? await sending(item, types) : { task: await performing(item, operation, types), repeatable: false }),
    failOnInvalidRecipients: options['failOnInvalidRecipients'] === true,
    timeoutMs: readTimeout(item, options['timeout']),
  };
}

async function sending(item: Item, types: readonly MessageType[]): Promise<Pick<PanelValues, 'task' | 'repeatable'>> {
  const message = await readMessage(item, types);
  const send = async (sender: Pick<Wecom, 'send'>, options?: CallOptions): Promise<Result> => ({ ...(await sender.send(message, options)) });
  const by = item.context.getNodeParameter('sendTo', item.itemIndex) === SendTo.Robot ? 'robot' : 'app';
  return { task: { by, run: send }, repeatable: Boolean(message['enable_duplicate_check']) };
}

async function performing(item: Item, name: string, types: readonly MessageType[]): Promise<Task> {
  if (name === updateCard.name) {
    const update = await readUpdate(item, types);
    return { by: 'app', run: (wecom, options) => wecom.updateCard(update, options) };
  }
  const operation = operations.find((entry) => entry.name === name);
  if (!operation) throw new NodeOperationError(item.context.getNode(), `The operation "${name}" is not known`, { description: 'Nothing was sent. Choose one of the list.', itemIndex: item.itemIndex });
  const input = await readFields(item, operation.fields, parametersOf(item));
  return { by: 'app', run: (wecom, options) => wecom.perform(operation, input, options) };
}

/** Whose card changes, and how: one grey button, or another card. */
async function readUpdate(item: Item, types: readonly MessageType[]): Promise<IDataObject> {
  const parameter = (name: string) => item.context.getNodeParameter(name, item.itemIndex) as string;
  const update = await readFields(item, updateCard.fields.filter((field) => field.name !== Change.Button), parametersOf(item));
  if (parameter('change') === Change.Button) {
    const fields = updateCard.fields.find((field) => field.name === Change.Button)?.fields ?? [];
    return { ...update, [Change.Button]: await readFields(item, fields, parametersOf(item)) };
  }
  const type = types.find((entry) => entry.name === parameter('card_type'));
  const form = type?.forms.update;
  if (!type || !form) return { ...update, [Change.Card]: { card_type: parameter('card_type') } };
  return { ...update, [Change.Card]: messageOf(type, await readContent(item, type, form))[type.msgtype], ...readOptions(item, form) } as IDataObject;
}

function readTimeout({ context, itemIndex }: Item, value: unknown): number {
  if (value === undefined || value === '') return DEFAULT_TIMEOUT_MS;
  const timeoutMs = Number(value);
  if (Number.isFinite(timeoutMs) && timeoutMs >= 1) return timeoutMs;
  throw new NodeOperationError(context.getNode(), 'The timeout must be a number of milliseconds, at least 1', {
    description: 'Nothing was sent. Correct Options → Timeout and run again.',
    itemIndex,
  });
}
