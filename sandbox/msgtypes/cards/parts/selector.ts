import type { JsonObject, LenientBody } from '../../../lenient-json';
import { readOptionList } from './option-list';
import { readQuestionKey } from './question-key';

/** A drop-down of 1–10 options; without `selected_id`, or with a wrong one, the first option is chosen. */
export function readSelector(body: LenientBody, selector: JsonObject) {
  const question_key = readQuestionKey(body, selector);
  const option_list = readOptionList(body, selector, 10).map(({ id, text }) => ({ id, text }));
  const wanted = body.string(selector, 'selected_id');
  const selected = option_list.find(({ id }) => id === wanted) ?? option_list[0];
  return { question_key, title: body.string(selector, 'title') ?? '', option_list, selected_id: selected?.id };
}
