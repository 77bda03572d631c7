import { Refusal } from '../errors';

/**
 * Checks an address members can tap or a picture WeCom shows.
 * @throws Refusal 40039 longer than 2048 bytes, 45034 without http:// or https://
 */
export function checkUrl(url: string): string {
  checkUrlLength(url);
  if (!hasScheme(url)) throw new Refusal(45034);
  return url;
}

/** @throws Refusal 40039 longer than 2048 bytes */
export function checkUrlLength(url: string): string {
  if (!fits(url)) throw new Refusal(40039);
  return url;
}

/** Whether `checkUrl` would let it pass, for whoever refuses it with a code of its own. */
export function isUrl(url: string): boolean {
  return fits(url) && hasScheme(url);
}

/** As `checkUrl`, for an address that may be left out; '' then. */
export function optionalUrl(url: string | undefined): string {
  return url ? checkUrl(url) : '';
}

function fits(url: string): boolean {
  return Buffer.byteLength(url) <= 2048;
}

function hasScheme(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
