import { element, link } from './element.js';
import { picture } from './picture.js';

const ELEMENTS = {
  line: 'div',
  quote: 'blockquote',
  bold: 'strong',
  italic: 'em',
  code: 'code',
  item: 'li',
  bullets: 'ul',
  row: 'tr',
};

/**
 * Draws what markup.js and markdown-v2.js have read.
 * @param {{ nameOf: (userid: string) => string }} place
 */
export function drawMarkup(nodes, place) {
  return nodes.map((node) => (node.type === 'text' ? node.text : drawNode(node, place)));
}

function drawNode(node, place) {
  const children = drawMarkup(node.children ?? [], place);
  switch (node.type) {
    case 'mention':
      return element('span.mention', { title: node.userid }, `@${place.nameOf(node.userid)}`);
    case 'link':
      return link('a', node.href, children);
    case 'heading':
      return element(`h${node.level}`, {}, children);
    case 'div':
      return element(`div.${node.style}`, {}, children);
    case 'font':
      return element(`span.${node.style}`, {}, children);
    case 'image':
      return picture(node.href, node.alt);
    case 'codeBlock':
      return element('pre', {}, element('code', {}, node.text));
    case 'rule':
      return element('hr');
    case 'numbers':
      return element('ol', { start: node.start }, children);
    case 'table':
      return element('div.table', {}, element('table', {}, children));
    case 'cell': {
      const cell = element(node.head ? 'th' : 'td', {}, children);
      cell.style.textAlign = node.align;
      return cell;
    }
    default:
      return element(ELEMENTS[node.type], {}, children);
  }
}
