import type { JsonObject } from '../../../lenient-json';
import { optionalUrl } from '../../url';
import type { CardContext } from '../card-type';
import { readChoice } from './choice';

/** The line above the title: an icon and a name. `desc_color` 0 grey, 1 black, 2 red, 3 green. */
export function readSource(card: JsonObject, { body, translate }: CardContext, { coloured } = { coloured: true }) {
  if (card['source'] === undefined) return undefined;
  const source = body.object(card, 'source');
  return {
    icon_url: optionalUrl(body.string(source, 'icon_url')),
    desc: translate(body.string(source, 'desc') ?? ''),
    desc_color: coloured
      ? readChoice(body, source, { key: 'desc_color', values: [0, 1, 2, 3], name: 'source.desc_color' })
      : 0,
  };
}
