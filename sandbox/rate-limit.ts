import type { Clock } from './clock';
import { Refusal } from './errors';

/** So many within any span of time, then 45009 until enough of them are older than that (doc 90312). */
export class RateLimit {
  private taken: { time: number; amount: number }[] = [];
  private sum = 0;

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
    private readonly milliseconds: number,
  ) {}

  /** @throws Refusal 45009 when `amount` more would be too many */
  check(amount = 1): void {
    const now = this.clock.now();
    const expired = this.taken.findIndex(({ time }) => time > now - this.milliseconds);
    const removed = this.taken.splice(0, expired === -1 ? this.taken.length : expired);
    for (const entry of removed) this.sum -= entry.amount;
    if (this.sum + amount > this.most) throw new Refusal(45009);
  }

  /** Counts a call that was accepted. */
  take(amount = 1): void {
    this.taken.push({ time: this.clock.now(), amount });
    this.sum += amount;
  }
}
