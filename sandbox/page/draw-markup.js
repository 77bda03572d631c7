import { element, link } from './element.js';

const ELEMENTS = {
  line: 'div',
  quote: 'blockquote',
  bold: 'strong',
  code: 'code',
};

/** Draws what markup.js has read. */
export function drawMarkup(nodes) {
  return nodes.map((node) => {
    if (node.type === 'text') return node.text;
    const children = drawMarkup(node.children);
    if (node.type === 'link') return link('a', node.href, ...children);
    if (node.type === 'heading') return element(`h${node.level}`, {}, ...children);
    if (node.type === 'div' || node.type === 'font') return element(`${node.type === 'div' ? 'div' : 'span'}.${node.style}`, {}, ...children);
    return element(ELEMENTS[node.type], {}, ...children);
  });
}
