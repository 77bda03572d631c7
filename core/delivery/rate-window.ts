/** At most so many messages within any so many milliseconds. */
export interface Rate {
  readonly messages: number;
  readonly perMs: number;
}

/** While messages are on their way nobody knows when they will count, so look again this often. Milliseconds. */
export const LOOK_AGAIN_MS = 250;
/** Times are thrown away in bulk, once so many have piled up. */
const TIDY_AT = 64;

/**
 * What was sent to one recipient lately. A message counts from the moment its answer came, which is later
 * than the moment WeCom counted it: so many by our count are never more by WeCom's.
 */
export class RateWindow {
  /** Ascending. */
  private times: number[] = [];
  private onTheirWay = 0;

  constructor(private readonly rates: readonly Rate[]) {}

  /**
   * Milliseconds until one more may go; 0 if now.
   *
   * @param processes how many share the rates; each has its share, and at least one message
   * @param also what counts for this recipient as well, such as messages to everyone
   */
  wait(now: number, processes = 1, also?: RateWindow): number {
    const onTheirWay = this.onTheirWay + (also?.onTheirWay ?? 0);
    const remembered = this.times.length + (also?.times.length ?? 0);
    let wait = 0;
    for (const { messages: all, perMs } of this.rates) {
      const messages = shareOf(all, processes);
      if (onTheirWay + remembered < messages) continue;
      if (onTheirWay >= messages) return LOOK_AGAIN_MS;
      wait = Math.max(wait, nthNewest(this.times, also?.times, messages - onTheirWay) + perMs - now);
    }
    return wait;
  }

  begin(): void {
    this.onTheirWay += 1;
  }

  /** @param counts false if WeCom surely did not see the message */
  end(now: number, counts: boolean): void {
    this.onTheirWay -= 1;
    if (!counts) return;
    if (this.times.length >= TIDY_AT) this.tidy(now);
    this.times.push(now);
  }

  /** Nothing that was sent counts any more. */
  isIdle(now: number): boolean {
    const newest = this.times.at(-1);
    return this.onTheirWay === 0 && (newest === undefined || newest <= now - this.longestMs());
  }

  private tidy(now: number): void {
    const oldest = now - this.longestMs();
    if ((this.times[0] as number) < oldest) this.times = this.times.filter((time) => time > oldest);
  }

  private longestMs(): number {
    return Math.max(...this.rates.map(({ perMs }) => perMs));
  }
}

/** What one of several processes may send of what all of them may. */
export function shareOf(all: number, processes: number): number {
  return Math.max(1, Math.floor(all / processes));
}

/** The n-th newest of two ascending lists of times, which have as many. */
function nthNewest(times: readonly number[], others: readonly number[] | undefined, n: number): number {
  if (others === undefined || others.length === 0) return times[times.length - n] as number;
  let [a, b] = [times.length - 1, others.length - 1];
  for (let skipped = 1; skipped < n; skipped += 1) {
    if (b < 0 || (a >= 0 && (times[a] as number) >= (others[b] as number))) a -= 1;
    else b -= 1;
  }
  const [time, other] = [times[a], others[b]];
  return Math.max(time ?? -Infinity, other ?? -Infinity);
}
