import { WecomApiError, WecomInputError, WecomNetworkError, WecomRateError } from '../../core';
import type { Call } from '../../core/api/call';
import { onCancel } from '../../core/api/cancellation';
import { endpoints } from '../../core/api/endpoints';
import { retryPolicies } from '../../core/delivery/retry-policies';
import { Outages, withRetries } from '../../core/delivery/retries';
import type { Sending } from '../../core/delivery/sending';
import { failure, movableClock } from './fake-wecom';

const PATH = endpoints.sendMessage.path;
const busy = () => new WecomApiError(-1, 'system busy', endpoints.sendMessage);
const unreachable = () => new WecomNetworkError('not-sent', { code: 'ECONNREFUSED', message: 'refused' }, PATH);
const lost = () => new WecomNetworkError('unknown', { code: 'ECONNRESET', message: 'reset' }, PATH);
const waits: Sending = { rates: 'wait', atOnce: 8 };

/** A call that fails in these ways, one after the other, and then succeeds. */
function failing(...problems: readonly Error[]) {
  let calls = 0;
  const call: Call = async () => {
    const problem = problems[calls];
    calls += 1;
    if (problem) throw problem;
    return { errcode: 0 };
  };
  return { call, calls: () => calls };
}

function setUp(problems: readonly Error[], random: () => number = () => 0.5) {
  const clock = movableClock();
  const outages = new Outages();
  const { call, calls } = failing(...problems);
  const delays: number[] = [];
  const again = withRetries(call, {
    clock: { ...clock, sleep: (ms, signal) => (delays.push(ms), clock.sleep(ms, signal)) },
    outages,
    random,
  });
  return {
    clock,
    outages,
    calls,
    delays,
    again,
    send: (sending: Partial<Sending> = {}, signal?: AbortSignal) =>
      again(endpoints.sendMessage, { sending: { ...waits, ...sending }, ...(signal && { signal }) }),
  };
}

const times = (count: number, problem: () => Error) => Array.from({ length: count }, problem);

describe('the pauses between tries', () => {
  it('double up to the longest one', async () => {
    const { send, delays } = setUp(times(9, unreachable));
    await send();
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  });

  it.each([
    [0, [375, 750, 1500]],
    [1, [625, 1250, 2500]],
    [0.25, [438, 875, 1750]],
  ])('vary by a quarter both ways: %d', async (random, expected) => {
    const { send, delays } = setUp(times(3, busy), () => random);
    await send();
    expect(delays).toEqual(expected);
  });

  it('come with a word to who wants to know', async () => {
    const heard: unknown[] = [];
    await setUp([busy()]).send({ onWait: (wait) => heard.push(wait) });
    expect(heard).toEqual([{ reason: 'retry', ms: 500, tries: 1, code: -1 }]);
  });

  it('are none after a pause of the endpoint, which is waited for elsewhere', async () => {
    const { send, delays } = setUp([new WecomApiError(45009, 'api freq out of limit', endpoints.sendMessage)]);
    await send();
    expect(delays).toEqual([0]);
  });
});

describe('a call of which nobody said how it is sent', () => {
  it.each([
    ['-1', busy()],
    ['a refused connection', unreachable()],
    ['45009', new WecomApiError(45009, 'api freq out of limit', endpoints.sendMessage)],
  ])('is made again after %s', async (_, problem) => {
    for (const payload of [undefined, {}]) {
      const { again, calls } = setUp([problem]);
      await again(endpoints.sendMessage, payload);
      expect(calls()).toBe(2);
    }
  });

  it('is not made again when it may have been carried out', async () => {
    const { again, calls } = setUp([lost()]);
    expect(await failure(again(endpoints.sendMessage), WecomNetworkError)).toMatchObject({ delivery: 'unknown' });
    expect(calls()).toBe(1);
  });
});

describe('a call is not made again', () => {
  it('after its last try', async () => {
    const { send, calls } = setUp(times(99, busy));
    expect(await failure(send(), WecomApiError)).toMatchObject({ tries: retryPolicies.busy.tries, elapsedMs: 3500 });
    expect(calls()).toBe(4);
  });

  it('later than its outage may last', async () => {
    const { send, calls, clock } = setUp(times(99, unreachable));
    expect(await failure(send(), WecomNetworkError)).toMatchObject({ tries: 10 });
    expect([calls(), clock.slept()]).toEqual([10, 39_750]);
  });

  it('for a rate when nobody wants to wait', async () => {
    for (const rates of ['fail', 'off'] as const) {
      const { send, calls } = setUp([new WecomApiError(45009, 'api freq out of limit', endpoints.sendMessage)]);
      expect((await failure(send({ rates }), WecomApiError)).tries).toBeUndefined();
      expect(calls()).toBe(1);
    }
    // Other trouble passes sooner than one can say that nobody wants to wait.
    const { send, calls } = setUp([busy()]);
    await send({ rates: 'fail' });
    expect(calls()).toBe(2);
  });

  it('for an error of ours', async () => {
    for (const problem of [new WecomInputError([]), new TypeError('a bug')]) {
      const { send, calls } = setUp([problem]);
      await expect(send()).rejects.toBe(problem);
      expect(calls()).toBe(1);
    }
  });

  it('when it would begin later than its outage may last: exactly then', async () => {
    const { withinMs, delayMs } = retryPolicies.busy;
    for (const [age, expected] of [
      [withinMs - delayMs, 2],
      [withinMs - delayMs + 1, 1],
    ] as const) {
      const { send, calls, clock, outages } = setUp([busy()]);
      outages.since(retryPolicies.busy, 0);
      await clock.sleep(age);
      await send().catch(() => undefined);
      expect(calls()).toBe(expected);
    }
  });

  it('when WeCom may have forgotten the first one: exactly then', async () => {
    const inTime = setUp([lost()]);
    await inTime.clock.sleep(10_000);
    await inTime.send({ repeatableMs: 501 });
    expect(inTime.calls()).toBe(2);
    const late = setUp([lost()]);
    await late.clock.sleep(10_000);
    expect((await failure(late.send({ repeatableMs: 500 }), WecomNetworkError)).tries).toBeUndefined();
    expect(late.calls()).toBe(1);
  });
});

describe('the error that is left', () => {
  it('is a slip of ours, whatever WeCom answered before', async () => {
    const slip = new TypeError('a slip');
    await expect(setUp([busy(), slip]).send()).rejects.toBe(slip);
    await expect(setUp([lost(), slip]).send({ repeatableMs: 60_000 })).rejects.toBe(slip);
  });

  it('says how long this call was tried, however long others were before', async () => {
    const tried = async (problems: readonly Error[], sending?: Partial<Sending>, signal?: AbortSignal) => {
      const { clock, send } = setUp(problems);
      await clock.sleep(5000);
      return send(sending, signal).then(
        () => undefined,
        (error: unknown) => error,
      );
    };
    expect(await tried(times(4, busy))).toMatchObject({ tries: 4, elapsedMs: 3500 });
    expect(await tried([busy(), busy(), new WecomRateError('pause', 7_200_000, PATH)])).toMatchObject({
      errcode: -1,
      tries: 2,
      elapsedMs: 1500,
    });
    const stop = new AbortController();
    const waits: number[] = [];
    const onWait = ({ ms }: { ms: number }) => {
      waits.push(ms);
      if (waits.length === 2) stop.abort();
    };
    expect(await tried(times(2, lost), { repeatableMs: 60_000, onWait }, stop.signal)).toMatchObject({
      delivery: 'unknown',
      tries: 2,
      elapsedMs: 500,
    });
  });

  it('is that of the only try, as it is', async () => {
    const problem = new WecomApiError(60020, 'not allow', endpoints.sendMessage);
    await expect(setUp([problem]).send()).rejects.toBe(problem);
  });

  it('is a copy with the tries: others may have got the same one', async () => {
    const problem = busy();
    const error = await failure(setUp(times(4, () => problem)).send(), WecomApiError);
    expect(error).not.toBe(problem);
    expect(problem.tries).toBeUndefined();
    expect(error).toMatchObject({ errcode: -1, errmsg: 'system busy', endpoint: PATH, tries: 4 });
  });

  it('is what WeCom said, not that the pause after it is too long', async () => {
    const problems = [
      new WecomApiError(45009, 'api freq out of limit', endpoints.sendMessage),
      new WecomRateError('pause', 7_200_000, PATH),
    ];
    expect((await failure(setUp(problems).send(), WecomApiError)).tries).toBeUndefined();
    expect(await failure(setUp([problems[1]!]).send(), WecomRateError)).toBe(problems[1]);
  });

  it('is the doubt, also when the last word was another', async () => {
    const { send } = setUp([lost(), new WecomApiError(60020, 'not allow', endpoints.sendMessage)]);
    expect(await failure(send({ repeatableMs: 60_000 }), WecomNetworkError)).toMatchObject({
      delivery: 'unknown',
      cause: { code: 'ECONNRESET' },
      tries: 2,
    });
    const held = setUp([lost(), new WecomRateError('pause', 7_200_000, PATH)]);
    expect(await failure(held.send({ repeatableMs: 60_000 }), WecomNetworkError)).toMatchObject({
      delivery: 'unknown',
    });
  });
});

describe('a cancelled call', () => {
  it('says that nothing was sent, at once', async () => {
    const stop = new AbortController();
    const { send, calls } = setUp([busy()]);
    expect(await failure(send({ onWait: () => stop.abort() }, stop.signal), WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR', message: 'the call was cancelled' },
      endpoint: PATH,
    });
    expect(calls()).toBe(1);
  });

  it('stops in the middle of a pause', async () => {
    const stop = new AbortController();
    const { send, calls, clock } = setUp(times(9, busy));
    const sending = send({}, stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect(await failure(sending, WecomNetworkError)).toMatchObject({ delivery: 'not-sent' });
    expect([calls(), clock.slept()]).toEqual([1, 0]);
  });
});

describe('an outage', () => {
  const { busy: policy } = retryPolicies;

  it('is as old as its first meeting, for everybody', () => {
    const outages = new Outages();
    expect([outages.since(policy, 1000), outages.since(policy, 20_000), outages.since(policy, 50_000)]).toEqual([
      1000, 1000, 1000,
    ]);
    expect(outages.since(retryPolicies.crowded, 50_000)).toBe(50_000);
  });

  it('is new when it was not met for as long as it may last', () => {
    const outages = new Outages();
    outages.since(policy, 0);
    expect(outages.since(policy, policy.withinMs)).toBe(0);
    expect(outages.since(policy, 2 * policy.withinMs + 1)).toBe(2 * policy.withinMs + 1);
  });

  it('is over with the first success', () => {
    const outages = new Outages();
    outages.since(policy, 0);
    outages.clear();
    expect(outages.since(policy, 10)).toBe(10);
  });
});

describe('who listens to a signal', () => {
  it('is told once, unless it has stopped listening', () => {
    const stop = new AbortController();
    const heard: string[] = [];
    onCancel(stop.signal, () => heard.push('one'));
    onCancel(stop.signal, () => heard.push('two'))();
    onCancel(stop.signal, () => heard.push('three'));
    stop.abort();
    stop.signal.dispatchEvent(new Event('abort'));
    expect(heard).toEqual(['one', 'three']);
  });
});
