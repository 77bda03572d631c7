import { exceeds, Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import { checkUrl } from '../../url';
import type { CardContext } from '../card-type';
import { fits } from './bytes';
import { readChoice } from './choice';

/**
 * 1–6 buttons: type 0 calls back with its key, type 1 opens an address.
 * @throws Refusal 42038 no button, or one without text; 40058 more than 6; 42039 key missing, too long or twice; 42028
 *   no url
 */
export function readButtonList(card: JsonObject, { body }: CardContext) {
  const buttons = body.objects(card, 'button_list');
  if (buttons.length === 0) throw new Refusal(42038);
  if (buttons.length > 6) throw exceeds('template_card.button_list', 6);
  const keys = new Set<string>();
  return buttons.map((button) => {
    const text = body.string(button, 'text');
    if (!text) throw new Refusal(42038);
    // "不填或错填默认1": a wrong style is the first one.
    const style = [1, 2, 3, 4].find((one) => one === body.integer(button, 'style')) ?? 1;
    const type = readChoice(body, button, { key: 'type', values: [0, 1], name: 'button_list.type' });
    if (type === 1) {
      const url = body.string(button, 'url');
      if (!url) throw new Refusal(42028);
      return { type, text, style, url: checkUrl(url) };
    }
    const key = body.string(button, 'key');
    if (!fits(key, 1024) || keys.has(key)) throw new Refusal(42039);
    keys.add(key);
    return { type, text, style, key };
  });
}
