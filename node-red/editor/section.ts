import type { Translate } from './translate';

/** Makes a part of a dialog that folds away: what most people never change stays out of sight. */
export function foldingSection(section: JQuery, title: string, open: boolean): void {
  const body = section.children().wrapAll('<div class="wecom-section-body"></div>').parent();
  const caret = $('<i class="fa"></i>');
  const header = $('<button type="button" class="wecom-section-header"></button>')
    .append(caret, ' ', $('<span></span>').text(title))
    .prependTo(section);
  const show = (shown: boolean) => {
    header.attr('aria-expanded', String(shown));
    caret.toggleClass('fa-caret-down', shown).toggleClass('fa-caret-right', !shown);
    body.toggle(shown);
    RED.tray.resize();
  };
  header.on('click', () => show(header.attr('aria-expanded') !== 'true'));
  show(open);
}

/**
 * The title of a section as its element names it: `data-title` is a key of the catalogue with the node type in front.
 */
export function sectionTitle(section: JQuery, t: Translate, root: string): string {
  return t(String(section.attr('data-title')).slice(root.length + 1));
}
