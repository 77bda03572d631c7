/** Cuts after `bytes` UTF-8 bytes, as WeCom does: a character that does not fit is cut through and shows as U+FFFD. */
export function truncateBytes(text: string, bytes: number): string {
  // A UTF-16 unit is at most three bytes, so short texts need no counting.
  if (text.length * 3 <= bytes) return text;
  const encoded = Buffer.from(text, 'utf8');
  return encoded.length <= bytes ? text : encoded.subarray(0, bytes).toString('utf8');
}

/** Cuts after `characters` characters (文字), never through one. */
export function truncateCharacters(text: string, characters: number): string {
  return [...text].slice(0, characters).join('');
}
