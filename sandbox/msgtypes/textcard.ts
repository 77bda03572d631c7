import { Refusal } from '../errors';
import { truncateBytes, truncateCharacters } from '../truncate';
import type { MessageType } from './message-type';
import { checkUrl } from './url';

export const textcard: MessageType = {
  safe: [],
  read(content, { body, translate }) {
    const title = body.string(content, 'title');
    if (!title) throw new Refusal(41016);
    const description = body.string(content, 'description');
    if (!description) throw new Refusal(41033);
    const url = body.string(content, 'url');
    if (!url) throw new Refusal(41010);
    return {
      // Doc 90236 says characters, doc 90248 and older copies say bytes: who is right under bytes is right under both.
      title: translate(truncateBytes(title, 128)),
      description: translate(truncateBytes(description, 512)),
      url: checkUrl(url),
      btntxt: truncateCharacters(body.string(content, 'btntxt') || '详情', 4),
    };
  },
};
