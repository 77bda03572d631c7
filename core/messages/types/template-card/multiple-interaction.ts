import { optional } from '../../../schema/fields';
import { messageType } from '../../message-type';
import { mainTitle, replaceText, selectList, source, submitButton, taskId } from './parts';

const head = { source: source(20, false), main_title: mainTitle({ title: 36, desc: 160 }) };

/** Section 2.12. The app needs a callback URL (43012). */
export const multipleInteraction = messageType({
  msgtype: 'template_card',
  cardType: 'multiple_interaction',
  label: { en: 'Card: Selectors', zh: '卡片：多项选择' },
  summary: { en: 'A card with up to three drop-downs and a submit button', zh: '带最多三个下拉选择器和提交按钮的卡片' },
  shownInWechat: false,
  app: {
    content: { ...head, select_list: selectList(), submit_button: submitButton, task_id: taskId },
    idTranslation: true,
    taskId: 'always',
  },
  update: {
    content: {
      ...head,
      select_list: selectList(true),
      submit_button: optional(submitButton),
      replace_text: replaceText,
    },
    idTranslation: true,
  },
});
