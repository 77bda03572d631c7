/**
 * Makes an element. Children are nodes or strings; strings become text, never HTML.
 * @param {string} selector tag with classes: `div.card.news`
 */
export function element(selector, properties = {}, ...children) {
  const [tag, ...classes] = selector.split('.');
  const made = Object.assign(document.createElement(tag), properties);
  made.classList.add(...classes);
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
  return made;
}

/** A link that opens beside the inbox. */
export function link(selector, href, ...children) {
  return element(selector, { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}
