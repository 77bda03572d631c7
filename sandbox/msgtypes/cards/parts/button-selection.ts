import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { readSelector } from './selector';

export function readButtonSelection(card: JsonObject, { body }: CardContext) {
  return card['button_selection'] === undefined ? undefined : readSelector(body, body.object(card, 'button_selection'));
}
