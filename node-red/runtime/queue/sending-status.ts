import type { Language, Wording } from '../../../core';
import { statusText } from '../../panel/status-text';
import type { StatusValues } from '../../panel/status-text';
import { sendNodeWording } from '../../wording/send-node';
import type { FlowError } from '../host/flow-error';
import type { Node, Status } from '../host/node-red-api';
import { undelivered } from '../host/outcome';
import type { MessageQueue } from './message-queue';

/** What flows know as `msg.status.code`. Editors say it in the language of the person who looks. */
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
  retrying: { fill: 'yellow', shape: 'ring' },
  dropped: { fill: 'grey', shape: 'ring' },
} as const satisfies Record<string, Status>;

export type State = keyof typeof STATES;

/** What a node does with messages, in the words of its status: while it does that, and when it is done. */
const DOES = {
  send: ['sending', 'sent'],
  check: ['working', 'checked'],
  work: ['working', 'done'],
} as const satisfies Record<string, readonly [State, State]>;

/** What nothing more follows on by itself: it stays under the node, so it says since when. */
const LASTING: ReadonlySet<State> = new Set([
  'sent',
  'checked',
  'done',
  'input-wrong',
  'no-answer',
  'rate-limit',
  'queue-full',
  'cancelled',
  'failed',
  'undelivered',
  'warned',
  'dropped',
]);

/** Each status travels to every open editor: after a few at once there are two a second. */
const AT_ONCE = 8;
const EVERY_MS = 500;

export interface SendingStatus {
  show(state: State): void;
  /** A message arrives. */
  started(): void;
  /** It was taken, or has to wait. */
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

interface Watched {
  readonly node: Node;
  readonly queue: Pick<MessageQueue, 'size' | 'waiting' | 'heldForMs' | 'trouble'>;
  /** Of what flows read; editors say it in their own. */
  readonly language: () => Language;
  readonly does: keyof typeof DOES;
}

/** Shows under the node what happens. A status that stays the same is not sent again. */
export function sendingStatus({ node, queue, language, does }: Watched): SendingStatus {
  const [doing, done] = DOES[does];
  const put = limited((status) => node.status(status));
  const show = (state: State, { fill, values = {}, brief, words = brief ? 'told' : state }: Saying = {}) => {
    const now = Date.now();
    const since: StatusValues = LASTING.has(state) ? { at: now - (now % 60_000) } : {};
    const said: StatusValues = { ...(brief ?? values) };
    put.show({
      ...STATES[state],
      ...(fill && { fill }),
      text: statusText(`wecom-send.status.${words}`, { ...said, ...since }),
      code: state,
      message: sentenceOf(words, said, language()),
      ...values,
    });
  };
  let watch: NodeJS.Timeout | undefined;

  const look = () => {
    watch = undefined;
    const { waiting: count, trouble } = queue;
    if (count === 0 && !trouble) {
      if (queue.size > 0) show(doing);
      return;
    }
    show(...holdUp(queue));
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
      if (undelivered > 0) show('undelivered', { values: { count: undelivered } });
      else if (warnings > 0 && does !== 'check') show('warned', { values: { count: warnings } });
      // While others are on their way the node is still sending.
      else if (queue.size === 0) show(done);
    },
    failed({ cause, code, brief }) {
      if (cause.kind === 'undelivered')
        show('undelivered', {
          fill: 'red',
          values: { count: cause.delivered ? undelivered(cause.delivered).length : 0 },
        });
      else show(BY_KIND[cause.kind], { brief, values: { error: code } });
    },
    dropped(count) {
      show('dropped', { values: { count } });
    },
    close() {
      clearTimeout(watch);
      put.close();
    },
  };
}

/** What the messages of a node wait for. */
function holdUp(queue: Watched['queue']): [State, Saying] {
  const { waiting: count, trouble } = queue;
  if (trouble) return ['retrying', { values: { tries: trouble.tries, reason: trouble.code } }];
  const seconds = Math.ceil(queue.heldForMs() / 1000);
  if (seconds === 0) return ['queued', { values: { count } }];
  if (seconds < 120) return ['queued', { words: 'held', values: { seconds, count } }];
  return ['queued', { words: 'held-minutes', values: { minutes: Math.ceil(seconds / 60), count } }];
}

interface Saying {
  /** Those of the state if absent. */
  readonly words?: keyof typeof sendNodeWording.status;
  readonly fill?: Status['fill'];
  /** What flows get beside the code; also what the words are filled with. */
  readonly values?: StatusValues;
  /** What went wrong, in place of the words of the state. */
  readonly brief?: Wording | undefined;
}

/** The status in one language, for flows: they have nobody who translates keys. */
function sentenceOf(words: keyof typeof sendNodeWording.status, values: StatusValues, language: Language): string {
  const reasons: Readonly<Record<string, Wording>> = sendNodeWording.reason;
  return sendNodeWording.status[words][language].replace(/__(\w+?)__/g, (_, name: string) => {
    const value = String(values[name] ?? '');
    return name === 'reason' ? (reasons[value]?.[language] ?? value) : value;
  });
}

const BY_KIND = {
  input: 'input-wrong',
  api: 'failed',
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
