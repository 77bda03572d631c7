import type { Field } from '../schema/field';
import type { InputIssue } from '../outcome/errors';
import { isNumericId, isUserId, splitIds } from '../schema/ids';
import type { Wording } from '../outcome/wording';

/** Anything people put in a recipient field: one id, a separated list, or an array of ids. */
export type RecipientInput = string | number | readonly (string | number)[];

/** The three fields of message/send that name recipients (doc 90236). */
export type RecipientField = 'touser' | 'toparty' | 'totag';

/** Validated and free of duplicates. `everyone` excludes the lists. */
export type Recipients =
  | { readonly everyone: true }
  | { readonly everyone: false; readonly touser: string[]; readonly toparty: number[]; readonly totag: number[] };

/** How a message says that it goes to every member in the app's visible range: `everyone: true`. */
export const EVERYONE_FIELD = 'everyone';

/** What WeCom itself takes for that, in `touser`. No input of ours may say so: texts come from anywhere. */
const EVERYONE_ON_THE_WIRE = '@all';

/** How many recipients of each sort one request may name (doc 90236: 40032, 82002, 82003). */
export const RECIPIENTS_PER_REQUEST: Readonly<Record<RecipientField, number>> = {
  touser: 1000,
  toparty: 100,
  totag: 100,
};

/** The recipient fields as a panel shows them. */
export const recipientFields: readonly (Field & { readonly name: RecipientField })[] = [
  {
    name: 'touser',
    control: 'line',
    idsOf: 'member',
    required: false,
    label: { en: 'Members', zh: '成员' },
    help: {
      en: 'User IDs of members (账号), separated by comma, space, | or line break',
      zh: '成员账号（UserID），可用逗号、空格、| 或换行分隔',
    },
    placeholder: 'zhangsan, lisi',
  },
  {
    name: 'toparty',
    control: 'line',
    idsOf: 'department',
    required: false,
    label: { en: 'Departments', zh: '部门' },
    help: {
      en: 'Department IDs (部门ID); members of sub-departments receive the message too',
      zh: '部门 ID；下级部门的成员也会收到',
    },
    placeholder: '2, 5',
  },
  {
    name: 'totag',
    control: 'line',
    idsOf: 'tag',
    required: false,
    label: { en: 'Tags', zh: '标签' },
    help: { en: 'Tag IDs (标签ID)', zh: '标签 ID' },
    placeholder: '1',
  },
];

/**
 * Reads the recipient fields of a message.
 *
 * A field that is present must name somebody: an expression that came out empty must never turn into
 * a message to fewer people, to nobody or to everyone. Fields that are absent are simply not used.
 * Everyone is reached only by `everyone: true`, alone. An @all in the lists is refused in any spelling: it may
 * come from whoever filled in a form, or from a language model.
 */
export function parseRecipients(input: Readonly<Record<string, unknown>>): {
  recipients?: Recipients;
  issues: InputIssue[];
} {
  const issues: InputIssue[] = [];
  // Own only: what a prototype says, nobody has chosen.
  const chosen = Object.hasOwn(input, EVERYONE_FIELD) ? input[EVERYONE_FIELD] : undefined;
  if (chosen === true) {
    for (const name of RECIPIENT_FIELDS)
      if (!isBlank(input[name])) issues.push(issue(name, saysEveryone(input[name]) ? SAYS_EVERYONE : BESIDE_EVERYONE));
    return issues.length > 0 ? { issues } : { recipients: { everyone: true }, issues };
  }
  if (chosen !== undefined && chosen !== null && chosen !== false)
    issues.push({ path: EVERYONE_FIELD, message: NOT_CHOSEN });
  if (!RECIPIENT_FIELDS.some((name) => name in input)) {
    if (issues.length === 0)
      issues.push(
        issue('touser', {
          en: 'names nobody: give members, departments or tags, or choose everyone',
          zh: '未指定接收人：请填写成员、部门、标签，或选择全部成员',
        }),
      );
    return { issues };
  }
  const recipients: Recipients = {
    everyone: false,
    touser: readIds(input, 'touser', readUserId, issues),
    toparty: readIds(input, 'toparty', readNumericId, issues),
    totag: readIds(input, 'totag', readNumericId, issues),
  };
  return issues.length > 0 ? { issues } : { recipients, issues };
}

/** The recipient fields of each request: one, unless a list is longer than a request may carry. */
export function recipientBatches(recipients: Recipients): Readonly<Partial<Record<RecipientField, string>>>[] {
  if (recipients.everyone) return [{ touser: EVERYONE_ON_THE_WIRE }];
  let count = 1;
  for (const name of RECIPIENT_FIELDS)
    count = Math.max(count, Math.ceil(recipients[name].length / RECIPIENTS_PER_REQUEST[name]));
  const batches: Partial<Record<RecipientField, string>>[] = [];
  for (let batch = 0; batch < count; batch += 1) {
    const fields: Partial<Record<RecipientField, string>> = {};
    for (const name of RECIPIENT_FIELDS) {
      const size = RECIPIENTS_PER_REQUEST[name];
      const ids = recipients[name];
      // Without blanks around the bar: whether the server trims them is not documented.
      if (ids.length > batch * size)
        fields[name] = (count === 1 ? ids : ids.slice(batch * size, (batch + 1) * size)).join('|');
    }
    batches.push(fields);
  }
  return batches;
}

const RECIPIENT_FIELDS = ['touser', 'toparty', 'totag'] as const;

const SAYS_EVERYONE: Wording = {
  en: 'says @all: a text cannot reach everyone. Choose "Everyone" under "Send To"; a program says everyone: true',
  zh: '填写了 @all：文本不能用于发送给全部成员。请在“发送给（Send To）”中选择“全部成员（Everyone）”；程序中请使用 everyone: true',
};
const BESIDE_EVERYONE: Wording = {
  en: 'cannot be combined with everyone: WeCom would ignore it',
  zh: '不能与全部成员同时使用：企业微信会忽略它',
};
const NOT_CHOSEN: Wording = {
  en: 'must be true, not a text or a number: everyone is reached only when that is chosen',
  zh: '必须是布尔值 true，不能是文本或数字：只有明确选择时才会发送给全部成员',
};

/**
 * Whether a text says @all, in any spelling that somebody could take for it: capitals, full-width letters, blanks,
 * separators and characters that nobody sees. WeCom documents only one; what else it reads so is not ours to try.
 */
function saysEveryone(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((entry) => saysEveryone(entry));
  // Hardly any account has one.
  if (typeof value !== 'string' || !AT_SIGN.test(value)) return false;
  return [value, ...splitIds(value)].some(
    (text) => text.normalize('NFKC').replace(UNSEEN_OR_SEPARATOR, '').toLowerCase() === EVERYONE_ON_THE_WIRE,
  );
}

const AT_SIGN = /[@＠﹫]/u;
const UNSEEN_OR_SEPARATOR = /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\s|,;，；、]/gu;

function isBlank(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}

function readIds<Id extends string | number>(
  input: Readonly<Record<string, unknown>>,
  name: RecipientField,
  readId: (text: string) => Id | Wording,
  issues: InputIssue[],
): Id[] {
  if (!(name in input)) return [];
  const value = input[name];
  if (isBlank(value)) {
    issues.push(issue(name, emptyWording(value)));
    return [];
  }
  const ids: Id[] = [];
  const found = { ids, issues };
  if (Array.isArray(value)) {
    // Holes count as well: forEach would pass over them, and over the recipient who should have stood there.
    for (const [index, entry] of value.entries()) readEntry(entry, `${name}[${index}]`, readId, found);
  } else readEntry(value, name, readId, found);
  return ids.length > 1 ? withoutRepeats(ids) : ids;
}

/** WeCom compares user IDs without case, so "Lisi" and "lisi" are one person. */
function withoutRepeats<Id extends string | number>(ids: readonly Id[]): Id[] {
  const first = new Map<string, Id>();
  for (const id of ids) {
    const compared = String(id).toLowerCase();
    if (!first.has(compared)) first.set(compared, id);
  }
  return [...first.values()];
}

function readEntry<Id extends string | number>(
  entry: unknown,
  path: string,
  readId: (text: string) => Id | Wording,
  { ids, issues }: { readonly ids: Id[]; readonly issues: InputIssue[] },
): void {
  if (isBlank(entry)) {
    issues.push(issue(path, emptyWording(entry)));
    return;
  }
  if (typeof entry !== 'string' && typeof entry !== 'number') {
    issues.push(
      issue(path, {
        en: `must be an ID, but is ${Array.isArray(entry) ? 'a list in a list' : `of type ${typeof entry}`}`,
        zh: `必须是 ID，但实际类型是 ${Array.isArray(entry) ? '嵌套列表' : typeof entry}`,
      }),
    );
    return;
  }
  // What a calculation went wrong with is no ID, though WeCom would take its digits for one.
  if (typeof entry === 'number' && !(Number.isSafeInteger(entry) && entry >= 0)) {
    issues.push(
      issue(path, { en: `must be an ID, but is the number ${entry}`, zh: `必须是 ID，但实际是数字 ${entry}` }),
    );
    return;
  }
  if (saysEveryone(entry)) {
    issues.push(issue(path, SAYS_EVERYONE));
    return;
  }
  const texts = splitIds(entry);
  if (texts.length === 0)
    issues.push(issue(path, { en: 'holds separators only, but no ID', zh: '只有分隔符，没有 ID' }));
  for (const text of texts) {
    const id = readId(text);
    if (typeof id === 'object') issues.push(issue(path, id));
    else ids.push(id);
  }
}

function readUserId(text: string): string | Wording {
  if (isUserId(text)) return text;
  return {
    en: `"${shorten(text)}" is not a user ID: 1 to 64 letters, digits or - _ . @ (the account of a member, not the name)`,
    zh: `“${shorten(text)}”不是有效的成员账号：1 至 64 位字母、数字或 - _ . @（填写账号，而不是姓名）`,
  };
}

function readNumericId(text: string): number | Wording {
  if (isNumericId(text)) return Number(text);
  return {
    en: `"${shorten(text)}" is not an ID: a whole number from 1`,
    zh: `“${shorten(text)}”不是有效的 ID：应为不小于 1 的整数`,
  };
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > 20 ? `${characters.slice(0, 20).join('')}…` : text;
}

function emptyWording(value: unknown): Wording {
  if (value === undefined)
    return { en: 'is undefined: it must name somebody', zh: '未定义（undefined）：必须指定接收人' };
  if (value === null) return { en: 'is null: it must name somebody', zh: '为 null：必须指定接收人' };
  if (Array.isArray(value)) return { en: 'is an empty list: it must name somebody', zh: '是空列表：必须指定接收人' };
  return { en: 'is blank: it must name somebody', zh: '为空白：必须指定接收人' };
}

function issue(path: string, message: Wording): InputIssue {
  const { label } = recipientFields.find((field) => path.startsWith(field.name)) as Field;
  return { path, message, label };
}
