import { Refusal } from '../../errors';
import type { JsonObject } from '../../lenient-json';
import type { Shown } from '../../messages';
import { buttonInteraction } from './button-interaction';
import type { CardContext, CardType } from './card-type';
import { multipleInteraction } from './multiple-interaction';
import { newsNotice } from './news-notice';
import { textNotice } from './text-notice';
import { voteInteraction } from './vote-interaction';

/** Every card_type (doc 90236). */
export const CARD_TYPES: Readonly<Record<string, CardType>> = {
  text_notice: textNotice,
  news_notice: newsNotice,
  button_interaction: buttonInteraction,
  vote_interaction: voteInteraction,
  multiple_interaction: multipleInteraction,
};

const WITH_BUTTONS: readonly unknown[] = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

/**
 * Judges a template card and returns what members see of it.
 * @throws Refusal 41016 no card_type, as seen on the real server; 42031 no such card_type, or not for robots; otherwise
 *   for the first thing that is wrong
 */
export function readCard(card: JsonObject, context: CardContext): Shown {
  const card_type = context.body.string(card, 'card_type');
  if (!card_type) throw new Refusal(41016);
  const type = Object.hasOwn(CARD_TYPES, card_type) ? CARD_TYPES[card_type] : undefined;
  if (!type || (context.sender === 'robot' && !type.robots)) throw new Refusal(42031);
  return { card_type, ...type.read(card, context) };
}

/** Whether members can answer this card, so that the app gets an event and may update it. */
export function callsBack(shown: Shown): boolean {
  return hasButtons(shown) || shown['action_menu'] !== undefined;
}

/** Whether the card has buttons that can be greyed. */
export function hasButtons(shown: Shown): boolean {
  return WITH_BUTTONS.includes(shown['card_type']);
}
