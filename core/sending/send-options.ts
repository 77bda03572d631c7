import { WecomInputError } from '../outcome/errors';
import type { InputIssue } from '../outcome/errors';
import type { SendReply } from '../outcome/result';
import type { RateMode, Wait } from '../outcome/wait';

/** What of a message was sent already. Plain JSON, so that a host can keep it where it keeps its own data. */
export interface Progress {
  /** One entry for each request that WeCom took. */
  sent: { readonly key: string; readonly reply: SendReply }[];
}

/** How one message is sent. */
export interface SendOptions {
  /**
   * Ends waits and calls with WecomNetworkError `ABORT_ERR`; its `delivery` says whether the message may have arrived.
   */
  readonly signal?: AbortSignal;
  /** What happens when the message would exceed a rate of WeCom; it waits if absent. */
  readonly rates?: RateMode;
  /**
   * How long the message may wait for rates and pauses, milliseconds; an hour for each wait if absent. It counts from
   * the call of `send`, so all waits of the message count together, and so does the time it spends behind earlier
   * messages to the same recipients or for a place beside other calls. What would wait beyond it fails with
   * WecomRateError as soon as that is known, and is not sent; what is held up by slow answers fails when its turn comes
   * too late. Of a message of several requests `delivered` tells what went out before. Waiting for the next try after a
   * failure is not bounded by it, and 0 stands for no waiting at all.
   */
  readonly longestWaitMs?: number;
  /**
   * At most so many calls of the app or robot, of those that are to be as many or fewer, are open side by side; 64 if
   * absent. Fewer are while WeCom is slow or complains: it begins with 8 and tries more as long as answers come quickly.
   */
  readonly atOnce?: number;
  /** Hears of every time the message has to wait. */
  readonly onWait?: (wait: Wait) => void;
  /** Hears of every request that goes out; before the first of them the message waits for its turn. */
  readonly onBegin?: () => void;
  /**
   * Filled while the message is sent. Handed in again with the same message, only what is missing is sent:
   * a message may need several requests, and one of them may fail.
   */
  readonly progress?: Progress;
}

/** @throws WecomInputError naming every option that would make a message wait for ever */
export function checkOptions({ atOnce, longestWaitMs }: SendOptions): void {
  const issues: InputIssue[] = [];
  if (atOnce !== undefined && !(Number.isSafeInteger(atOnce) && atOnce >= 1)) {
    issues.push({
      path: 'atOnce',
      message: {
        en: `must be a whole number from 1, but is ${String(atOnce)}`,
        zh: `必须是不小于 1 的整数，但实际为 ${String(atOnce)}`,
      },
    });
  }
  if (longestWaitMs !== undefined && !(longestWaitMs >= 0)) {
    issues.push({
      path: 'longestWaitMs',
      message: {
        en: `must be a number of milliseconds from 0, but is ${String(longestWaitMs)}`,
        zh: `必须是不小于 0 的毫秒数，但实际为 ${String(longestWaitMs)}`,
      },
    });
  }
  if (issues.length > 0) throw new WecomInputError(issues);
}
