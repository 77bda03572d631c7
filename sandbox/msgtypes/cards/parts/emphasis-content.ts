import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';

/** The large figure in the middle of a text notice. */
export function readEmphasisContent(card: JsonObject, { body }: CardContext) {
  if (card['emphasis_content'] === undefined) return undefined;
  const emphasis = body.object(card, 'emphasis_content');
  return { title: body.string(emphasis, 'title') ?? '', desc: body.string(emphasis, 'desc') ?? '' };
}
