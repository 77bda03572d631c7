import { Refusal } from '../errors';
import { truncateBytes } from '../truncate';
import { readArticles } from './articles';
import type { MessageType } from './message-type';
import { checkUrl, checkUrlLength } from './url';

/**
 * News as app chats and robots take it: no mini-programs, so every article needs its url. @param checkArticleUrl what
 * is asked of it
 */
const newsWithUrl = (checkArticleUrl: (url: string) => string): MessageType => ({
  safe: [],
  read(content, { body, safe }) {
    if (safe !== 0) throw new Refusal(40074);
    const articles = readArticles(body, content).map((article) => {
      const title = body.string(article, 'title');
      if (!title) throw new Refusal(41016);
      const url = body.string(article, 'url');
      if (!url) throw new Refusal(41010);
      const picurl = body.string(article, 'picurl');
      return {
        title: truncateBytes(title, 128),
        description: truncateBytes(body.string(article, 'description') ?? '', 512),
        url: checkArticleUrl(url),
        picurl: picurl ? checkUrl(picurl) : '',
      };
    });
    return { articles };
  },
});

export const chatNews = newsWithUrl(checkUrl);
/** The sample of doc 99110 has `"url": "www.qq.com"`: robots need no scheme. */
export const robotNews = newsWithUrl(checkUrlLength);
