/**
 * Access tokens and secrets travel in query strings, so any text that quotes a URL leaks them.
 * Everything that reaches a person, a log or an item goes through here first.
 */
const CARRIERS = /\b(access_token|corpsecret|secret|key)=[^&\s"'<>)]+/gi;

/** `text` without the given secrets and without the values of query parameters that carry one. */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (!secret) continue;
    clean = clean.split(secret).join('***').split(encodeURIComponent(secret)).join('***');
  }
  return clean.replace(CARRIERS, '$1=***');
}
