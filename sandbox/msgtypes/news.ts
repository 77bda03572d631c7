import { exceeds, Refusal } from '../errors';
import { truncateBytes } from '../truncate';
import { readArticles } from './articles';
import type { MessageType } from './message-type';
import { checkUrl } from './url';

export const news: MessageType = {
  safe: [],
  read(content, { body, safe, translate }) {
    if (safe !== 0) throw new Refusal(40074);
    const articles = readArticles(body, content).map((article) => {
      const title = body.string(article, 'title');
      if (!title) throw new Refusal(41016);
      const description = translate(truncateBytes(body.string(article, 'description') ?? '', 512));
      const picurl = body.string(article, 'picurl');
      const shown = {
        title: translate(truncateBytes(title, 128)),
        description,
        picurl: picurl ? checkUrl(picurl) : '',
      };

      // A linked mini-program is opened instead of the url, but only when both of its fields are there.
      const appid = body.string(article, 'appid');
      const pagepath = body.string(article, 'pagepath');
      if (appid && pagepath) {
        if (Buffer.byteLength(pagepath) > 128) throw exceeds('news.articles.pagepath', 128);
        return { ...shown, appid, pagepath };
      }
      const url = body.string(article, 'url');
      if (!url) throw new Refusal(41010);
      return { ...shown, url: checkUrl(url) };
    });
    return { articles };
  },
};
