import { Pauses, ROBOT_BLOCKS } from '../../core/delivery/pauses';
import { SideBySide } from '../../core/delivery/side-by-side';

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('calls side by side', () => {
  it('are bounded; the next one goes when one has ended, first come, first served', async () => {
    const places = new SideBySide();
    expect([places.tryEnter(2, 0), places.tryEnter(2, 0), places.tryEnter(2, 0)]).toEqual([true, true, false]);
    const entered: string[] = [];
    void places.enter(2, 0).then(() => entered.push('first'));
    void places.enter(2, 0).then(() => entered.push('second'));
    await soon();
    expect(entered).toEqual([]);
    places.leave(0);
    await soon();
    expect(entered).toEqual(['first']);
    // Who waits goes before who comes.
    expect(places.tryEnter(8, 0)).toBe(false);
    places.leave(0);
    await soon();
    expect(entered).toEqual(['first', 'second']);
  });

  it('are fewer for a minute when WeCom says there are too many', async () => {
    const places = new SideBySide();
    for (let index = 0; index < 8; index += 1) expect(places.tryEnter(8, 0)).toBe(true);
    // Eight complaints about the same eight calls are one.
    for (let index = 0; index < 8; index += 1) places.crowded(10);
    for (let index = 0; index < 8; index += 1) places.leave(20);
    const enter = (now: number) => Array.from({ length: 8 }, () => places.tryEnter(8, now)).filter(Boolean).length;
    expect(enter(30)).toBe(4);
    places.crowded(5000);
    for (let index = 0; index < 4; index += 1) places.leave(5000);
    expect(enter(5000)).toBe(2);
    for (let index = 0; index < 2; index += 1) places.leave(64_999);
    expect(enter(64_999)).toBe(2);
    for (let index = 0; index < 2; index += 1) places.leave(65_000);
    expect(enter(65_000)).toBe(8);
  });

  it('are halved by what WeCom says a second later, not before', () => {
    const places = new SideBySide();
    const enter = (now: number) => {
      let entered = 0;
      while (entered < 9 && places.tryEnter(8, now)) entered += 1;
      for (let place = 0; place < entered; place += 1) places.leave(now);
      return entered;
    };
    for (let place = 0; place < 8; place += 1) places.tryEnter(8, 0);
    places.crowded(0);
    for (let place = 0; place < 8; place += 1) places.leave(0);
    places.crowded(999);
    expect(enter(999)).toBe(4);
    places.crowded(1000);
    expect(enter(1000)).toBe(2);
  });

  it('are never fewer than one', () => {
    const places = new SideBySide();
    places.tryEnter(8, 0);
    places.crowded(0);
    places.leave(0);
    expect([places.tryEnter(8, 1), places.tryEnter(8, 1)]).toEqual([true, false]);
  });

  it('give nothing to who was cancelled while waiting', async () => {
    const places = new SideBySide();
    places.tryEnter(1, 0);
    const stop = new AbortController();
    const waiting = places.enter(1, 0, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow('cancelled');
    places.leave(0);
    expect(places.tryEnter(1, 0)).toBe(true);
  });
});

describe('an endpoint that answered 45009', () => {
  // 10:00 in China.
  const wallTime = Date.UTC(2026, 10, 23, 2, 0);

  it('rests for a minute', () => {
    const pauses = new Pauses();
    pauses.refused('send', 0, 1000, wallTime);
    expect([pauses.remaining('send', 1000), pauses.remaining('send', 31_000), pauses.remaining('send', 61_000), pauses.remaining('upload', 1000)]).toEqual([60_000, 30_000, 0, 0]);
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
