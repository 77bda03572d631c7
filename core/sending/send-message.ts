/**
 * The room sending: a message on its way, with its files and requests. May import from messages and what it may
 * import.
 */
import { createHash } from 'node:crypto';

import { cancelled } from '../api/call';
import { ALL_LANES } from '../delivery/lanes';
import type { Lanes, Task } from '../delivery/lanes';
import { ANYBODY } from '../delivery/pace';
import type { Pace } from '../delivery/pace';
import type { AppQueue, ChatQueue, RobotQueue } from '../delivery/send-queues';
import type { RateMode, Wait } from '../outcome/wait';
import { DEFAULT_AT_ONCE } from '../delivery/width';
import { endpoints } from '../api/endpoints';
import type { Endpoint } from '../api/endpoints';
import { hasErrcode, WecomError, WecomInputError, WecomRateError } from '../outcome/errors';
import type { InputIssue, WecomApiError } from '../outcome/errors';
import type { Advice } from '../schema/field-rules';
import { resolvedContent } from './files-in-message';
import type { FileParts, ResolvedContent } from './files-in-message';
import { splitIds } from '../schema/ids';
import { DUPLICATE_INTERVAL_DEFAULT_SECONDS } from '../messages/message-type';
import type { Draft } from '../messages/parse-message';
import type { Clock } from '../api/ports';
import { recipientBatches } from '../messages/recipients';
import type { RecipientField, Recipients } from '../messages/recipients';
import { mergeReplies } from '../outcome/result';
import type { SendReply, SendResult } from '../outcome/result';
import type { Language } from '../outcome/wording';

/** What a sender works with. */
export interface SenderParts extends FileParts {
  /** Of the warnings in the result. */
  readonly language: Language;
  readonly clock: Clock;
  /** How many processes share the rates. */
  readonly processes: number;
}

/** What of a message was sent already. Plain JSON, so that a host can keep it where it keeps its own data. */
export interface Progress {
  sent: { readonly key: string; readonly reply: SendReply }[];
}

/** How one message is sent. */
export interface SendOptions {
  readonly signal?: AbortSignal;
  /** What happens when the message would exceed a rate of WeCom; it waits if absent. */
  readonly rates?: RateMode;
  /**
   * How long the message may wait for rates and pauses, milliseconds; an hour for each wait if absent. It counts from
   * the call of `send`, so all waits of the message count together, and so does the time it spends behind earlier
   * messages to the same recipients or for a place beside other calls. What would wait beyond it fails with
   * WecomRateError as soon as that is known, and is not sent; what is held up by slow answers fails when its turn comes
   * too late. Of a message of several requests `delivered` tells what went out before. Waiting for the next try after a
   * failure is not bounded by it, and 0 stands for no waiting at all.
   */
  readonly longestWaitMs?: number;
  /**
   * At most so many calls of the app or robot, of those that are to be as many or fewer, are open side by side; 64 if
   * absent. Fewer are while WeCom is slow or complains: it begins with 8 and tries more as long as answers come quickly.
   */
  readonly atOnce?: number;
  /** Hears of every time the message has to wait. */
  readonly onWait?: (wait: Wait) => void;
  /** Hears of every request that goes out; before the first of them the message waits for its turn. */
  readonly onBegin?: () => void;
  /**
   * Filled while the message is sent. Handed in again with the same message, only what is missing is sent:
   * a message may need several requests, and one of them may fail.
   */
  readonly progress?: Progress;
}

/**
 * Sends a checked message to members, departments and tags (doc 90236): files are uploaded first, then one
 * request goes out for every part of a long text and for every 1000 members, 100 departments or 100 tags,
 * and the answers become one result. Messages that may reach the same member keep their order.
 *
 * @throws WecomApiError, WecomNetworkError, WecomRateError; `delivered` on the error tells what earlier requests delivered, `failed` which one failed.
 */
export function sendToMembers(
  parts: SenderParts,
  { lanes, pace }: AppQueue['members'],
  agentid: number,
  draft: Draft,
  options: SendOptions = {},
): Promise<SendResult> {
  const batches = draft.recipients ? recipientBatches(draft.recipients) : [];
  const members = draft.recipients ? membersOf(draft.recipients) : [];
  const repeatableMs = draft.options['enable_duplicate_check']
    ? 1000 * Number(draft.options['duplicate_check_interval'] ?? DUPLICATE_INTERVAL_DEFAULT_SECONDS)
    : undefined;
  const addresses = batches.map((batch): Address => ({
    fields: draft.form.agentid ? { ...batch, agentid } : batch,
    pace: pace.of(
      members === ANYBODY || batches.length === 1 ? members : splitIds(batch.touser ?? '').map(lowerCase),
      parts.processes,
    ),
    named: batch,
  }));
  return inTurn(parts, lanes, members === ANYBODY ? ALL_LANES : members, endpoints.sendMessage, options, (turn) =>
    sendRequests(parts, endpoints.sendMessage, draft, addresses, turn, repeatableMs),
  );
}

/** Sends a checked message to a group chat of the app (doc 90248), which answers without a msgid. Errors as for members. */
export function sendToChat(
  parts: SenderParts,
  { lanes, pace }: ChatQueue,
  lookUp: (chatid: string) => Promise<number | undefined>,
  draft: Draft,
  options: SendOptions = {},
): Promise<SendResult> {
  const chatid = draft.chatid as string;
  const address: Address = { fields: { chatid }, pace: pace.of(chatid, lookUp, parts.processes) };
  return inTurn(parts, lanes, [chatid], endpoints.sendToChat, options, (turn) =>
    sendRequests(parts, endpoints.sendToChat, draft, [address], turn),
  );
}

/** Sends a checked message to the group of a robot (doc 99110), which answers without a msgid. Errors as for members. */
export function sendToRobot(
  parts: SenderParts,
  { lanes, pace }: RobotQueue,
  draft: Draft,
  options: SendOptions = {},
): Promise<SendResult> {
  return inTurn(parts, lanes, ['robot'], endpoints.sendToRobot, options, (turn) =>
    sendRequests(parts, endpoints.sendToRobot, draft, [{ fields: {}, pace: pace.of(parts.processes) }], turn),
  );
}

/** Where one request goes. */
interface Address {
  readonly fields: object;
  readonly pace: Pace;
  /** Who it names, if it is one of several: it may turn out that it could reach nobody (81013). */
  readonly named?: Batch;
}

/** How a message is sent whose turn has come. */
interface TurnOptions extends SendOptions {
  /** Monotonic milliseconds. */
  readonly waitsUntil: number | undefined;
}

/** Sends when it is the turn of the message. Who waits behind it hears how long that will take at least. */
function inTurn(
  { clock }: SenderParts,
  lanes: Lanes,
  names: Parameters<Lanes['run']>[0],
  endpoint: Endpoint,
  options: SendOptions,
  send: (options: TurnOptions) => Promise<SendResult>,
): Promise<SendResult> {
  checkOptions(options);
  const { signal, longestWaitMs, onWait, rates } = options;
  const waitsUntil = longestWaitMs === undefined || rates === 'off' ? undefined : clock.monotonic() + longestWaitMs;
  const tooLate = (until: number) => new WecomRateError('turn', until - clock.monotonic(), endpoint.path, 'impatient');
  let waited = false;
  const task: Task<SendResult> = (hold) => {
    // Those before it took longer to be answered than anybody could know.
    if (waited && clock.monotonic() > (waitsUntil ?? Infinity)) return Promise.reject(tooLate(clock.monotonic()));
    return send({
      ...options,
      waitsUntil,
      onWait: (wait) => {
        if (wait.reason !== 'retry') hold(clock.monotonic() + wait.ms);
        onWait?.(wait);
      },
    });
  };
  const sent = lanes.run(names, task, { signal, cancelled: () => cancelled(endpoint), until: waitsUntil, tooLate });
  waited = true;
  return sent;
}

/** @throws WecomInputError naming every option that would make a message wait for ever */
function checkOptions({ atOnce, longestWaitMs }: SendOptions): void {
  const issues: InputIssue[] = [];
  if (atOnce !== undefined && !(Number.isSafeInteger(atOnce) && atOnce >= 1)) {
    issues.push({
      path: 'atOnce',
      message: {
        en: `must be a whole number from 1, but is ${String(atOnce)}`,
        zh: `必须是不小于 1 的整数，但实际为 ${String(atOnce)}`,
      },
    });
  }
  if (longestWaitMs !== undefined && !(longestWaitMs >= 0)) {
    issues.push({
      path: 'longestWaitMs',
      message: {
        en: `must be a number of milliseconds from 0, but is ${String(longestWaitMs)}`,
        zh: `必须是不小于 0 的毫秒数，但实际为 ${String(longestWaitMs)}`,
      },
    });
  }
  if (issues.length > 0) throw new WecomInputError(issues);
}

/** A department, a tag or everyone may hold any member: who is in them is not known here. */
function membersOf(recipients: Recipients): readonly string[] | typeof ANYBODY {
  if (recipients.everyone || recipients.toparty.length > 0 || recipients.totag.length > 0) return ANYBODY;
  return recipients.touser.map(lowerCase);
}

// WeCom compares user IDs without case.
function lowerCase(id: string): string {
  return id.toLowerCase();
}

async function sendRequests(
  parts: SenderParts,
  endpoint: Endpoint,
  draft: Draft,
  addresses: readonly Address[],
  options: TurnOptions,
  repeatableMs?: number,
): Promise<SendResult> {
  const { signal, rates = 'wait', waitsUntil, atOnce = DEFAULT_AT_ONCE, onWait, onBegin, progress } = options;
  const post = ({ fields, pace }: Address, content: Draft['content']) =>
    parts.upload.call(endpoint, {
      json: body(fields, draft, content),
      sending: { rates, waitsUntil, atOnce, onWait, onBegin, pace, repeatableMs },
      signal,
    }) as Promise<SendReply>;
  const first = resolvedContent(parts, draft, signal, { rates, waitsUntil, atOnce, onWait, onBegin });
  if (addresses.length > 1 || draft.furtherParts || progress?.sent.length)
    return sendInOrder(parts, draft, addresses, first, post, progress);
  // A message of one request is sent or it is not.
  const reply = await first.send((content) => post(addresses[0] as Address, content));
  return mergeReplies([reply], warnings(draft.advice, parts.language));
}

/** One request after the other: the parts of a text must not overtake each other. */
async function sendInOrder(
  parts: SenderParts,
  draft: Draft,
  addresses: readonly Address[],
  first: ResolvedContent,
  post: (address: Address, content: Draft['content']) => Promise<SendReply>,
  progress: Progress | undefined,
): Promise<SendResult> {
  const contents = [draft.content, ...(draft.furtherParts ?? [])];
  const sent = alreadySent(progress, addresses, contents);
  const replies: SendReply[] = [];
  let nobodyReached: WecomApiError | undefined;
  let reached = 0;
  for (const [batch, address] of addresses.entries()) {
    for (const [part, content] of contents.entries()) {
      try {
        const key = progress && requestKey(address, content, part);
        const known = key === undefined ? undefined : sent.get(key);
        const reply =
          known ?? (await (part === 0 ? first.send((resolved) => post(address, resolved)) : post(address, content)));
        replies.push(reply);
        reached += 1;
        if (key !== undefined && !known) progress?.sent.push({ key, reply });
      } catch (error) {
        // One batch of several may hold nobody who can be reached; the others still count.
        if (address.named && addresses.length > 1 && hasErrcode(error, 81013)) {
          nobodyReached ??= error;
          replies.push(allInvalid(address.named));
          break;
        }
        if (!(error instanceof WecomError)) throw error;
        throw error.afterRequests(
          { part: part + 1, parts: contents.length, batch: batch + 1, batches: addresses.length },
          reached > 0 ? mergeReplies(replies, [], contents.length) : undefined,
        );
      }
    }
  }
  if (nobodyReached && reached === 0) throw nobodyReached;
  return mergeReplies(replies, warnings(draft.advice, parts.language), contents.length);
}

const NOTHING_SENT: ReadonlyMap<string, SendReply> = new Map();

/**
 * The answers to the requests that were sent in an earlier attempt.
 *
 * @throws WecomInputError if the message is another one now: its parts would not go together with those that arrived.
 */
function alreadySent(
  progress: Progress | undefined,
  addresses: readonly Address[],
  contents: readonly Draft['content'][],
): ReadonlyMap<string, SendReply> {
  if (!progress || progress.sent.length === 0) return NOTHING_SENT;
  const sent = new Map(progress.sent.map(({ key, reply }) => [key, reply]));
  const keys = new Set(
    addresses.flatMap((address) => contents.map((content, part) => requestKey(address, content, part))),
  );
  if ([...sent.keys()].every((key) => keys.has(key))) return sent;
  const problem = new WecomInputError([
    {
      path: 'message',
      message: {
        en: 'is not the one that was begun: parts of it arrived before, and the rest does not go together with them',
        zh: '与之前已部分送达的消息内容不一致，无法续发剩余部分',
      },
    },
  ]);
  throw problem.afterRequests(undefined, mergeReplies([...sent.values()], [], contents.length));
}

/** Tells the requests of a message apart, by what is the same when it is sent again: not its uploads and not the task_id that is made up. */
function requestKey({ fields }: Address, content: Draft['content'], part: number): string {
  const text = typeof content['content'] === 'string' ? content['content'] : '';
  return createHash('sha256')
    .update(JSON.stringify([fields, part, text]))
    .digest('base64');
}

/** The remarks about a message as sentences. */
export function warnings(advice: readonly Advice[], language: Language): string[] {
  return advice.map(({ path, label, message }) =>
    language === 'zh'
      ? `${label ? `${label.zh}（${path}）` : path}：${message.zh}`
      : `${label ? `${label.en} (${path})` : path} ${message.en}`,
  );
}

type Batch = Readonly<Partial<Record<RecipientField, string>>>;

function body(address: object, { type, options }: Draft, content: Draft['content']): object {
  return { ...address, msgtype: type.msgtype, [type.msgtype]: content, ...options };
}

function allInvalid({ touser, toparty, totag }: Batch): SendReply {
  return {
    ...(touser && { invaliduser: touser }),
    ...(toparty && { invalidparty: toparty }),
    ...(totag && { invalidtag: totag }),
  };
}
