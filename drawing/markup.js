/**
 * Reads the markup WeCom allows in messages into plain data. Nothing here makes HTML: what is not recognised stays
 * text, and addresses other than http(s) are not links.
 */

/** @returns {string | undefined} the address when it may be opened */
export function safeHref(address) {
  try {
    const { protocol, href } = new URL(address);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}

const ANCHOR =
  /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"'，。；！？）]*[^\s<>"'，。；！？）.,;:!?)])/gi;

/** Text messages: links and everything else. */
export function readText(content) {
  return split(content, ANCHOR, (match, doubleQuoted, singleQuoted, label, bare) => {
    const href = safeHref(doubleQuoted ?? singleQuoted ?? bare);
    const text = label ?? bare;
    return href ? { type: 'link', href, children: [{ type: 'text', text }] } : { type: 'text', text: match };
  });
}

const CARD_DIV = /<div\s+class\s*=\s*["'](gray|normal|highlight)["']\s*>([\s\S]*?)<\/div>/gi;

/** Descriptions of text cards: `<br>` and three kinds of `<div>`. */
export function readCard(description) {
  const lines = description.replace(/<br\s*\/?>/gi, '\n');
  const nodes = split(lines, CARD_DIV, (_match, style, text) => ({
    type: 'div',
    style: style.toLowerCase(),
    children: [{ type: 'text', text }],
  }));
  // Blanks between two divs make no line of their own.
  return nodes.filter((node) => node.type !== 'text' || /[^ \t]/.test(node.text));
}

/** The subset of markdown app messages show: one block per line. */
export function readMarkdown(content) {
  return content.split('\n').map((line) => {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) return { type: 'heading', level: heading[1].length, children: readInline(heading[2]) };
    const quote = /^>\s?(.*)$/.exec(line);
    if (quote) return { type: 'quote', children: readInline(quote[1]) };
    return { type: 'line', children: readInline(line) };
  });
}

const INLINE =
  /`([^`\n]+)`|\*\*(.+?)\*\*|\[([^\]\n]*)\]\(([^)\s]+)\)|<font\s+color\s*=\s*["'](info|comment|warning)["']\s*>([\s\S]*?)<\/font>/gi;

function readInline(line) {
  return split(line, INLINE, (match, code, bold, label, address, color, colored) => {
    if (code !== undefined) return { type: 'code', children: [{ type: 'text', text: code }] };
    if (bold !== undefined) return { type: 'bold', children: readInline(bold) };
    if (color !== undefined) return { type: 'font', style: color.toLowerCase(), children: readInline(colored) };
    const href = safeHref(address);
    return href ? { type: 'link', href, children: readInline(label) } : { type: 'text', text: match };
  });
}

const MENTION = /<@([0-9a-zA-Z][0-9a-zA-Z._-]{0,63})>/g;

/** Finds `<@userid>` in what was read: groups show members by name there. Code stays as it is. */
export function withMentions(nodes) {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return split(node.text, MENTION, (_match, userid) => ({ type: 'mention', userid }));
    return node.children && node.type !== 'code' ? { ...node, children: withMentions(node.children) } : node;
  });
}

/** Cuts text into what the pattern finds and the text between. */
export function split(text, pattern, read) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) nodes.push({ type: 'text', text: text.slice(end, match.index) });
    nodes.push(read(...match));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push({ type: 'text', text: text.slice(end) });
  return nodes;
}
