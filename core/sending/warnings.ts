import type { Language } from '../outcome/wording';
import type { Advice } from '../schema/field-rules';

/** The remarks about a message as sentences. */
export function warnings(advice: readonly Advice[], said: Language | (() => Language)): string[] {
  if (advice.length === 0) return [];
  const language = typeof said === 'function' ? said() : said;
  return advice.map(({ path, label, message }) =>
    language === 'zh'
      ? `${label ? `${label.zh}（${path}）` : path}：${message.zh}`
      : `${label ? `${label.en} (${path})` : path} ${message.en}`,
  );
}
