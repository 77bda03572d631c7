import type { RateMode } from '../../../core';
import { AT_ONCE, QUEUE_LENGTH } from '../../panel/queue-limits';

/** How messages wait, as it stands in a flow. Flows that were saved before there were queues have none of it. */
export interface QueueSettings {
  /** `wait`, `fail` or `off`; absent: `wait`. */
  readonly rateLimits?: unknown;
  /** How many messages may wait in the node; absent: 1000. */
  readonly queueLength?: unknown;
  /** How many requests may be open side by side; absent: 64. */
  readonly atOnce?: unknown;
}

/** What is no number within the limits counts as not there: the editor says so before it is deployed. */
export function queueSettings({ rateLimits, queueLength, atOnce }: QueueSettings): {
  readonly rates: RateMode;
  readonly length: number;
  readonly atOnce: number;
} {
  return {
    rates: rateLimits === 'fail' || rateLimits === 'off' ? rateLimits : 'wait',
    length: within(queueLength, QUEUE_LENGTH),
    atOnce: within(atOnce, AT_ONCE),
  };
}

function within(
  value: unknown,
  { standard, min, max }: { readonly standard: number; readonly min: number; readonly max: number },
): number {
  const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value ?? NaN);
  return Number.isInteger(number) && number >= min && number <= max ? number : standard;
}
