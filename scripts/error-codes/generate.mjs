// Writes core/outcome/error-codes.generated.ts from two sources:
//   facts   code, kind and retry class of every WeCom error code (first argument)
//   advice  our own sentences, advice.json beside this script
//
//   node scripts/error-codes/generate.mjs [facts.json]           write the file
//   node scripts/error-codes/generate.mjs [facts.json] --check   fail if the file is not up to date

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The day on which the official table behind the facts file was read. */
const TABLE_CRAWLED = '2026-07-26';

const KINDS = ['argument', 'config', 'media', 'permission', 'rate', 'recipient', 'system', 'token'];
const RETRIES = ['none', 'backoff', 'refresh_token'];
const LANGUAGES = ['en', 'zh'];
const MAX_TITLE_CHARACTERS = 60;

const root = fileURLToPath(new URL('../..', import.meta.url));
const adviceFile = fileURLToPath(new URL('advice.json', import.meta.url));
const outputFile = resolve(root, 'core/outcome/error-codes.generated.ts');

const args = process.argv.slice(2);
const check = args.includes('--check');
const factsFile = resolve(args.find((arg) => !arg.startsWith('--')) ?? resolve(root, '../shared/wecom-errcodes.json'));

if (!existsSync(factsFile)) {
  stop([`facts file ${basename(factsFile)} not found; name it as the first argument`]);
}

const facts = readJson(factsFile);
const advice = readJson(adviceFile);

const problems = [...problemsOfFacts(facts), ...problemsOfAdvice(facts, advice)];
if (problems.length > 0) {
  stop(problems);
}

const written = existsSync(outputFile) ? readFileSync(outputFile, 'utf8') : '';
const generated = source(facts, advice, new Date().toISOString().slice(0, 10));
const upToDate = withoutDate(written) === withoutDate(generated);

if (check && !upToDate) {
  stop(['core/outcome/error-codes.generated.ts is not up to date; run node scripts/error-codes/generate.mjs']);
}
// A file that differs in nothing but the date keeps its date, so that a second run changes nothing.
if (!check && !upToDate) {
  writeFileSync(outputFile, generated);
}
console.log(
  `core/outcome/error-codes.generated.ts: ${facts.length} codes, ${check || upToDate ? 'up to date' : 'written'}`,
);

function source(facts, advice, date) {
  const lines = [...facts]
    .sort((a, b) => a.code - b.code)
    .map((fact) => {
      const { en, zh } = advice[fact.code];
      const title = `title: { en: ${quote(en.title)}, zh: ${quote(zh.title)} }`;
      const hint = `advice: { en: ${quote(en.advice)}, zh: ${quote(zh.advice)} }`;
      const key = fact.code < 0 ? `'${fact.code}'` : fact.code;
      return `  ${key}: { ${title}, ${hint}, kind: '${fact.kind}', retry: '${fact.retry}' },`;
    });
  return [
    '// Generated file: do not edit. Change scripts/error-codes/advice.json and run',
    '//   node scripts/error-codes/generate.mjs',
    `// Codes, kinds and retry classes: ${basename(factsFile)}, official error code table as of ${TABLE_CRAWLED}.`,
    `// Generated on ${date}.`,
    '',
    "import type { ErrorCode } from './error-code';",
    '',
    `/** The ${facts.length} error codes WeCom documents, by errcode. */`,
    'export const errorCodes: Readonly<Record<number, ErrorCode>> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

function problemsOfFacts(facts) {
  const codes = facts.map((fact) => fact.code);
  return [
    ...codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => `${code}: twice in the facts`),
    ...codes.filter((code) => !Number.isInteger(code)).map((code) => `${code}: not an integer`),
    ...facts.filter((fact) => !KINDS.includes(fact.kind)).map((fact) => `${fact.code}: unknown kind ${fact.kind}`),
    ...facts.filter((fact) => !RETRIES.includes(fact.retry)).map((fact) => `${fact.code}: unknown retry ${fact.retry}`),
  ];
}

function problemsOfAdvice(facts, advice) {
  const known = new Set(facts.map((fact) => String(fact.code)));
  return [
    ...[...known].filter((code) => !(code in advice)).map((code) => `${code}: no advice`),
    ...Object.keys(advice)
      .filter((code) => !known.has(code))
      .map((code) => `${code}: advice for a code without facts`),
    ...Object.entries(advice).flatMap(([code, wording]) =>
      LANGUAGES.flatMap((language) =>
        problemsOfSentences(wording[language]).map((problem) => `${code} ${language}: ${problem}`),
      ),
    ),
  ];
}

function problemsOfSentences(sentences) {
  const { title = '', advice = '' } = sentences ?? {};
  return [
    ...(title.trim() === '' ? ['title is empty'] : []),
    ...(advice.trim() === '' ? ['advice is empty'] : []),
    ...([...title].length > MAX_TITLE_CHARACTERS ? [`title is longer than ${MAX_TITLE_CHARACTERS} characters`] : []),
    ...(/[.。]$/.test(title) ? ['title ends with a full stop'] : []),
    ...(advice !== '' && !/[.。]$/.test(advice) ? ['advice does not end with a full stop'] : []),
  ];
}

function quote(text) {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function withoutDate(text) {
  return text.replace(/^\/\/ Generated on .*$/m, '');
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function stop(problems) {
  console.error(problems.join('\n'));
  process.exit(1);
}
