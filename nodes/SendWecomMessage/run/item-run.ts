import type { Progress, Wait } from '../../../core';
import { clock } from '../../host/clock';

/** The rest of a message whose first part has arrived is worth waiting for, but not for an hour. Milliseconds. */
const LONGEST_WAIT_FOR_THE_REST = 60_000;

/** One item on its way: what it waited for, and whether it can still be held back. */
export class ItemRun {
  private readonly cancellation = new AbortController();
  private readonly startedAt = clock.monotonic();
  private begunAt: number | undefined;
  private waiting: Wait | undefined;
  private stopping = false;
  /** Why it had to wait, with all the milliseconds it waited for that. */
  readonly waits = new Map<Wait['reason'], number>();

  constructor(
    readonly itemIndex: number,
    readonly progress: Progress,
  ) {}

  get signal(): AbortSignal {
    return this.cancellation.signal;
  }

  /** A request of the item goes out. */
  readonly begun = (): void => {
    this.waiting = undefined;
    this.begunAt ??= clock.monotonic();
  };

  /** Milliseconds until its first request went out; 0 if none did. */
  get delayMs(): number {
    return this.begunAt === undefined ? 0 : this.begunAt - this.startedAt;
  }

  heardOf(wait: Wait): void {
    this.waits.set(wait.reason, (this.waits.get(wait.reason) ?? 0) + wait.ms);
    this.waiting = wait;
    if (this.stopping) this.stopWaiting();
  }

  /**
   * Another item failed, so the node stops. What is on its way arrives, and so does the rest of what arrived in part.
   *
   * @param before whether the item comes before the one that failed: then it only must not wait any longer
   */
  stop(before: boolean): void {
    this.stopping = true;
    if (!before && this.begunAt === undefined) this.cancel();
    this.stopWaiting();
  }

  cancel(): void {
    this.cancellation.abort();
  }

  private stopWaiting(): void {
    if (this.waiting && (this.progress.sent.length === 0 || this.waiting.ms > LONGEST_WAIT_FOR_THE_REST)) this.cancel();
  }
}
