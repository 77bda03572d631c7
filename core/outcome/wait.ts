/** A rate of WeCom that a message has to keep: of one member, of a group robot, or of the group chats of a company. */
export type RateName = 'member' | 'robot' | 'chat';

/** What happens with a message that would exceed a rate: it waits, it fails, or nobody minds. */
export type RateMode = 'wait' | 'fail' | 'off';

/** A message that has to wait. */
export interface Wait {
  /** A rate of WeCom, a pause that WeCom imposed (45009), or the next try of a call that failed. */
  readonly reason: RateName | 'pause' | 'retry';
  /** Milliseconds, as far as can be told. */
  readonly ms: number;
  /** Of a retry: how often the call was made already. */
  readonly tries?: number;
  /** Of a retry: what went wrong, as WeCom's error code or such as `ECONNREFUSED`. */
  readonly code?: string | number;
}
