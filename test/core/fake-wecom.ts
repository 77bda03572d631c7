import type { Clock, Http, HttpRequest } from '../../core';

export const app = { corpId: 'ww-test', agentId: 1000002, secret: 'canary-secret-7f3a', baseUrl: 'https://wecom.test' };

export interface MovableClock extends Clock {
  /** The wall clock jumps; what is measured does not. */
  move(ms: number): void;
  /** Milliseconds that were slept so far. */
  slept(): number;
}

/**
 * A clock on which nobody waits: when nothing else is left to do, it goes on to the end of the nearest sleep.
 *
 * @param passed hears of the time that passes, so that others, such as a sandbox, can keep up
 */
export function movableClock(start = 1_700_000_000_000, passed: (ms: number) => void = () => undefined): MovableClock {
  let wall = start;
  let elapsed = 0;
  let running = false;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  const goOn = async () => {
    running = true;
    while (sleepers.size > 0) {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const next = [...sleepers].sort((a, b) => a.until - b.until)[0];
      if (!next) break;
      const ms = Math.max(0, next.until - elapsed);
      elapsed += ms;
      wall += ms;
      passed(ms);
      sleepers.delete(next);
      next.wake();
    }
    running = false;
  };
  return {
    now: () => wall,
    monotonic: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { until: elapsed + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => sleepers.delete(sleeper) && reject(new Error('cancelled')));
        if (!running) void goOn();
      }),
    move: (ms) => {
      wall += ms;
    },
    slept: () => elapsed,
  };
}

/** For tests that are not about time. */
export const clock = movableClock();

type Answer = object | Error | ((request: HttpRequest) => object | Error | Promise<object>);

/** An Http port that records what it was asked and answers by endpoint; what is not scripted succeeds. */
export function fakeWecom(answers: Readonly<Record<string, Answer | readonly Answer[]>> = {}) {
  const requests: HttpRequest[] = [];
  const used: Record<string, number> = {};
  let tokens = 0;
  const defaults: Record<string, () => object> = {
    gettoken: () => ({ errcode: 0, errmsg: 'ok', access_token: `canary-token-${(tokens += 1)}`, expires_in: 7200 }),
    'media/upload': () => ({
      errcode: 0,
      errmsg: '',
      media_id: `media-${used['media/upload']}`,
      created_at: '1380000000',
    }),
    'message/send': () => ({ errcode: 0, errmsg: 'ok', msgid: `msg-${used['message/send']}` }),
  };
  const http: Http = async (request) => {
    requests.push(request);
    const endpoint = new URL(request.url).pathname.replace(/^.*\/cgi-bin\//, '');
    const count = (used[endpoint] = (used[endpoint] ?? 0) + 1);
    const scripted = answers[endpoint];
    const answer = Array.isArray(scripted) ? (scripted as Answer[])[count - 1] : (scripted as Answer | undefined);
    // One turn of the event loop, so that concurrent callers really overlap.
    await new Promise((resolve) => setImmediate(resolve));
    const value =
      typeof answer === 'function'
        ? await (answer as (request: HttpRequest) => object | Error | Promise<object>)(request)
        : answer;
    if (value instanceof Error) throw value;
    if (value && 'status' in value && 'body' in value) return value as { status: number; body: string };
    return { status: 200, body: JSON.stringify(value ?? defaults[endpoint]?.() ?? { errcode: 0, errmsg: 'ok' }) };
  };
  const to = (endpoint: string) =>
    requests.filter((request) => new URL(request.url).pathname.endsWith(`/cgi-bin/${endpoint}`));
  return {
    http,
    requests,
    to,
    bodies: () => to('message/send').map((request) => JSON.parse(request.body as string) as Record<string, unknown>),
  };
}

/** The error a promise fails with. */
export async function failure<E extends Error>(
  promise: Promise<unknown>,
  type: new (...args: never[]) => E,
): Promise<E> {
  const outcome = await promise.then(
    (value) => new Error(`expected ${type.name}, but it succeeded with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof type) return outcome;
  throw outcome;
}
