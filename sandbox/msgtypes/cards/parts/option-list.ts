import { Refusal } from '../../../errors';
import type { JsonObject, LenientBody } from '../../../lenient-json';
import { fits } from './bytes';

/**
 * The options of a selector or checkbox.
 * @throws Refusal 42037 not 1 to `most`; 42040 id missing, of more than 128 bytes or twice; 42041 text missing
 */
export function readOptionList(body: LenientBody, holder: JsonObject, most: number) {
  const options = body.objects(holder, 'option_list');
  if (options.length < 1 || options.length > most) throw new Refusal(42037);
  const ids = new Set<string>();
  return options.map((option) => {
    const id = body.string(option, 'id');
    if (!fits(id, 128) || ids.has(id)) throw new Refusal(42040);
    ids.add(id);
    const text = body.string(option, 'text');
    if (!text) throw new Refusal(42041);
    return { id, text, is_checked: body.boolean(option, 'is_checked') ?? false };
  });
}
