import { errorCodes } from './error-codes.generated';
import type { ErrorCode } from './error-code';

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
