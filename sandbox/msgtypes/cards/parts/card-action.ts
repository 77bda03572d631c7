import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { readTarget } from './target';

/**
 * What a tap on the card opens. Notices must open an address (1) or a mini-program (2).
 * @throws Refusal 42045 missing where it is required, or of a type the card does not know
 */
export function readCardAction(card: JsonObject, context: CardContext, need: 'required' | 'optional') {
  const { body } = context;
  if (card['card_action'] === undefined && need === 'optional') return undefined;
  const action = body.object(card, 'card_action');
  const type = body.integer(action, 'type') ?? 0;
  const types = need === 'required' ? [1, 2] : [0, 1, 2];
  if (!types.includes(type)) throw new Refusal(42045);
  return readTarget(action, type, context);
}
