import { element } from './element.js';

/** A mini-program notice: title, rows, and the mini-program it opens. */
export function drawNotice(notice, { words }) {
  const { appid, page, title, description, emphasis_first_item, content_item } = notice;
  const [first, ...others] = content_item;
  const rows = emphasis_first_item ? others : content_item;
  return element(
    'div.card.template',
    {},
    element('div.source', {}, `${words.miniProgram} ${appid}`),
    element('strong.main', {}, title),
    description ? element('p.desc', {}, description) : '',
    emphasis_first_item && first
      ? element('div.emphasis', {}, element('b', {}, first.value), element('span', {}, first.key))
      : '',
    rows.length > 0
      ? element('dl.rows', {}, ...rows.flatMap(({ key, value }) => [element('dt', {}, key), element('dd', {}, value)]))
      : '',
    page ? element('div.jump', { title: page }, element('span', {}, words.openMiniProgram), '›') : '',
  );
}
