import { messageType } from '../../message-type';
import {
  actionMenu,
  buttonList,
  buttonSelection,
  horizontalContentList,
  mainTitle,
  optionalCardAction,
  quoteArea,
  replaceText,
  source,
  subTitleText,
  taskId,
} from './parts';

const content = {
  source: source(20),
  main_title: mainTitle({ title: 36, desc: 44 }),
  sub_title_text: subTitleText(160),
  quote_area: quoteArea,
  horizontal_content_list: horizontalContentList({ keyname: 5, value: 30 }),
  button_selection: buttonSelection,
  button_list: buttonList,
  card_action: optionalCardAction,
  action_menu: actionMenu,
};

/** Section 2.12. The app needs a callback URL (43012). */
export const buttonInteraction = messageType({
  msgtype: 'template_card',
  cardType: 'button_interaction',
  label: { en: 'Card: Buttons', zh: '卡片：按钮交互' },
  summary: {
    en: 'A card with up to six buttons that call back or open pages',
    zh: '带最多六个按钮的卡片，点击后回调或打开网页',
  },
  shownInWechat: false,
  app: { content: { ...content, task_id: taskId }, idTranslation: true, taskId: 'always' },
  update: { content: { ...content, replace_text: replaceText }, idTranslation: true },
});
