import { element, link } from './element.js';
import { safeHref } from './markup.js';
import { shortened, shorten } from './shorten.js';

let groups = 0;

/**
 * What members can choose and tap. A tap tells which key the app would be told.
 * @typedef {object} Controls
 * @property {Record<string, number>} advice how many 字 of each text are shown
 * @property {boolean} greyed
 * @property {(key: string) => void} report
 * @property {object} words
 */

/** The "…" in the corner. */
export function drawMenu({ desc, action_list }, { report, words }) {
  const entries = action_list.map(({ text, key }) => {
    const entry = element('button', { type: 'button' }, text);
    entry.addEventListener('click', () => {
      menu.open = false;
      report(key);
    });
    return entry;
  });
  const summary = element('summary', { title: desc || words.menu }, '⋯');
  const menu = element(
    'details.menu',
    {},
    summary,
    element('div', {}, desc ? element('small', {}, desc) : '', ...entries),
  );
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget)) menu.open = false;
  });
  return menu;
}

export function drawSelector({ title, option_list, selected_id, disable }, { advice, greyed }) {
  const options = option_list.map(({ id, text }) =>
    element('option', { value: id, selected: id === selected_id }, shorten(text, advice.option)),
  );
  const select = element('select', { disabled: Boolean(disable) || greyed }, ...options);
  return element('label.selector', {}, title ? element('span', {}, title) : '', select);
}

export function drawCheckbox({ mode, option_list, disable }, { advice, greyed }) {
  const name = `checkbox-${(groups += 1)}`;
  const options = option_list.map(({ text, is_checked }) =>
    element(
      'label.option',
      {},
      element('input', {
        type: mode === 1 ? 'checkbox' : 'radio',
        name,
        checked: is_checked,
        disabled: Boolean(disable) || greyed,
      }),
      shortened('span', text, advice.checkbox),
    ),
  );
  return element('div.options', {}, ...options);
}

/** The buttons, the submit button, or the grey one an update put in their place. */
export function drawButtons({ button_list, submit_button, replace_text }, { advice, report }) {
  if (replace_text !== undefined)
    return element('div.buttons', {}, element('button.greyed', { type: 'button', disabled: true }, replace_text));
  const buttons = button_list ?? (submit_button ? [{ ...submit_button, type: 0, style: 1 }] : []);
  if (buttons.length === 0) return '';
  return element(`div.buttons${buttons.length === 2 ? '.pair' : ''}`, {}, ...buttons.map(drawButton));

  function drawButton({ type, text, style, url, key }) {
    const label = shortened('span', text, advice.button);
    const href = type === 1 ? safeHref(url) : undefined;
    if (href) return link(`a.style-${style}`, href, label);
    const button = element(`button.style-${style}`, { type: 'button' }, label);
    button.addEventListener('click', () => report(key));
    return button;
  }
}
