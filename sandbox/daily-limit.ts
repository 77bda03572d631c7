import type { Clock } from './clock';
import { Refusal } from './errors';

/** Days end at midnight in China. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** So many a day, then 45009 for the rest of the natural day (doc 90312). */
export class DailyLimit {
  private day = 0;
  private sum = 0;

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
  ) {}

  /** @throws Refusal 45009 when `amount` more would be too many for today */
  check(amount = 1): void {
    const today = Math.floor((this.clock.now() + OFFSET_MS) / DAY_MS);
    if (today !== this.day) [this.day, this.sum] = [today, 0];
    if (this.sum + amount > this.most) throw new Refusal(45009);
  }

  /** Counts what was accepted, after `check`. */
  take(amount = 1): void {
    this.sum += amount;
  }
}
