/**
 * The room sending: a message on its way, with its files and requests. May import from messages and what it may
 * import.
 */
import { cancelled } from '../api/call';
import { endpoints } from '../api/endpoints';
import { ALL_KEYS } from '../delivery/keyed-queue';
import type { KeyedQueue, Task } from '../delivery/keyed-queue';
import { ANYBODY } from '../delivery/pace';
import type { AppQueue, ChatQueue, RobotQueue } from '../delivery/send-queues';
import type { Sending } from '../delivery/sending';
import { DEFAULT_AT_ONCE } from '../delivery/adaptive-limit';
import { DUPLICATE_INTERVAL_DEFAULT_SECONDS } from '../messages/message-type';
import type { Draft } from '../messages/parse-message';
import type { Recipients } from '../messages/recipients';
import { WecomRateError } from '../outcome/errors';
import type { SendResult } from '../outcome/result';
import { splitIds } from '../schema/ids';
import { chatAddress, memberAddresses } from './request-body';
import { checkOptions } from './send-options';
import type { SendOptions } from './send-options';
import { sendRequests } from './send-requests';
import type { Address, Outgoing } from './send-requests';
import type { Sender } from './sender';

/**
 * Sends a checked message to members, departments and tags (doc 90236): files are uploaded first, then one
 * request goes out for every part of a long text and for every 1000 members, 100 departments or 100 tags,
 * and the answers become one result. Messages that may reach the same member keep their order.
 *
 * @throws WecomApiError, WecomNetworkError, WecomRateError; `delivered` on the error tells what earlier requests delivered, `failed` which one failed.
 */
export function sendToMembers(
  {
    sender,
    queue,
    agentid,
  }: { readonly sender: Sender; readonly queue: AppQueue['members']; readonly agentid: number },
  draft: Draft,
  options: SendOptions = {},
): Promise<SendResult> {
  const batches = memberAddresses(draft, agentid);
  const members = draft.recipients ? membersOf(draft.recipients) : [];
  const repeatableMs = draft.options['enable_duplicate_check']
    ? 1000 * Number(draft.options['duplicate_check_interval'] ?? DUPLICATE_INTERVAL_DEFAULT_SECONDS)
    : undefined;
  const addresses = batches.map(({ fields, named }): Address => ({
    fields,
    pace: queue.pace.of(
      members === ANYBODY || batches.length === 1 ? members : splitIds(named.touser ?? '').map(lowerCase),
      sender.processes,
    ),
    named,
  }));
  const message: Outgoing = { endpoint: endpoints.sendMessage, draft, addresses, repeatableMs };
  return inTurn({ sender, order: queue.order, keys: members === ANYBODY ? ALL_KEYS : members }, message, options);
}

/** Sends a checked message to a group chat of the app (doc 90248), which answers without a msgid. Errors as for members. */
export function sendToChat(
  {
    sender,
    queue,
    sizeOf,
  }: {
    readonly sender: Sender;
    readonly queue: ChatQueue;
    /** How many members a chat has, if that can be found out. */
    readonly sizeOf: (chatid: string) => Promise<number | undefined>;
  },
  draft: Draft,
  options: SendOptions = {},
): Promise<SendResult> {
  const fields = chatAddress(draft);
  const { chatid } = fields;
  const address: Address = { fields, pace: queue.pace.of(chatid, sizeOf, sender.processes) };
  return inTurn(
    { sender, order: queue.order, keys: [chatid] },
    { endpoint: endpoints.sendToChat, draft, addresses: [address] },
    options,
  );
}

/** Sends a checked message to the group of a robot (doc 99110), which answers without a msgid. Errors as for members. */
export function sendToRobot(
  { sender, queue }: { readonly sender: Sender; readonly queue: RobotQueue },
  draft: Draft,
  options: SendOptions = {},
): Promise<SendResult> {
  const address: Address = { fields: {}, pace: queue.pace.of(sender.processes) };
  return inTurn(
    { sender, order: queue.order, keys: ['robot'] },
    { endpoint: endpoints.sendToRobot, draft, addresses: [address] },
    options,
  );
}

/** Sends when it is the turn of the message. Who waits behind it hears how long that will take at least. */
function inTurn(
  {
    sender,
    order,
    keys,
  }: { readonly sender: Sender; readonly order: KeyedQueue; readonly keys: Parameters<KeyedQueue['run']>[0] },
  message: Outgoing,
  options: SendOptions,
): Promise<SendResult> {
  checkOptions(options);
  const { clock } = sender;
  const { signal, longestWaitMs, onWait, onBegin, progress, rates = 'wait', atOnce = DEFAULT_AT_ONCE } = options;
  const waitsUntil = longestWaitMs === undefined || rates === 'off' ? undefined : clock.monotonic() + longestWaitMs;
  const tooLate = (until: number) =>
    new WecomRateError('turn', until - clock.monotonic(), message.endpoint.path, { option: 'longestWaitMs' });
  let waited = false;
  const task: Task<SendResult> = (hold) => {
    // Those before it took longer to be answered than anybody could know.
    if (waited && clock.monotonic() > (waitsUntil ?? Infinity)) return Promise.reject(tooLate(clock.monotonic()));
    const sending: Sending = {
      rates,
      waitsUntil,
      atOnce,
      onBegin,
      onWait: (wait) => {
        if (wait.reason !== 'retry') hold(clock.monotonic() + wait.ms);
        onWait?.(wait);
      },
    };
    return sendRequests(sender, message, { sending, signal, progress });
  };
  const sent = order.run(keys, task, {
    signal,
    cancelled: () => cancelled(message.endpoint),
    deadline: waitsUntil,
    tooLate,
  });
  waited = true;
  return sent;
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
