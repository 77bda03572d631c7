import type { Message, Node, NodeRed } from '../host/node-red-api';
import type { Task } from './message-queue';

/**
 * How a flow is told what became of a message. Node-RED copies a message for every node that hears of it, and not
 * every message can be copied, or even read. Nobody awaits this node: what escaped from here would end the process.
 */
export interface Telling {
  /**
   * Sends the message on with its result as `msg.payload`. @throws if Node-RED cannot pass it on; somebody may have got
   * it then
   */
  passOn(task: Task, payload: unknown): void;
  /** Complete nodes hear of the message. Never throws. */
  complete(task: Task): void;
  /** Catch nodes hear of the message; without one it is in the log. Never throws. */
  fail(task: Task, error: Error): void;
  /** As `fail`, but leaves the log alone. @returns whether there was a Catch node */
  catch(task: Task, error: Error): boolean;
}

export function telling(RED: NodeRed, node: Node): Telling {
  return {
    passOn({ msg, sendOn }, payload) {
      const kept = exchangeOf(msg);
      try {
        sendOn(withPayload(msg, payload));
      } catch (error) {
        restore(msg, kept);
        throw error;
      }
    },
    complete: ({ msg, done }) =>
      inTurn(msg, [
        () => done(),
        () => node._flow?.handleComplete?.(node, standIn(RED, msg)),
        () => node._flow?.handleComplete?.(node, identity(msg)),
      ]),
    fail: ({ msg, done }, error) =>
      inTurn(msg, [
        () => done(error),
        () => node.error(error, standIn(RED, msg)),
        () => node.error(error, identity(msg)),
        () => node.error(error),
      ]),
    catch: ({ msg }, error) => {
      let isCaught = false;
      const by = (told: () => Message) => () => {
        isCaught = node._flow?.handleError?.(node, error, told()) ?? false;
      };
      inTurn(msg, [by(() => msg), by(() => standIn(RED, msg)), by(() => identity(msg))]);
      return isCaught;
    },
  };
}

/** Goes through the ways until one works. */
function inTurn(msg: Message, ways: readonly (() => void)[]): void {
  const kept = exchangeOf(msg);
  for (const way of ways) {
    try {
      way();
      return;
    } catch {
      restore(msg, kept);
    }
  }
}

/** The same message, as far as it takes a new payload; otherwise another one with what can be read of it. */
function withPayload(msg: Message, payload: unknown): Message {
  try {
    msg.payload = payload;
    if (msg.payload === payload) return msg;
  } catch {
    // Frozen, or without a way to set it.
  }
  const other: Message = {};
  for (const key of keysOf(msg)) {
    const value = valueOf(msg, key);
    if (value !== undefined) other[key] = value;
  }
  return { ...other, payload };
}

/** A message with what Node-RED can copy of this one. */
function standIn(RED: NodeRed, msg: Message): Message {
  const copy: Message = {};
  for (const key of keysOf(msg)) {
    const value = valueOf(msg, key);
    try {
      if (value !== undefined) copy[key] = EXCHANGE.has(key) ? value : RED.util.cloneMessage({ value }).value;
    } catch {
      // Left out: whoever hears of the message would fail on it, too.
    }
  }
  return copy;
}

function identity(msg: Message): Message {
  const topic = valueOf(msg, 'topic');
  return { _msgid: valueOf(msg, '_msgid'), ...(typeof topic === 'string' && { topic }), ...exchangeOf(msg) };
}

/** Node-RED does not copy these: an `http in` node waits for its answer in them. */
const EXCHANGE = new Set(['req', 'res']);

function exchangeOf(msg: Message): Message {
  const kept: Message = {};
  for (const key of EXCHANGE) {
    const value = valueOf(msg, key);
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

/** While Node-RED copies a message they are taken out of it, and stay out if the copy fails. */
function restore(msg: Message, kept: Message): void {
  try {
    Object.assign(msg, kept);
  } catch {
    // Then they were not taken out either.
  }
}

function keysOf(msg: Message): string[] {
  try {
    return Object.keys(msg);
  } catch {
    return [];
  }
}

function valueOf(msg: Message, key: string): unknown {
  try {
    return msg[key];
  } catch {
    return undefined;
  }
}
