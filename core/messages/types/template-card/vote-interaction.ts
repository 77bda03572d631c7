import { optional } from '../../../schema/fields';
import { messageType } from '../../message-type';
import { checkbox, mainTitle, replaceText, source, submitButton, taskId } from './parts';

const head = { source: source(20, false), main_title: mainTitle({ title: 16, desc: 160 }) };

/** Section 2.12. The app needs a callback URL (43012). */
export const voteInteraction = messageType({
  msgtype: 'template_card',
  cardType: 'vote_interaction',
  label: { en: 'Card: Vote', zh: '卡片：投票选择' },
  summary: { en: 'A card with up to twenty choices and a submit button', zh: '带最多二十个选项和提交按钮的卡片' },
  shownInWechat: false,
  app: {
    content: { ...head, checkbox: checkbox(), submit_button: submitButton, task_id: taskId },
    idTranslation: true,
    taskId: 'always',
  },
  update: {
    content: { ...head, checkbox: checkbox(true), submit_button: optional(submitButton), replace_text: replaceText },
    idTranslation: true,
  },
});
