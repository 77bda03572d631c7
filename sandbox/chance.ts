/**
 * What differs from one answer of the real server to the next, such as which empty fields it leaves out. The same seed
 * gives the same differences in the same order, so that a test that failed can be run again.
 */
export class Chance {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** True in `share` (0 to 1) of all cases. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  /** Mulberry32: from 0 up to 1, without 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
