import { onCancel } from '../api/cancellation';

/** Every key: for a message that may reach any member. */
export const ALL_KEYS = 'all';

type Keys = readonly string[] | typeof ALL_KEYS;

/**
 * What runs when its turn has come.
 *
 * @param hold tells that the task will be held up until then (monotonic milliseconds), and so will all behind it
 */
export type Task<Value> = (hold: (until: number) => void) => Promise<Value>;

/** What ends the waiting of a task before its turn has come. */
export interface WaitLimits {
  readonly signal?: AbortSignal | undefined;
  cancelled(): Error;
  /** Monotonic milliseconds: when it is known that its turn comes later than this, the task fails at once. */
  readonly deadline?: number | undefined;
  tooLate(until: number): Error;
}

interface Turn {
  /** How many earlier turns have to end first. */
  ahead: number;
  /** The turns that wait for this one; `NO_FOLLOWERS` until there is one. */
  followers: Turn[];
  /** Absent if it did not have to wait. */
  start: (() => void) | undefined;
  /** Absent if it waits however long it takes. */
  deadline?: { readonly at: number; giveUp(until: number): void };
}

const NO_FOLLOWERS: Turn[] = [];

/**
 * Keeps the order of tasks that must not overtake each other, and holds up no others. A task names its keys,
 * such as the members a message goes to; it starts when every earlier task with one of these keys has ended.
 */
export class KeyedQueue {
  /** The newest turn of each key. */
  private readonly newest = new Map<string, Turn>();
  /** The newest turn that took all keys. */
  private newestOfAll: Turn | undefined;
  /** The waiting turns that have a deadline. */
  private readonly withDeadline = new Set<Turn>();
  /** None of them has an earlier one. */
  private earliestDeadline = Infinity;

  /**
   * Runs the task when it is its turn; at once if nothing is ahead of it.
   *
   * @param limits what makes the task fail while it waits
   */
  run<Value>(keys: Keys, task: Task<Value>, limits?: WaitLimits): Promise<Value> {
    const turn: Turn = { ahead: 0, followers: NO_FOLLOWERS, start: undefined };
    if (keys === ALL_KEYS) {
      for (const earlier of new Set(this.newest.values())) follow(earlier, turn);
      if (this.newestOfAll) follow(this.newestOfAll, turn);
      // Later turns follow this one, which follows them.
      this.newest.clear();
      this.newestOfAll = turn;
    } else {
      for (const key of keys) {
        const earlier = this.newest.get(key) ?? this.newestOfAll;
        if (earlier) follow(earlier, turn);
        this.newest.set(key, turn);
      }
    }
    if (turn.ahead === 0) return this.runNow(keys, turn, task);
    return new Promise<Value>((resolve, reject) => {
      const { signal, deadline } = limits ?? {};
      const giveUp = (error: Error) => {
        endWaiting();
        reject(error);
        // Its turn still has to come and go: the turns behind it also wait for those ahead of it.
        turn.start = () => void this.runNow(keys, turn, async () => undefined);
      };
      const uncancellable =
        limits && signal && !signal.aborted ? onCancel(signal, () => giveUp(limits.cancelled())) : undefined;
      const endWaiting = () => {
        uncancellable?.();
        if (turn.deadline) this.withDeadline.delete(turn);
      };
      turn.start = () => {
        endWaiting();
        void this.runNow(keys, turn, task).then(resolve, reject);
      };
      if (!limits) return;
      if (signal?.aborted) giveUp(limits.cancelled());
      else if (deadline !== undefined) {
        turn.deadline = { at: deadline, giveUp: (turnComes) => giveUp(limits.tooLate(turnComes)) };
        this.withDeadline.add(turn);
        this.earliestDeadline = Math.min(this.earliestDeadline, deadline);
      }
    });
  }

  private async runNow<Value>(keys: Keys, turn: Turn, task: Task<Value>): Promise<Value> {
    try {
      return await task((until) => this.hold(turn, until));
    } finally {
      if (keys !== ALL_KEYS) {
        for (const key of keys) if (this.newest.get(key) === turn) this.newest.delete(key);
      } else if (this.newestOfAll === turn) this.newestOfAll = undefined;
      for (const follower of turn.followers) {
        follower.ahead -= 1;
        if (follower.ahead === 0) follower.start?.();
      }
    }
  }

  /** The turns behind one that is held up give up if that is too long for them. */
  private hold(held: Turn, until: number): void {
    if (until <= this.earliestDeadline) return;
    const behind = new Set(held.followers);
    for (const turn of behind) {
      for (const follower of turn.followers) behind.add(follower);
      if (this.withDeadline.has(turn) && turn.deadline && turn.deadline.at < until) turn.deadline.giveUp(until);
    }
    // All of them are looked through only when one gave up, or has started meanwhile.
    this.earliestDeadline = Infinity;
    for (const { deadline } of this.withDeadline)
      this.earliestDeadline = Math.min(this.earliestDeadline, deadline?.at ?? Infinity);
  }
}

function follow(earlier: Turn, turn: Turn): void {
  // Keys of one task often have the same task ahead of them.
  if (earlier === turn || earlier.followers.at(-1) === turn) return;
  if (earlier.followers === NO_FOLLOWERS) earlier.followers = [turn];
  else earlier.followers.push(turn);
  turn.ahead += 1;
}
