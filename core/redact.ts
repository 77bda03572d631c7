/**
 * Access tokens and secrets travel in query strings, so any text that quotes a URL leaks them.
 * Everything that reaches a person, a log or an item goes through here first.
 */
const CARRIERS = /\b(access_token|corpsecret|secret|key)=[^&\s"'<>)]+/gi;

/** Shorter ones are no secrets of WeCom, but somebody may have typed one: inside of words they must not make texts unreadable. */
const SURELY_NO_WORD = 6;

function standingAlone(secret: string): RegExp {
  return new RegExp(`(?<![\\w'])${secret.replace(/[^\w]/g, '\\$&')}(?![\\w'])`, 'g');
}

/** `text` without the given secrets and without the values of query parameters that carry one. */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (!secret) continue;
    if (secret.length < SURELY_NO_WORD) clean = clean.replace(standingAlone(secret), '***');
    else clean = clean.split(secret).join('***').split(encodeURIComponent(secret.toWellFormed())).join('***');
  }
  return clean.replace(CARRIERS, '$1=***');
}
