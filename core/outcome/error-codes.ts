import { errorCodes } from './error-codes.generated';
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

/**
 * What an `errcode` of WeCom means and what to do about it.
 * A code that is not in the table gets an entry that says so and names WeCom's own page about it.
 */
export function lookUpErrorCode(errcode: number): ErrorCode {
  const known: ErrorCode | undefined = errorCodes[errcode];
  return known ?? unknownErrorCode(errcode);
}

function unknownErrorCode(errcode: number): ErrorCode {
  const page = `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return {
    title: {
      en: `WeCom answered with error ${errcode}`,
      zh: `企业微信返回错误 ${errcode}`,
    },
    advice: {
      en: `This code is not in our table. Read the original error text and look the code up: ${page}`,
      zh: `本地错误码表中没有这个错误码，请查看原始错误信息，并在 ${page} 查询。`,
    },
    kind: 'unknown',
    retry: 'none',
  };
}
