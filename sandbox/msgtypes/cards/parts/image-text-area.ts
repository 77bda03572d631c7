import { invalidParameter } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import { checkUrl } from '../../url';
import type { CardContext } from '../card-type';
import { readChoice } from './choice';
import { readTarget } from './target';

/** A small picture on the left with words beside it. @throws Refusal 40058 without image_url */
export function readImageTextArea(card: JsonObject, context: CardContext) {
  if (card['image_text_area'] === undefined) return undefined;
  const { body } = context;
  const area = body.object(card, 'image_text_area');
  const image_url = body.string(area, 'image_url');
  if (!image_url) throw invalidParameter('image_text_area.image_url');
  return {
    ...readTarget(
      area,
      readChoice(body, area, { key: 'type', values: [0, 1, 2], name: 'image_text_area.type' }),
      context,
    ),
    title: body.string(area, 'title') ?? '',
    desc: body.string(area, 'desc') ?? '',
    image_url: checkUrl(image_url),
  };
}
