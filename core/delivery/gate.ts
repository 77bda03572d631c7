import { cancelled } from '../api/call';
import type { Call } from '../api/call';
import type { Endpoint } from '../api/endpoints';
import { WecomApiError, WecomNetworkError, WecomRateError } from '../outcome/errors';
import type { Clock } from '../api/ports';
import type { Pauses } from './pauses';
import type { Wait } from '../outcome/wait';
import type { ConcurrencyLimit } from './concurrency-limit';
import type { QueuedCall, QueuedPayload } from './sending';
import { DEFAULT_AT_ONCE } from './adaptive-limit';
import type { Sign } from './adaptive-limit';

/** The longest limits but that of a day are by the hour; what takes longer is not waited for. Milliseconds. */
const LONGEST_WAIT = 3_600_000;

interface Parts {
  readonly clock: Clock;
  readonly pauses: Pauses;
  readonly concurrency: ConcurrencyLimit;
}

/** Holds a call back until its rate, the pauses of its endpoint and the calls beside it let it through. */
export function withGate(call: Call, parts: Parts): QueuedCall {
  const { clock, pauses, concurrency } = parts;
  return async (endpoint, payload = {}) => {
    const begun = enterNow(endpoint, payload, parts) ?? (await enterLater(endpoint, payload, parts));
    let counts = true;
    let sign: Sign | undefined;
    payload.sending?.onBegin?.();
    try {
      const reply = await call(endpoint, payload);
      pauses.accepted(endpoint.path, begun);
      sign = answered(payload, clock.monotonic() - begun);
      return reply;
    } catch (error) {
      counts = !wasRefused(error);
      sign = isOfAnother(error, endpoint) ? undefined : signOf(error, payload, clock.monotonic() - begun);
      const errcode = error instanceof WecomApiError ? error.errcode : 0;
      if (errcode === 45009) pauses.refused(endpoint.path, begun, clock.monotonic(), clock.now());
      throw error;
    } finally {
      const now = clock.monotonic();
      payload.sending?.pace?.end(now, counts);
      concurrency.release(atOnce(payload), now, sign);
    }
  };
}

/** An upload takes as long as its file is large. */
function answered({ multipart }: QueuedPayload, ms: number): Sign | undefined {
  return multipart ? undefined : { answeredIn: ms };
}

const OUT_OF_REACH = new Set([
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ECONNABORTED',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'HTTP_429',
  'HTTP_503',
  'HTTP_504',
]);

/** A token that did not come says nothing about how many messages WeCom bears: all that wait for it ask once, together. */
function isOfAnother(error: unknown, { path }: Endpoint): boolean {
  return error instanceof WecomNetworkError && error.endpoint !== path;
}

function signOf(error: unknown, payload: QueuedPayload, ms: number): Sign | undefined {
  if (error instanceof WecomApiError) return error.errcode === 45033 ? 'crowded' : answered(payload, ms);
  return error instanceof WecomNetworkError && OUT_OF_REACH.has(error.cause.code) ? 'unreachable' : undefined;
}

/** Surely not delivered. */
function wasRefused(error: unknown): boolean {
  return (
    (error instanceof WecomApiError && error.errcode !== 0) ||
    (error instanceof WecomNetworkError && error.delivery === 'not-sent')
  );
}

/** The moment of the call, if it may go at once. Checks and counts in one go: no other call can come in between. */
function enterNow(endpoint: Endpoint, payload: QueuedPayload, parts: Parts): number | undefined {
  const now = parts.clock.monotonic();
  if (delayOf(endpoint, payload, parts, now) !== undefined || !parts.concurrency.tryAcquire(atOnce(payload)))
    return undefined;
  payload.sending?.pace?.begin(now);
  return now;
}

async function enterLater(endpoint: Endpoint, payload: QueuedPayload, parts: Parts): Promise<number> {
  const { clock, concurrency } = parts;
  const { signal } = payload;
  for (;;) {
    if (signal?.aborted) throw cancelled(endpoint);
    const next = delayOf(endpoint, payload, parts, clock.monotonic());
    if (next !== undefined) {
      await waitFor(next, endpoint, payload, clock);
      continue;
    }
    const entered = await concurrency.acquire(atOnce(payload), signal).then(
      () => true,
      () => false,
    );
    const now = clock.monotonic();
    const tooLate = now > (payload.sending?.waitsUntil ?? Infinity);
    if (entered && !tooLate && !signal?.aborted && delayOf(endpoint, payload, parts, now) === undefined) {
      payload.sending?.pace?.begin(now);
      return now;
    }
    // A call that has to wait for a rate again must not hold a place meanwhile.
    if (entered) concurrency.release(atOnce(payload), now);
    if (entered && tooLate) throw new WecomRateError('turn', 0, endpoint.path, { option: 'longestWaitMs' });
  }
}

function atOnce({ sending }: QueuedPayload): number {
  return sending?.atOnce ?? DEFAULT_AT_ONCE;
}

/** What a call has to wait for: a time to let pass, or something that has to be found out first. */
type Delay = Wait | Promise<void>;

/** undefined if the call may go now. */
function delayOf({ path }: Endpoint, { sending }: QueuedPayload, { pauses }: Parts, now: number): Delay | undefined {
  if (sending?.rates === 'off') return undefined;
  const pause = pauses.remaining(path, now);
  const pace = sending?.pace;
  const wait = pace ? pace.wait(now) : 0;
  if (typeof wait !== 'number') return wait;
  if (pause === 0 && wait === 0) return undefined;
  return pace && wait > pause ? { reason: pace.rate, ms: wait } : { reason: 'pause', ms: pause };
}

async function waitFor(
  next: Delay,
  endpoint: Endpoint,
  { sending, signal }: QueuedPayload,
  clock: Clock,
): Promise<void> {
  if (!('reason' in next)) return next;
  const { reason, ms } = next;
  if (sending?.rates === 'fail' || ms > LONGEST_WAIT) throw new WecomRateError(reason, ms, endpoint.path);
  if (clock.monotonic() + ms > (sending?.waitsUntil ?? Infinity))
    throw new WecomRateError(reason, ms, endpoint.path, { option: 'longestWaitMs' });
  sending?.onWait?.(next);
  // Only a cancellation ends a pause early, and the caller looks for that next.
  await clock.sleep(ms, signal).catch(() => undefined);
}
