import { networkReason, WecomApiError, WecomInputError, WecomNetworkError } from '../../../core';
import type { InputIssue, Language, Wording, WecomError } from '../../../core';

/** What fits under a node. */
const LONGEST = 60;

/** What went wrong and where, in as few words as there are; undefined where the kind of error says it all. */
export function briefOf(error: unknown): Wording | undefined {
  if (error instanceof WecomInputError) return inBoth((language) => issue(error.issues, language));
  if (error instanceof WecomNetworkError && error.cause.code !== 'ABORT_ERR')
    return networkReason(error.cause.code) ?? titleOf(error);
  return error instanceof WecomApiError ? titleOf(error) : undefined;
}

function titleOf(error: WecomError): Wording {
  // Without what it took to come to this error.
  const bare = error.copy();
  return inBoth((language) => bare.explain(language).title);
}

function issue([first, ...others]: readonly InputIssue[], language: Language): string {
  if (!first) return '';
  const name = first.label?.[language] ?? first.path;
  const said = language === 'zh' ? `${name}：${first.message.zh}` : `${name} ${first.message.en}`;
  return others.length === 0 ? said : `${shortened(said, LONGEST - 5)} (+${others.length})`;
}

function inBoth(say: (language: Language) => string): Wording {
  return { en: shortened(say('en'), LONGEST), zh: shortened(say('zh'), LONGEST) };
}

function shortened(text: string, longest: number): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
}
