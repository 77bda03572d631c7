import type { INode, NodeExecutionHint, NodeOperationError } from 'n8n-workflow';

import { updateCard } from '../../../core';
import { explainedError } from '../../host/node-errors';
import type { Result } from '../read/read-panel';

/** A hint names so many; the output has them all. */
const NAMED_IN_HINT = 20;
/** And repeats so many different remarks. */
const REMARKS_IN_HINT = 5;

const REACH = 'Check the IDs in 通讯录, and that the app may reach them: 应用管理 → the app → 可见范围.';

/** What is said of people who were named and not reached; whose card was to change, must have got it before. */
const WORDS = {
  send: {
    one: 'The message did not reach everybody',
    many: (count: string) => `${count} messages did not reach everybody`,
    advice: REACH,
    members: 'unknown or invisible members',
  },
  update: {
    one: 'The card did not change for everybody',
    many: (count: string) => `${count} cards did not change for everybody`,
    advice: 'Name only members who got the card.',
    members: 'members without the card',
  },
};
type Words = (typeof WORDS)[keyof typeof WORDS];

function wordsFor(operation: string): Words {
  return operation === updateCard.name ? WORDS.update : WORDS.send;
}

/**
 * The sentences for the output pane: who did not get the message, and what WeCom shows otherwise than it was written.
 */
export function executionHints(results: readonly Result[], operation: string): NodeExecutionHint[] {
  const checked = results.filter(wasOnlyChecked);
  const sent = results.filter((result) => !wasOnlyChecked(result));
  return [
    ...(checked.length > 0 ? [CHECKED] : []),
    ...invalidRecipients(sent, wordsFor(operation)),
    ...remarks(sent, 'Sent'),
    ...remarks(checked, 'Fine'),
  ].map((message) => ({ message, type: message === CHECKED ? 'info' : 'warning', location: 'outputPane' }));
}

const CHECKED = 'Nothing was sent: Options → Check Only is on. The output shows the requests that would go out.';

/** What WeCom answers names no requests. */
function wasOnlyChecked(result: Result): boolean {
  return Array.isArray(result['requests']);
}

export function hasInvalidRecipients(result: Result): boolean {
  return describe([result], WORDS.send) !== '';
}

/** The same as an error, for people who want to know at once. */
export function invalidRecipientsError(
  node: INode,
  result: Result,
  operation: string,
  itemIndex: number,
): NodeOperationError {
  const words = wordsFor(operation);
  const msgid = typeof result['msgid'] === 'string' && result['msgid'] !== '' ? ` (msgid ${result['msgid']})` : '';
  const advice =
    words === WORDS.send
      ? `The others got it${msgid}, so do not send it to them again. ${words.advice}`
      : `For the others it did, and the response code is used up. ${words.advice}`;
  return explainedError(
    node,
    { title: `${words.one}: ${describe([result], words)}`, advice },
    { delivered: { ...result } },
    itemIndex,
  );
}

function invalidRecipients(results: readonly Result[], words: Words): string[] {
  const affected = results.filter(hasInvalidRecipients);
  if (affected.length === 0) return [];
  const subject = results.length === 1 ? words.one : words.many(`${affected.length} of ${results.length}`);
  return [`${subject}: ${describe(affected, words)}. ${words.advice}`];
}

function remarks(results: readonly Result[], done: string): string[] {
  const all = [...new Set(results.flatMap((result) => listOf(result, 'warnings')))];
  if (all.length === 0) return [];
  return [`${done}, but: ${shorten(all, REMARKS_IN_HINT, '; ')}.`];
}

function describe(results: readonly Result[], words: Words): string {
  const lists = [
    [words.members, 'invaliduser'],
    ['departments', 'invalidparty'],
    ['tags', 'invalidtag'],
    ['members without a licence (基础接口许可)', 'unlicenseduser'],
  ] as const;
  return lists
    .flatMap(([name, key]) => {
      const ids = [...new Set(results.flatMap((result) => listOf(result, key)))];
      return ids.length === 0 ? [] : [`${name} ${shorten(ids, NAMED_IN_HINT, ', ')}`];
    })
    .join('; ');
}

function listOf(result: Result, key: string): string[] {
  const list = result[key];
  return Array.isArray(list) ? list.map(String) : [];
}

function shorten(entries: readonly string[], limit: number, separator: string): string {
  const more = entries.length - limit;
  return entries.slice(0, limit).join(separator) + (more > 0 ? ` and ${more} more` : '');
}
