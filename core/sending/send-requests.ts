import { createHash } from 'node:crypto';

import type { Endpoint } from '../api/endpoints';
import type { Pace } from '../delivery/pace';
import type { Sending } from '../delivery/sending';
import type { Draft } from '../messages/parse-message';
import { hasErrcode, WecomError, WecomInputError } from '../outcome/errors';
import type { WecomApiError } from '../outcome/errors';
import { mergeReplies } from '../outcome/result';
import type { SendReply, SendResult } from '../outcome/result';
import { filesOf } from './files-in-message';
import { requestBody } from './request-body';
import type { Batch } from './request-body';
import type { Progress } from './send-options';
import type { Sender } from './sender';
import { warnings } from './warnings';

/** A checked message and the requests that it goes out in. */
export interface Outgoing {
  readonly endpoint: Endpoint;
  readonly draft: Draft;
  /** One request for each, and for each part of a long text. */
  readonly addresses: readonly Address[];
  /** For so many milliseconds WeCom drops what it has had before, so that a repetition does no harm. */
  readonly repeatableMs?: number | undefined;
}

/** Where one request goes. */
export interface Address {
  readonly fields: object;
  readonly pace: Pace;
  /** Who it names, if it is one of several: it may turn out that it could reach nobody (81013). */
  readonly named?: Batch;
}

/** How a message goes out whose turn has come. */
export interface Turn {
  readonly sending: Sending;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

type Post = (address: Address, content: Draft['content']) => Promise<SendReply>;

/**
 * Sends all requests of a message, whose files are uploaded when the first of them needs them.
 *
 * @throws WecomApiError, WecomNetworkError, WecomRateError; `delivered` on the error tells what earlier requests delivered, `failed` which one failed.
 */
export async function sendRequests(sender: Sender, message: Outgoing, turn: Turn): Promise<SendResult> {
  const { endpoint, draft, addresses, repeatableMs } = message;
  const { sending, signal, progress } = turn;
  const send: Post = ({ fields, pace }, content) =>
    sender.call(endpoint, {
      json: requestBody(fields, draft, content),
      sending: { ...sending, pace, repeatableMs },
      signal,
    });
  const files = filesOf(sender, draft, { signal, sending });
  // What was uploaded for the first part of a text stands in no other.
  const post: Post = files
    ? (address, content) =>
        content === draft.content ? files.send((resolved) => send(address, resolved)) : send(address, content)
    : send;
  const [address] = addresses;
  // A message of one request is sent or it is not.
  if (address && addresses.length === 1 && !draft.furtherParts && !progress?.sent.length)
    return mergeReplies([await post(address, draft.content)], warnings(draft.advice, sender.language));
  return sendInOrder(sender, message, post, progress);
}

/** One request after the other: the parts of a text must not overtake each other. */
async function sendInOrder(
  { language }: Sender,
  { draft, addresses }: Outgoing,
  post: Post,
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
        const reply = known ?? (await post(address, content));
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
  return mergeReplies(replies, warnings(draft.advice, language), contents.length);
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

function allInvalid({ touser, toparty, totag }: Batch): SendReply {
  return {
    ...(touser && { invaliduser: touser }),
    ...(toparty && { invalidparty: toparty }),
    ...(totag && { invalidtag: totag }),
  };
}
