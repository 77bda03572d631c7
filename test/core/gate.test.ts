import { WecomApiError, WecomNetworkError, WecomRateError } from '../../core';
import type { Call } from '../../core/api/call';
import { withGate } from '../../core/delivery/gate';
import { ANYBODY, ChatPace, MemberPace, RobotPace } from '../../core/delivery/pace';
import type { Pace } from '../../core/delivery/pace';
import { Pauses } from '../../core/delivery/pauses';
import type { Sending } from '../../core/delivery/sending';
import type { Wait } from '../../core/outcome/wait';
import { ConcurrencyLimit } from '../../core/delivery/concurrency-limit';
import { endpoints } from '../../core/api/endpoints';
import { failure, movableClock } from './fake-wecom';

const { sendMessage, uploadMedia } = endpoints;
const MINUTE = 60_000;
const soon = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** @param problems what WeCom answers to the first calls; the others succeed */
function setUp(...problems: readonly (Error | undefined)[]) {
  const clock = movableClock();
  const pauses = new Pauses();
  const concurrency = new ConcurrencyLimit();
  /** When each call went out. */
  const sent: number[] = [];
  const waits: Wait[] = [];
  const call: Call = async () => {
    const problem = problems[sent.length];
    sent.push(clock.monotonic());
    if (problem) throw problem;
    return { errcode: 0 };
  };
  const gated = withGate(call, { clock, pauses, concurrency });
  const send = (sending: Partial<Sending> = {}, signal?: AbortSignal) =>
    gated(sendMessage, {
      sending: { rates: 'wait', atOnce: 8, onWait: (wait) => waits.push(wait), ...sending },
      ...(signal && { signal }),
    });
  return {
    clock,
    pauses,
    concurrency,
    sent,
    waits,
    gated,
    send,
    refuse: () => pauses.refused(sendMessage.path, clock.monotonic(), clock.monotonic(), clock.now()),
  };
}

/** A pace that is used up until a minute has passed. */
function usedUp(pace: Pace): Pace {
  while (pace.wait(0) === 0) {
    pace.begin(0);
    pace.end(0, true);
  }
  return pace;
}

describe('a message that nothing holds back', () => {
  it('goes out before anybody else can come in between', async () => {
    const { send, sent } = setUp();
    const sending = send();
    expect(sent).toEqual([0]);
    await sending;
  });

  it('gives its place back when it has ended, whether WeCom took it or not', async () => {
    const { send, concurrency } = setUp(undefined, new WecomApiError(40058, 'invalid', sendMessage));
    await send({ atOnce: 1 });
    await failure(send({ atOnce: 1 }), WecomApiError);
    expect([concurrency.tryAcquire(2), concurrency.tryAcquire(2), concurrency.tryAcquire(2)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('says when it goes out, also without a pace', async () => {
    const { send } = setUp();
    const heard: string[] = [];
    await send({ onBegin: () => heard.push('begun') });
    expect(heard).toEqual(['begun']);
  });
});

describe('a message that failed', () => {
  it.each<[string, boolean, Error]>([
    ['an answer that says no', false, new WecomApiError(40058, 'invalid', sendMessage)],
    [
      'no connection',
      false,
      new WecomNetworkError('not-sent', { code: 'ECONNREFUSED', message: 'refused' }, sendMessage.path),
    ],
    ['a success that is none', true, new WecomApiError(0, 'Warning: wrong json format', sendMessage)],
    ['no answer', true, new WecomNetworkError('unknown', { code: 'ECONNRESET', message: 'reset' }, sendMessage.path)],
    ['a slip of ours', true, new TypeError('a slip')],
  ])('with %s counts for the rate: %s', async (_, counts, problem) => {
    const { send, sent } = setUp(problem);
    const pace = new RobotPace().of();
    await expect(send({ pace })).rejects.toBe(problem);
    for (let message = 0; message < 20; message += 1) await send({ pace });
    expect(sent.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0));
    expect(sent[20]).toBe(counts ? MINUTE : 0);
  });

  it.each([
    [45033, 4],
    [45009, 9],
    [40058, 9],
  ])('with errcode %i leaves room for %i beside each other', async (errcode, room) => {
    const { send, concurrency } = setUp(new WecomApiError(errcode, 'no', sendMessage));
    for (let place = 0; place < 7; place += 1) concurrency.tryAcquire(8);
    await failure(send(), WecomApiError);
    for (let place = 0; place < 7; place += 1) concurrency.release(8, 0);
    expect(Array.from({ length: 10 }, () => concurrency.tryAcquire(64)).filter(Boolean)).toHaveLength(room);
  });

  it.each([
    [45009, MINUTE],
    [45033, 0],
    [40058, 0],
  ])('with errcode %i makes its endpoint rest for %i ms, and no other', async (errcode, ms) => {
    const { send, pauses } = setUp(new WecomApiError(errcode, 'no', sendMessage));
    await failure(send(), WecomApiError);
    expect([pauses.remaining(sendMessage.path, 0), pauses.remaining(uploadMedia.path, 0)]).toEqual([ms, 0]);
  });
});

describe('a message that waits for a place', () => {
  it('goes out when there is one, without a word: nobody knows how long that takes', async () => {
    const { send, sent, concurrency, waits } = setUp();
    concurrency.tryAcquire(1);
    const sending = send({ atOnce: 1 });
    await soon();
    expect(sent).toEqual([]);
    concurrency.release(1, 0);
    await sending;
    expect([sent, waits]).toEqual([[0], []]);
    expect(concurrency.tryAcquire(1)).toBe(true);
  });

  it('counts for its rate once it is on its way', async () => {
    const { send, sent, concurrency } = setUp();
    const pace = new RobotPace().of();
    concurrency.tryAcquire(1);
    const sending = Array.from({ length: 21 }, () => send({ pace, atOnce: 1 }));
    concurrency.release(1, 0);
    await Promise.all(sending);
    expect([sent.length, sent[19], sent[20]]).toEqual([21, 0, MINUTE]);
  });

  it('waits for one of 8 when nobody says how many there are, and keeps no rate when it has none', async () => {
    const { gated, sent, concurrency } = setUp();
    for (let place = 0; place < 7; place += 1) concurrency.tryAcquire(8);
    await gated(uploadMedia);
    // A quick answer while all places are taken makes one more.
    for (let place = 0; place < 2; place += 1) concurrency.tryAcquire(64);
    const waiting = [gated(uploadMedia), gated(uploadMedia, { sending: { rates: 'wait', atOnce: 8 } })];
    await soon();
    expect(sent).toHaveLength(1);
    concurrency.release(8, 0);
    await Promise.all(waiting);
    expect(sent).toHaveLength(3);
  });

  it('is not sent when it is cancelled meanwhile, and takes no place', async () => {
    const { send, sent, concurrency } = setUp();
    const stop = new AbortController();
    concurrency.tryAcquire(1);
    const cancelled = send({ atOnce: 1 }, stop.signal);
    await soon();
    stop.abort();
    expect(await failure(cancelled, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
      endpoint: sendMessage.path,
    });
    expect(concurrency.tryAcquire(1)).toBe(false);
    concurrency.release(1, 0);
    expect([concurrency.tryAcquire(1), concurrency.tryAcquire(1)]).toEqual([true, false]);
    expect(sent).toEqual([]);
  });

  it('is not sent when it is cancelled in the moment it gets one, and gives that back', async () => {
    const { send, sent, concurrency } = setUp();
    const stop = new AbortController();
    concurrency.tryAcquire(1);
    const cancelled = send({ atOnce: 1 }, stop.signal);
    await soon();
    concurrency.release(1, 0);
    stop.abort();
    expect(await failure(cancelled, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
    expect(sent).toEqual([]);
    expect([concurrency.tryAcquire(1), concurrency.tryAcquire(1)]).toEqual([true, false]);
  });

  it('holds no place while it has to wait for a pause that began meanwhile', async () => {
    const { gated, send, sent, concurrency, waits, refuse } = setUp();
    concurrency.tryAcquire(1);
    const sending = send({ atOnce: 1 });
    await soon();
    refuse();
    concurrency.release(1, 0);
    await gated(uploadMedia, { sending: { rates: 'wait', atOnce: 1 } });
    expect(sent).toEqual([0]);
    await sending;
    expect([sent, waits]).toEqual([[0, MINUTE], [{ reason: 'pause', ms: MINUTE }]]);
    expect([concurrency.tryAcquire(1), concurrency.tryAcquire(1)]).toEqual([true, false]);
  });
});

describe('a message that waits for time to pass', () => {
  it.each<[string, Pace]>([
    ['member', new MemberPace().of(['zhangsan'])],
    ['member', new MemberPace().of(ANYBODY)],
    ['robot', new RobotPace().of()],
    ['chat', new ChatPace().of('C', async () => 2000)],
  ])('goes out when the rate (%s) lets it, and says so', async (reason, pace) => {
    for (let message = 0; message < (reason === 'chat' ? 10 : 0); message += 1) {
      pace.begin(0);
      pace.end(0, true);
    }
    const { send, sent, waits } = setUp();
    await send({ pace: reason === 'chat' ? pace : usedUp(pace) });
    expect([sent, waits]).toEqual([[MINUTE], [{ reason, ms: MINUTE }]]);
  });

  it('waits for the longer of its rate and a pause; when both are equal it is the pause', async () => {
    for (const [later, reason] of [
      [0, 'pause'],
      [-1, 'pause'],
      [1, 'robot'],
    ] as const) {
      const { clock, pauses, send, sent, waits } = setUp();
      const pace = new RobotPace().of();
      for (let message = 0; message < 20; message += 1) {
        pace.begin(0);
        pace.end(10 + later, true);
      }
      pauses.refused(sendMessage.path, 10, 10, clock.now());
      await clock.sleep(20);
      await send({ pace });
      expect(waits[0]).toEqual({ reason, ms: MINUTE - 10 + Math.max(0, later) });
      expect(sent).toEqual([10 + MINUTE + Math.max(0, later)]);
    }
  });

  it('waits for a pause also when nobody said how it is sent, as an upload', async () => {
    const { gated, sent, refuse } = setUp();
    refuse();
    await gated(sendMessage);
    await gated(sendMessage, {});
    expect(sent).toEqual([MINUTE, MINUTE]);
  });

  it('says nothing to who does not want to hear of it', async () => {
    const { gated, sent, refuse } = setUp();
    refuse();
    await gated(sendMessage, { sending: { rates: 'wait', atOnce: 8 } });
    expect(sent).toEqual([MINUTE]);
  });

  it('waits for nothing when rates are off', async () => {
    const { send, sent, waits, refuse } = setUp();
    refuse();
    await send({ rates: 'off', pace: usedUp(new RobotPace().of()) });
    expect([sent, waits]).toEqual([[0], []]);
  });

  it('fails when it is not to wait, without a word and without a place', async () => {
    const { send, sent, waits, concurrency, refuse } = setUp();
    expect(await failure(send({ rates: 'fail', pace: usedUp(new RobotPace().of()) }), WecomRateError)).toMatchObject({
      reason: 'robot',
      waitMs: MINUTE,
      endpoint: sendMessage.path,
    });
    refuse();
    expect(await failure(send({ rates: 'fail' }), WecomRateError)).toMatchObject({
      reason: 'pause',
      waitMs: MINUTE,
      endpoint: sendMessage.path,
    });
    expect([sent, waits, concurrency.tryAcquire(1)]).toEqual([[], [], true]);
  });

  it('waits for an hour, and fails at once when it would take longer', async () => {
    const hour = setUp();
    hour.refuse();
    await hour.clock.sleep(MINUTE);
    hour.refuse();
    await hour.send();
    expect(hour.sent).toEqual([MINUTE + 60 * MINUTE]);

    const longer = setUp();
    const pace: Pace = { rate: 'member', wait: () => 60 * MINUTE + 1, begin: () => undefined, end: () => undefined };
    expect(await failure(longer.send({ pace }), WecomRateError)).toMatchObject({
      reason: 'member',
      waitMs: 60 * MINUTE + 1,
    });
    expect([longer.sent, longer.clock.slept()]).toEqual([[], 0]);
  });

  it('is not sent when it is cancelled meanwhile', async () => {
    const { send, sent, concurrency, clock, refuse } = setUp();
    const stop = new AbortController();
    refuse();
    const cancelled = send({ atOnce: 1 }, stop.signal);
    await Promise.resolve();
    stop.abort();
    expect(await failure(cancelled, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
    expect([sent, clock.slept(), concurrency.tryAcquire(1)]).toEqual([[], 0, true]);
  });
});

describe('a message to a group chat of unknown size', () => {
  function chat(lookUp: () => Promise<number | undefined>): Pace {
    const pace = new ChatPace().of('C', lookUp);
    for (let message = 0; message < 10; message += 1) {
      pace.begin(0);
      pace.end(0, true);
    }
    return pace;
  }

  it('goes out once the size is known, without a word: the look-up is no wait for a rate', async () => {
    for (const rates of ['wait', 'fail'] as const) {
      const { send, sent, waits } = setUp();
      await send({ rates, pace: chat(async () => 3) });
      expect([sent, waits]).toEqual([[0], []]);
    }
  });

  it('fails when it is not to wait and the chat turns out to be large', async () => {
    const { send, sent } = setUp();
    expect(await failure(send({ rates: 'fail', pace: chat(async () => 2000) }), WecomRateError)).toMatchObject({
      reason: 'chat',
      waitMs: MINUTE,
    });
    expect(sent).toEqual([]);
  });
});
