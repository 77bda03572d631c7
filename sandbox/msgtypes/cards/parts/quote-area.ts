import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { readChoice } from './choice';
import { readTarget } from './target';

export function readQuoteArea(card: JsonObject, context: CardContext) {
  if (card['quote_area'] === undefined) return undefined;
  const { body } = context;
  const quote = body.object(card, 'quote_area');
  return {
    ...readTarget(quote, readChoice(body, quote, { key: 'type', values: [0, 1, 2], name: 'quote_area.type' }), context),
    title: body.string(quote, 'title') ?? '',
    quote_text: body.string(quote, 'quote_text') ?? '',
  };
}
