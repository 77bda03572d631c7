import fc from 'fast-check';

import { RateWindow } from '../../core/delivery/rate-window';
import type { Rate } from '../../core/delivery/rate-window';

const RATES: readonly Rate[] = [
  { messages: 3, perMs: 100 },
  { messages: 5, perMs: 1000 },
];

function filled(times: readonly number[], rates = RATES): RateWindow {
  const window = new RateWindow(rates);
  for (const time of times) {
    window.begin();
    window.end(time, true);
  }
  return window;
}

/** What the rates mean: the shortest wait after which no rate is exceeded by one more. */
function shortestWait(now: number, times: readonly number[]): number {
  const fits = (wait: number) =>
    RATES.every(({ messages, perMs }) => times.filter((time) => time > now + wait - perMs).length < messages);
  return Math.min(
    ...[0, ...times.flatMap((time) => RATES.map(({ perMs }) => time + perMs - now))].filter(
      (wait) => wait >= 0 && fits(wait),
    ),
  );
}

const ascending = fc.array(fc.nat(1500), { maxLength: 12 }).map((times) => times.sort((a, b) => a - b));

describe('what was sent to one recipient', () => {
  it('makes the next one wait exactly as long as the rates ask for, alone and with what counts as well', () => {
    fc.assert(
      fc.property(ascending, ascending, fc.nat(600), (own, others, later) => {
        const now = Math.max(0, ...own, ...others) + later;
        expect(filled(own).wait(now)).toBe(shortestWait(now, own));
        expect(filled(own).wait(now, 1, filled(others))).toBe(shortestWait(now, [...own, ...others]));
      }),
      { numRuns: 150 },
    );
  });

  it('counts while it is on its way, without a time at which that ends', () => {
    const window = filled([0]);
    window.begin();
    expect(window.wait(10)).toBe(0);
    window.begin();
    expect(window.wait(10)).toBe(90);
    window.begin();
    expect(window.wait(10)).toBe(250);
    for (let message = 0; message < 3; message += 1) window.end(20, false);
    expect(window.wait(20)).toBe(0);
    window.begin();
    window.end(30, true);
    window.begin();
    window.end(40, true);
    expect(window.wait(40)).toBe(60);
    expect(window.wait(100)).toBe(0);
  });

  it('counts on its way for others too', () => {
    const [own, others] = [filled([]), filled([])];
    others.begin();
    own.begin();
    expect(own.wait(10, 1, others)).toBe(0);
    others.begin();
    expect(own.wait(10, 1, others)).toBe(250);
    expect(own.wait(10)).toBe(0);
  });

  it('is idle when nothing is on its way and nothing counts any more, to the millisecond', () => {
    expect(filled([]).isIdle(0)).toBe(true);
    expect(filled([7]).isIdle(1006)).toBe(false);
    expect(filled([7]).isIdle(1007)).toBe(true);
    const window = filled([7]);
    window.begin();
    expect(window.isIdle(5000)).toBe(false);
    window.end(5000, false);
    expect(window.isIdle(5000)).toBe(true);
  });

  it('counts as long as it has to, however much was thrown away before', () => {
    const window = new RateWindow(RATES);
    for (let now = 0; now < 20_000; now += 100) {
      window.begin();
      window.end(now, true);
      expect(window.wait(now)).toBe(now < 400 ? 0 : 600);
    }
  });

  it('does not pile up: what counts no more is thrown away, what counts is kept', () => {
    const times = (window: RateWindow) => (window as unknown as { times: number[] }).times.length;
    const slow = filled(Array.from({ length: 1000 }, (_, index) => index * 100));
    expect(times(slow)).toBeLessThanOrEqual(65);
    expect(slow.wait(99_900)).toBe(600);
    const busy = filled(Array.from({ length: 200 }, (_, index) => index));
    expect(times(busy)).toBe(200);
  });
});
