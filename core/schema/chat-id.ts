import { z } from 'zod/v4';

import { describeFields, text } from './fields';
import type { Field } from './field';

/** The id of a group chat of the app (docs 90245, 90248): at most 32 letters and digits (86001, 86205). */
const chatId = {
  label: { en: 'Chat ID', zh: '群聊 ID' },
  placeholder: 'CHATID',
  maxCharacters: 32,
  pattern: { matches: /^[0-9A-Za-z]+$/, wording: { en: 'may hold letters and digits only', zh: '只能包含字母和数字' } },
};

export const chatIdField = text({
  ...chatId,
  help: { en: 'The chatid that creating the group chat returned', zh: '创建群聊时返回的 chatid' },
});

/** The id that a new group chat shall have. */
export const ownChatIdField = text({
  ...chatId,
  help: {
    en: 'An ID of your choice, at most 32 letters and digits; WeCom makes one when empty',
    zh: '自定义群聊 ID，最多 32 位字母或数字；留空时由企业微信生成',
  },
});

/** What panels ask for when a message goes to a group chat. */
export const chatFields: readonly Field[] = describeFields(z.strictObject({ chatid: chatIdField }));
