/**
 * Writes core/outcome/error-codes.generated.ts from error-codes.json beside this script, where each code has its
 * official meaning, its kind, whether a repetition helps, and our sentences in English and Chinese.
 * A part of `npm run docs`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The day on which the official table was read. */
const TABLE_AS_OF = '2026-07-26';

const KINDS = ['argument', 'config', 'media', 'permission', 'rate', 'recipient', 'system', 'token'];
const RETRIES = ['none', 'backoff', 'refresh_token'];
const LANGUAGES = ['en', 'zh'];
const MAX_TITLE_CHARACTERS = 60;

/** The name of the generated file, from the top of the repository. */
export const ERROR_CODES_FILE = 'core/outcome/error-codes.generated.ts';

/** @returns {Record<string, object>} what error-codes.json says, by code */
export function errorCodeFacts() {
  return JSON.parse(readFileSync(fileURLToPath(new URL('error-codes.json', import.meta.url)), 'utf8'));
}

/**
 * @param {Record<string, object>} facts
 * @returns {string[]} a sentence for everything that has to be mended in error-codes.json; empty when it is in order
 */
export function problemsOf(facts) {
  return Object.entries(facts).flatMap(([code, entry]) =>
    [
      ...(/^-?\d+$/.test(code) ? [] : ['the code is no whole number']),
      ...LANGUAGES.filter((language) => !entry.meaning?.[language]?.trim()).map(
        (language) => `meaning.${language} is missing: write what the official table says`,
      ),
      ...(KINDS.includes(entry.kind) ? [] : [`kind is ${entry.kind}: use one of ${KINDS.join(', ')}`]),
      ...(RETRIES.includes(entry.retry) ? [] : [`retry is ${entry.retry}: use one of ${RETRIES.join(', ')}`]),
      ...LANGUAGES.flatMap((language) => problemsOfSentences(language, entry[language])),
    ].map((problem) => `scripts/error-codes/error-codes.json, ${code}: ${problem}`),
  );
}

function problemsOfSentences(language, { title = '', advice = '' } = {}) {
  return [
    ...(title.trim() === '' ? ['title is empty'] : []),
    ...(advice.trim() === '' ? ['advice is empty'] : []),
    ...([...title].length > MAX_TITLE_CHARACTERS ? [`title is longer than ${MAX_TITLE_CHARACTERS} characters`] : []),
    ...(/[.。]$/.test(title) ? ['title ends with a full stop'] : []),
    ...(advice !== '' && !/[.。]$/.test(advice) ? ['advice does not end with a full stop'] : []),
  ].map((problem) => `${language}.${problem}`);
}

/** @returns {string} the text of ERROR_CODES_FILE */
export function errorCodesSource(facts) {
  const entries = Object.entries(facts).sort(([a], [b]) => Number(a) - Number(b));
  return [
    '// Generated file: do not edit. Change scripts/error-codes/error-codes.json and run "npm run docs".',
    `// Codes, kinds and retry classes: the official error code table as of ${TABLE_AS_OF}.`,
    '',
    "import type { ErrorCode } from './error-code';",
    '',
    `/** The ${entries.length} error codes WeCom documents, by errcode. */`,
    'export const errorCodes: Readonly<Record<number, ErrorCode>> = {',
    ...entries.map(([code, { kind, retry, en, zh }]) => {
      const title = `title: { en: ${quote(en.title)}, zh: ${quote(zh.title)} }`;
      const advice = `advice: { en: ${quote(en.advice)}, zh: ${quote(zh.advice)} }`;
      return `  ${Number(code) < 0 ? `'${code}'` : code}: { ${title}, ${advice}, kind: '${kind}', retry: '${retry}' },`;
    }),
    '};',
    '',
  ].join('\n');
}

function quote(text) {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
