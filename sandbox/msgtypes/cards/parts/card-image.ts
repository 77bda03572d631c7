import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import { isUrl } from '../../url';
import type { CardContext } from '../card-type';

const DEFAULT_ASPECT_RATIO = 1.3;

/**
 * The large picture of a news notice. The documentation wants `aspect_ratio` between 1.3 and 2.25 and sends 2.25
 * itself: not enforced.
 * @throws Refusal 42044 without url, or with one that has no http(s) scheme or more than 2048 bytes
 */
export function readCardImage(card: JsonObject, { body }: CardContext) {
  if (card['card_image'] === undefined) return undefined;
  const image = body.object(card, 'card_image');
  const url = body.string(image, 'url');
  if (!url || !isUrl(url)) throw new Refusal(42044);
  return { url, aspect_ratio: body.number(image, 'aspect_ratio') ?? DEFAULT_ASPECT_RATIO };
}
