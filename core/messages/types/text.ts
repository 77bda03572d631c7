import { text as textField } from '../../schema/fields';
import { mentionedList, mentionedMobileList } from './mentions';
import { messageType } from '../message-type';

/**
 * Sections 2.4, 5 and 6.1. WeCom cuts longer content of apps silently, so it goes out as several messages.
 * Conflict in the sources for group robots: the page says 2048 bytes, the server was seen to refuse only
 * above 5120. We keep to the page: what is above it may be cut on some clients.
 */
const content = textField({
  label: { en: 'Content', zh: '内容' },
  help: {
    en: 'The text of the message. Links are written as <a href="https://example.com">label</a>, mentions in groups as <@userid>',
    zh: '消息文本。链接写作 <a href="https://example.com">文字</a>，群内提及写作 <@userid>',
  },
  placeholder: 'Build 42 is done',
  control: 'area',
  part: 'text',
  maxBytes: 2048,
  tooLong: 'split',
  principal: true,
});

export const text = messageType({
  msgtype: 'text',
  label: { en: 'Text', zh: '文本' },
  summary: { en: 'Plain text with line breaks and links', zh: '纯文本，支持换行和链接' },
  shownInWechat: true,
  app: { content: { content }, safe: [0, 1], idTranslation: true },
  chat: { content: { content, mentioned_list: mentionedList }, safe: [0, 1] },
  robot: { content: { content, mentioned_list: mentionedList, mentioned_mobile_list: mentionedMobileList } },
});
