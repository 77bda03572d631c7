import type { NodeExecutionHint } from 'n8n-workflow';

import type { Wait } from '../../../core';
import type { ItemRun } from './item-run';

type RateReason = Exclude<Wait['reason'], 'retry'>;

const WHY: Readonly<Record<RateReason, string>> = {
  member: "to keep WeCom's limit of 30 messages a minute and 1,000 an hour per member",
  robot: "to keep WeCom's limit of 20 messages a minute per group robot",
  chat: "to keep WeCom's limits for group chats",
  pause: 'because WeCom took no calls for a while (45009)',
};
/**
 * What waits behind a message that waits does not know why; shorter delays are nothing but a busy moment. Milliseconds.
 */
const NOTICEABLE = 1000;

export function isNoticeable({ waits, delayMs }: ItemRun): boolean {
  return waits.size > 0 || delayMs >= NOTICEABLE;
}

/** The sentences for the output pane: what had to wait, and what was tried again. */
export function waitingHints(runs: readonly ItemRun[]): NodeExecutionHint[] {
  return [...rates(runs), ...retries(runs)].map((message) => ({ message, type: 'info', location: 'outputPane' }));
}

/** The sentence for the browser's console while the node runs; nothing for a moment that nobody notices. */
export function waitingNow({ reason, ms }: Wait): string | undefined {
  if (ms < NOTICEABLE) return undefined;
  return reason === 'retry'
    ? `A call failed and is made again in ${duration(ms)}.`
    : `Messages wait for ${duration(ms)} ${WHY[reason]}.`;
}

function rates(runs: readonly ItemRun[]): string[] {
  const reasons = (Object.keys(WHY) as RateReason[]).filter((reason) => runs.some(({ waits }) => waits.has(reason)));
  if (reasons.length === 0) return [];
  const waited = runs
    .map((run) => ({ own: reasons.reduce((sum, reason) => sum + (run.waits.get(reason) ?? 0), 0), delay: run.delayMs }))
    .filter(({ own, delay }) => own > 0 || delay >= NOTICEABLE);
  const longest = Math.max(...waited.map(({ own, delay }) => Math.max(own, delay)));
  return [
    `${count(waited.length)} waited up to ${duration(longest)} ${reasons.map((reason) => WHY[reason]).join(', and ')}.`,
  ];
}

function retries(runs: readonly ItemRun[]): string[] {
  const waits = runs.flatMap((run) => run.waits.get('retry') ?? []);
  if (waits.length === 0) return [];
  return [
    `${count(waits.length)} ${waits.length === 1 ? 'was' : 'were'} tried again, after up to ${duration(Math.max(...waits))}, because a call to WeCom failed.`,
  ];
}

function count(messages: number): string {
  return messages === 1 ? '1 message' : `${messages} messages`;
}

function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 120_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`;
}
