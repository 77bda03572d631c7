import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import { checkUrl } from '../../url';
import type { CardContext } from '../card-type';

/**
 * What opens at a tap: type 1 an address, type 2 a mini-program, type 0 nothing.
 * @throws Refusal 42028 type 1 without url; 45034, 40039 a bad one; 42030 type 2 without appid
 */
export function readTarget<Type extends number>(object: JsonObject, type: Type, { body }: CardContext) {
  if (type === 1) {
    const url = body.string(object, 'url');
    if (!url) throw new Refusal(42028);
    return { type, url: checkUrl(url) };
  }
  if (type === 2) {
    const appid = body.string(object, 'appid');
    if (!appid) throw new Refusal(42030);
    return { type, appid, pagepath: body.string(object, 'pagepath') ?? '' };
  }
  return { type };
}
