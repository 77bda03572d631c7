/**
 * The locale of this editor, as Node-RED itself decides it. `RED.i18n.lang()` knows only those that Node-RED has texts
 * for, and says English for zh-HK.
 */
export function editorLocale(): string {
  return localStorage.getItem('editor-language') || navigator.language;
}

/** Errors and logs are not translated in an editor, so the runtime learns what is spoken here. */
export function tellLanguage(): void {
  void $.ajax({
    url: 'wecom-send/language',
    method: 'POST',
    contentType: 'application/json; charset=utf-8',
    data: JSON.stringify({ lang: editorLocale() }),
  });
}
