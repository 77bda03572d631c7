const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Days of WeCom's limits end at midnight in China. */
const CHINA_MS = 8 * HOUR;

/** How many milliseconds WeCom refuses an endpoint whose limit was exceeded, from the shortest limit to the longest (section 12). */
type Blocks = readonly ((wallTime: number) => number)[];

/** Limits by the minute, by the hour and by the day. The answer 45009 does not say which of them it was. */
const BLOCKS: Blocks = [() => MINUTE, () => HOUR, (wallTime) => DAY - ((wallTime + CHINA_MS) % DAY)];
/** Group robots only have a limit by the minute (doc 99110). */
export const ROBOT_BLOCKS: Blocks = [() => MINUTE];

interface Pause {
  /** Monotonic milliseconds. */
  until: number;
  step: number;
}

/** Which endpoints WeCom refuses for a while because they were called too often (45009). */
export class Pauses {
  private readonly pauses = new Map<string, Pause>();

  constructor(private readonly blocks: Blocks = BLOCKS) {}

  /** Milliseconds until the endpoint may be called again; 0 if now. */
  remaining(path: string, now: number): number {
    const pause = this.pauses.get(path);
    return pause ? Math.max(0, pause.until - now) : 0;
  }

  /** Whether no pause tells anything any more: the one after it would be longer, but no limit is longer than a day. */
  areOver(now: number): boolean {
    for (const { until } of this.pauses.values()) if (now < until + DAY) return false;
    return true;
  }

  /**
   * The endpoint answered 45009. The first time it is taken for the shortest limit; when it is refused again
   * after the pause, it was a longer one.
   *
   * @param begun when the refused call began: one that began before the pause tells nothing new
   */
  refused(path: string, begun: number, now: number, wallTime: number): void {
    const pause = this.pauses.get(path);
    if (pause && begun < pause.until) return;
    const step = Math.min(pause ? pause.step + 1 : 0, this.blocks.length - 1);
    this.pauses.set(path, { step, until: now + (this.blocks[step] as Blocks[number])(wallTime) });
  }

  /** The endpoint did not answer 45009. */
  accepted(path: string, begun: number): void {
    const pause = this.pauses.get(path);
    if (pause && begun >= pause.until) this.pauses.delete(path);
  }
}
