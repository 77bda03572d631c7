import { onCancel } from '../cancellation';

/** Every lane: for a message that may reach anybody. */
export const ALL_LANES = 'all';

interface Turn {
  /** How many earlier turns have to end first. */
  ahead: number;
  /** Whoever waits for this one; `NOBODY` until somebody does. */
  followers: Turn[];
  /** Absent if it did not have to wait. */
  start: (() => void) | undefined;
}

const NOBODY: Turn[] = [];

/**
 * Keeps the order of what must not overtake each other, and holds up nothing else. A task names its lanes,
 * such as the members a message goes to; it starts when every earlier task with one of these lanes has ended.
 */
export class Lanes {
  /** The newest turn of each lane. */
  private readonly newest = new Map<string, Turn>();
  /** The newest turn that took all lanes. */
  private newestOfAll: Turn | undefined;

  /**
   * Runs the task when it is its turn; at once if nothing is ahead of it.
   *
   * @param cancel rejects the task at once if it is still waiting when the signal fires
   */
  run<Value>(lanes: readonly string[] | typeof ALL_LANES, task: () => Promise<Value>, cancel?: { readonly signal: AbortSignal; error(): Error }): Promise<Value> {
    const turn: Turn = { ahead: 0, followers: NOBODY, start: undefined };
    if (lanes === ALL_LANES) {
      for (const earlier of new Set(this.newest.values())) follow(earlier, turn);
      if (this.newestOfAll) follow(this.newestOfAll, turn);
      // Who comes later follows this one, which follows them.
      this.newest.clear();
      this.newestOfAll = turn;
    } else {
      for (const lane of lanes) {
        const earlier = this.newest.get(lane) ?? this.newestOfAll;
        if (earlier) follow(earlier, turn);
        this.newest.set(lane, turn);
      }
    }
    if (turn.ahead === 0) return this.runNow(lanes, turn, task);
    return new Promise<Value>((resolve, reject) => {
      let uncancellable: (() => void) | undefined;
      turn.start = () => {
        uncancellable?.();
        void this.runNow(lanes, turn, task).then(resolve, reject);
      };
      if (!cancel) return;
      const stop = () => {
        reject(cancel.error());
        // Its turn still has to come and go: who waits behind it also waits for those ahead of it.
        turn.start = () => void this.runNow(lanes, turn, async () => undefined);
      };
      if (cancel.signal.aborted) stop();
      else uncancellable = onCancel(cancel.signal, stop);
    });
  }

  private async runNow<Value>(lanes: readonly string[] | typeof ALL_LANES, turn: Turn, task: () => Promise<Value>): Promise<Value> {
    try {
      return await task();
    } finally {
      if (lanes !== ALL_LANES) {
        for (const lane of lanes) if (this.newest.get(lane) === turn) this.newest.delete(lane);
      } else if (this.newestOfAll === turn) this.newestOfAll = undefined;
      for (const follower of turn.followers) {
        follower.ahead -= 1;
        if (follower.ahead === 0) follower.start?.();
      }
    }
  }
}

function follow(earlier: Turn, turn: Turn): void {
  // Lanes of one task often have the same task ahead of them.
  if (earlier === turn || earlier.followers.at(-1) === turn) return;
  if (earlier.followers === NOBODY) earlier.followers = [turn];
  else earlier.followers.push(turn);
  turn.ahead += 1;
}
