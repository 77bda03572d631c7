import { text } from '../fields';
import { messageType } from './message-type';

/** Section 2.9. Longer content is rejected by WeCom (45002, one source) and refused here before. */
export const markdown = messageType({
  msgtype: 'markdown',
  label: { en: 'Markdown', zh: 'Markdown' },
  summary: { en: 'Headings, bold, links, quotes, inline code and three colours; not shown in WeChat', zh: '标题、加粗、链接、引用、行内代码和三种颜色；微信中不显示' },
  shownInWechat: false,
  content: {
    content: text({
      label: { en: 'Content', zh: '内容' },
      help: {
        en: 'Takes # headings, **bold**, [links](https://example.com), > quotes, `code` and <font color="info">, "comment" or "warning"; no lists, tables or pictures',
        zh: '支持 # 标题、**加粗**、[链接](https://example.com)、> 引用、`代码` 和 <font color="info">（或 comment、warning）；不支持列表、表格和图片',
      },
      placeholder: '## Build failed\n> Branch: <font color="warning">main</font>',
      control: 'markdown',
      maxBytes: 2048,
      principal: true,
    }),
  },
});
