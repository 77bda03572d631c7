import { byteLength } from '../schema/bytes';
import { lineMarkerAt } from './blocks';
import type { Mark, Source, Syntax } from './reading';
import { isMarkdown } from './reading';

/** What is open where the text is cut, and has to be begun again in the next message. */
export interface Context {
  /** `> ` or `## ` of the line that is cut; empty between lines */
  readonly marker: string;
  /** Whether the cut is between lines */
  readonly lineStart: boolean;
  /** Bold, colours, elements, a code block, a table: outermost first */
  readonly open: readonly Mark[];
  /** Index of the first mark that is not behind the cut yet */
  readonly nextMark: number;
}

export const NO_CONTEXT: Context = { marker: '', lineStart: true, open: [], nextMark: 0 };

/** The context at `cut`, given the one at `start`. */
export function contextAt(before: Context, { text, syntax, markup }: Source, start: number, cut: number): Context {
  let { nextMark } = before;
  const open = [...before.open];
  for (let mark = markup.marks[nextMark]; mark && mark.to <= cut; mark = markup.marks[nextMark]) {
    if (mark.counts && mark.opens) open.push(mark);
    else if (mark.counts) close(open, mark.name, syntax);
    nextMark += 1;
  }
  const inCode = open.at(-1)?.name === 'fence';
  return {
    open,
    nextMark,
    lineStart: isLineStart(text, cut),
    marker: isMarkdown(syntax) && !inCode ? markerAt(before, text, start, cut) : '',
  };
}

function close(open: Mark[], name: string, syntax: Syntax): void {
  const index = open.findLastIndex((mark) => mark.name === name);
  // HTML ends what is left open within an element; colours and bold of Markdown may overlap.
  if (index !== -1) open.splice(index, syntax === 'html' ? Infinity : 1);
}

function markerAt(before: Context, text: string, start: number, cut: number): string {
  const newline = text.slice(start, cut).lastIndexOf('\n');
  if (newline === -1 && !isLineStart(text, start)) return before.marker;
  const lineStart = start + newline + 1;
  const marker = lineMarkerAt(text, lineStart);
  return lineStart + marker.length <= cut ? marker : '';
}

export function isLineStart(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === 0x0a;
}

/** What the next message begins with. */
export function opening(context: Context): string {
  return tableHeader(context) + context.marker + inlineOpening(context);
}

/** Header and rule row; a row that was itself cut goes on without them. */
export function tableHeader({ open, lineStart }: Context): string {
  if (!lineStart) return '';
  return open.map((mark) => (mark.name === 'table' ? mark.opening : '')).join('');
}

export function inlineOpening({ open }: Context): string {
  return open.map((mark) => (mark.name === 'table' ? '' : mark.opening)).join('');
}

/** What this message ends with. */
export function closing({ open }: Context): string {
  return open
    .map((mark) => mark.closing)
    .reverse()
    .join('');
}

/**
 * Without what would take more than `maxBytes`, beginnings and ends together: hundreds of tags that nobody closed
 * must not leave the messages without room for the text.
 */
export function within(context: Context, maxBytes: number): Context {
  if (costs(context) <= maxBytes) return context;
  const withoutTable = { ...context, open: context.open.filter((mark) => mark.name !== 'table') };
  if (costs(withoutTable) <= maxBytes) return withoutTable;
  const lineOnly = { ...context, open: [] };
  return costs(lineOnly) <= maxBytes ? lineOnly : { ...lineOnly, marker: '' };
}

function costs(context: Context): number {
  return byteLength(opening(context)) + byteLength(closing(context));
}
