import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { readSelector } from './selector';

/**
 * 1–3 drop-downs; an update can `disable` each. @throws Refusal 42047 none or more than 3; 42043 a question_key twice
 */
export function readSelectList(card: JsonObject, { body, update }: CardContext) {
  const selectors = body.objects(card, 'select_list');
  if (selectors.length < 1 || selectors.length > 3) throw new Refusal(42047);
  const list = selectors.map((selector) => ({
    ...readSelector(body, selector),
    disable: update && body.boolean(selector, 'disable') === true,
  }));
  if (new Set(list.map(({ question_key }) => question_key)).size < list.length) throw new Refusal(42043);
  return list;
}
