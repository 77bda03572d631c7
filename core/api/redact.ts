/**
 * Access tokens and secrets travel in query strings, so any text that quotes a URL leaks them.
 * Everything that reaches a person, a log or an item goes through here first.
 */
const CARRIERS = /\b(access_token|corpsecret|secret|key)=[^&\s"'<>)]+/gi;

/** A proxy's login as HTTP carries it: gateways quote requests with all their headers. */
const BASIC_LOGIN = /\b(basic)(\s+|%20|\+)(?:[\w+/-]|%2[bf])+(?:=|%3d)*/gi;

/**
 * Shorter ones are no secrets of WeCom, but somebody may have typed one: inside of words they must not make texts
 * unreadable.
 */
const SURELY_NO_WORD = 6;

function standingAlone(secret: string): RegExp {
  return new RegExp(`(?<![\\w'])${secret.replace(/[^\w]/g, '\\$&')}(?![\\w'])`, 'g');
}

/**
 * How programs between here and WeCom write a secret when they quote a request: as it is, in addresses, forms, JSON and
 * headers.
 */
function spellings(secret: string): ReadonlySet<string> {
  const text = secret.toWellFormed();
  const bytes = Buffer.from(text);
  const inAddresses = [
    encodeURIComponent(text),
    encodeURI(text),
    new URLSearchParams([['', text]]).toString().slice(1),
  ];
  const inLowerCase = inAddresses.map((spelling) => spelling.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()));
  const base64 = bytes.toString('base64').split('=', 1).join('');
  const inJson = JSON.stringify(text).slice(1, -1);
  const ascii = inJson.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return new Set([
    secret,
    text,
    ...inAddresses,
    ...inLowerCase,
    inJson,
    ascii,
    base64,
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ]);
}

/**
 * `text` without the given secrets, in every usual spelling, without the login of a proxy, and without the values of
 * query parameters that carry a secret.
 */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (!secret) continue;
    if (secret.length < SURELY_NO_WORD) clean = clean.replace(standingAlone(secret), '***');
    else for (const spelling of spellings(secret)) clean = clean.split(spelling).join('***');
  }
  return clean.replace(CARRIERS, '$1=***').replace(BASIC_LOGIN, '$1$2***');
}
