import { onCancel } from '../api/cancellation';
import { AdaptiveLimit } from './adaptive-limit';
import type { Sign } from './adaptive-limit';

/** People choose a few; whoever makes up a new one for each message leaves none behind. */
const MANY_BOUNDS = 64;

interface Waiting {
  /** Who came first, of all that wait. */
  readonly number: number;
  go(): void;
}

/** The calls that are to be at most so many side by side, with those that are to be fewer. */
interface Bound {
  open: number;
  readonly queue: Set<Waiting>;
}

/**
 * Bounds how many calls are open at the same time, first come, first served. A call that wants only `atOnce`
 * beside each other counts those that want as many or fewer: it neither waits for the others nor holds them up.
 */
export class ConcurrencyLimit {
  private readonly limit = new AdaptiveLimit();
  private open = 0;
  private readonly bounds = new Map<number, Bound>();
  private arrivals = 0;

  /** Takes a place if there is a free one. Nobody else waits for that one. */
  tryAcquire(atOnce: number): boolean {
    if (!this.isFree(atOnce)) return false;
    this.take(this.bound(atOnce));
    return true;
  }

  /** Takes a place as soon as there is one. Rejects, without a place, when `signal` fires. */
  acquire(atOnce: number, signal?: AbortSignal): Promise<void> {
    if (this.tryAcquire(atOnce)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const { queue } = this.bound(atOnce);
      const waiting: Waiting = {
        number: (this.arrivals += 1),
        go: () => {
          uncancellable?.();
          resolve();
        },
      };
      queue.add(waiting);
      const uncancellable =
        signal &&
        onCancel(signal, () => {
          queue.delete(waiting);
          reject(new Error('cancelled'));
        });
    });
  }

  /** @param sign what the call says about how many may be open; absent if there was none, or it says nothing */
  release(atOnce: number, now: number, sign?: Sign): void {
    if (sign !== undefined) this.limit.learn(sign, this.open, now);
    this.open -= 1;
    const bound = this.bound(atOnce);
    bound.open -= 1;
    if (bound.open === 0 && bound.queue.size === 0 && this.bounds.size > MANY_BOUNDS) this.bounds.delete(atOnce);
    this.letIn();
  }

  private letIn(): void {
    while (this.open < this.limit.now) {
      let next: { readonly bound: Bound; readonly waiting: Waiting } | undefined;
      for (const [atOnce, bound] of this.bounds) {
        const [waiting] = bound.queue;
        if (waiting && (!next || waiting.number < next.waiting.number) && this.isFree(atOnce))
          next = { bound, waiting };
      }
      if (!next) return;
      next.bound.queue.delete(next.waiting);
      this.take(next.bound);
      next.waiting.go();
    }
  }

  private isFree(atOnce: number): boolean {
    if (this.open >= this.limit.now) return false;
    let open = 0;
    for (const [other, bound] of this.bounds) if (other <= atOnce) open += bound.open;
    return open < atOnce;
  }

  private take(bound: Bound): void {
    this.open += 1;
    bound.open += 1;
  }

  private bound(atOnce: number): Bound {
    let bound = this.bounds.get(atOnce);
    if (!bound) {
      bound = { open: 0, queue: new Set() };
      this.bounds.set(atOnce, bound);
    }
    return bound;
  }
}
