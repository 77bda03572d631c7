import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { fits } from './bytes';

/** An update may leave it out. @throws Refusal 42049 no text; 42046 no key, or one of more than 1024 bytes */
export function readSubmitButton(card: JsonObject, { body, update }: CardContext) {
  if (update && card['submit_button'] === undefined) return undefined;
  const button = body.object(card, 'submit_button');
  const text = body.string(button, 'text');
  if (!text) throw new Refusal(42049);
  const key = body.string(button, 'key');
  if (!fits(key, 1024)) throw new Refusal(42046);
  return { text, key };
}
