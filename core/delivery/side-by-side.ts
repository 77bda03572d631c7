import { onCancel } from '../cancellation';

/** How many calls of an app or robot are open at the same time, unless somebody says otherwise. */
export const DEFAULT_AT_ONCE = 8;
/** After WeCom complained (45033) fewer are open for so long. Milliseconds. */
const CALM_MS = 60_000;
/** Those that were open together complain together: what comes within so many milliseconds is one complaint. */
const ONE_COMPLAINT_MS = 1_000;

interface Waiting {
  readonly atOnce: number;
  go(): void;
}

/** Bounds how many calls are open at the same time, first come, first served. */
export class SideBySide {
  private open = 0;
  private readonly queue = new Set<Waiting>();
  private calm = { atOnce: Infinity, since: -Infinity };

  /** Takes a place if there is a free one that nobody waits for. */
  tryEnter(atOnce: number, now: number): boolean {
    if (this.queue.size > 0 || this.open >= this.limit(atOnce, now)) return false;
    this.open += 1;
    return true;
  }

  /** Takes a place as soon as there is one. Rejects, without a place, when `signal` fires. */
  enter(atOnce: number, now: number, signal?: AbortSignal): Promise<void> {
    if (this.tryEnter(atOnce, now)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        atOnce,
        go: () => {
          uncancellable?.();
          resolve();
        },
      };
      this.queue.add(waiting);
      const uncancellable = signal && onCancel(signal, () => {
        this.queue.delete(waiting);
        reject(new Error('cancelled'));
      });
    });
  }

  leave(now: number): void {
    this.open -= 1;
    for (const waiting of this.queue) {
      if (this.open >= this.limit(waiting.atOnce, now)) return;
      this.queue.delete(waiting);
      this.open += 1;
      waiting.go();
    }
  }

  /** WeCom says that too many calls are open (45033): half as many for a while. */
  crowded(now: number): void {
    if (now < this.calm.since + ONE_COMPLAINT_MS) return;
    const before = this.isCalm(now) ? this.calm.atOnce : this.open;
    this.calm = { atOnce: Math.max(1, before >> 1), since: now };
  }

  private limit(atOnce: number, now: number): number {
    return this.isCalm(now) ? Math.min(atOnce, this.calm.atOnce) : atOnce;
  }

  private isCalm(now: number): boolean {
    return now < this.calm.since + CALM_MS;
  }
}
