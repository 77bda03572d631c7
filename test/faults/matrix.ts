/**
 * The cases of the fault matrix, as data: every trouble that the sandbox can make, at every stage of a message.
 * Hosts and core run the same cases; what each of them is asked, and how it is judged, does not depend on who sends.
 */
import { retryPolicies } from '../../core/delivery/retry-policies';
import type { Fault, FaultOrder } from '../../sandbox';

export type Stage = 'gettoken' | 'media/upload' | 'message/send' | 'appchat/send' | 'webhook/send';

/** What a caller has to make of a call that met a trouble. */
type Sort =
  /** WeCom says that it did not process the call and asks for patience. */
  | 'asks for patience'
  /** WeCom refuses the access token. */
  | 'token refused'
  /** WeCom refuses the call for good. */
  | 'refused'
  /** No usable answer: the call may have been carried out. */
  | 'lost'
  /** An answer that only took longer. */
  | 'slow';

export interface Trouble {
  readonly name: string;
  readonly fault: Fault;
  readonly sort: Sort;
  /** How often the call may be made in all, where it is made again. */
  readonly tries: number;
  /** Needs a call to time out. */
  readonly hangs?: true;
  /** WeCom refuses the endpoint for a minute. */
  readonly pauses?: true;
}

/** Milliseconds; longer than a call of any sender may take, and shorter than that. */
const TOO_LATE_MS = 60_000;
const LATE_MS = 30;

const { busy, crowded, rateLimited, lost } = retryPolicies;
const TOKEN_TRIES = 2;

export const troubles: readonly Trouble[] = [
  { name: 'errcode -1', fault: { kind: 'errcode', errcode: -1 }, sort: 'asks for patience', tries: busy.tries },
  { name: 'errcode 6000', fault: { kind: 'errcode', errcode: 6000 }, sort: 'asks for patience', tries: busy.tries },
  {
    name: 'errcode 45033',
    fault: { kind: 'errcode', errcode: 45033 },
    sort: 'asks for patience',
    tries: crowded.tries,
  },
  {
    name: 'errcode 45009',
    fault: { kind: 'errcode', errcode: 45009 },
    sort: 'asks for patience',
    tries: rateLimited.tries,
    pauses: true,
  },
  { name: 'errcode 40014', fault: { kind: 'errcode', errcode: 40014 }, sort: 'token refused', tries: TOKEN_TRIES },
  { name: 'errcode 42001', fault: { kind: 'errcode', errcode: 42001 }, sort: 'token refused', tries: TOKEN_TRIES },
  { name: 'errcode 60020', fault: { kind: 'errcode', errcode: 60020 }, sort: 'refused', tries: 1 },
  { name: 'HTTP 500', fault: { kind: 'http', status: 500 }, sort: 'lost', tries: lost.tries },
  { name: 'HTTP 502', fault: { kind: 'http', status: 502 }, sort: 'lost', tries: lost.tries },
  { name: 'a late answer', fault: { kind: 'delay', delay_ms: LATE_MS }, sort: 'slow', tries: 1 },
  {
    name: 'an answer after the time-out',
    fault: { kind: 'delay', delay_ms: TOO_LATE_MS },
    sort: 'lost',
    tries: lost.tries,
    hangs: true,
  },
  { name: 'no answer', fault: { kind: 'no_answer' }, sort: 'lost', tries: lost.tries, hangs: true },
  {
    name: 'a reset before the request was read',
    fault: { kind: 'reset_before_read' },
    sort: 'lost',
    tries: lost.tries,
  },
  { name: 'a reset after the request was read', fault: { kind: 'reset_after_read' }, sort: 'lost', tries: lost.tries },
];

/** Who a message is for: a member by user ID, a group chat by its number in the test, or the group of the robot. */
export type Target = { readonly member: string } | { readonly chat: number } | { readonly robot: true };

/** One message that somebody wants to send. */
export interface Post {
  /** Stands in every part of its text. */
  readonly id: string;
  readonly target: Target;
  /** `video` has to be uploaded; its title is the text. */
  readonly kind: 'text' | 'video';
  readonly text: string;
  readonly duplicateCheck: boolean;
}

const MEMBERS = ['zhangsan', 'lisi', 'wangwu', 'zhaoliu'] as const;
/** Of the group chats that a sender has to create before the cases about chats. */
export const CHATS: readonly (readonly string[])[] = [
  ['zhangsan', 'lisi'],
  ['wangwu', 'zhaoliu'],
];

const BATCHES = {
  'one message': 1,
  'three messages to one': 3,
  'twelve messages to four': 12,
  'a text in three parts': 1,
} as const;
export type Batch = keyof typeof BATCHES;

/** How many calls meet the trouble. */
export type Times = 'once' | 'as often as can be borne' | 'always';

export interface Case {
  readonly name: string;
  readonly trouble: Trouble;
  readonly stage: Stage;
  readonly batch: Batch;
  readonly times: Times;
  /** So many calls of the stage go well first. */
  readonly after: number;
  readonly duplicateCheck: boolean;
}

/** What has to come of a case, beside what holds for every case. */
export interface Expected {
  /** How many messages are reported as failed. Several may have waited for the same gettoken. */
  readonly failed: 'none' | 'one' | 'some' | 'all';
  /** What their errors say of delivery. */
  readonly claim: 'not-sent' | 'unknown';
}

const DELIVERING = new Set<Stage>(['message/send', 'appchat/send', 'webhook/send']);

export function expected({ trouble, stage, times, duplicateCheck }: Case): Expected {
  const delivers = DELIVERING.has(stage);
  const claim = trouble.sort === 'lost' && delivers ? 'unknown' : 'not-sent';
  if (trouble.sort === 'slow') return { failed: 'none', claim };
  if (times === 'always') return { failed: 'all', claim };
  return { failed: isRepeated(trouble, stage, duplicateCheck) ? 'none' : stage === 'gettoken' ? 'some' : 'one', claim };
}

/** Whether a call that met the trouble is made again. */
function isRepeated({ sort }: Trouble, stage: Stage, duplicateCheck: boolean): boolean {
  switch (sort) {
    case 'asks for patience':
      return true;
    // Robots have no token, and gettoken is the one call that goes without.
    case 'token refused':
      return stage !== 'webhook/send' && stage !== 'gettoken';
    case 'refused':
      return false;
    case 'lost':
      return !DELIVERING.has(stage) || duplicateCheck;
    case 'slow':
      return true;
  }
}

function casesOf(trouble: Trouble): Case[] {
  const cases: Case[] = [];
  const add = (stage: Stage, batch: Batch, times: Times, { after = 0, duplicateCheck = false } = {}) => {
    const name = `${trouble.name} · ${stage} · ${times}${after > 0 ? ` from call ${after + 1} on` : ''} · ${batch}${duplicateCheck ? ' · avoiding duplicates' : ''}`;
    cases.push({ name, trouble, stage, batch, times, after, duplicateCheck });
  };
  const every: readonly Batch[] = [
    'one message',
    'three messages to one',
    'twelve messages to four',
    'a text in three parts',
  ];
  for (const times of ['once', 'always'] as const) {
    for (const batch of every) add('gettoken', batch, times);
    for (const batch of every.slice(0, 3)) add('media/upload', batch, times);
    for (const batch of every) add('message/send', batch, times);
    // Part 2 fails after part 1 arrived; message 2 fails after message 1 arrived.
    add('message/send', 'a text in three parts', times, { after: 1 });
    if (times === 'once') add('message/send', 'three messages to one', times, { after: 1 });
    for (const stage of ['appchat/send', 'webhook/send'] as const)
      for (const batch of ['three messages to one', 'twelve messages to four'] as const) add(stage, batch, times);
    add('webhook/send', 'a text in three parts', times, { after: 1 });
    if (trouble.sort === 'lost' || trouble.sort === 'asks for patience') {
      for (const batch of every) add('message/send', batch, times, { duplicateCheck: true });
      add('message/send', 'a text in three parts', times, { after: 1, duplicateCheck: true });
    }
  }
  if (trouble.tries > 2) {
    for (const stage of ['gettoken', 'media/upload', 'message/send'] as const) {
      if (isRepeated(trouble, stage, false)) add(stage, 'one message', 'as often as can be borne');
      else if (isRepeated(trouble, stage, true))
        add(stage, 'one message', 'as often as can be borne', { duplicateCheck: true });
    }
  }
  return cases;
}

export const cases: readonly Case[] = troubles.flatMap(casesOf);

/**
 * What hosts run: every trouble at every stage, mostly once, because each repetition waits in real time.
 *
 * @param canHang whether the sender's time-outs can be made short at this stage
 */
export function casesForHosts(canHang: (stage: Stage) => boolean): Case[] {
  return cases.filter(({ trouble, stage, batch, times, after, duplicateCheck }) => {
    if (trouble.hangs && !canHang(stage)) return false;
    if (times === 'always')
      return (
        (trouble.sort === 'refused' || (trouble.sort === 'lost' && !trouble.hangs && stage === 'message/send')) &&
        batch === 'three messages to one' &&
        !duplicateCheck
      );
    if (times !== 'once') return false;
    if (stage === 'message/send')
      return batch === 'twelve messages to four' || (batch === 'a text in three parts' && after === 1);
    return batch === 'three messages to one' || (batch === 'twelve messages to four' && stage === 'gettoken');
  });
}

/** The faults to order of the sandbox. */
export function faultsOf({ trouble, stage, times, after }: Case): FaultOrder[] {
  const count = times === 'once' ? 1 : times === 'always' ? 100_000 : trouble.tries - 1;
  return [
    ...(after > 0 ? [{ endpoint: stage, kind: 'delay', delay_ms: 0, times: after } as const] : []),
    { endpoint: stage, times: count, ...trouble.fault },
  ];
}

/** The messages of a case, in the order they are sent in. */
export function postsOf({ stage, batch, duplicateCheck }: Case): Post[] {
  return Array.from({ length: BATCHES[batch] }, (_, index): Post => {
    const id = `m${String(index + 1).padStart(2, '0')}`;
    return {
      id,
      target: targetOf(stage, batch, index),
      kind: stage === 'media/upload' ? 'video' : 'text',
      text: batch === 'a text in three parts' ? longText(id) : `#${id} hello`,
      duplicateCheck,
    };
  });
}

function targetOf(stage: Stage, batch: Batch, index: number): Target {
  const among = batch === 'twelve messages to four';
  if (stage === 'webhook/send') return { robot: true };
  if (stage === 'appchat/send') return { chat: among ? index % CHATS.length : 0 };
  return { member: among ? (MEMBERS[index % MEMBERS.length] as string) : 'zhangsan' };
}

/** Needs three messages of 2048 bytes. Every line says whose it is. */
function longText(id: string): string {
  return Array.from({ length: 50 }, (_, line) =>
    `#${id} line ${String(line + 1).padStart(2, '0')}: ${'nothing is lost '.repeat(6)}`.trimEnd(),
  )
    .join('\n')
    .slice(0, 5400);
}
