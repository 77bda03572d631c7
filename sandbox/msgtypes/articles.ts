import { Refusal } from '../errors';
import type { JsonObject, LenientBody } from '../lenient-json';

/**
 * The 1–8 articles of news and mpnews.
 * @throws Refusal 45008
 */
export function readArticles(body: LenientBody, content: JsonObject): JsonObject[] {
  const articles = body.objects(content, 'articles');
  if (articles.length < 1 || articles.length > 8) throw new Refusal(45008);
  return articles;
}
