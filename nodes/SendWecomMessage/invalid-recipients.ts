import type { INode, NodeExecutionHint, NodeOperationError } from 'n8n-workflow';

import { hasUndelivered } from '../../core';
import type { SendResult } from '../../core';
import { explainedError } from './node-errors';

/** A hint names so many; the output has them all. */
const NAMED_IN_HINT = 20;
const ADVICE = 'Check the IDs in 通讯录, and that the app may reach them: 应用管理 → the app → 可见范围.';

/** The sentence for the output pane, when at least one result has somebody who did not get the message. */
export function invalidRecipientsHint(results: readonly SendResult[]): NodeExecutionHint[] {
  const affected = results.filter(hasUndelivered);
  if (affected.length === 0) return [];
  const messages = results.length === 1 ? 'The message' : `${affected.length} of ${results.length} messages`;
  return [{ message: `${messages} did not reach everybody: ${describe(affected)}. ${ADVICE}`, type: 'warning', location: 'outputPane' }];
}

/** The same as an error, for people who want to know at once. */
export function invalidRecipientsError(node: INode, result: SendResult, itemIndex: number): NodeOperationError {
  const title = `The message did not reach everybody: ${describe([result])}`;
  const advice = `The others got it${result.msgid === '' ? '' : ` (msgid ${result.msgid})`}, so do not send it to them again. ${ADVICE}`;
  return explainedError(node, { title, advice }, { delivered: { ...result } }, itemIndex);
}

function describe(results: readonly SendResult[]): string {
  const lists = [
    ['unknown or invisible members', results.flatMap((result) => result.invaliduser)],
    ['departments', results.flatMap((result) => result.invalidparty)],
    ['tags', results.flatMap((result) => result.invalidtag)],
    ['members without a licence (基础接口许可)', results.flatMap((result) => result.unlicenseduser)],
  ] as const;
  return lists.flatMap(([name, ids]) => (ids.length === 0 ? [] : [`${name} ${shorten([...new Set(ids)])}`])).join('; ');
}

function shorten(ids: readonly string[]): string {
  const more = ids.length - NAMED_IN_HINT;
  return ids.slice(0, NAMED_IN_HINT).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
