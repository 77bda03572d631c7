import type { Language } from '../../../core';
import { editorLanguage } from './editor-language';
import type { NodeRed } from './node-red-api';

/** The language of a locale in any spelling (`zh`, `zh-TW`, `zh_CN.UTF-8`): Chinese if it begins so, else English. */
export function languageOf(locale: unknown): Language {
  return typeof locale === 'string' && /^zh(?![a-z])/i.test(locale.trim()) ? 'zh' : 'en';
}

/**
 * The language of what stands in logs, errors and messages, which nobody translates later. What `settings.js` says
 * counts; otherwise it is Chinese where the server is, and also where the person is who opened an editor last: servers
 * and containers are mostly set to English, or to nothing, whoever they work for.
 */
export function runtimeLanguage(RED: NodeRed): Language {
  const { lang } = RED.settings;
  if (typeof lang === 'string' && lang !== '') return languageOf(lang);
  return languageOf(localeOfServer(process.env)) === 'zh' ? 'zh' : (editorLanguage(RED).last ?? 'en');
}

/** As POSIX has it; Windows has no such variables, but a locale. */
function localeOfServer(env: NodeJS.ProcessEnv): string {
  return ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => env[name] ?? '').find((value) => value !== '') ?? LOCALE;
}

const LOCALE = Intl.DateTimeFormat().resolvedOptions().locale;
