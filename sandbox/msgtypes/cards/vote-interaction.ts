import type { CardType } from './card-type';
import { readCheckbox } from './parts/checkbox';
import { requireMainTitle } from './parts/main-title';
import { readReplaceText } from './parts/replace-text';
import { readSource } from './parts/source';
import { readSubmitButton } from './parts/submit-button';

export const voteInteraction: CardType = {
  robots: false,
  read: (card, context) => ({
    source: readSource(card, context, { coloured: false }),
    main_title: requireMainTitle(card, context),
    checkbox: readCheckbox(card, context),
    submit_button: readSubmitButton(card, context),
    replace_text: readReplaceText(card, context),
  }),
};
