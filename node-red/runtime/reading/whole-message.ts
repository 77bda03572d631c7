import { chatFields, EVERYONE_FIELD, recipientFields, typesAt } from '../../../core';
import type { MessageType, Wording } from '../../../core';
import type { Plan } from '../../panel/plan';
import { destinationOf } from '../../panel/plan';
import type { StoredValues } from '../../panel/stored-value';
import { isTypedEmpty, MESSAGE_JSON } from '../../panel/stored-value';
import type { Message } from '../host/node-red-api';
import { asFieldsTakeIt, asStored, isRecord } from './field-values';
import { guarded, then } from './reader';
import type { Reader } from './reader';
import { UnreadableValue } from './unreadable-value';
import { parsedJson } from './value-source';
import type { ValueSource } from './unreadable-value';
import type { TypedValue } from './value-source';

/** The path of what is wrong with such a message as a whole. */
export const WHOLE_MESSAGE = 'message';

const ADDRESS = [...recipientFields, ...chatFields].map(({ name }) => name);

/**
 * A whole message of the flow, written like the API writes it: of any type, with its options. Recipients of the panel
 * take the place of those in it; files may be Buffers, as where fields are filled in.
 */
export function wholeReader(
  { plan, values, onlyByChoice }: { plan: Plan; values: StoredValues; onlyByChoice: Wording },
  source: (value: TypedValue) => ValueSource,
  catalogue: readonly MessageType[],
): Reader {
  const types = typesAt(destinationOf(plan) ?? 'app', catalogue);
  const isAddressed = namesWhom(plan, values);
  const read = source(asStored(values[MESSAGE_JSON] ?? { type: 'msg', value: 'payload' }));
  const message = guarded(undefined, WHOLE_MESSAGE, (msg) =>
    then(read(msg), (value) => withFiles(parsedJson(value), types, msg)),
  );
  return (msg, issues) =>
    then(message(msg, issues), (given) => {
      const whole = { ...(given as Record<string, unknown> | undefined) };
      if (EVERYONE_FIELD in whole) issues.push({ path: EVERYONE_FIELD, message: onlyByChoice });
      delete whole[EVERYONE_FIELD];
      if (isAddressed) for (const name of ADDRESS) delete whole[name];
      return whole;
    });
}

/** Whether the panel says who gets the message, whatever comes of it. */
function namesWhom({ to }: Plan, values: StoredValues): boolean {
  if (to === 'everyone') return true;
  const fields = to === 'robot' ? [] : to === 'chat' ? chatFields : recipientFields;
  return fields.some(({ name }) => values[name] !== undefined && !isTypedEmpty(asStored(values[name])));
}

function withFiles(value: unknown, types: ReturnType<typeof typesAt>, msg: Message): Record<string, unknown> {
  if (!isRecord(value))
    throw new UnreadableValue({
      en: 'must be a message as the API writes it, such as { "msgtype": "text", "text": { "content": "Hello" } }',
      zh: '必须是 API 格式的消息，例如 { "msgtype": "text", "text": { "content": "你好" } }',
    });
  const message: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  const { msgtype } = message;
  const content = typeof msgtype === 'string' ? message[msgtype] : undefined;
  const cardType = isRecord(content) ? content['card_type'] : undefined;
  const found = types.find(
    ({ type }) => type.msgtype === msgtype && (type.cardType === undefined || type.cardType === cardType),
  );
  return found ? { ...message, [found.type.msgtype]: asFieldsTakeIt(found.form.panel.content, content, msg) } : message;
}
