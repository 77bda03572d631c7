import { Refusal } from '../errors';

/**
 * Checks an address members can tap or a picture WeCom shows.
 * @throws Refusal 40039 longer than 2048 bytes, 45034 without http:// or https://
 */
export function checkUrl(url: string): string {
  checkUrlLength(url);
  if (!/^https?:\/\//i.test(url)) throw new Refusal(45034);
  return url;
}

/** @throws Refusal 40039 longer than 2048 bytes */
export function checkUrlLength(url: string): string {
  if (Buffer.byteLength(url) > 2048) throw new Refusal(40039);
  return url;
}

/** As `checkUrl`, for an address that may be left out; '' then. */
export function optionalUrl(url: string | undefined): string {
  return url ? checkUrl(url) : '';
}
