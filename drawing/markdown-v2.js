import { safeHref, split } from './markup.js';

/**
 * Reads markdown_v2 of robots (doc 99110) into plain data: headings, lists, quotes, tables, code, rules, links and
 * pictures. Like markup.js it makes no HTML, and what it does not know stays text.
 */
export function readMarkdownV2(content) {
  return readBlocks(content.split('\n'), 0);
}

/** Deeper nesting is shown as it was written. */
const DEEPEST = 8;

const FENCE = /^\s*```/;
const HEADING = /^(#{1,6})\s+(.*)$/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const QUOTE = /^\s*>\s?(.*)$/;
const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})[.)])\s+(.*)$/;
const DIVIDER = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;

/** The kinds of block, in the order they are tried. Each takes lines from the front and returns a node. */
const BLOCKS = [
  { starts: ([line]) => FENCE.test(line), read: readCode },
  { starts: ([line]) => HEADING.test(line), read: readHeading },
  { starts: ([line]) => RULE.test(line), read: (lines) => (lines.shift(), { type: 'rule' }) },
  { starts: ([line]) => QUOTE.test(line), read: readQuote },
  { starts: ([line, next]) => line.includes('|') && next !== undefined && DIVIDER.test(next), read: readTable },
  { starts: ([line]) => ITEM.test(line), read: readList },
];

function readBlocks(lines, depth) {
  const rest = [...lines];
  const nodes = [];
  while (rest.length > 0) {
    const block = depth < DEEPEST ? BLOCKS.find(({ starts }) => starts(rest)) : undefined;
    if (block) nodes.push(block.read(rest, depth));
    else {
      const line = rest.shift();
      if (line.trim() !== '') nodes.push({ type: 'line', children: readInline(line.trim()) });
    }
  }
  return nodes;
}

function readCode(lines) {
  lines.shift();
  const text = [];
  while (lines.length > 0) {
    const line = lines.shift();
    if (FENCE.test(line)) break;
    text.push(line);
  }
  return { type: 'codeBlock', text: text.join('\n') };
}

function readHeading(lines) {
  const [, marks, text] = HEADING.exec(lines.shift());
  return { type: 'heading', level: marks.length, children: readInline(text) };
}

function readQuote(lines, depth) {
  const inner = [];
  while (lines.length > 0 && QUOTE.test(lines[0])) inner.push(QUOTE.exec(lines.shift())[1]);
  return { type: 'quote', children: readBlocks(inner, depth + 1) };
}

/** Items of one kind; what is indented below an item belongs to it. */
function readList(lines, depth) {
  const [, indent, bullet, number] = ITEM.exec(lines[0]);
  const items = [];
  while (lines.length > 0) {
    const match = ITEM.exec(lines[0]);
    if (
      !match ||
      match[1].length > indent.length + 1 ||
      match[1].length < indent.length ||
      (match[2] === undefined) !== (bullet === undefined)
    )
      break;
    lines.shift();
    const below = [];
    while (lines.length > 0 && /^\s+\S/.test(lines[0]) && /^\s*/.exec(lines[0])[0].length > match[1].length)
      below.push(lines.shift());
    items.push({ type: 'item', children: [...readInline(match[4]), ...readBlocks(below, depth + 1)] });
  }
  return bullet === undefined
    ? { type: 'numbers', start: Number(number), children: items }
    : { type: 'bullets', children: items };
}

function readTable(lines) {
  const heads = cells(lines.shift());
  const aligns = cells(lines.shift()).map((rule) => {
    if (/^:-+:$/.test(rule)) return 'center';
    return rule.endsWith(':') ? 'right' : 'left';
  });
  const row = (texts, head) => ({
    type: 'row',
    children: heads.map((_head, index) => ({
      type: 'cell',
      head,
      align: aligns[index] ?? 'left',
      children: readInline(texts[index] ?? ''),
    })),
  });
  const rows = [row(heads, true)];
  while (lines.length > 0 && lines[0].includes('|')) rows.push(row(cells(lines.shift()), false));
  return { type: 'table', children: rows };
}

function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

const INLINE =
  /`([^`\n]+)`|!\[([^[\]\n]*)\]\(([^)\s]{1,2048})\)|\[([^[\]\n]*)\]\(([^)\s]{1,2048})\)|\*\*(.+?)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*/g;

function readInline(line) {
  return split(line, INLINE, (match, code, alt, source, label, address, bold, italic) => {
    if (code !== undefined) return { type: 'code', children: [{ type: 'text', text: code }] };
    if (bold !== undefined) return { type: 'bold', children: readInline(bold) };
    if (italic !== undefined) return { type: 'italic', children: readInline(italic) };
    const href = safeHref(source ?? address);
    if (!href) return { type: 'text', text: match };
    return source === undefined ? { type: 'link', href, children: readInline(label) } : { type: 'image', href, alt };
  });
}
