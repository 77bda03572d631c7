import type { CardType } from './card-type';
import { readActionMenu } from './parts/action-menu';
import { readButtonList } from './parts/button-list';
import { readButtonSelection } from './parts/button-selection';
import { readCardAction } from './parts/card-action';
import { readHorizontalContentList } from './parts/horizontal-content-list';
import { requireMainTitle } from './parts/main-title';
import { readQuoteArea } from './parts/quote-area';
import { readReplaceText } from './parts/replace-text';
import { readSource } from './parts/source';
import { readSubTitle } from './parts/sub-title';

export const buttonInteraction: CardType = {
  robots: false,
  read: (card, context) => ({
    source: readSource(card, context),
    action_menu: readActionMenu(card, context),
    main_title: requireMainTitle(card, context),
    quote_area: readQuoteArea(card, context),
    sub_title_text: readSubTitle(card, context),
    horizontal_content_list: readHorizontalContentList(card, context),
    card_action: readCardAction(card, context, 'optional'),
    button_selection: readButtonSelection(card, context),
    button_list: readButtonList(card, context),
    replace_text: readReplaceText(card, context),
  }),
};
