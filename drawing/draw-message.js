import { drawMarkup } from './draw-markup.js';
import { element, link } from './element.js';
import { drawNotice } from './draw-notice.js';
import { drawTemplateCard } from './draw-template-card.js';
import { readMarkdownV2 } from './markdown-v2.js';
import { readCard, readMarkdown, readText, safeHref, withMentions } from './markup.js';
import { picture } from './picture.js';
import { wordsIn } from './words.js';

/**
 * How each msgtype looks in the chat. A new type is a function here. The second argument: the place, with the words of
 * its language.
 */
const DRAWINGS = {
  text: ({ content, mentioned_list = [] }, place) =>
    element(
      'div.bubble.text',
      {},
      drawWords(readText(content), place),
      mentioned_list.flatMap((userid) => [' ', mention(userid, place)]),
    ),
  markdown: ({ content }, place) => element('div.bubble.markdown', {}, drawWords(readMarkdown(content), place)),
  markdown_v2: ({ content }, place) =>
    element('div.bubble.markdown.v2', {}, drawMarkup(readMarkdownV2(content), place)),
  template_card: drawTemplateCard,
  miniprogram_notice: drawNotice,
  image: ({ media_id, filename }, { mediaUrl }) =>
    link('a.picture', mediaUrl(media_id), picture(mediaUrl(media_id), filename)),
  voice: drawVoice,
  video: ({ media_id, title, description }, { mediaUrl }) =>
    element(
      'div.card.video',
      {},
      element('video', { src: mediaUrl(media_id), controls: true, preload: 'metadata' }),
      title || description
        ? element('div.words', {}, title && element('strong', {}, title), description && element('p', {}, description))
        : '',
    ),
  file: drawFile,
  textcard: ({ title, description, url, btntxt }) =>
    openable(
      'card.textcard',
      url,
      element('strong', {}, title),
      element('div.description', {}, drawMarkup(readCard(description))),
      element('div.more', {}, element('span', {}, btntxt), '›'),
    ),
  news: ({ articles }, place) =>
    drawArticles(articles, (article) => ({ picture: article.picurl, href: article.url }), place),
  mpnews: ({ articles }, place) =>
    drawArticles(
      articles,
      (article) => ({ picture: place.mediaUrl(article.thumb_media_id), open: () => place.openArticle(article) }),
      place,
    ),
};

/**
 * Where a message is shown: what the page around it knows and can do.
 * @typedef {object} Place
 * @property {'en' | 'zh'} language of what the drawing says by itself
 * @property {(userid: string) => string} nameOf the name of a member
 * @property {(mediaId: string) => string} mediaUrl where an uploaded file is
 * @property {(article: object) => void} openArticle shows the content of an mpnews article
 * @property {boolean} isGroup `<@userid>` is a mention in groups only
 * @property {boolean} byRobot cards of robots show less of long texts
 */

/**
 * The content of a message as a member sees it; a type without drawing is shown as data. It looks as it should where
 * look.css and message.css are.
 * @param {string} msgtype
 * @param {object} shown the content of the message, as the API has it
 * @param {Place} place
 */
export function drawMessage(msgtype, shown, place) {
  const draw = DRAWINGS[msgtype];
  return element(
    'div.wecom-look.wecom-message',
    {},
    draw
      ? draw(shown, { ...place, words: wordsIn(place.language) })
      : element('pre.bubble', {}, JSON.stringify(shown, null, 2)),
  );
}

/** `<@userid>` is a mention in groups only. */
function drawWords(nodes, place) {
  return drawMarkup(place.isGroup ? withMentions(nodes) : nodes, place);
}

function mention(userid, { nameOf }) {
  return element('span.mention', { title: userid }, `@${nameOf(userid)}`);
}

function drawVoice({ seconds }) {
  const button = element(
    'button.bubble.voice',
    { type: 'button' },
    element('i'),
    element('i'),
    element('i'),
    `${Math.max(1, Math.round(seconds))}″`,
  );
  button.style.setProperty('--seconds', Math.min(60, seconds));
  button.addEventListener('click', () => {
    // Browsers cannot play AMR: the bubble only moves for as long as the recording lasts.
    button.classList.add('playing');
    setTimeout(() => button.classList.remove('playing'), seconds * 1000);
  });
  return button;
}

function drawFile({ media_id, filename, size }, { mediaUrl }) {
  const extension = /\.(\w{1,4})$/.exec(filename)?.[1] ?? '?';
  return link(
    'a.card.file',
    mediaUrl(media_id),
    element('div.words', {}, element('strong', {}, filename), element('p', {}, readableSize(size))),
    element('span.extension', {}, extension),
  );
}

function readableSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One article stands by itself; of several the first is large and the others are rows. */
function drawArticles(articles, look, place) {
  const [first, ...others] = articles;
  const single = others.length === 0;
  const lead = drawArticle(
    'lead',
    { ...first, ...look(first) },
    single
      ? [element('strong', {}, first.title), element('p', {}, first.description || first.digest || '')]
      : [element('strong.over', {}, first.title)],
    place,
  );
  const rows = others.map((article) =>
    drawArticle('row', { ...article, ...look(article) }, [element('strong', {}, article.title)], place),
  );
  return element(`div.card.articles${single ? '.single' : ''}`, {}, lead, ...rows);
}

function drawArticle(selector, { picture: src, href, open, appid }, title, { words }) {
  const cover = src ? picture(src) : element('span.no-picture', {}, '▨');
  const content = [
    cover,
    element('div.words', {}, ...title, appid ? element('small', {}, `${words.miniProgram} ${appid}`) : ''),
  ];
  if (!open) return openable(selector, href, ...content);
  const button = element(`button.${selector}`, { type: 'button' }, ...content);
  button.addEventListener('click', open);
  return button;
}

function openable(selector, url, ...children) {
  const href = safeHref(url);
  return href ? link(`a.${selector}`, href, ...children) : element(`div.${selector}`, {}, ...children);
}
