import { Refusal } from '../../errors';
import type { CardType } from './card-type';
import { readActionMenu } from './parts/action-menu';
import { readCardAction } from './parts/card-action';
import { readCardImage } from './parts/card-image';
import { readHorizontalContentList } from './parts/horizontal-content-list';
import { readImageTextArea } from './parts/image-text-area';
import { readJumpList } from './parts/jump-list';
import { requireMainTitle } from './parts/main-title';
import { readQuoteArea } from './parts/quote-area';
import { readSource } from './parts/source';
import { readVerticalContentList } from './parts/vertical-content-list';

export const newsNotice: CardType = {
  robots: true,
  read(card, context) {
    const main_title = requireMainTitle(card, context);
    const image_text_area = readImageTextArea(card, context);
    const card_image = readCardImage(card, context);
    // An app's card needs one of the two, a robot's needs the image.
    if (!card_image && (!image_text_area || context.sender === 'robot')) throw new Refusal(42044);
    return {
      source: readSource(card, context),
      action_menu: readActionMenu(card, context),
      main_title,
      quote_area: readQuoteArea(card, context),
      image_text_area,
      card_image,
      vertical_content_list: readVerticalContentList(card, context),
      horizontal_content_list: readHorizontalContentList(card, context),
      jump_list: readJumpList(card, context),
      card_action: readCardAction(card, context, 'required'),
    };
  },
};
