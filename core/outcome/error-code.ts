import type { Wording } from './wording';

/** What an error is about, so that a host can point at the right place: the credentials, the recipients, the file … */
export type ErrorKind =
  'argument' | 'config' | 'media' | 'permission' | 'rate' | 'recipient' | 'system' | 'token' | 'unknown';

/**
 * Whether the same call may be sent again.
 * `none`: not unchanged. `backoff`: a few times, with growing pauses. `refresh_token`: once, with a new access token.
 */
export type RetryAdvice = 'none' | 'backoff' | 'refresh_token';

/** An error code of WeCom in plain words. */
export interface ErrorCode {
  /** What happened; at most 60 characters, no full stop. */
  readonly title: Wording;
  /** What to do next. */
  readonly advice: Wording;
  readonly kind: ErrorKind;
  readonly retry: RetryAdvice;
}
