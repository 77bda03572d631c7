import type { JsonObject } from '../../lenient-json';
import type { ContentContext } from '../message-type';
import type { Shown } from '../../messages';

export interface CardContext extends ContentContext {
  sender: 'app' | 'robot';
  /** Whether this is the new look of a card that was sent before (doc 94888). */
  update: boolean;
}

/** One value of `card_type`. */
export interface CardType {
  /** Whether robots may send it. */
  robots: boolean;
  /**
   * Judges the fields of `template_card` this card has, and returns what members see; other fields are ignored.
   * @throws Refusal for the first thing that is wrong
   */
  read(card: JsonObject, context: CardContext): Shown;
}
