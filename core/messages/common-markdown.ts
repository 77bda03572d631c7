import { adaptInline } from './inline-markdown';

/** UTF-16 units of a column name that stands in every row; a longer one stands in the first row only. */
const LONGEST_REPEATED_NAME = 100;

/**
 * Common Markdown as WeCom's subset: headings, bold, links, quotes, inline code and colours stay; list
 * items begin with "• ", table rows become lines of "column: value", pictures become links, lines of code
 * blocks inline code, and what has no counterpart (italics, strike-through, rules) keeps its text.
 */
export function toWecomMarkdown(markdown: string): string {
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n');
  const out: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as string;
    const fence = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== undefined) {
      const code: string[] = [];
      while (index + 1 < lines.length && !(lines[index + 1] as string).trim().startsWith(fence))
        code.push(lines[(index += 1)] as string);
      index += 1;
      for (const text of code) if (text.trim() !== '') out.push(`\`${text.replace(/`/g, "'")}\``);
      continue;
    }
    if (line.includes('|') && isTableRule(lines[index + 1])) {
      let header = cells(line);
      index += 1;
      while (index + 1 < lines.length && (lines[index + 1] as string).includes('|')) {
        out.push(tableRow(header, cells(lines[(index += 1)] as string)));
        // Written in every row, a long name would make much of a short text.
        header = header.map((name) => (name.length > LONGEST_REPEATED_NAME ? '' : name));
      }
      continue;
    }
    out.push(adaptLine(line));
  }
  return out.join('\n');
}

function adaptLine(line: string): string {
  if (isRule(line)) return '──────────';
  const quote = /^\s{0,3}>[\s>]*/.exec(line);
  if (quote) return `> ${adaptLine(line.slice(quote[0].length))}`.trimEnd();
  const heading = /^\s{0,3}(#{1,6})/.exec(line);
  if (heading) return `${heading[1]} ${adaptInline(headingText(line.slice(heading[0].length)))}`;
  const item = /^(\s*)(?:[-*+]|(\d{1,3})[.)])\s+(?:\[([ xX])\]\s+)?/.exec(line);
  if (item) {
    const [marker, indent, number, task] = item as unknown as [string, string, string | undefined, string | undefined];
    const text = line.slice(marker.length);
    const sign = task !== undefined ? (task === ' ' ? '☐' : '☑') : number !== undefined ? `${number}.` : '•';
    // Clients drop leading blanks; an ideographic space is kept.
    return `${'\u3000'.repeat(Math.floor(indent.replace(/\t/g, '  ').length / 2))}${sign} ${adaptInline(text)}`;
  }
  return adaptInline(line.trimEnd());
}

/** Three or more of one sign, and blanks. */
function isRule(line: string): boolean {
  const [sign] = line.trimStart();
  if (sign === undefined || !'-*_'.includes(sign) || line.indexOf(sign) > 3) return false;
  const signs = line.replace(/\s+/g, '');
  return signs.length >= 3 && signs.split(sign).length === signs.length + 1;
}

/** Without the blanks around it, and without the signs that may close a heading. */
function headingText(text: string): string {
  const trimmed = text.trim();
  let end = trimmed.length;
  while (trimmed[end - 1] === '#') end -= 1;
  return trimmed.slice(0, end).trimEnd();
}

/** The row of dashes below the header of a table. */
function isTableRule(line = ''): boolean {
  return line.includes('|') && cellTexts(line).every((cell) => /^:?-+:?$/.test(cell));
}

/** What stands between the bars of a row, which may have bars at its ends. */
function cellTexts(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

function cells(line: string): string[] {
  return cellTexts(line).map(adaptInline);
}

/** The first cell names the row; the others say what they are. */
function tableRow(header: readonly string[], row: readonly string[]): string {
  const [name = '', ...rest] = row;
  const values = rest.flatMap((value, index) =>
    value === '' ? [] : [header[index + 1] ? `${header[index + 1]}: ${value}` : value],
  );
  const title = name === '' || name.startsWith('**') ? name : `**${name}**`;
  return [title, values.join(' · ')].filter((part) => part !== '').join(' ');
}
