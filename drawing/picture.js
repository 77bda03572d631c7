import { element } from './element.js';

/** A picture, or a neutral field when it cannot be loaded. */
export function picture(src, alt = '') {
  const image = element('img', { alt, loading: 'lazy', src });
  image.addEventListener('error', () => image.replaceWith(element('span.no-picture', { title: src }, '▨')));
  return image;
}
