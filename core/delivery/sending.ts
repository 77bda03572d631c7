import type { Pace, RateName } from './pace';

/** What happens with a message that would exceed a rate: it waits, it fails, or nobody minds. */
export type RateMode = 'wait' | 'fail' | 'off';

/** A message that has to wait. */
export interface Wait {
  /** A rate of WeCom, a pause that WeCom imposed (45009), or the next try of a call that failed. */
  readonly reason: RateName | 'pause' | 'retry';
  /** Milliseconds, as far as can be told. */
  readonly ms: number;
}

/** How one message is sent, beside what is sent. */
export interface Sending {
  /** The rate that the message has to keep; absent for what only prepares it, such as an upload. */
  readonly pace?: Pace;
  readonly rates: RateMode;
  /** Monotonic milliseconds: what a rate or a pause would hold back for longer than until then fails instead. */
  readonly waitsUntil?: number;
  /** At most so many calls of the app or robot, of those that are to be as many or fewer, are open side by side. */
  readonly atOnce: number;
  /** For so many milliseconds WeCom drops what it has had before (enable_duplicate_check), so that a repetition does no harm. */
  readonly repeatableMs?: number;
  readonly onWait?: (wait: Wait) => void;
  /** Hears when a request goes out; until it has ended the message no longer waits. */
  readonly onBegin?: () => void;
}
