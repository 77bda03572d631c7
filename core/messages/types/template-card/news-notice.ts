import { optional } from '../../../schema/fields';
import { messageType } from '../../message-type';
import {
  actionMenu,
  cardAction,
  cardImage,
  horizontalContentList,
  imageTextArea,
  jumpList,
  mainTitle,
  quoteArea,
  source,
  taskId,
  verticalContentList,
} from './parts';

const ofApps = {
  source: source(20),
  main_title: mainTitle({ title: 36, desc: 44 }),
  card_image: optional(cardImage),
  image_text_area: optional(imageTextArea),
  quote_area: quoteArea,
  vertical_content_list: verticalContentList({ title: 38, desc: 160 }),
  horizontal_content_list: horizontalContentList({ keyname: 5, value: 30 }),
  jump_list: jumpList(18),
  card_action: cardAction,
  action_menu: actionMenu,
};
const rules = { oneOf: [['card_image', 'image_text_area']] };

/** Sections 2.12 and 6.1. Group robots require the large picture, apps one of the two pictures. */
export const newsNotice = messageType({
  msgtype: 'template_card',
  cardType: 'news_notice',
  label: { en: 'Card: News Notice', zh: '卡片：图文展示' },
  summary: {
    en: 'A card with a picture, paragraphs and rows that opens a page',
    zh: '带图片、段落和多行内容，点击打开页面的卡片',
  },
  shownInWechat: false,
  app: { content: { ...ofApps, task_id: taskId }, rules, idTranslation: true, taskId: 'with-action-menu' },
  robot: {
    content: {
      source: source(13),
      main_title: mainTitle({ title: 26, desc: 30 }),
      card_image: cardImage,
      image_text_area: optional(imageTextArea),
      quote_area: quoteArea,
      vertical_content_list: verticalContentList({ title: 26, desc: 112 }),
      horizontal_content_list: horizontalContentList({ keyname: 5, value: 26 }),
      jump_list: jumpList(13),
      card_action: cardAction,
    },
  },
  update: { content: ofApps, rules, idTranslation: true },
});
