import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { readChoice } from './choice';
import { readTarget } from './target';

/** Lines at the foot of a notice that open something. @throws Refusal 42042 more than 3; 42033 one without title */
export function readJumpList(card: JsonObject, context: CardContext) {
  const { body } = context;
  const jumps = body.objects(card, 'jump_list');
  if (jumps.length > 3) throw new Refusal(42042);
  return jumps.map((jump) => {
    const title = body.string(jump, 'title');
    if (!title) throw new Refusal(42033);
    return {
      ...readTarget(jump, readChoice(body, jump, { key: 'type', values: [0, 1, 2], name: 'jump_list.type' }), context),
      title,
    };
  });
}
