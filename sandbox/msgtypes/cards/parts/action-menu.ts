import { invalidParameter, Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { fits } from './bytes';

/**
 * The "…" in the corner of a card. Robots have none: there it is ignored.
 * @throws Refusal 40058 not 1–3 entries; 42020 no text; 42019 no key; 42018 key of more than 1024 bytes; 42051 a key
 *   twice
 */
export function readActionMenu(card: JsonObject, { body, sender }: CardContext) {
  if (card['action_menu'] === undefined || sender === 'robot') return undefined;
  const menu = body.object(card, 'action_menu');
  const entries = body.objects(menu, 'action_list');
  if (entries.length < 1 || entries.length > 3) throw invalidParameter('action_menu.action_list');
  const keys = new Set<string>();
  const action_list = entries.map((entry) => {
    const text = body.string(entry, 'text');
    if (!text) throw new Refusal(42020);
    const key = body.string(entry, 'key');
    if (!key) throw new Refusal(42019);
    if (!fits(key, 1024)) throw new Refusal(42018);
    if (keys.has(key)) throw new Refusal(42051);
    keys.add(key);
    return { text, key };
  });
  return { desc: body.string(menu, 'desc') ?? '', action_list };
}
