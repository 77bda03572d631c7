/**
 * Makes an element. Children are nodes, strings or lists of them; strings become text, never HTML.
 * @param {string} selector tag with classes: `div.card.news`
 */
export function element(selector, properties = {}, ...children) {
  const [tag, ...classes] = selector.split('.');
  const made = Object.assign(document.createElement(tag), properties);
  made.classList.add(...classes);
  // One by one: a function takes some 100,000 arguments at most, and a long text can have more parts.
  for (const child of children.flat()) if (child !== undefined && child !== null && child !== '') made.append(child);
  return made;
}

/** A link that opens beside the page. */
export function link(selector, href, ...children) {
  return element(selector, { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}
