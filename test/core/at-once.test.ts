/** How long many messages take with a server that needs its time, on a clock on which nothing else takes any. */
import { createWecom } from '../../core';
import type { SendOptions } from '../../core';
import { app, fakeWecom, movableClock } from './fake-wecom';

const ROUND_TRIP = 50;

interface Server {
  /** Answers 45033 when more calls are open. */
  readonly most?: number;
  /** How long it works on each call, one after the other. */
  readonly workMs?: number;
}

function setUp({ most = Infinity, workMs = 0 }: Server = {}) {
  const clock = movableClock();
  const seen = { open: 0, most: 0, crowded: 0 };
  let workUntil = 0;
  const { http } = fakeWecom({
    'message/send': async () => {
      seen.open += 1;
      seen.most = Math.max(seen.most, seen.open);
      const isCrowded = seen.open > most;
      if (isCrowded) seen.crowded += 1;
      workUntil = Math.max(workUntil, clock.monotonic()) + workMs;
      await clock.sleep(ROUND_TRIP + workUntil - clock.monotonic());
      seen.open -= 1;
      return isCrowded
        ? { errcode: 45033, errmsg: 'api concurrent out of limit' }
        : { errcode: 0, errmsg: 'ok', msgid: 'M' };
    },
  });
  const client = createWecom({ app, http, clock });
  /** Sends a message to each of so many members; tells when each was answered. */
  const sendMany = (count: number, options: (index: number) => SendOptions = () => ({})) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        await client.send({ touser: `member${index}`, msgtype: 'text', text: { content: 'x' } }, options(index));
        return clock.slept();
      }),
    );
  return { sendMany, seen, clock };
}

describe('many messages to many members, 50 ms from the server', () => {
  it.each([
    [200, 6],
    [1000, 18],
  ])('%i of them take %i round trips: 8, 16, 32 and then 64 go side by side', async (count, rounds) => {
    const { sendMany, seen } = setUp();
    expect(Math.max(...(await sendMany(count)))).toBe(rounds * ROUND_TRIP);
    expect(seen.most).toBe(64);
  });

  it('an overloaded server, whose answers come later the more are open, is not loaded more', async () => {
    const { sendMany, seen } = setUp({ workMs: 20 });
    await sendMany(300);
    // One call takes 70 ms, and 20 more for each that is open beside it.
    expect(seen.most).toBeLessThan(24);
  });

  it('a server that takes only 20 at once complains a few times, and gets every message', async () => {
    const { sendMany, seen } = setUp({ most: 20 });
    await sendMany(1000);
    expect(seen.crowded).toBeGreaterThan(0);
    expect(seen.crowded).toBeLessThan(64);
  });

  it('messages that are to go one at a time hold up no others, and those do not hold up these', async () => {
    const isOne = (index: number) => index % 10 === 0;
    const others = setUp();
    const alone = Math.max(...(await others.sendMany(576)));
    const { sendMany } = setUp();
    const times = await sendMany(640, (index) => (isOne(index) ? { atOnce: 1 } : {}));
    // One of the places is taken by those that go one at a time.
    expect(Math.max(...times.filter((_, index) => !isOne(index)))).toBeLessThanOrEqual(alone + 2 * ROUND_TRIP);
    expect(Math.max(...times)).toBeLessThanOrEqual(66 * ROUND_TRIP);
  });
});
