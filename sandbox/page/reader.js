import { element, link } from '../../drawing/element.js';
import { safeHref } from '../../drawing/markup.js';
import { words } from './words.js';

const dialog = document.querySelector('#reader');

/**
 * Opens the content of an mpnews article. The frame is sandboxed without any permission: no script, no form, no
 * navigation of the inbox.
 */
export function openArticle({ title, author, content, content_source_url }) {
  const frame = element('iframe', { title, srcdoc: content });
  frame.setAttribute('sandbox', '');
  const original = safeHref(content_source_url);
  const close = element('button', { type: 'button' }, words.close);
  close.addEventListener('click', () => dialog.close());
  dialog.replaceChildren(
    element('h2', {}, title),
    author ? element('p.author', {}, words.by(author)) : '',
    frame,
    element('footer', {}, original ? link('a', original, words.original) : element('span'), close),
  );
  dialog.showModal();
}
