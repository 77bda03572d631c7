import type { z } from 'zod/v4';

import type { Wording } from '../outcome/wording';
import { byteLength, fitsBytes, formatBytes } from './bytes';

/** What `check` callbacks put into an issue so that it can be said in both languages. */
export interface IssueParams {
  readonly wording: Wording;
  readonly limit?: number;
  readonly actual?: number;
}

/** What zod hands to a check, as far as it is used. */
export interface CheckContext {
  readonly value: unknown;
  readonly issues: z.core.$ZodRawIssue[];
}

/** Adds an issue that can be said in both languages. */
export function report(context: CheckContext, params: IssueParams): void {
  context.issues.push({ code: 'custom', input: context.value, message: params.wording.en, params: { ...params } });
}

/** @param limit bytes of UTF-8 */
export function checkBytes(context: CheckContext & { readonly value: string }, limit: number): void {
  if (fitsBytes(context.value, limit)) return;
  const actual = byteLength(context.value);
  const [is, fit] = [formatBytes(actual), formatBytes(limit)];
  report(context, {
    wording: {
      en: `is ${is.en} long, but at most ${fit.en} fit (a Chinese character counts 3)`,
      zh: `长度为 ${is.zh}，最多 ${fit.zh}（一个汉字占 3 字节）`,
    },
    limit,
    actual,
  });
}

/** Characters as people count them: code points. */
export function checkCharacters(context: CheckContext & { readonly value: string }, min: number, max: number): void {
  const actual = [...context.value].length;
  if (actual >= min && actual <= max) return;
  const wording =
    actual > max
      ? { en: `has ${actual} characters, but at most ${max} fit`, zh: `有 ${actual} 个字符，最多 ${max} 个` }
      : { en: `has ${actual} characters, but needs at least ${min}`, zh: `有 ${actual} 个字符，至少需要 ${min} 个` };
  report(context, { wording, limit: actual > max ? max : min, actual });
}

/** What every receiver gets past: lone surrogates and NUL become U+FFFD. */
export function wellFormed(value: string): string {
  const text = value.toWellFormed();
  // Looking first is cheaper, and hardly any text has one.
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
