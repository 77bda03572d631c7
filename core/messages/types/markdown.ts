import { text } from '../../schema/fields';
import { messageType } from '../message-type';

const content = (maxBytes: number) => ({
  content: text({
    part: 'text',
    label: { en: 'Content', zh: '内容' },
    help: {
      en: 'Takes # headings, **bold**, [links](https://example.com), > quotes, `code` and <font color="info">, "comment" or "warning"; in groups also <@userid>. No lists, tables or pictures',
      zh: '支持 # 标题、**加粗**、[链接](https://example.com)、> 引用、`代码` 和 <font color="info">（或 comment、warning）；群内还支持 <@userid>。不支持列表、表格和图片',
    },
    placeholder: '## Build failed\n> Branch: <font color="warning">main</font>',
    control: 'markdown',
    maxBytes,
    tooLong: 'split',
    principal: true,
  }),
});
const ofApps = content(2048);

/** Sections 2.9, 5 and 6.1. WeCom rejects longer content (45002, 40058), so it goes out as several messages. */
export const markdown = messageType({
  msgtype: 'markdown',
  label: { en: 'Markdown', zh: 'Markdown' },
  summary: {
    en: 'Headings, bold, links, quotes, inline code and three colours; not shown in WeChat',
    zh: '标题、加粗、链接、引用、行内代码和三种颜色；微信中不显示',
  },
  shownInWechat: false,
  app: { content: ofApps, convertMarkdown: true },
  chat: { content: ofApps, convertMarkdown: true, mentions: true },
  robot: { content: content(4096), convertMarkdown: true, mentions: true },
});
