import type { Endpoint } from '../api/endpoints';
import type { Payload, Reply } from '../api/exchange';
import type { Wait, RateMode } from '../outcome/wait';
import type { Pace } from './pace';

/** How one message is sent, beside what is sent. */
export interface Sending {
  /** The rate that the message has to keep; absent for what only prepares it, such as an upload. */
  readonly pace?: Pace;
  readonly rates: RateMode;
  /** Monotonic milliseconds: what a rate or a pause would hold back for longer than until then fails instead. */
  readonly waitsUntil?: number | undefined;
  /** At most so many calls of the app or robot, of those that are to be as many or fewer, are open side by side. */
  readonly atOnce: number;
  /** For so many milliseconds WeCom drops what it has had before (enable_duplicate_check), so that a repetition does no harm. */
  readonly repeatableMs?: number | undefined;
  readonly onWait?: ((wait: Wait) => void) | undefined;
  /** Hears when a request goes out; until it has ended the message no longer waits. */
  readonly onBegin?: (() => void) | undefined;
}

/** What a call sends that goes through the queue of its app or robot. */
export interface QueuedPayload extends Payload {
  /** Absent for what delivers nothing and is not held back. */
  readonly sending?: Sending;
}

/** A call that waits for its rate and its place, and is repeated where that does no harm. */
export type QueuedCall = (endpoint: Endpoint, payload?: QueuedPayload) => Promise<Reply>;
