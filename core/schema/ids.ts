// People paste lists from tables, chats and the Chinese keyboard: every usual separator counts.
const SEPARATORS = /[\s|,;，；、]+/u;

// Section 0 of the API facts allows letters, digits, "-", "_" and "."; accounts made from e-mail addresses carry "@" as
// well, but none begins with it. WeCom reports unknown ids itself, so the wider set loses nothing.
const USER_ID = /^(?!@)[0-9A-Za-z_.@-]{1,64}$/;
const MAX_NUMERIC_ID = 2 ** 32 - 1;

/** Whether it can be the account of a member; names of people are none. */
export function isUserId(text: string): boolean {
  return USER_ID.test(text);
}

/** Whether it can be the ID of a department or a tag. */
export function isNumericId(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_NUMERIC_ID;
}

/** The ids in a text, a number or a list of them, without duplicates. */
export function splitIds(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((entry) => splitIds(entry)))];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = String(value);
  // Mostly it is one, and looking costs less than dividing.
  if (text !== '' && !SEPARATORS.test(text)) return [text];
  return [...new Set(text.split(SEPARATORS).filter((id) => id !== ''))];
}
