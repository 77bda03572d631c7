import { Pauses, ROBOT_BLOCKS } from '../../core/delivery/pauses';
import { ConcurrencyLimit } from '../../core/delivery/concurrency-limit';
import type { Sign } from '../../core/delivery/adaptive-limit';

const soon = () => new Promise((resolve) => setImmediate(resolve));

/** Takes as many places as there are; tells how many. */
function fill(places: ConcurrencyLimit, atOnce = 1000): number {
  let entered = 0;
  while (places.tryAcquire(atOnce)) entered += 1;
  return entered;
}

function empty(places: ConcurrencyLimit, count: number, now: number, sign?: Sign): void {
  for (let place = 0; place < count; place += 1) places.release(1000, now, sign);
}

describe('calls side by side', () => {
  it('are bounded; the next one goes when one has ended, first come, first served', async () => {
    const places = new ConcurrencyLimit();
    expect(fill(places)).toBe(8);
    const entered: string[] = [];
    void places.acquire(1000).then(() => entered.push('first'));
    void places.acquire(8).then(() => entered.push('second'));
    void places.acquire(1000).then(() => entered.push('third'));
    await soon();
    expect(entered).toEqual([]);
    places.release(1000, 0);
    await soon();
    expect(entered).toEqual(['first']);
    // Who waits goes before who comes.
    expect(places.tryAcquire(1000)).toBe(false);
    empty(places, 2, 0);
    await soon();
    expect(entered).toEqual(['first', 'second', 'third']);
  });

  it('that are to be few do not wait for the others, and do not hold them up', async () => {
    const places = new ConcurrencyLimit();
    expect([places.tryAcquire(1000), places.tryAcquire(1000), places.tryAcquire(1), places.tryAcquire(1)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    const entered: string[] = [];
    void places.acquire(1).then(() => entered.push('one'));
    void places.acquire(2).then(() => entered.push('two'));
    void places.acquire(2).then(() => entered.push('two again'));
    expect(fill(places)).toBe(4);
    await soon();
    expect(entered).toEqual(['two']);
    places.release(1, 0);
    await soon();
    // Who wants two beside each other counts who wants only one.
    expect(entered).toEqual(['two', 'one']);
    places.release(2, 0);
    await soon();
    expect(entered).toEqual(['two', 'one', 'two again']);
  });

  it('give nothing to who was cancelled while waiting', async () => {
    const places = new ConcurrencyLimit();
    places.tryAcquire(1);
    const stop = new AbortController();
    const waiting = places.acquire(1, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow('cancelled');
    places.release(1, 0);
    expect(places.tryAcquire(1)).toBe(true);
  });

  it('remember nothing of bounds that were made up for each call', () => {
    const places = new ConcurrencyLimit();
    for (let atOnce = 1; atOnce <= 10_000; atOnce += 1) {
      places.tryAcquire(atOnce);
      places.release(atOnce, 0);
    }
    expect((places as unknown as { bounds: Map<number, unknown> }).bounds.size).toBeLessThan(100);
  });
});

describe('how many calls go side by side', () => {
  /** Rounds of calls that all end with the same sign, and of which more wait; tells how many were open in each. */
  const rounds = (places: ConcurrencyLimit, count: number, at: (round: number) => number, sign: Sign) => {
    let open = fill(places);
    const counts = Array.from({ length: count }, (_, round) => {
      const before = open;
      for (let call = 0; call < before; call += 1) {
        places.release(1000, at(round), sign);
        open += fill(places) - 1;
      }
      return before;
    });
    empty(places, open, 0);
    return counts;
  };

  it('doubles with each round of quick answers, up to 64', () => {
    expect(rounds(new ConcurrencyLimit(), 6, () => 0, { answeredIn: 50 })).toEqual([8, 16, 32, 64, 64, 64]);
  });

  it('does not grow while answers take much longer than the quickest', () => {
    const places = new ConcurrencyLimit();
    expect(rounds(places, 2, () => 0, { answeredIn: 50 })).toEqual([8, 16]);
    expect(rounds(places, 3, () => 0, { answeredIn: 200 })).toEqual([32, 32, 32]);
    expect(rounds(places, 2, () => 0, { answeredIn: 150 })).toEqual([32, 64]);
  });

  it('grows with a server next door, whose answers take as long as this computer lets them', () => {
    const places = new ConcurrencyLimit();
    expect(rounds(places, 1, () => 0, { answeredIn: 1 })).toEqual([8]);
    expect(rounds(places, 2, () => 0, { answeredIn: 26 })).toEqual([16, 32]);
  });

  it('finds anew after a minute of silence how quick the quickest is: networks change', () => {
    const places = new ConcurrencyLimit();
    rounds(places, 1, () => 0, { answeredIn: 50 });
    expect(rounds(places, 2, (round) => 59_999 * (1 + round), { answeredIn: 400 })).toEqual([16, 16]);
    expect(rounds(places, 2, () => 59_999 * 2 + 60_000, { answeredIn: 400 })).toEqual([16, 32]);
  });

  it('does not grow for who needs no more', () => {
    const places = new ConcurrencyLimit();
    for (let message = 0; message < 100; message += 1) {
      for (let place = 0; place < 7; place += 1) places.tryAcquire(64);
      for (let place = 0; place < 7; place += 1) places.release(64, 0, { answeredIn: 50 });
    }
    expect(fill(places)).toBe(8);
  });

  it.each(['crowded', 'unreachable'] as const)(
    'is half of what was open when calls end %s; those that were open together count once',
    (sign) => {
      const places = new ConcurrencyLimit();
      rounds(places, 3, () => 0, { answeredIn: 50 });
      expect(rounds(places, 4, (round) => 10_000 + 1000 * round, sign)).toEqual([64, 32, 16, 8]);
      expect(rounds(places, 5, (round) => 20_000 + 333 * round, sign)).toEqual([4, 2, 2, 2, 2]);
      expect(rounds(places, 3, (round) => 30_000 + 1000 * round, sign)).toEqual([1, 1, 1]);
      const few = new ConcurrencyLimit();
      rounds(few, 3, () => 0, { answeredIn: 50 });
      for (let place = 0; place < 10; place += 1) few.tryAcquire(64);
      for (let place = 0; place < 10; place += 1) few.release(64, 10_000, sign);
      expect(fill(few)).toBe(5);
    },
  );

  it('stays so for a minute after 45033, and then grows by one a round', () => {
    const places = new ConcurrencyLimit();
    rounds(places, 1, () => 0, 'crowded');
    expect(rounds(places, 3, () => 59_999, { answeredIn: 50 })).toEqual([4, 4, 4]);
    const later = rounds(places, 10, () => 60_000, { answeredIn: 50 });
    expect(later.at(-1)).toBeGreaterThan(10);
    expect(later.every((count, index) => index === 0 || count - (later[index - 1] ?? 0) <= 1)).toBe(true);
  });

  it('grows again at once when the server is back', () => {
    const places = new ConcurrencyLimit();
    rounds(places, 4, (round) => 1000 * round, 'unreachable');
    expect(rounds(places, 7, () => 5000, { answeredIn: 50 })).toEqual([1, 2, 4, 8, 16, 32, 64]);
  });
});

describe('an endpoint that answered 45009', () => {
  // 10:00 in China.
  const wallTime = Date.UTC(2026, 10, 23, 2, 0);

  it('rests for a minute', () => {
    const pauses = new Pauses();
    pauses.refused('send', 0, 1000, wallTime);
    expect([
      pauses.remaining('send', 1000),
      pauses.remaining('send', 31_000),
      pauses.remaining('send', 61_000),
      pauses.remaining('upload', 1000),
    ]).toEqual([60_000, 30_000, 0, 0]);
  });

  it('rests for an hour when it refuses again afterwards, and then for the rest of the day in China', () => {
    const pauses = new Pauses();
    pauses.refused('send', 0, 0, wallTime);
    pauses.refused('send', 60_000, 60_010, wallTime);
    expect(pauses.remaining('send', 60_010)).toBe(3_600_000);
    pauses.refused('send', 4_000_000, 4_000_000, wallTime);
    expect(pauses.remaining('send', 4_000_000)).toBe(14 * 3_600_000);
    pauses.refused('send', 90_000_000, 90_000_000, wallTime);
    expect(pauses.remaining('send', 90_000_000)).toBe(14 * 3_600_000);
  });

  it('is not punished for calls that were on their way when the pause began', () => {
    const pauses = new Pauses();
    for (let index = 0; index < 8; index += 1) pauses.refused('send', 0, index, wallTime);
    expect(pauses.remaining('send', 7)).toBe(59_993);
    pauses.accepted('send', 0);
    expect(pauses.remaining('send', 7)).toBe(59_993);
  });

  it('begins anew after a success', () => {
    const pauses = new Pauses();
    pauses.refused('send', 0, 0, wallTime);
    pauses.accepted('send', 60_000);
    pauses.refused('send', 70_000, 70_000, wallTime);
    expect(pauses.remaining('send', 70_000)).toBe(60_000);
  });

  it('of a group robot rests for a minute every time', () => {
    const pauses = new Pauses(ROBOT_BLOCKS);
    for (const now of [0, 60_000, 120_000]) pauses.refused('send', now, now, wallTime);
    expect(pauses.remaining('send', 120_000)).toBe(60_000);
  });
});
