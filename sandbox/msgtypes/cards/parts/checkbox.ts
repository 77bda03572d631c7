import type { JsonObject } from '../../../lenient-json';
import type { CardContext } from '../card-type';
import { readChoice } from './choice';
import { readOptionList } from './option-list';
import { readQuestionKey } from './question-key';

/** 1–20 options of which one (mode 0) or several (mode 1) may be chosen; an update can `disable` them. */
export function readCheckbox(card: JsonObject, { body, update }: CardContext) {
  const checkbox = body.object(card, 'checkbox');
  return {
    question_key: readQuestionKey(body, checkbox),
    mode: readChoice(body, checkbox, { key: 'mode', values: [0, 1], name: 'checkbox.mode' }),
    option_list: readOptionList(body, checkbox, 20),
    disable: update && body.boolean(checkbox, 'disable') === true,
  };
}
