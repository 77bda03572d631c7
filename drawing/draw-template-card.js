import { adviceFor } from './card-advice.js';
import { drawButtons, drawCheckbox, drawMenu, drawSelector } from './draw-card-controls.js';
import { element, link } from './element.js';
import { safeHref } from './markup.js';
import { picture } from './picture.js';
import { shortened } from './shorten.js';

const COLOURS = ['grey', 'black', 'red', 'green'];

/** A template card of any of the five types: each part is drawn when the card has it. */
export function drawTemplateCard(card, place) {
  const advice = adviceFor(card.card_type, place.byRobot);
  const note = element('p.note', { hidden: true });
  const controls = {
    advice,
    greyed: card.replace_text !== undefined,
    report: (key) => show(note, place.words.wouldReport(key)),
    words: place.words,
  };
  const drawn = element(
    'div.card.template',
    {},
    drawHead(card, controls),
    drawTitle(card, advice, place),
    card.card_image ? drawCardImage(card.card_image) : '',
    card.image_text_area ? drawImageText(card.image_text_area, place) : '',
    card.emphasis_content ? drawEmphasis(card.emphasis_content, advice) : '',
    card.quote_area ? drawQuote(card.quote_area, place) : '',
    shortened('p.sub', card.sub_title_text, advice.subTitle),
    ...(card.vertical_content_list ?? []).map(({ title, desc }) =>
      element(
        'div.paragraph',
        {},
        shortened('strong', title, advice.paragraphTitle),
        shortened('p', desc, advice.paragraph),
      ),
    ),
    card.horizontal_content_list?.length ? drawRows(card.horizontal_content_list, advice, place) : '',
    card.button_selection ? drawSelector(card.button_selection, controls) : '',
    card.checkbox ? drawCheckbox(card.checkbox, controls) : '',
    ...(card.select_list ?? []).map((selector) => drawSelector(selector, controls)),
    drawButtons(card, controls),
    ...(card.jump_list ?? []).map((jump) =>
      openable(
        { selector: 'div.jump', target: jump, place },
        shortened('span', jump.title, advice.jump),
        jump.type === 0 ? '' : '›',
      ),
    ),
    note,
  );
  return drawn;
}

function show(note, text) {
  note.textContent = text;
  note.hidden = false;
}

function drawHead({ source, action_menu }, controls) {
  if (!source && !action_menu) return '';
  const icon = safeHref(source?.icon_url) ? picture(source.icon_url) : '';
  const name = source ? shortened(`span.${COLOURS[source.desc_color]}`, source.desc, controls.advice.source) : '';
  return element('div.source', {}, icon, name, action_menu ? drawMenu(action_menu, controls) : '');
}

/** The title opens what a tap on the card opens; in the style sheet its link covers the whole card. */
function drawTitle({ main_title = {}, card_action }, advice, place) {
  const title = shortened('strong.main', main_title.title, advice.title);
  const desc = shortened('p.desc', main_title.desc, advice.desc);
  const href = card_action?.type === 1 ? safeHref(card_action.url) : undefined;
  if (href) return link('a.title.whole', href, title, desc);
  return element('div.title', card_action?.type === 2 ? { title: miniProgram(card_action, place) } : {}, title, desc);
}

function drawCardImage({ url, aspect_ratio }) {
  const frame = element('div.card-image', {}, picture(safeHref(url) ?? ''));
  frame.style.aspectRatio = String(Math.min(2.25, Math.max(1.3, aspect_ratio)));
  return frame;
}

function drawImageText(area, place) {
  return openable(
    { selector: 'div.image-text', target: area, place },
    picture(area.image_url),
    element('div', {}, element('strong', {}, area.title), element('p', {}, area.desc)),
  );
}

function drawEmphasis({ title, desc }, advice) {
  return element(
    'div.emphasis',
    {},
    shortened('b', title, advice.emphasisTitle),
    shortened('span', desc, advice.emphasisDesc),
  );
}

function drawQuote(quote, place) {
  return openable(
    { selector: 'div.quote', target: quote, place },
    quote.title ? element('strong', {}, quote.title) : '',
    quote.quote_text ? element('p', {}, quote.quote_text) : '',
  );
}

function drawRows(rows, advice, place) {
  return element(
    'dl.rows',
    {},
    ...rows.flatMap((row) => [
      shortened('dt', row.keyname, advice.keyname),
      element('dd', {}, drawValue(row, advice, place)),
    ]),
  );
}

function drawValue(row, advice, place) {
  const { nameOf, mediaUrl } = place;
  const text = (value) => shortened('span', value, advice.value);
  if (row.type === 1) return openable({ selector: 'span', target: row, place }, text(row.value || row.url));
  if (row.type === 2) return link('a.attachment', mediaUrl(row.media_id), text(row.value || row.filename));
  if (row.type === 3) return element('span.mention', { title: row.userid }, text(row.value || nameOf(row.userid)));
  return text(row.value);
}

/** Something of type 0 (just shown), 1 (opens an address) or 2 (opens a mini-program). */
function openable({ selector, target, place }, ...children) {
  const href = target.type === 1 ? safeHref(target.url) : undefined;
  const [, ...classes] = selector.split('.');
  if (href) return link(['a', ...classes].join('.'), href, ...children);
  return element(selector, target.type === 2 ? { title: miniProgram(target, place) } : {}, ...children);
}

function miniProgram({ appid, pagepath }, { words }) {
  return `${words.miniProgram} ${appid} ${pagepath}`.trim();
}
