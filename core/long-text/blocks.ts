import type { Reading } from './reading';
import { keepWhole, matchAt } from './reading';

const LINE_MARKER = /[ \t]{0,3}(?:(?:>[ \t]?){1,8}(?:#{1,6}[ \t]{1,4})?|#{1,6}[ \t]{1,4})/y;
const BLANK_LINE = /[ \t\r]*\n/y;
const FENCE = /[ ]{0,3}(`{3,}|~{3,})/y;
const TABLE_RULE = /[|\-: \t]+\r?(?=\n|$)/y;

/** `> ` or `## ` (or both) at the start of a line; empty when it has none. */
export function lineMarkerAt(text: string, lineStart: number): string {
  return matchAt(LINE_MARKER, text, lineStart)?.[0] ?? '';
}

/** What begins with the line at `at`: a quote, a heading, a code block, a table. Answers where reading goes on. */
export function readLineStart(reading: Reading, at: number): number {
  const { text } = reading;
  reading.brackets = [];
  if (reading.table && !lineAt(text, at).includes('|')) endTable(reading, at);
  if (matchAt(BLANK_LINE, text, at)) {
    reading.bold = undefined;
    return at;
  }
  if (reading.syntax === 'markdown_v2') {
    const end = readFence(reading, at) ?? readTable(reading, at);
    if (end !== undefined) return end;
  }
  const marker = lineMarkerAt(text, at);
  if (marker !== '') keepWhole(reading, at, at + marker.length);
  return at + marker.length;
}

/** A code block to its end, which is the end of the text when nobody closed it. */
function readFence(reading: Reading, at: number): number | undefined {
  const { text } = reading;
  const begins = fenceAt(text, at);
  if (!begins || begins.info.includes('`')) return undefined;
  const { line, fence, language } = begins;
  reading.bold = undefined;
  endTable(reading, at);
  const begin = Math.min(at + line.length + 1, text.length);
  const mark = { name: 'fence', opening: `${fence}${language}\n`, closing: `\n${fence}`, counts: true };
  keepWhole(reading, at, begin);
  reading.marks.push({ ...mark, from: at, to: begin, opens: true });
  for (let lineStart = begin; lineStart < text.length; lineStart = afterLine(text, lineStart)) {
    const ends = fenceAt(text, lineStart);
    if (!ends?.fence.startsWith(fence) || ends.line.trim() !== ends.fence) continue;
    const end = lineStart + ends.line.length;
    keepWhole(reading, lineStart, end);
    reading.marks.push({ ...mark, from: lineStart, to: end, opens: false });
    return end;
  }
  return text.length;
}

/** A line with a fence, and what it is made of. */
function fenceAt(
  text: string,
  at: number,
): Readonly<Record<'line' | 'fence' | 'language' | 'info', string>> | undefined {
  const found = matchAt(FENCE, text, at);
  if (!found) return undefined;
  const [marker, fence] = found as string[] as [string, string];
  const line = lineAt(text, at).replace('\n', '');
  const info = line.slice(marker.length);
  const language = /^[^\s`]*/.exec(info.replace(/^[ \t]+/, ''))?.[0] ?? '';
  return { line, fence, language, info };
}

/** The header and the rule row of a table; its rows are read as other lines are. */
function readTable(reading: Reading, at: number): number | undefined {
  const { text } = reading;
  const ruleStart = afterLine(text, at);
  const rule = reading.table ? undefined : matchAt(TABLE_RULE, text, ruleStart)?.[0];
  if (rule === undefined || !rule.includes('-') || !rule.includes('|') || !lineAt(text, at).includes('|'))
    return undefined;
  const ruleEnd = ruleStart + rule.length;
  reading.bold = undefined;
  reading.table = {
    from: at,
    to: afterLine(text, ruleStart),
    name: 'table',
    opens: true,
    opening: `${text.slice(at, ruleEnd).trimEnd()}\n`,
    closing: '',
    counts: true,
  };
  reading.marks.push(reading.table);
  keepWhole(reading, at, reading.table.to);
  return ruleEnd;
}

function endTable(reading: Reading, at: number): void {
  if (reading.table) reading.marks.push({ ...reading.table, from: at, to: at, opens: false });
  reading.table = undefined;
}

function afterLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline + 1;
}

function lineAt(text: string, at: number): string {
  return text.slice(at, afterLine(text, at));
}
