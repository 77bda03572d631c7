import { drawMarkup } from './draw-markup.js';
import { element, link } from './element.js';
import { drawNotice } from './draw-notice.js';
import { drawTemplateCard } from './draw-template-card.js';
import { readMarkdownV2 } from './markdown-v2.js';
import { readCard, readMarkdown, readText, safeHref, withMentions } from './markup.js';
import { mediaUrl, picture } from './picture.js';
import { openArticle } from '../sandbox/page/reader.js';
import { words } from '../sandbox/page/words.js';

/** How each msgtype looks in the chat. A new type is a function here. The second argument: who is who, and whether it is a group. */
const DRAWINGS = {
  text: ({ content, mentioned_list = [] }, place) =>
    element(
      'div.bubble.text',
      {},
      ...drawWords(readText(content), place),
      ...mentioned_list.flatMap((userid) => [' ', mention(userid, place)]),
    ),
  markdown: ({ content }, place) => element('div.bubble.markdown', {}, ...drawWords(readMarkdown(content), place)),
  markdown_v2: ({ content }, place) =>
    element('div.bubble.markdown.v2', {}, ...drawMarkup(readMarkdownV2(content), place)),
  template_card: drawTemplateCard,
  miniprogram_notice: drawNotice,
  image: ({ media_id, filename }) => link('a.picture', mediaUrl(media_id), picture(mediaUrl(media_id), filename)),
  voice: drawVoice,
  video: ({ media_id, title, description }) =>
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
      element('div.description', {}, ...drawMarkup(readCard(description))),
      element('div.more', {}, element('span', {}, btntxt), '›'),
    ),
  news: ({ articles }) => drawArticles(articles, (article) => ({ picture: article.picurl, href: article.url })),
  mpnews: ({ articles }) =>
    drawArticles(articles, (article) => ({
      picture: mediaUrl(article.thumb_media_id),
      open: () => openArticle(article),
    })),
};

/**
 * The content of a message as a member sees it; a type without drawing is shown as data.
 * @param {{ nameOf: (userid: string) => string, isGroup: boolean, byRobot: boolean }} place
 */
export function drawMessage(msgtype, shown, place) {
  const draw = DRAWINGS[msgtype];
  return draw ? draw(shown, place) : element('pre.bubble', {}, JSON.stringify(shown, null, 2));
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

function drawFile({ media_id, filename, size }) {
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
function drawArticles(articles, look) {
  const [first, ...others] = articles;
  const single = others.length === 0;
  const lead = drawArticle(
    'lead',
    { ...first, ...look(first) },
    single
      ? [element('strong', {}, first.title), element('p', {}, first.description || first.digest || '')]
      : [element('strong.over', {}, first.title)],
  );
  const rows = others.map((article) =>
    drawArticle('row', { ...article, ...look(article) }, [element('strong', {}, article.title)]),
  );
  return element(`div.card.articles${single ? '.single' : ''}`, {}, lead, ...rows);
}

function drawArticle(selector, { picture: src, href, open, appid }, title) {
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
