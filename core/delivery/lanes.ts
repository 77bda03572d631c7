import { onCancel } from '../api/cancellation';

/** Every lane: for a message that may reach anybody. */
export const ALL_LANES = 'all';

type Names = readonly string[] | typeof ALL_LANES;

/**
 * What runs when its turn has come.
 *
 * @param hold tells that the task will be held up until then (monotonic milliseconds), and so will all behind it
 */
export type Task<Value> = (hold: (until: number) => void) => Promise<Value>;

/** What ends the waiting of a task before its turn has come. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  cancelled(): Error;
  /** Monotonic milliseconds: when it is known that its turn comes later than this, the task fails at once. */
  readonly until?: number | undefined;
  tooLate(until: number): Error;
}

interface Turn {
  /** How many earlier turns have to end first. */
  ahead: number;
  /** Whoever waits for this one; `NOBODY` until somebody does. */
  followers: Turn[];
  /** Absent if it did not have to wait. */
  start: (() => void) | undefined;
  /** Absent if it waits however long it takes. */
  impatience?: { readonly until: number; giveUp(until: number): void };
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
  /** Those that wait, but not for ever. */
  private readonly impatient = new Set<Turn>();
  /** None of them gives up before this. */
  private earliest = Infinity;

  /**
   * Runs the task when it is its turn; at once if nothing is ahead of it.
   *
   * @param patience what makes the task fail while it waits
   */
  run<Value>(lanes: Names, task: Task<Value>, patience?: Patience): Promise<Value> {
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
      const { signal, until } = patience ?? {};
      const giveUp = (error: Error) => {
        endWaiting();
        reject(error);
        // Its turn still has to come and go: who waits behind it also waits for those ahead of it.
        turn.start = () => void this.runNow(lanes, turn, async () => undefined);
      };
      const uncancellable =
        patience && signal && !signal.aborted ? onCancel(signal, () => giveUp(patience.cancelled())) : undefined;
      const endWaiting = () => {
        uncancellable?.();
        if (turn.impatience) this.impatient.delete(turn);
      };
      turn.start = () => {
        endWaiting();
        void this.runNow(lanes, turn, task).then(resolve, reject);
      };
      if (!patience) return;
      if (signal?.aborted) giveUp(patience.cancelled());
      else if (until !== undefined) {
        turn.impatience = { until, giveUp: (turnComes) => giveUp(patience.tooLate(turnComes)) };
        this.impatient.add(turn);
        this.earliest = Math.min(this.earliest, until);
      }
    });
  }

  private async runNow<Value>(lanes: Names, turn: Turn, task: Task<Value>): Promise<Value> {
    try {
      return await task((until) => this.hold(turn, until));
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

  /** Those behind a turn that is held up give up if that is too long for them. */
  private hold(held: Turn, until: number): void {
    if (until <= this.earliest) return;
    const behind = new Set(held.followers);
    for (const turn of behind) {
      for (const follower of turn.followers) behind.add(follower);
      if (this.impatient.has(turn) && turn.impatience && turn.impatience.until < until) turn.impatience.giveUp(until);
    }
    // Looking through all of them is for when one gave up, or has started meanwhile.
    this.earliest = Infinity;
    for (const { impatience } of this.impatient) this.earliest = Math.min(this.earliest, impatience?.until ?? Infinity);
  }
}

function follow(earlier: Turn, turn: Turn): void {
  // Lanes of one task often have the same task ahead of them.
  if (earlier === turn || earlier.followers.at(-1) === turn) return;
  if (earlier.followers === NOBODY) earlier.followers = [turn];
  else earlier.followers.push(turn);
  turn.ahead += 1;
}
