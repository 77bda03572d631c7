import type { Language } from '../../../core';
import type { NodeRed } from './node-red-api';

/** The language of a locale such as `zh-CN`: Chinese for every Chinese locale, English otherwise. */
export function languageOf(locale: unknown): Language {
  return typeof locale === 'string' && /^zh\b/i.test(locale) ? 'zh' : 'en';
}

/** The language in which errors are reported: that of the runtime, which the catalogue in use knows best. */
export function runtimeLanguage(RED: NodeRed, catalogue: string): Language {
  const chosen = RED._(`${catalogue}.language`);
  return chosen === 'en' || chosen === 'zh' ? chosen : languageOf(RED.settings.lang);
}
