import type { InputIssue } from '../outcome/errors';
import type { Condition, Field, ObjectRules } from './field';
import { formatPath } from './input-issues';
import type { Wording } from '../outcome/wording';

type Path = readonly (string | number)[];
type Values = Record<string, unknown>;

/** A remark about a message that is sent all the same. */
export interface Advice {
  readonly path: string;
  readonly label?: Wording;
  readonly message: Wording;
}

export interface RuleFindings {
  readonly issues: InputIssue[];
  readonly advice: Advice[];
}

/** An object of the message that is checked. */
export interface Place {
  readonly fields: readonly Field[];
  readonly values: Values;
  /** Of the object, not of the field: most fields are fine, and then no path is needed. */
  readonly path: Path;
  readonly findings: RuleFindings;
}

/**
 * What one field says about another, which no schema of a single field can tell: fields that count only
 * with a certain value beside them, sets of which one is needed, keys that must differ. And the lengths
 * that clients shorten, which are worth a remark only.
 *
 * What WeCom would ignore is taken out of `values`, with a remark: people paste the samples of its documentation, which
 * have url, appid and pagepath side by side whatever the type.
 */
export function checkRules(place: Place, rules: ObjectRules | undefined): void {
  const { fields, values, path, findings } = place;
  for (const { field: name, beside } of rules?.ignored ?? []) {
    if (isFilled(values, name) && beside.every((other) => isFilled(values, other)))
      leaveOut(name, place, ignoredBeside(beside.map((other) => labelAt(fields, other))));
  }
  for (const field of ruled(fields)) {
    if (field.when) checkCondition(field, field.when, place);
    if (field.wrongIsDefault && isWrong(field, values[field.name])) leaveOut(field.name, place, takenForDefault(field));
    const value = values[field.name];
    if (field.advisedCharacters !== undefined && typeof value === 'string')
      checkAdvisedLength(field, value, field.advisedCharacters, place);
    if (field.control === 'group' && isValues(value))
      checkRules({ fields: field.fields ?? [], values: value, path: [...path, field.name], findings }, field.rules);
    if (field.control === 'list' && Array.isArray(value))
      checkList(field, value as unknown[], [...path, field.name], findings);
  }
  for (const names of rules?.oneOf ?? []) {
    if (names.some((name) => isFilled(values, name))) continue;
    const list = names.map((name) => labelAt(fields, name));
    const [label] = list;
    findings.issues.push({
      path: formatPath([...path, ...(names[0] as string).split('.')]),
      message: {
        en: `is missing: fill in ${list.map((label) => label.en).join(' or ')}`,
        zh: `缺失：请填写${list.map((label) => label.zh).join('或')}`,
      },
      ...(label && { label }),
    });
  }
  for (const names of rules?.together ?? []) {
    const missing = names.filter((name) => !isFilled(values, name));
    if (missing.length === names.length) continue;
    for (const name of missing) {
      const others = names.filter((other) => other !== name).map((other) => labelAt(fields, other));
      findings.issues.push({
        path: formatPath([...path, name]),
        label: labelAt(fields, name),
        message: {
          en: `is missing: it goes together with ${others.map((label) => label.en).join(', ')}`,
          zh: `缺失：须与${others.map((label) => label.zh).join('、')}同时填写`,
        },
      });
    }
  }
}

/** The fields that have anything to check. Of most lists it is few, and messages are many. */
function ruled(fields: readonly Field[]): readonly Field[] {
  let known = ruledFields.get(fields);
  if (!known) {
    known = fields.filter((field) => field.when ?? field.advisedCharacters ?? field.wrongIsDefault ?? field.fields);
    ruledFields.set(fields, known);
  }
  return known;
}

const ruledFields = new WeakMap<readonly Field[], readonly Field[]>();

/** Whether the field counts, given the values beside it. Panels show a field exactly then. */
export function isActive(
  field: Pick<Field, 'when'>,
  siblings: readonly Pick<Field, 'name' | 'default'>[],
  values: Values,
): boolean {
  if (!field.when) return true;
  const { field: name, is } = field.when;
  const actual = values[name] ?? siblings.find((sibling) => sibling.name === name)?.default;
  // Panels and expressions give 1 and "1" alike.
  return is.some((value) => value === actual || String(value) === actual);
}

function checkCondition(field: Field, { field: name, is }: Condition, place: Place): void {
  const { fields: siblings, values, path, findings } = place;
  const given = values[field.name] !== undefined;
  const active = isActive(field, siblings, values);
  if (active ? given || !field.required : !given) return;
  const other = siblings.find((sibling) => sibling.name === name);
  const [label, choices] = [
    other?.label ?? { en: name, zh: name },
    (other?.choices ?? []).filter((entry) => is.includes(entry.value)),
  ];
  const condition = {
    en: `${label.en} is ${choices.map((entry) => `"${entry.label.en}" (${entry.value})`).join(' or ')}`,
    zh: `“${label.zh}”为${choices.map((entry) => `“${entry.label.zh}”（${entry.value}）`).join('或')}`,
  };
  if (!active)
    return leaveOut(field.name, place, {
      en: `it counts only when ${condition.en}`,
      zh: `仅在${condition.zh}时有效`,
    });
  findings.issues.push({
    path: formatPath([...path, field.name]),
    label: field.label,
    message: { en: `is missing: it is needed when ${condition.en}`, zh: `缺失：${condition.zh}时必填` },
  });
}

/** Takes out what WeCom would ignore, and says so. */
function leaveOut(name: string, { fields, values, path, findings }: Place, why: Wording): void {
  delete values[name];
  findings.advice.push({
    path: formatPath([...path, name]),
    label: labelAt(fields, name),
    message: { en: `is left out: ${why.en}`, zh: `已忽略：${why.zh}` },
  });
}

function ignoredBeside(labels: readonly Wording[]): Wording {
  return {
    en: `WeCom ignores it beside ${labels.map(({ en }) => en).join(' and ')}`,
    zh: `填写${labels.map(({ zh }) => zh).join('和')}后，企业微信会忽略它`,
  };
}

function takenForDefault({ choices = [], default: standard }: Field): Wording {
  const values = choices.map(({ value }) => value);
  return {
    en: `it is none of ${values.join(', ')}, and WeCom takes it for ${standard}`,
    zh: `不是 ${values.join('、')} 之一，企业微信按 ${standard} 处理`,
  };
}

function checkList(field: Field, entries: unknown[], path: Path, findings: RuleFindings): void {
  const { unique, skipsEmpty } = field.rules ?? {};
  if (skipsEmpty) skipEmpty(field, entries, path, findings);
  const seen = new Map<unknown, number>();
  entries.forEach((entry, index) => {
    if (!isValues(entry)) return;
    checkRules({ fields: field.fields ?? [], values: entry, path: [...path, index], findings }, field.rules);
    if (unique === undefined || entry[unique] === undefined) return;
    const value = entry[unique];
    const first = seen.get(value);
    if (first === undefined) seen.set(value, index);
    else
      findings.issues.push({
        path: formatPath([...path, index, unique]),
        label: labelAt(field.fields ?? [], unique),
        message: {
          en: `is the same as in entry ${first + 1}: it must be unique`,
          zh: `与第 ${first + 1} 项重复：不可重复`,
        },
      });
  });
}

/** What is no number and no text at all is left for the schema to refuse. */
function isWrong({ choices = [] }: Field, value: unknown): boolean {
  return (
    (typeof value === 'number' || typeof value === 'string') &&
    !choices.some((choice) => String(choice.value) === String(value).trim())
  );
}

function skipEmpty({ entryLabel, label }: Field, entries: unknown[], path: Path, { advice }: RuleFindings): void {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (!isValues(entry) || Object.values(entry).some((value) => value !== undefined)) continue;
    entries.splice(index, 1);
    advice.push({
      path: formatPath([...path, index]),
      label: entryLabel ?? label,
      message: {
        en: 'is left out: WeCom ignores it when nothing is filled in',
        zh: '已忽略：内容全部为空时企业微信会忽略它',
      },
    });
  }
}

function checkAdvisedLength(field: Field, value: string, limit: number, { path, findings }: Place): void {
  // A text has at most as many characters as it has UTF-16 units, which are there to be read off.
  if (value.length <= limit) return;
  const actual = [...value].length;
  if (actual > limit)
    findings.advice.push({
      path: formatPath([...path, field.name]),
      label: field.label,
      message: {
        en: `has ${actual} characters; WeCom shows about ${limit} and shortens the rest`,
        zh: `有 ${actual} 个字，企业微信建议不超过 ${limit} 个字，超出部分可能被省略`,
      },
    });
}

function isFilled(values: Values, dotted: string): boolean {
  return (
    dotted.split('.').reduce<unknown>((value, name) => (isValues(value) ? value[name] : undefined), values) !==
    undefined
  );
}

function labelAt(fields: readonly Field[], dotted: string): Wording {
  const names = dotted.split('.');
  const found = names.reduce<{ fields: readonly Field[]; field?: Field }>(
    (level, name) => {
      const field = level.fields.find((entry) => entry.name === name);
      return { fields: field?.fields ?? [], ...(field && { field }) };
    },
    { fields },
  );
  return found.field?.label ?? { en: dotted, zh: dotted };
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
