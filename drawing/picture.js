import { element } from './element.js';

export function mediaUrl(mediaId) {
  return `sandbox/media/${encodeURIComponent(mediaId)}`;
}

/** A picture, or a neutral field when it cannot be loaded. */
export function picture(src, alt = '') {
  const image = element('img', { alt, loading: 'lazy', src });
  image.addEventListener('error', () => image.replaceWith(element('span.no-picture', { title: src }, '▨')));
  return image;
}
