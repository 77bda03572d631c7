/**
 * The room long-text: dividing and shortening without breaking markup. May import from delivery and what it may
 * import.
 */
import { byteLength, fitsBytes } from '../schema/bytes';
import { afterLineBreaks, findBreak, isBlank, isSafe, lastBefore, lastSafe } from './breaks';
import { lineMarkerAt } from './blocks';
import type { Context } from './context';
import { NO_CONTEXT, closing, contextAt, inlineOpening, isLineStart, opening, tableHeader, within } from './context';
import { readMarkup } from './markup';
import type { Source, Syntax } from './reading';
import { isMarkdown } from './reading';

export type { Syntax } from './reading';

export interface SplitOptions {
  /** Bytes of UTF-8 that one message may have; at least 16, or 32 with numbers */
  readonly maxBytes: number;
  readonly syntax: Syntax;
  /** Each part begins with a line "(2/5)", which counts as part of its bytes. */
  readonly numbered?: boolean;
}

export interface TruncateOptions {
  /** Bytes of UTF-8, the "…" included; at least 3 */
  readonly maxBytes: number;
  readonly syntax: Syntax;
}

const ELLIPSIS = '…';
/** Bytes an address may have in a message, by section 2.6, and as many for what is around it */
const LONGEST_LINK = 4096;
const MIN_BYTES = 16;
const MIN_BYTES_NUMBERED = 32;

/** One slice of the text and what is open at its two ends. */
interface Slice {
  readonly from: number;
  readonly to: number;
  readonly before: Context;
  /** Undefined at the end of the text, which stays as its author left it */
  readonly after: Context | undefined;
}

/**
 * The messages a long text is sent as: each at most `maxBytes` bytes of UTF-8. A text that fits comes back as the
 * only part, unchanged; so does one that has nothing to show. What a cut leaves open (a quote, bold, a colour, a code
 * block, a table) is closed in one part and begun again in the next; line breaks and blanks at the cuts are left out,
 * and so are parts that would show nothing, because WeCom refuses blank content (44004).
 *
 * @throws RangeError when `maxBytes` leaves no room for text.
 */
export function splitText(text: string, options: SplitOptions): string[] {
  const whole = text.toWellFormed();
  if (fitsBytes(whole, checked(options).maxBytes) || !/\S/.test(whole)) return [whole];
  const parts = divide(whole, options).flatMap((slice) => render(whole, slice, options.syntax));
  return options.numbered && parts.length > 1
    ? parts.map((part, index) => number(index + 1, parts.length) + part)
    : parts;
}

/**
 * Where the text is divided: one after the other, the slices are the text. They are what {@link splitText} makes its
 * parts of. Lone surrogates have become U+FFFD.
 *
 * @throws RangeError when `maxBytes` leaves no room for text.
 */
export function sliceText(text: string, options: SplitOptions): string[] {
  const whole = text.toWellFormed();
  if (fitsBytes(whole, checked(options).maxBytes) || !/\S/.test(whole)) return [whole];
  return divide(whole, options).map(({ from, to }) => whole.slice(from, to));
}

/**
 * As much of the text as fits into `maxBytes` bytes of UTF-8, then an end to what is open there, then "…". A text
 * that fits comes back unchanged.
 *
 * @throws RangeError when not even the "…" fits.
 */
export function truncateText(text: string, { maxBytes, syntax }: TruncateOptions): string {
  const whole = text.toWellFormed();
  if (!(maxBytes >= byteLength(ELLIPSIS)))
    throw new RangeError(`maxBytes must be at least ${byteLength(ELLIPSIS)}, but is ${maxBytes}`);
  if (fitsBytes(whole, maxBytes)) return whole;
  // Also a link that is longer than all of it is better left out than torn.
  const markup = readMarkup(whole, syntax, Math.max(maxBytes, LONGEST_LINK));
  // A code block ends with a line of its own.
  const budget = maxBytes - byteLength(`\n${ELLIPSIS}`);
  if (budget < 1) return ELLIPSIS;
  const { to, after } = takeSlice({ text: whole, syntax, markup }, START, budget, (end) =>
    lastSafe(whole, markup.atoms, 0, end),
  );
  const inCode = after.open.at(-1)?.name === 'fence';
  return `${whole.slice(0, contentEnd(whole, 0, to))}${closing(after)}${inCode ? '\n' : ''}${ELLIPSIS}`;
}

function checked(options: SplitOptions): SplitOptions {
  const least = options.numbered ? MIN_BYTES_NUMBERED : MIN_BYTES;
  if (!(options.maxBytes >= least))
    throw new RangeError(`maxBytes must be at least ${least}, but is ${options.maxBytes}`);
  return options;
}

/** More digits leave less room, and less room may need more parts: until both agree. */
function divide(text: string, { maxBytes, syntax, numbered }: SplitOptions): Slice[] {
  const source = { text, syntax, markup: readMarkup(text, syntax, maxBytes) };
  if (!numbered) return slicesOf(source, maxBytes);
  const fewest = Math.ceil(byteLength(text) / maxBytes);
  for (let digits = String(fewest).length; ; digits += 1) {
    const most = 10 ** digits - 1;
    const slices = slicesOf(source, maxBytes - number(most, most).length);
    if (slices.length <= most) return slices;
  }
}

function number(index: number, count: number): string {
  return `(${index}/${count})\n`;
}

function slicesOf(source: Source, budget: number): Slice[] {
  const { text, markup } = source;
  const slices: Slice[] = [];
  let begin = START;
  while (begin.from < text.length) {
    const { from: start, before } = begin;
    const room = budget - byteLength(opening(before));
    if (endOfFit(text, start, room) === text.length) {
      slices.push({ from: start, to: text.length, before, after: undefined });
      break;
    }
    const slice = takeSlice(source, begin, budget, (end, bytes) =>
      findBreak(text, markup.atoms, { start, half: endOfFit(text, start, bytes >> 1), end }),
    );
    slices.push(slice);
    begin = { from: slice.to, before: slice.after };
  }
  return slices;
}

/** Where a slice begins, and what is open there. */
type Begin = Pick<Slice, 'from' | 'before'>;

const START: Begin = { from: 0, before: NO_CONTEXT };

type Choose = (end: number, bytes: number) => number;

/**
 * The next slice, with room left for what has to be closed at its end. How much that is shows only when the cut is
 * known, so a cut that turns out too late is chosen again with more room kept back.
 */
function takeSlice(
  source: Source,
  { from, before }: Begin,
  budget: number,
  choose: Choose,
): Slice & { readonly after: Context } {
  const { text } = source;
  const mostContext = budget >> 2;
  const room = budget - byteLength(opening(before));
  let kept = Math.min(byteLength(closing(before)), mostContext);
  for (let attempt = 1; ; attempt += 1) {
    const end = endOfFit(text, from, room - kept);
    const chosen = choose(end, room - kept);
    let needed = 0;
    for (const cut of aroundMarks(source, from, chosen, mostContext)) {
      const to = afterLineBreaks(text, cut);
      const after = within(contextAt(before, source, from, to), mostContext);
      needed = byteLength(closing(after));
      if (byteLength(text.slice(from, contentEnd(text, from, to))) + needed <= room) return { from, to, before, after };
    }
    // What is kept back never has to be more than a context may cost, so this ends.
    kept = attempt < 3 ? Math.min(Math.max(kept + 1, needed), mostContext) : mostContext;
  }
}

/**
 * The cuts to try for the chosen one: behind the marks that end here, since they cost what closing would; before the
 * marks and line markers that have only just begun; and itself.
 */
function aroundMarks(source: Source, from: number, chosen: number, reach: number): number[] {
  const { text, syntax } = source;
  const { atoms, marks } = source.markup;
  let index = lastBefore(marks, chosen) + 1;
  let later = chosen;
  for (
    let mark = marks[index];
    mark && !mark.opens && mark.from === later && mark.to <= chosen + reach;
    mark = marks[(index += 1)]
  )
    later = mark.to;
  if (later > chosen && isSafe(text, atoms, from, later)) return [later, chosen];
  let earlier = chosen;
  index = lastBefore(marks, chosen);
  for (let mark = marks[index]; mark?.opens && mark.to === earlier && mark.from > from; mark = marks[(index -= 1)]) {
    // Nothing but openings: no cut among them is better than another.
    if (chosen - mark.from > reach) return [chosen];
    earlier = mark.from;
  }
  const lineStart = from + text.slice(from, earlier).lastIndexOf('\n') + 1;
  if (
    isMarkdown(syntax) &&
    lineStart > from &&
    lineStart + lineMarkerAt(text, lineStart).length >= contentEnd(text, lineStart, earlier)
  )
    earlier = lineStart;
  return earlier < chosen && isSafe(text, atoms, from, earlier) ? [earlier] : [chosen];
}

/** The part a slice is sent as; none when it shows nothing. */
function render(text: string, { from, to, before, after }: Slice, syntax: Syntax): string[] {
  const body = text.slice(from, after ? contentEnd(text, from, to) : to);
  if (!/\S/.test(body) || body.trim() === after?.marker.trim()) return [];
  // A quote or heading has to stay at the start of its line, before the tags that are opened again.
  const own =
    isMarkdown(syntax) && isLineStart(text, from) && before.open[0]?.name !== 'fence' ? lineMarkerAt(body, 0) : '';
  return [
    tableHeader(before) +
      before.marker +
      own +
      inlineOpening(before) +
      body.slice(own.length) +
      (after ? closing(after) : ''),
  ];
}

/** Where a slice ends without the blanks at its cut. */
function contentEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return end;
}

/** How far the text from `from` on fits into `bytes` bytes of UTF-8, never in the middle of a character. */
function endOfFit(text: string, from: number, bytes: number): number {
  let left = bytes;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const pair = code >= 0xd800 && code <= 0xdbff;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : pair ? 4 : 3;
    if (left < 0) break;
    at += pair ? 2 : 1;
  }
  return at;
}
