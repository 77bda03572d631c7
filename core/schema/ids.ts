// People paste lists from tables, chats and the Chinese keyboard: every usual separator counts.
const SEPARATORS = /[\s|,;，；、]+/u;

/** The ids in a text, a number or a list of them, without duplicates. */
export function splitIds(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((entry) => splitIds(entry)))];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = String(value);
  // Mostly it is one, and looking costs less than dividing.
  if (text !== '' && !SEPARATORS.test(text)) return [text];
  return [...new Set(text.split(SEPARATORS).filter((id) => id !== ''))];
}
