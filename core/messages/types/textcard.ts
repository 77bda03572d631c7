import { optional, text, url } from '../../schema/fields';
import { messageType } from '../message-type';

const content = {
  title: text({
    part: 'title',
    label: { en: 'Title', zh: '标题' },
    placeholder: 'Expense report approved',
    maxBytes: 128,
    tooLong: 'shorten',
  }),
  description: text({
    part: 'text',
    label: { en: 'Description', zh: '描述' },
    help: {
      en: 'The text of the card. Takes <br> and <div class="gray">, <div class="normal"> or <div class="highlight">',
      zh: '卡片正文，支持 <br> 以及 <div class="gray">、<div class="normal">、<div class="highlight">',
    },
    placeholder: '<div class="gray">Today</div> Your report was approved',
    control: 'html',
    maxBytes: 512,
    tooLong: 'shorten',
    principal: true,
  }),
  url: url({
    part: 'page',
    label: { en: 'URL', zh: '链接' },
    help: { en: 'The page that opens on a tap', zh: '点击后打开的页面' },
    maxBytes: 2048,
  }),
  btntxt: optional(
    text({
      label: { en: 'Button Text', zh: '按钮文字' },
      help: { en: 'At most 4 characters; WeCom shows 详情 when it is empty', zh: '最多 4 个字，留空时显示“详情”' },
      placeholder: 'More',
      maxCharacters: 4,
      tooLong: 'shorten',
    }),
  ),
};

/**
 * Section 2.6.
 * Conflict in the sources: today's page gives 128 and 512 characters, the 2022 page and the group chat
 * page give bytes. WeCom cuts silently, so the smaller measure, bytes, is the safe one.
 */
export const textcard = messageType({
  msgtype: 'textcard',
  label: { en: 'Text Card', zh: '文本卡片' },
  summary: {
    en: 'A card with a title, a description and a button that opens a page',
    zh: '带标题、描述和跳转按钮的卡片',
  },
  shownInWechat: true,
  app: { content, idTranslation: true },
  chat: { content },
});
