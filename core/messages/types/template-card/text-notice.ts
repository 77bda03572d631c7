import { alwaysShown } from '../../../schema/fields';
import { messageType } from '../../message-type';
import {
  actionMenu,
  cardAction,
  emphasisContent,
  horizontalContentList,
  jumpList,
  mainTitleOrText,
  quoteArea,
  source,
  subTitleText,
  taskId,
} from './parts';

const ofApps = {
  source: source(20),
  main_title: alwaysShown(mainTitleOrText({ title: 36, desc: 44 })),
  emphasis_content: emphasisContent({ title: 14, desc: 22 }),
  sub_title_text: subTitleText(160),
  quote_area: quoteArea,
  horizontal_content_list: horizontalContentList({ keyname: 5, value: 30 }),
  jump_list: jumpList(18),
  card_action: cardAction,
  action_menu: actionMenu,
};
const rules = { oneOf: [['main_title.title', 'sub_title_text']] };

/** Sections 2.12 and 6.1. */
export const textNotice = messageType({
  msgtype: 'template_card',
  cardType: 'text_notice',
  label: { en: 'Card: Text Notice', zh: '卡片：文本通知' },
  summary: {
    en: 'A card of texts, large figures and rows that opens a page',
    zh: '由文本、关键数据和多行内容组成，点击打开页面的卡片',
  },
  shownInWechat: false,
  app: { content: { ...ofApps, task_id: taskId }, rules, idTranslation: true, taskId: 'with-action-menu' },
  robot: {
    content: {
      source: source(13),
      // Robots want the object in any case.
      main_title: mainTitleOrText({ title: 26, desc: 30 }),
      emphasis_content: emphasisContent({ title: 10, desc: 15 }),
      sub_title_text: subTitleText(112),
      quote_area: quoteArea,
      horizontal_content_list: horizontalContentList({ keyname: 5, value: 26 }),
      jump_list: jumpList(13),
      card_action: cardAction,
    },
    rules,
  },
  update: { content: ofApps, rules, idTranslation: true },
});
