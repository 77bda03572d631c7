import { Refusal } from '../../errors';
import type { CardType } from './card-type';
import { readActionMenu } from './parts/action-menu';
import { readCardAction } from './parts/card-action';
import { readEmphasisContent } from './parts/emphasis-content';
import { readHorizontalContentList } from './parts/horizontal-content-list';
import { readJumpList } from './parts/jump-list';
import { readMainTitle } from './parts/main-title';
import { readQuoteArea } from './parts/quote-area';
import { readSource } from './parts/source';
import { readSubTitle } from './parts/sub-title';

export const textNotice: CardType = {
  robots: true,
  read(card, context) {
    // A robot's card needs the object even when its title is empty (doc 99110).
    if (context.sender === 'robot' && card['main_title'] === undefined) throw new Refusal(41016);
    const main_title = readMainTitle(card, context);
    const sub_title_text = readSubTitle(card, context);
    if (!main_title?.title && !sub_title_text) throw new Refusal(41016);
    return {
      source: readSource(card, context),
      action_menu: readActionMenu(card, context),
      main_title,
      quote_area: readQuoteArea(card, context),
      emphasis_content: readEmphasisContent(card, context),
      sub_title_text,
      horizontal_content_list: readHorizontalContentList(card, context),
      jump_list: readJumpList(card, context),
      card_action: readCardAction(card, context, 'required'),
    };
  },
};
