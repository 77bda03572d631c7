import type { Advice } from '../schema/field-rules';
import { formatPath } from '../schema/input-issues';
import { toWecomMarkdown } from './common-markdown';
import type { Wording } from '../outcome/wording';

/**
 * WeCom's `markdown` knows headings, bold, links, quotes, inline code and three colours (section 2.9);
 * `markdown_v2` of group robots knows most of common Markdown, but no colours and no mentions (section 6.1).
 */

interface Unsupported {
  readonly isIn: (text: string) => boolean;
  readonly name: Wording;
}

const has = (pattern: RegExp) => (text: string) => pattern.test(text);

const UNSUPPORTED: Readonly<Record<string, readonly Unsupported[]>> = {
  markdown: [
    { isIn: has(/^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*\|/m), name: { en: 'tables', zh: '表格' } },
    { isIn: hasPicture, name: { en: 'pictures', zh: '图片' } },
    // Numbers read the same as plain signs.
    { isIn: has(/^[ \t]*[-*+][ \t]+\S/m), name: { en: 'lists', zh: '列表' } },
    { isIn: has(/^[ \t]*(```|~~~)/m), name: { en: 'code blocks', zh: '代码块' } },
  ],
  markdown_v2: [
    { isIn: has(/<font\b/i), name: { en: 'font colors', zh: '字体颜色' } },
    // The next "<" ends the search: each character is looked at once, however many "<@" there are.
    { isIn: has(/<@[^<>]+>/), name: { en: 'mentions', zh: '@ 提及' } },
  ],
};

/** `![alt](target)`. All `![` before one `]` share it, so the search goes on behind it. */
function hasPicture(text: string): boolean {
  for (let opens = text.indexOf('!['); opens !== -1;) {
    const closes = text.indexOf(']', opens + 2);
    if (closes === -1) return false;
    if (text[closes + 1] === '(') return text.includes(')', closes + 2);
    opens = text.indexOf('![', closes + 1);
  }
  return false;
}

/** What of the content members will see as raw signs. */
export function markdownAdvice(
  msgtype: string,
  content: Readonly<Record<string, unknown>>,
  root: readonly string[],
): Advice[] {
  const unsupported = UNSUPPORTED[msgtype];
  const text = content['content'];
  if (!unsupported || typeof text !== 'string') return [];
  const prose = text.replace(/`[^`\n]+`/g, '`');
  const found = unsupported.filter(({ isIn }) => isIn(prose)).map((entry) => entry.name);
  if (found.length === 0) return [];
  const remedy =
    msgtype === 'markdown'
      ? {
          en: '; switch on "Adapt Markdown" or use markdown_v2 with a group robot',
          zh: '；可启用“适配 Markdown”，或在群机器人中使用 markdown_v2',
        }
      : { en: '; use markdown instead', zh: '；请改用 markdown' };
  return [
    {
      path: formatPath([...root, 'content']),
      label: { en: 'Content', zh: '内容' },
      message: {
        en: `has ${found.map((name) => name.en).join(', ')}, which ${msgtype} shows as plain signs${remedy.en}`,
        zh: `含有${found.map((name) => name.zh).join('、')}，${msgtype} 会原样显示${remedy.zh}`,
      },
    },
  ];
}

/**
 * Rewrites `content.content` in place of its author: common Markdown, as language models write it, becomes WeCom's
 * subset.
 */
export function adaptMarkdown(content: Record<string, unknown>): void {
  if (typeof content['content'] === 'string') content['content'] = toWecomMarkdown(content['content']);
}

/** Mentions members at the end of the content (sections 5 and 6.1). */
export function addMentions(content: Record<string, unknown>, userids: readonly string[]): void {
  const mentions = userids.map((userid) => `<@${userid}>`).join(' ');
  if (typeof content['content'] === 'string' && mentions !== '')
    content['content'] = `${content['content']}\n${mentions}`;
}
