import { Refusal } from '../errors';
import { truncateBytes } from '../truncate';
import { readArticles } from './articles';
import type { MessageType } from './message-type';
import { checkUrl } from './url';

const CONTENT_BYTES = 666 * 1024;

export const mpnews: MessageType = {
  safe: [1, 2],
  read(content, { body, media, translate }) {
    const articles = readArticles(body, content).map((article) => {
      const title = body.string(article, 'title');
      if (!title) throw new Refusal(41016);
      const thumb = media(body.string(article, 'thumb_media_id'), 'image');
      const author = body.string(article, 'author') ?? '';
      if (Buffer.byteLength(author) > 64) throw new Refusal(45032);
      const html = body.string(article, 'content');
      if (!html) throw new Refusal(44004);
      if (Buffer.byteLength(html) > CONTENT_BYTES) throw new Refusal(45002);
      const source = body.string(article, 'content_source_url');
      return {
        title: translate(truncateBytes(title, 128)),
        thumb_media_id: thumb.media_id,
        author,
        content_source_url: source ? checkUrl(source) : '',
        content: translate(html),
        digest: translate(truncateBytes(body.string(article, 'digest') ?? '', 512)),
      };
    });
    return { articles };
  },
};
