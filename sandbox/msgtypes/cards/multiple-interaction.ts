import type { CardType } from './card-type';
import { requireMainTitle } from './parts/main-title';
import { readReplaceText } from './parts/replace-text';
import { readSelectList } from './parts/select-list';
import { readSource } from './parts/source';
import { readSubmitButton } from './parts/submit-button';

export const multipleInteraction: CardType = {
  robots: false,
  read: (card, context) => ({
    source: readSource(card, context, { coloured: false }),
    main_title: requireMainTitle(card, context),
    select_list: readSelectList(card, context),
    submit_button: readSubmitButton(card, context),
    replace_text: readReplaceText(card, context),
  }),
};
