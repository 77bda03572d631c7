import type { Clock } from './clock';
import { RateLimit } from './rate-limit';

/** `debug=1`, which the official debugging tool adds to a call: five a minute for each API, then 45009. */
export class DebugLimits {
  private readonly limits = new Map<string, RateLimit>();

  constructor(private readonly clock: Clock) {}

  /** Counts a call with `debug=1`. @throws Refusal 45009 */
  count(endpoint: string): void {
    const limit = this.limits.get(endpoint) ?? new RateLimit(this.clock, 5, 60_000);
    this.limits.set(endpoint, limit);
    limit.check();
    limit.take();
  }
}
