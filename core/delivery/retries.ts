import { cancelled } from '../api/call';
import { WecomApiError, WecomError, WecomNetworkError, WecomRateError } from '../outcome/errors';
import type { Clock } from '../api/ports';
import { retryPolicy } from './retry-policies';
import type { RetryPolicy } from './retry-policies';
import type { QueuedCall, Sending } from './sending';

const JITTER = 0.25;

/**
 * When each kind of outage began, for all messages of an app together: an outage is waited for once, not once for each
 * message.
 */
export class Outages {
  private readonly outages = new Map<RetryPolicy, { readonly since: number; latest: number }>();

  /** Monotonic milliseconds at which the outage began that was just met again. */
  since(policy: RetryPolicy, now: number): number {
    const known = this.outages.get(policy);
    if (known && now - known.latest <= policy.withinMs) {
      known.latest = now;
      return known.since;
    }
    this.outages.set(policy, { since: now, latest: now });
    return now;
  }

  /** WeCom answered well: whatever the outage was, it is over. */
  clear(): void {
    if (this.outages.size > 0) this.outages.clear();
  }
}

/**
 * Makes a call again when the first try surely was not carried out, or when a repetition does no harm.
 * The request of every try is the same, byte for byte.
 *
 * @throws the error of the last try, with `tries` and `elapsedMs`; or, when an earlier try may have been carried
 * out, the error of that one: what came later does not make it certain.
 */
export function withRetries(
  call: QueuedCall,
  {
    clock,
    outages,
    random = Math.random,
  }: { readonly clock: Clock; readonly outages: Outages; readonly random?: () => number },
): QueuedCall {
  return async (endpoint, payload = {}) => {
    const { signal, sending } = payload;
    const begun = clock.monotonic();
    let doubt: WecomNetworkError | undefined;
    let previous: WecomError | undefined;
    for (let tries = 1; ; tries += 1) {
      let problem: WecomError;
      try {
        const reply = await call(endpoint, payload);
        outages.clear();
        return reply;
      } catch (error) {
        if (!(error instanceof WecomError)) throw error;
        problem = error;
      }
      if (problem instanceof WecomNetworkError && problem.delivery === 'unknown') doubt ??= problem;
      const now = clock.monotonic();
      const policy = mayRepeat(problem, sending)
        ? retryPolicy(problem, sending?.repeatableMs !== undefined)
        : undefined;
      const delay = policy ? (problem.retryInMs ?? delayOf(policy, tries, random())) : 0;
      const tooLate =
        policy !== undefined &&
        (now + delay - outages.since(policy, now) > policy.withinMs ||
          (doubt !== undefined && now + delay - begun >= (sending?.repeatableMs ?? 0)));
      // That a pause is too long to wait for says less than what WeCom answered before.
      if (problem instanceof WecomRateError && previous) throw withTries(doubt ?? previous, tries - 1, now - begun);
      if (!policy || tries >= policy.tries || tooLate) throw withTries(doubt ?? problem, tries, now - begun);
      previous = problem;
      sending?.onWait?.({ reason: 'retry', ms: delay, tries, ...codeOf(problem) });
      if (!(await sleeps(clock, delay, signal)))
        throw withTries(doubt, tries, clock.monotonic() - begun) ?? cancelled(endpoint);
    }
  };
}

function codeOf(problem: WecomError): { readonly code?: string | number } {
  if (problem instanceof WecomApiError) return { code: problem.errcode };
  return problem instanceof WecomNetworkError ? { code: problem.cause.code } : {};
}

/** A message that is not to wait for rates is not to wait for the end of a pause either. */
function mayRepeat(problem: WecomError, sending: Sending | undefined): boolean {
  const isPause = problem instanceof WecomApiError && (problem.errcode === 45009 || problem.retryInMs !== undefined);
  return !isPause || (sending?.rates ?? 'wait') === 'wait';
}

function delayOf({ delayMs, longestDelayMs }: RetryPolicy, tries: number, random: number): number {
  return Math.round(Math.min(longestDelayMs, delayMs * 2 ** (tries - 1)) * (1 + JITTER * (2 * random - 1)));
}

/**
 * The error with its number of tries. One error may answer many messages, such as that of a gettoken they all waited
 * for, so each gets one of its own.
 */
function withTries<Problem extends WecomError | undefined>(
  problem: Problem,
  tries: number,
  elapsedMs: number,
): Problem {
  return (tries === 1 ? problem : problem?.afterTries(tries, Math.round(elapsedMs))) as Problem;
}

/** False if a cancellation ended the pause early, the only thing that can. */
async function sleeps(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return false;
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}
