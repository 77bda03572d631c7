import { text } from '../../schema/fields';
import { messageType } from '../message-type';

/** Section 6.1. Clients below 4.1.36 (Android 4.1.38) show it as plain text. */
export const markdownV2 = messageType({
  msgtype: 'markdown_v2',
  label: { en: 'Markdown V2', zh: 'Markdown V2' },
  summary: {
    en: 'Markdown with lists, tables, pictures and code blocks, but without colours and mentions',
    zh: '支持列表、表格、图片和代码块的 Markdown，不支持颜色和 @',
  },
  shownInWechat: false,
  robot: {
    content: {
      content: text({
        part: 'text',
        label: { en: 'Content', zh: '内容' },
        help: {
          en: 'Takes headings, *italic*, **bold**, lists, > quotes, links, ![pictures](https://example.com/a.png), tables and code; no colours, no mentions',
          zh: '支持标题、*斜体*、**加粗**、列表、> 引用、链接、![图片](https://example.com/a.png)、表格和代码；不支持颜色和 @',
        },
        placeholder: '# Report\n| item | count |\n| --- | --- |\n| orders | 42 |',
        control: 'markdown',
        maxBytes: 4096,
        tooLong: 'split',
        principal: true,
      }),
    },
  },
});
