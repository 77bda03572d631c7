import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';

export function readSubTitle(card: JsonObject, { body, translate }: CardContext): string | undefined {
  const text = body.string(card, 'sub_title_text');
  return text ? translate(text) : undefined;
}
