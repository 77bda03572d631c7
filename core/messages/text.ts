import { text as textField } from '../fields';
import { messageType } from './message-type';

/** Section 2.4. WeCom cuts longer content silently, so it is refused here. */
export const text = messageType({
  msgtype: 'text',
  label: { en: 'Text', zh: '文本' },
  summary: { en: 'Plain text with line breaks and links', zh: '纯文本，支持换行和链接' },
  shownInWechat: true,
  safe: [0, 1],
  idTranslation: true,
  content: {
    content: textField({
      label: { en: 'Content', zh: '内容' },
      help: { en: 'The text of the message. Links are written as <a href="https://example.com">label</a>', zh: '消息文本。链接写作 <a href="https://example.com">文字</a>' },
      placeholder: 'Build 42 is done',
      control: 'area',
      maxBytes: 2048,
      principal: true,
    }),
  },
});
