import type { Advice } from './field-rules';
import { formatPath } from './input-issues';
import type { Wording } from './wording';

/**
 * WeCom's `markdown` knows headings, bold, links, quotes, inline code and three colours (section 2.9);
 * `markdown_v2` of group robots knows most of common Markdown, but no colours and no mentions (section 6.1).
 */

interface Unsupported {
  readonly found: RegExp;
  readonly name: Wording;
}

const UNSUPPORTED: Readonly<Record<string, readonly Unsupported[]>> = {
  markdown: [
    { found: /^\s*\|?[ \t]*:?-{3,}:?[ \t]*\|/m, name: { en: 'tables', zh: '表格' } },
    { found: /!\[[^\]]*\]\([^)]*\)/, name: { en: 'pictures', zh: '图片' } },
    // Numbers read the same as plain signs.
    { found: /^[ \t]*[-*+][ \t]+\S/m, name: { en: 'lists', zh: '列表' } },
    { found: /^[ \t]*(```|~~~)/m, name: { en: 'code blocks', zh: '代码块' } },
  ],
  markdown_v2: [
    { found: /<font\b/i, name: { en: 'font colors', zh: '字体颜色' } },
    { found: /<@[^>]+>/, name: { en: 'mentions', zh: '@ 提及' } },
  ],
};

/** What of the content members will see as raw signs. */
export function markdownAdvice(msgtype: string, content: Readonly<Record<string, unknown>>, root: readonly string[]): Advice[] {
  const unsupported = UNSUPPORTED[msgtype];
  const text = content['content'];
  if (!unsupported || typeof text !== 'string') return [];
  const prose = text.replace(/`[^`\n]+`/g, '`');
  const found = unsupported.filter((entry) => entry.found.test(prose)).map((entry) => entry.name);
  if (found.length === 0) return [];
  const remedy = msgtype === 'markdown' ? { en: '; switch on "Adapt Markdown" or use markdown_v2 with a group robot', zh: '；可启用“适配 Markdown”，或在群机器人中使用 markdown_v2' } : { en: '; use markdown instead', zh: '；请改用 markdown' };
  return [{
    path: formatPath([...root, 'content']),
    label: { en: 'Content', zh: '内容' },
    message: { en: `has ${found.map((name) => name.en).join(', ')}, which ${msgtype} shows as plain signs${remedy.en}`, zh: `含有${found.map((name) => name.zh).join('、')}，${msgtype} 会原样显示${remedy.zh}` },
  }];
}

/** Rewrites `content.content` in place of its author: common Markdown, as language models write it, becomes WeCom's subset. */
export function adaptMarkdown(content: Record<string, unknown>): void {
  if (typeof content['content'] === 'string') content['content'] = toWecomMarkdown(content['content']);
}

/** Mentions members at the end of the content (sections 5 and 6.1). */
export function addMentions(content: Record<string, unknown>, userids: readonly string[]): void {
  const mentions = userids.map((userid) => `<@${userid}>`).join(' ');
  if (typeof content['content'] === 'string' && mentions !== '') content['content'] = `${content['content']}\n${mentions}`;
}

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
      while (index + 1 < lines.length && !(lines[index + 1] as string).trim().startsWith(fence)) code.push(lines[(index += 1)] as string);
      index += 1;
      out.push(...code.filter((text) => text.trim() !== '').map((text) => `\`${text.replace(/`/g, "'")}\``));
      continue;
    }
    if (isTableRule(lines[index + 1]) && line.includes('|')) {
      const header = cells(line);
      index += 1;
      while (index + 1 < lines.length && (lines[index + 1] as string).includes('|')) out.push(tableRow(header, cells(lines[(index += 1)] as string)));
      continue;
    }
    out.push(adaptLine(line));
  }
  return out.join('\n');
}

function adaptLine(line: string): string {
  if (/^\s{0,3}([-*_])(\s*\1){2,}\s*$/.test(line)) return '──────────';
  const quote = /^\s{0,3}>[\s>]*/.exec(line);
  if (quote) return `> ${adaptLine(line.slice(quote[0].length))}`.trimEnd();
  const heading = /^\s{0,3}(#{1,6})\s*(.*?)\s*#*$/.exec(line);
  if (heading) return `${heading[1]} ${adaptInline(heading[2] as string)}`;
  const item = /^(\s*)(?:[-*+]|(\d{1,3})[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/.exec(line);
  if (item) {
    const [, indent, number, task, text] = item as unknown as [string, string, string | undefined, string | undefined, string];
    const sign = task !== undefined ? (task === ' ' ? '☐' : '☑') : number !== undefined ? `${number}.` : '•';
    // Clients drop leading blanks; an ideographic space is kept.
    return `${'\u3000'.repeat(Math.floor(indent.replace(/\t/g, '  ').length / 2))}${sign} ${adaptInline(text)}`;
  }
  return adaptInline(line.trimEnd());
}

/** Everything outside of inline code, which stays as it is. */
function adaptInline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : adaptProse(part)))
    .join('');
}

function adaptProse(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\((\S+?)(?:\s+"[^"]*")?\)/g, (_, alt: string, target: string) => `[${alt || target}](${target})`)
    .replace(/\[([^\]]+)\]\((\S+?)\s+"[^"]*"\)/g, '[$1]($2)')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<(https?:\/\/[^>\s]+)>/g, '[$1]($1)')
    .replace(/~~(.+?)~~/g, '$1')
    .replace(/\*\*\*(.+?)\*\*\*/g, '**$1**')
    .replace(/(^|[^\w_])__(.+?)__(?![\w_])/g, '$1**$2**')
    .replace(/(^|[^*\\])\*(?![*\s])([^*\n]+?)\*(?!\*)/g, '$1$2')
    .replace(/(^|[^\w_\\])_(?![_\s])([^_\n]+?)_(?![\w_])/g, '$1$2')
    .replace(/\\([\\`*_{}[\]()#+\-.!>|~])/g, '$1');
}

function isTableRule(line = ''): boolean {
  return /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(line) && line.includes('|');
}

function cells(line: string): string[] {
  return line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => adaptInline(cell.trim()));
}

/** The first cell names the row; the others say what they are. */
function tableRow(header: readonly string[], row: readonly string[]): string {
  const [name = '', ...rest] = row;
  const values = rest.flatMap((value, index) => (value === '' ? [] : [header[index + 1] ? `${header[index + 1]}: ${value}` : value]));
  const title = name === '' || name.startsWith('**') ? name : `**${name}**`;
  return [title, values.join(' · ')].filter((part) => part !== '').join(' ');
}
