import { readLineStart } from './blocks';
import type { Markup, Reading, Syntax } from './reading';
import { fits, isMarkdown, keepWhole, matchAt } from './reading';

const SIGNS: Readonly<Record<Syntax, string>> = {
  text: '[hH]ttps?://|[<$]',
  html: '[hH]ttps?://|[<$&]',
  markdown: '[hH]ttps?://|[<$`\\[\\]\\n]|\\*\\*+',
  markdown_v2: '[hH]ttps?://|[<$`\\[\\]\\n]|\\*\\*+',
};

/** Section 2.11: WeCom puts names in their places. */
const PLACEHOLDER =
  /\$(?:userName|departmentName|userAlias|userAliasOrName|chatName|msgContent|externalUserName)=[^$\n]+\$/y;
const ENTITY = /&(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[\da-f]{1,6});/iy;
const TAG_NAME = /<(\/?)([a-z][a-z0-9-]*)/iy;
const NOT_IN_URL = new Set(Array.from('<>"`[]', (character) => character.charCodeAt(0)));
const STAR = 0x2a;
const VOID_TAGS = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

/**
 * Reads the text once from left to right; every search is bounded by what stops it or remembered, so that no text takes
 * more than linear time.
 */
export function readMarkup(text: string, syntax: Syntax, maxBytes: number): Markup {
  const reading: Reading = {
    text,
    syntax,
    maxBytes,
    atoms: [],
    marks: [],
    brackets: [],
    bold: undefined,
    table: undefined,
    linkEnd: 0,
  };
  const signs = new RegExp(SIGNS[syntax], 'g');
  signs.lastIndex = isMarkdown(syntax) ? readLineStart(reading, 0) : 0;
  for (let found = signs.exec(text); found; found = signs.exec(text))
    signs.lastIndex = readSign(reading, found.index, found[0]);
  return { atoms: reading.atoms, marks: reading.marks };
}

/** Each reader answers where reading goes on. */
function readSign(reading: Reading, at: number, sign: string): number {
  switch (sign[0]) {
    case '<':
      return readTag(reading, at);
    case '$':
      return readPattern(reading, at, PLACEHOLDER);
    case '&':
      return readPattern(reading, at, ENTITY);
    case '`':
      return readCode(reading, at);
    case '*':
      return readStars(reading, at, sign.length);
    case '[':
      reading.brackets.push(at);
      return at + 1;
    case ']':
      return readLink(reading, at);
    case '\n':
      return readLineStart(reading, at + 1);
    default:
      return readUrl(reading, at, sign.length);
  }
}

function readPattern(reading: Reading, at: number, pattern: RegExp): number {
  const length = matchAt(pattern, reading.text, at)?.[0].length;
  return length !== undefined && keepWhole(reading, at, at + length) ? at + length : at + 1;
}

function readUrl(reading: Reading, at: number, schemeLength: number): number {
  let end = at + schemeLength;
  while (isUrlCharacter(reading.text.charCodeAt(end), reading.syntax)) end += 1;
  keepWhole(reading, at, end);
  return end;
}

/** Chinese text follows an address without a blank, so only ASCII belongs to it. */
function isUrlCharacter(code: number, syntax: Syntax): boolean {
  return code > 0x20 && code < 0x7f && !NOT_IN_URL.has(code) && !(code === STAR && isMarkdown(syntax));
}

function readTag(reading: Reading, at: number): number {
  const { text, syntax } = reading;
  const end = tagEnd(text, at);
  if (end === -1) return at + 1;
  const [, slash, spelled] = matchAt(TAG_NAME, text, at) ?? [];
  const name = spelled?.toLowerCase();
  if (name === 'a' && slash === '' && !isMarkdown(syntax) && keepWhole(reading, at, nextLinkEnd(reading, end)))
    return reading.linkEnd;
  if (!keepWhole(reading, at, end)) return at + 1;
  if (name === undefined) return end;
  const goesOn =
    syntax === 'html' ? !VOID_TAGS.has(name) && text[end - 2] !== '/' : syntax === 'markdown' && name === 'font';
  if (goesOn)
    reading.marks.push({
      from: at,
      to: end,
      name,
      opens: slash === '',
      opening: text.slice(at, end),
      closing: `</${name}>`,
      counts: true,
    });
  return end;
}

function tagEnd(text: string, at: number): number {
  if (!startsTag(text.charCodeAt(at + 1))) return -1;
  for (let index = at + 2; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x3e) return index + 1;
    // The next "<" ends the search: each character is looked at once, however many "<" there are.
    if (code === 0x3c) return -1;
  }
  return -1;
}

/** A letter, or one of `/`, `!` and the `@` of a mention: what else follows a "<" compares. */
function startsTag(code: number): boolean {
  return (code >= 0x40 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2f || code === 0x21;
}

/** Behind the next `</a>`; Infinity without one. */
function nextLinkEnd(reading: Reading, from: number): number {
  if (reading.linkEnd < from) {
    const pattern = /<\/a>/gi;
    pattern.lastIndex = from;
    reading.linkEnd = pattern.test(reading.text) ? pattern.lastIndex : Infinity;
  }
  return reading.linkEnd;
}

/**
 * Inline code ends with as many backticks as it began with, on the same line (section 2.9). What is in it is no markup.
 */
function readCode(reading: Reading, at: number): number {
  const { text } = reading;
  const begin = endOfRun(text, at);
  for (let index = begin; index < at + reading.maxBytes && text.charCodeAt(index) !== 0x0a; index += 1) {
    if (text.charCodeAt(index) !== 0x60) continue;
    const end = endOfRun(text, index);
    if (end - index === begin - at) {
      keepWhole(reading, at, end);
      return end;
    }
    index = end - 1;
  }
  return begin;
}

/** `**`, or `***` for bold italics; more stars are a drawn line. */
function readStars(reading: Reading, at: number, length: number): number {
  const end = at + length;
  if (length > 3) return end;
  keepWhole(reading, at, end);
  const { bold, text } = reading;
  const stars = '*'.repeat(length);
  const mark = { from: at, to: end, name: '**', opening: stars, closing: stars };
  if (bold && length >= bold.opening.length && /\S/.test(text.charAt(at - 1))) {
    bold.counts = true;
    reading.bold = undefined;
    reading.marks.push({ ...mark, opens: false, counts: true });
  } else if (!bold && /\S/.test(text.charAt(end))) {
    reading.bold = { ...mark, opens: true, counts: false };
    reading.marks.push(reading.bold);
  }
  return end;
}

/** `[label](target)` and `![alt](target)`, with the `[` that belongs to this `]`. */
function readLink(reading: Reading, at: number): number {
  const opener = reading.brackets.pop();
  if (opener === undefined) return at + 1;
  const from = reading.text[opener - 1] === '!' ? opener - 1 : opener;
  const end = targetEnd(reading.text, at + 1, reading.maxBytes);
  if (end === -1 || !fits(reading, from, end)) return at + 1;
  while ((reading.atoms.at(-1)?.to ?? 0) > from) reading.atoms.pop();
  reading.atoms.push({ from, to: end });
  return end;
}

/** Behind the `)` of a target, which may hold one pair of brackets of its own; -1 without one on this line. */
function targetEnd(text: string, at: number, maxLength: number): number {
  if (text.charCodeAt(at) !== 0x28) return -1;
  let inner = false;
  for (let index = at + 1; index < at + maxLength; index += 1) {
    const character = text[index];
    if (character === '\n' || (character === '(' && inner)) return -1;
    if (character === '(') inner = true;
    else if (character === ')' && inner) inner = false;
    else if (character === ')') return index + 1;
  }
  return -1;
}

function endOfRun(text: string, at: number): number {
  let end = at + 1;
  while (text.charCodeAt(end) === 0x60) end += 1;
  return end;
}
