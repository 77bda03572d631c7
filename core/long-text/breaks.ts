import { graphemeStart, isPlain } from './grapheme';
import type { Atom } from './reading';

/** The kinds of places to cut at, best first. */
const PARAGRAPH = 0;
const LINE = 1;
const SENTENCE = 2;
/** A blank, or a Chinese comma */
const WORD = 3;
/** Chinese writes no blanks between words: one character is as good as another. */
const IDEOGRAPH = 4;

/**
 * So many places may turn out to be within grapheme clusters before only plain ones are asked: blanks with accents are
 * rare, but not in attacks.
 */
const MOST_REFUSED = 8;

const codes = (characters: string): ReadonlySet<number> =>
  new Set(Array.from(characters, (character) => character.charCodeAt(0)));
const CHINESE_PAUSES = codes('，、：');
/** What ends a sentence, and what may stand between that end and a cut. */
interface Enders {
  readonly ends: ReadonlySet<number>;
  readonly closers: ReadonlySet<number>;
}
/** No blank has to follow. */
const CHINESE: Enders = { ends: codes('。！？…；'), closers: codes('”’」』》〉）】〕') };
const BEFORE_BLANK: Enders = { ends: codes('。！？…；.!?;'), closers: codes('”’」』》〉）】〕"\')]}*') };
/** A straight quote may begin the next sentence or end this one: no cut beside it. */
const NOT_AFTER_SENTENCE = codes('。！？…；”’」』》〉）】〕"\'');
/** 避头尾: what Chinese typesetting keeps away from the start and from the end of a line. */
const NOT_FIRST = codes('，。、；：？！…—·～”’」』》〉）】〕,.;:?!)]}%"\'');
const NOT_LAST = codes('“‘「『《〈（【〔([{"\'');

/** White space that a line may be broken at: blank, ideographic blank, tab and line breaks. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x3000;
}

/** The room of the next slice, as places in the text. */
interface Room {
  readonly start: number;
  /** Where half of the bytes are */
  readonly half: number;
  readonly end: number;
}

/**
 * Where to cut `text` from `start` on when no more than up to `end` fits in: behind a paragraph, else a line, a
 * sentence, a word or a Chinese character, else between graphemes, and never in an atom.
 *
 * A better kind of cut wins only when at least half of the room is used: a first line of two words would
 * otherwise become a message of its own before every long paragraph. When the last half has no place at all, the half
 * before it is asked, and so on: a short message is still better than a torn word.
 */
export function findBreak(text: string, atoms: readonly Atom[], { start, half, end }: Room): number {
  const best: (number | undefined)[] = [];
  let refused = 0;
  const offer = (kind: number, cut: number): void => {
    if (best[kind] !== undefined || (refused >= MOST_REFUSED && !isPlain(text.charCodeAt(cut)))) return;
    if (isSafe(text, atoms, start, cut)) best[kind] = cut;
    else refused += 1;
  };
  let floor = half;
  let index = lastBefore(atoms, end);
  for (let position = end; position > start && best[PARAGRAPH] === undefined; position -= 1) {
    while (position < floor) {
      const found = first(best);
      if (found !== undefined) return found;
      floor = start + ((floor - start) >> 1);
    }
    while (index >= 0 && (atoms[index] as Atom).from >= position) index -= 1;
    const atom = atoms[index];
    if (atom && atom.to > position) {
      position = Math.max(atom.from, start) + 1;
      continue;
    }
    const after = text.charCodeAt(position);
    if (isBlank(after)) {
      const from = blanksBefore(text, position, start);
      const to = blanksAfter(text, position);
      // Nothing but blanks: no message, so it may be as long as it is.
      if (from === start && position === end) return to;
      if (from > start) {
        const lineBreak = text.slice(from, to).lastIndexOf('\n');
        // The blanks behind the last line break indent the next line.
        offer(kindOfBlanks(text, start, from, lineBreak), lineBreak === -1 ? to : from + lineBreak + 1);
      }
      position = from;
      continue;
    }
    const before = text.charCodeAt(position - 1);
    if (
      best[SENTENCE] === undefined &&
      before > 0x7f &&
      !NOT_AFTER_SENTENCE.has(after) &&
      endsSentence(text, position, start, CHINESE)
    )
      offer(SENTENCE, position);
    else if (best[WORD] === undefined && CHINESE_PAUSES.has(before) && !NOT_FIRST.has(after)) offer(WORD, position);
    if (
      best[IDEOGRAPH] === undefined &&
      (isIdeograph(before) || isIdeograph(after)) &&
      isPlain(before) &&
      !NOT_LAST.has(before) &&
      !NOT_FIRST.has(after)
    )
      offer(IDEOGRAPH, position);
  }
  return first(best) ?? lastSafe(text, atoms, start, end);
}

function first(best: readonly (number | undefined)[]): number | undefined {
  return best.find((cut) => cut !== undefined);
}

/**
 * The kind of cut that white space from `from` on gives: it depends on its line breaks, and on what stands before it.
 *
 * @param lineBreak how far behind `from` its last line break is; -1 if it has none
 */
function kindOfBlanks(text: string, start: number, from: number, lineBreak: number): number {
  if (lineBreak === -1) return endsSentence(text, from, start, BEFORE_BLANK) ? SENTENCE : WORD;
  return text.slice(from, from + lineBreak).includes('\n') ? PARAGRAPH : LINE;
}

/**
 * Behind the line breaks at `position`, if only blanks stand before them: no message has to begin with a blank line.
 */
export function afterLineBreaks(text: string, position: number): number {
  return position + text.slice(position, blanksAfter(text, position)).lastIndexOf('\n') + 1;
}

/**
 * The last place up to `end` that is neither in an atom nor in a grapheme cluster. Only what alone is longer than the
 * room is cut itself: an atom between graphemes, a grapheme cluster between characters.
 */
export function lastSafe(text: string, atoms: readonly Atom[], start: number, end: number): number {
  let position = end;
  for (;;) {
    const outside = Math.max(atomAround(atoms, position)?.from ?? position, start);
    const safe = graphemeStart(text, outside, start);
    if (safe <= start) break;
    if (safe === position) return safe;
    position = safe;
  }
  const safe = graphemeStart(text, end, start);
  return safe > start ? safe : end;
}

/** Whether a cut here would tear neither an atom nor a grapheme cluster. */
export function isSafe(text: string, atoms: readonly Atom[], start: number, position: number): boolean {
  return !atomAround(atoms, position) && graphemeStart(text, position, start) === position;
}

function atomAround(atoms: readonly Atom[], position: number): Atom | undefined {
  const atom = atoms[lastBefore(atoms, position)];
  return atom && atom.to > position ? atom : undefined;
}

/** Index of the last piece that begins before the position, or -1. */
export function lastBefore(pieces: readonly Atom[], position: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Atom).from < position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function endsSentence(text: string, position: number, start: number, { ends, closers }: Enders): boolean {
  let at = position - 1;
  while (at > position - 5 && closers.has(text.charCodeAt(at))) at -= 1;
  return at >= start && ends.has(text.charCodeAt(at));
}

function blanksBefore(text: string, position: number, start: number): number {
  let from = position;
  while (from > start && isBlank(text.charCodeAt(from - 1))) from -= 1;
  return from;
}

function blanksAfter(text: string, position: number): number {
  let to = position;
  while (isBlank(text.charCodeAt(to))) to += 1;
  return to;
}

/** Chinese, Japanese and their punctuation; words of these scripts are not set apart by blanks. */
function isIdeograph(code: number): boolean {
  return (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60);
}
