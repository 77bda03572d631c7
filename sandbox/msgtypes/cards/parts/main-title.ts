import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';

export function readMainTitle(card: JsonObject, { body, translate }: CardContext) {
  if (card['main_title'] === undefined) return undefined;
  const main = body.object(card, 'main_title');
  return { title: translate(body.string(main, 'title') ?? ''), desc: translate(body.string(main, 'desc') ?? '') };
}

/** @throws Refusal 41016 without a title */
export function requireMainTitle(card: JsonObject, context: CardContext) {
  const main = readMainTitle(card, context);
  if (!main?.title) throw new Refusal(41016);
  return main;
}
