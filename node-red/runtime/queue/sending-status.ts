import type { FlowError } from '../host/flow-error';
import type { MessageQueue } from './message-queue';
import type { Node, NodeRed, Status } from '../host/node-red-api';
import { undelivered } from '../host/outcome';

/**
 * The states that are shown with a text of the catalogue; editors translate such texts into the language of the person
 * who looks.
 */
const STATES = {
  sending: { fill: 'blue', shape: 'dot' },
  sent: { fill: 'green', shape: 'dot' },
  'no-app': { fill: 'red', shape: 'ring' },
  'app-wrong': { fill: 'red', shape: 'ring' },
  'no-robot': { fill: 'red', shape: 'ring' },
  'robot-wrong': { fill: 'red', shape: 'ring' },
  checked: { fill: 'grey', shape: 'dot' },
  done: { fill: 'green', shape: 'dot' },
  working: { fill: 'blue', shape: 'dot' },
  'input-wrong': { fill: 'red', shape: 'dot' },
  'no-answer': { fill: 'red', shape: 'dot' },
  'rate-limit': { fill: 'red', shape: 'dot' },
  'queue-full': { fill: 'red', shape: 'dot' },
  cancelled: { fill: 'grey', shape: 'ring' },
  failed: { fill: 'red', shape: 'dot' },
  undelivered: { fill: 'yellow', shape: 'dot' },
  warned: { fill: 'yellow', shape: 'dot' },
  queued: { fill: 'blue', shape: 'ring' },
  dropped: { fill: 'grey', shape: 'ring' },
} as const satisfies Record<string, Status>;

export type State = keyof typeof STATES;

/** What a node does with messages, in the words of its status: while it does that, and when it is done. */
const DOES = {
  send: ['sending', 'sent'],
  check: ['working', 'checked'],
  work: ['working', 'done'],
} as const satisfies Record<string, readonly [State, State]>;

/** Each status travels to every open editor: after a few at once there are two a second. */
const AT_ONCE = 8;
const EVERY_MS = 500;

export interface SendingStatus {
  show(state: State): void;
  /** A message arrives. */
  started(): void;
  /** It was taken. */
  taken(): void;
  /**
   * @param undelivered how many of those who were named did not get the message
   * @param warnings how many remarks the result has
   */
  sent(undelivered: number, warnings: number): void;
  failed(error: FlowError): void;
  /** So many messages were taken out of the queue on request. */
  dropped(count: number): void;
  /** Leaves no timer. */
  close(): void;
}

/** Shows under the node what happens. A status that stays the same is not sent again. */
export function sendingStatus(
  RED: NodeRed,
  node: Node,
  queue: Pick<MessageQueue, 'size' | 'waiting' | 'heldForMs'>,
  does: keyof typeof DOES = 'send',
): SendingStatus {
  const [doing, done] = DOES[does];
  const put = limited((status) => node.status(status));
  const show = (state: State) => put.show({ ...STATES[state], text: `wecom-send.status.${state}` });
  const counted = (state: State, text: string, values: Readonly<Record<string, number>>) =>
    put.show({ ...STATES[state], text: RED._(`wecom-send.status.${text}`, values) });
  let watch: NodeJS.Timeout | undefined;

  const look = () => {
    watch = undefined;
    const { waiting: count } = queue;
    if (count === 0) {
      if (queue.size > 0) show(doing);
      return;
    }
    const seconds = Math.ceil(queue.heldForMs() / 1000);
    if (seconds === 0) counted('queued', 'queued', { count });
    else if (seconds < 120) counted('queued', 'held', { seconds, count });
    else counted('queued', 'held-minutes', { minutes: Math.ceil(seconds / 60), count });
    watch = setTimeout(look, EVERY_MS).unref();
  };

  return {
    show,
    started() {
      if (queue.size === 0) show(doing);
    },
    taken() {
      if (queue.waiting > 0) watch ??= setTimeout(look, EVERY_MS).unref();
    },
    sent(undelivered, warnings) {
      if (undelivered > 0) counted('undelivered', 'undelivered', { count: undelivered });
      else if (warnings > 0 && does !== 'check') counted('warned', 'warned', { count: warnings });
      // While others are on their way the node is still sending.
      else if (queue.size === 0) show(done);
    },
    failed({ cause }) {
      if (cause.kind === 'undelivered')
        put.show({
          ...STATES.undelivered,
          fill: 'red',
          text: RED._('wecom-send.status.undelivered', {
            count: cause.delivered ? undelivered(cause.delivered).length : 0,
          }),
        });
      else if (cause.kind === 'api') counted('failed', 'errcode', { errcode: cause.errcode ?? 0 });
      else show(BY_KIND[cause.kind]);
    },
    dropped(count) {
      counted('dropped', 'dropped', { count });
    },
    close() {
      clearTimeout(watch);
      put.close();
    },
  };
}

const BY_KIND = {
  input: 'input-wrong',
  network: 'no-answer',
  rate: 'rate-limit',
  queue: 'queue-full',
  cancelled: 'cancelled',
  internal: 'failed',
} as const satisfies Partial<Record<FlowError['cause']['kind'], State>>;

/** Lets a few statuses through at once, then the newest one every half second. */
function limited(put: (status: Status) => void): { show(status: Status): void; close(): void } {
  const textOf = ({ fill, text }: Status) => `${fill} ${text}`;
  let shown = '';
  let newest: Status = {};
  let free = AT_ONCE;
  let countedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const pass = () => {
    timer = undefined;
    if (closed || textOf(newest) === shown) return;
    const now = performance.now();
    free = Math.min(AT_ONCE, free + (now - countedAt) / EVERY_MS);
    countedAt = now;
    if (free < 1) {
      timer = setTimeout(pass, Math.ceil((1 - free) * EVERY_MS)).unref();
      return;
    }
    free -= 1;
    shown = textOf(newest);
    put(newest);
  };
  return {
    show(status) {
      newest = status;
      if (!timer) pass();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
