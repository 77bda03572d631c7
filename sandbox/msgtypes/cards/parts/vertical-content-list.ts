import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';

/** @throws Refusal 42036 more than 4; 42033 one without title */
export function readVerticalContentList(card: JsonObject, { body }: CardContext) {
  const parts = body.objects(card, 'vertical_content_list');
  if (parts.length > 4) throw new Refusal(42036);
  return parts.map((part) => {
    const title = body.string(part, 'title');
    if (!title) throw new Refusal(42033);
    return { title, desc: body.string(part, 'desc') ?? '' };
  });
}
