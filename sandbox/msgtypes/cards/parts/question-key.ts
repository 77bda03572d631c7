import { Refusal } from '../../../errors';
import type { JsonObject, LenientBody } from '../../../lenient-json';
import { fits } from './bytes';

/** @throws Refusal 42043 missing or of more than 1024 bytes */
export function readQuestionKey(body: LenientBody, holder: JsonObject): string {
  const key = body.string(holder, 'question_key');
  if (!fits(key, 1024)) throw new Refusal(42043);
  return key;
}
