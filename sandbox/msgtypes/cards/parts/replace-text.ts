import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';

/** In an update: one grey button with this text instead of the buttons. */
export function readReplaceText(card: JsonObject, { body, update }: CardContext): string | undefined {
  return update ? body.string(card, 'replace_text') || undefined : undefined;
}
