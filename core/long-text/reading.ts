import { fitsBytes } from '../schema/bytes';

export type Syntax = 'text' | 'html' | 'markdown' | 'markdown_v2';

/** A piece that loses its meaning when it is cut: from the first code unit to the one after the last. */
export interface Atom {
  readonly from: number;
  readonly to: number;
}

/**
 * Something that begins or ends here and goes on over what follows: bold, a colour, an element, a code block, a table.
 */
export interface Mark extends Atom {
  readonly name: string;
  readonly opens: boolean;
  /** How it is begun again in the next message, and ended in this one */
  readonly opening: string;
  readonly closing: string;
  /** False for a `**` that nothing closes: then it is just two stars. */
  counts: boolean;
}

/** Both in the order of the text; atoms do not overlap. */
export interface Markup {
  readonly atoms: readonly Atom[];
  readonly marks: readonly Mark[];
}

/** A text that is to be divided, with what was read in it. */
export interface Source {
  readonly text: string;
  readonly syntax: Syntax;
  readonly markup: Markup;
}

export interface Reading {
  readonly text: string;
  readonly syntax: Syntax;
  /** Bytes; what is longer cannot stay whole in any message, so its inner pieces are read instead. */
  readonly maxBytes: number;
  readonly atoms: Atom[];
  readonly marks: Mark[];
  /** The `[` of this line that have no `]` yet */
  brackets: number[];
  bold: Mark | undefined;
  table: Mark | undefined;
  /** The next `</a>`, as last searched: many `<a` must not each search the whole text. */
  linkEnd: number;
}

export function isMarkdown(syntax: Syntax): boolean {
  return syntax === 'markdown' || syntax === 'markdown_v2';
}

export function keepWhole(reading: Reading, from: number, to: number): boolean {
  if (!fits(reading, from, to)) return false;
  reading.atoms.push({ from, to });
  return true;
}

export function fits({ text, maxBytes }: Reading, from: number, to: number): boolean {
  // A code unit takes a byte at least.
  return to - from <= maxBytes && fitsBytes(text.slice(from, to), maxBytes);
}

/** The match that begins exactly here; the pattern has to be sticky. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
