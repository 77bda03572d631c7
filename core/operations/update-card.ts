import { z } from 'zod/v4';

import { endpoints } from '../api/endpoints';
import { WecomInputError } from '../outcome/errors';
import { describeFields, group, ids, numericIds, optional, text, toggle } from '../schema/fields';
import { filesOf } from '../sending/files-in-message';
import type { Advice } from '../schema/field-rules';
import { OTHER_AGENT, parseCardUpdate } from '../messages/parse-message';
import type { Draft } from '../messages/parse-message';
import type { Sender } from '../sending/sender';
import { warnings } from '../sending/warnings';
import { parseFields } from './operation';
import type { DescribedOperation } from './operation';

const idHelp = { en: 'IDs, separated by comma, space, | or line break', zh: 'ID，可用逗号、空格、| 或换行分隔' };

const buttonText = {
  label: { en: 'Button Text', zh: '按钮文案' },
  help: {
    en: 'The buttons become one grey button with this text; not for notices',
    zh: '按钮变为显示该文案的灰色按钮；不适用于通知类卡片',
  },
  placeholder: 'Approved',
};

/**
 * Whose card changes, and how; the new card itself is a message form of the destination `update` (section 3.2, doc
 * 94888).
 */
const shape = {
  response_code: text({
    label: { en: 'Response Code', zh: '更新凭证' },
    help: {
      en: 'The response_code that sending the card or a click on it returned; works once, within 72 hours',
      zh: '发送卡片或点击卡片时返回的 response_code，72 小时内有效且只能使用一次',
    },
    placeholder: 'RESPONSE_CODE',
    principal: true,
  }),
  atall: optional(
    toggle({
      label: { en: 'For Everybody', zh: '更新所有人' },
      help: {
        en: 'Whether to change the card of everybody who got it (atall)',
        zh: '是否更新所有收到该卡片的成员（atall）',
      },
    }),
  ),
  userids: optional(
    ids({
      label: { en: 'Members', zh: '成员' },
      help: idHelp,
      placeholder: 'zhangsan',
      idsOf: 'member',
      min: 0,
      max: 1000,
    }),
  ),
  partyids: optional(
    numericIds({
      label: { en: 'Departments', zh: '部门' },
      help: idHelp,
      placeholder: '2',
      idsOf: 'department',
      min: 0,
      max: 100,
    }),
  ),
  tagids: optional(
    numericIds({
      label: { en: 'Tags', zh: '标签' },
      help: idHelp,
      placeholder: '1',
      idsOf: 'tag',
      min: 0,
      max: 100,
    }),
  ),
  button: optional(
    group({
      label: { en: 'Grey Button', zh: '置灰按钮' },
      fields: { replace_name: text(buttonText) },
    }),
  ),
};
const schema = z.strictObject(shape);
const fields = describeFields(schema);
// Without a target WeCom answers 82101.
const rules = { oneOf: [['atall', 'userids', 'partyids', 'tagids']] };

/** What panels and docs need to know of updating a card; `Wecom.updateCard` does it. */
export const updateCard: DescribedOperation = {
  name: 'updateCard',
  about: 'message',
  label: { en: 'Update Card', zh: '更新卡片' },
  summary: {
    en: 'Greys the buttons of a card that was sent, or puts another card in its place',
    zh: '将已发送卡片的按钮置灰，或替换为新的卡片',
  },
  fields,
  rules,
};

/** What passed every check: targets and code, and either the text of the grey button or a new card. */
export interface CardUpdate {
  readonly values: Readonly<Record<string, unknown>>;
  readonly card?: Pick<Draft, 'type' | 'form' | 'content' | 'options' | 'advice'>;
  /** What is worth knowing but no reason to refuse. */
  readonly advice: readonly Advice[];
}

/**
 * Checks every field of a card update, without sending anything.
 *
 * @throws WecomInputError with every wrong field
 */
export function parseUpdate(input: unknown): CardUpdate {
  const {
    template_card: given,
    enable_id_trans,
    agentid,
    ...rest
  } = (typeof input === 'object' && input !== null ? { ...input } : {}) as Record<string, unknown>;
  // "Not everybody" names nobody: it must not count as a target.
  if (!rest['atall'] || rest['atall'] === '0') delete rest['atall'];
  const { values, issues } = parseFields(schema, fields, rules, rest);
  const replaces = given !== undefined && given !== null && given !== '';
  if (replaces === (rest['button'] !== undefined)) {
    issues.push({
      path: 'template_card',
      message: {
        en: 'is one of two ways: give either button.replace_name or a whole template_card',
        zh: '二选一：填写 button.replace_name 或完整的 template_card',
      },
    });
  }
  // An empty group counts as not filled in, but here it says which way was meant.
  if (!replaces && rest['button'] !== undefined && values && values['button'] === undefined) {
    issues.push({
      path: 'button.replace_name',
      label: buttonText.label,
      message: { en: 'is missing or empty', zh: '缺失或为空' },
    });
  }
  const card = replaces ? parseCardUpdate(given, { enable_id_trans }, issues) : undefined;
  if (issues.length > 0 || !values) throw new WecomInputError(issues);
  return {
    values: { ...values, ...card?.options },
    ...(card && { card }),
    advice: [...(card?.advice ?? []), ...(agentid === undefined ? [] : [OTHER_AGENT])],
  };
}

/**
 * Changes a sent card. Some of those named may not have it: they are in `invaliduser`, which is an array here already.
 */
export async function runUpdate(
  sender: Sender,
  agentid: number,
  { values, card, advice }: CardUpdate,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const target = { ...values, agentid };
  const post = (template_card?: Readonly<Record<string, unknown>>) =>
    sender.call(endpoints.updateTemplateCard, {
      json: { ...target, ...(template_card && { template_card }) },
      ...(signal && { signal }),
    });
  const files = card && filesOf(sender, card, { signal });
  const reply = (await (files ? files.send(post) : post(card?.content))) as { invaliduser?: string[] };
  return {
    errcode: 0,
    errmsg: 'ok',
    invaliduser: reply.invaliduser ?? [],
    warnings: warnings(advice, sender.language),
  };
}
