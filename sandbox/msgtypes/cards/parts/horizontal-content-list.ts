import { Refusal } from '../../../errors';
import type { JsonObject } from '../../../lenient-json';
import { showMedia } from '../../show-media';
import { checkUrl } from '../../url';
import type { CardContext } from '../card-type';
import { readChoice } from './choice';

/**
 * Rows of a name and a value: type 0 plain, 1 an address, 2 an attachment, 3 a member's profile.
 * @throws Refusal 42035 more than 6; 42027 no keyname; 42028 no url; 42029, 40007 no or a bad media_id; 42050 no or an
 *   unknown userid
 */
export function readHorizontalContentList(card: JsonObject, context: CardContext) {
  const { body } = context;
  const rows = body.objects(card, 'horizontal_content_list');
  if (rows.length > 6) throw new Refusal(42035);
  return rows.map((row) => {
    const keyname = body.string(row, 'keyname');
    if (!keyname) throw new Refusal(42027);
    const value = context.translate(body.string(row, 'value') ?? '');
    return { keyname, value, ...readRowTarget(row, context) };
  });
}

function readRowTarget(row: JsonObject, { body, media, contacts }: CardContext) {
  const type = readChoice(body, row, { key: 'type', values: [0, 1, 2, 3], name: 'horizontal_content_list.type' });
  if (type === 1) {
    const url = body.string(row, 'url');
    if (!url) throw new Refusal(42028);
    return { type, url: checkUrl(url) };
  }
  if (type === 2) {
    const media_id = body.string(row, 'media_id');
    if (!media_id) throw new Refusal(42029);
    return { type, ...showMedia(media(media_id)) };
  }
  if (type === 3) {
    const member = contacts.member(body.string(row, 'userid') ?? '');
    if (!member) throw new Refusal(42050);
    return { type, userid: member.userid };
  }
  return { type };
}
