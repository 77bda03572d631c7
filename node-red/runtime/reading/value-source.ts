import { typedText } from '../../panel/stored-value';
import { isTemplate } from '../../panel/template-text';
import { reasonOf } from '../host/flow-error';
import type { Message, Node, NodeRed } from '../host/node-red-api';
import { template } from './template';
import { UnreadableValue } from './unreadable-value';
import type { ValueSource } from './unreadable-value';

/** A typed input as it stands in a flow. */
export interface TypedValue {
  readonly type: string;
  readonly value: unknown;
  /** Whether each placeholder of a text must stand for something, as where it names somebody. */
  readonly complete?: boolean;
}

/**
 * Where the value of a typed input comes from. Everything that does not depend on the message is done here, once.
 *
 * The source throws (or rejects with) UnreadableValue when it cannot be read.
 */
export function valueSource(RED: NodeRed, node: Node, { type, value, complete = false }: TypedValue): ValueSource {
  const text = typedText(value);
  switch (type) {
    case 'str':
      return isTemplate(text)
        ? template(text, complete, (where, expression) => valueSource(RED, node, { type: where, value: expression }))
        : () => text;
    case 'num': {
      // Text that is no number goes on as it is: the check of the field says what it must be.
      const number = text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
      return () => number;
    }
    case 'bool':
      return () => value === true || text === 'true';
    case 'json':
      return json(text);
    case 'msg':
      // Node-RED takes an expression apart anew for every message; most are a plain name.
      return PLAIN_NAME.test(text) ? (msg) => msg[text] : (msg) => messageProperty(RED, msg, text);
    case 'jsonata':
      return jsonata(RED, node, text);
    case 'flow':
    case 'global':
    case 'env':
      return (msg) => callback(type, (done) => RED.util.evaluateNodeProperty(text, type, node, msg, done));
    default:
      return () => {
        throw new UnreadableValue({
          en: `comes from "${type}", which is not a source of values`,
          zh: `来源“${type}”无效`,
        });
      };
  }
}

function json(text: string): ValueSource {
  try {
    const value: unknown = JSON.parse(text);
    // A copy for each message: what one of them does to it must not reach the next.
    return typeof value === 'object' && value !== null ? () => structuredClone(value) : () => value;
  } catch (error) {
    return () => {
      throw notJson(error);
    };
  }
}

/**
 * JSON as it comes from a flow: text is read, anything else stays as it is. @throws UnreadableValue for text that is no
 * JSON.
 */
export function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw notJson(error);
  }
}

function notJson(error: unknown): UnreadableValue {
  const reason = error instanceof Error ? error.message : String(error);
  return new UnreadableValue({ en: `is not valid JSON: ${reason}`, zh: `不是有效的 JSON：${reason}` });
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

function messageProperty(RED: NodeRed, msg: Message, expression: string): unknown {
  try {
    return RED.util.getMessageProperty(msg, expression);
  } catch (error) {
    // `msg.a.b` without `msg.a` is simply not there; a path that makes no sense is a mistake worth telling.
    if ((error as { code?: unknown }).code === 'INVALID_EXPR') throw unreadable(`msg.${expression}`, error);
    return undefined;
  }
}

function jsonata(RED: NodeRed, node: Node, expression: string): ValueSource {
  let prepared: unknown;
  try {
    prepared = RED.util.prepareJSONataExpression(expression, node);
  } catch (error) {
    return () => {
      throw unreadable('JSONata', error);
    };
  }
  return (msg) => callback('JSONata', (done) => RED.util.evaluateJSONataExpression(prepared, msg, done));
}

function callback(
  source: string,
  evaluate: (done: (error: Error | null, value?: unknown) => void) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(unreadable(source, error));
    try {
      evaluate((error, value) => (error ? fail(error) : resolve(value)));
    } catch (error) {
      fail(error);
    }
  });
}

function unreadable(source: string, error: unknown): UnreadableValue {
  const reason = reasonOf(error instanceof Error ? error : ((error as { message?: unknown } | null)?.message ?? error));
  return new UnreadableValue({
    en: `cannot be read from ${source}: ${reason}`,
    zh: `无法从 ${source} 读取：${reason}`,
  });
}
