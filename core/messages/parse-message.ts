import { randomUUID } from 'node:crypto';

import { chatIdField } from '../schema/chat-id';
import { WecomInputError } from '../outcome/errors';
import type { InputIssue } from '../outcome/errors';
import type { Field } from '../schema/field';
import { checkRules } from '../schema/field-rules';
import type { Advice, Place, RuleFindings } from '../schema/field-rules';
import { filledIn } from '../schema/filled-in';
import { takeInlineFile } from './inline-file';
import { inputIssues, typeName, unknownKeys } from '../schema/input-issues';
import { adaptMarkdown, addMentions, markdownAdvice } from './adapt-markdown';
import { fitTexts } from './fit-texts';
import type { TooLong } from '../schema/too-long';
import { isFile } from '../schema/media';
import type { MediaInput } from '../schema/media';
import { messageTypes, typesAt } from './types';
import type { Destination, MessageForm, MessageType } from './message-type';
import { nearest } from '../schema/nearest';
import { EVERYONE_FIELD, parseRecipients, recipientFields } from './recipients';
import type { Recipients } from './recipients';
import { isRecord } from '../schema/record';

/** A message that passed every check. Files in `content` are not uploaded yet. */
export interface Draft {
  /** The kind of message. */
  readonly type: MessageType;
  /** How that looks where the message goes. */
  readonly form: MessageForm;
  /** The fields that say who gets it: `chatid` for a group chat, recipients for an app, nothing for a robot. */
  readonly recipients?: Recipients;
  /** ID of the group chat. */
  readonly chatid?: string;
  /** What goes inside the object named like the `msgtype`. */
  readonly content: Readonly<Record<string, unknown>>;
  /** What follows as messages of their own, when a text is too long for one. */
  readonly furtherParts?: readonly Readonly<Record<string, unknown>>[];
  /** What goes beside it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What is worth knowing but no reason to refuse. */
  readonly advice: readonly Advice[];
}

/**
 * Writes a message of a type the way the API does: panels know types, the API knows `msgtype` and, for cards,
 * `card_type`.
 */
export function messageOf(type: MessageType, content: unknown): Record<string, unknown> {
  // Whoever chose a type in a panel and left its card empty misses the fields of that type, not the type.
  const isCard =
    type.cardType !== undefined && (isRecord(content) || content === undefined || content === null || content === '');
  return {
    msgtype: type.msgtype,
    [type.msgtype]: isCard ? { card_type: type.cardType, ...(content as object) } : content,
  };
}

/**
 * Checks a message written like the API writes it: recipients or `chatid`, `msgtype`, the object named
 * like the type, and the options beside it. Media fields take a `media_id`, `{ filename, data }` or `{ filename, read }`.
 *
 * @throws WecomInputError with every issue of the whole message; nothing was sent then.
 */
export function parseMessage(
  input: unknown,
  destination: Exclude<Destination, 'update'>,
  catalogue: readonly MessageType[] = messageTypes,
): Draft {
  if (!isRecord(input))
    throw new WecomInputError([
      {
        path: 'message',
        message: {
          en: `must be an object, but is ${typeName(input).en}`,
          zh: `必须是对象，但实际是${typeName(input).zh}`,
        },
      },
    ]);

  const issues: InputIssue[] = [];
  const address = parseAddress(input, destination, issues);
  const found = findType(input, destination, catalogue);
  if ('path' in found) throw new WecomInputError([...issues, found]);

  const { type, form } = found;
  // The options come first because one of them rewrites the content, but people read about the content first.
  const beside: RuleFindings = { issues: [], advice: [] };
  const chosen = optionsOf(input, found, { destination, catalogue }, beside);
  // No option has to be chosen, and most messages come without.
  const options = isEmpty(chosen) ? chosen : parseOptions(form, chosen, beside);
  const content = parseContent(found, input[type.msgtype], options, issues);
  issues.push(...beside.issues);
  checkConfidentialFile(form, content?.values, options, issues);
  if (address.recipients?.everyone && !form.everyone) {
    issues.push({
      path: EVERYONE_FIELD,
      message: {
        en: `cannot be chosen for ${type.msgtype}: name members, departments or tags`,
        zh: `${type.msgtype} 不支持发送给全部成员：请指定成员、部门或标签`,
      },
    });
  }

  if (issues.length > 0 || !content || !options) throw new WecomInputError(issues);
  return {
    type,
    form,
    ...address,
    content: content.values,
    ...(content.furtherTexts.length > 0 && furtherParts(content.values, content.furtherTexts)),
    options: withoutOurOwn(options, form),
    advice: beside.advice.length === 0 ? content.advice : [...content.advice, ...beside.advice],
  };
}

/** Who is mentioned in lists beside the text hears of the message once, with its last part. */
function furtherParts(
  first: Record<string, unknown>,
  texts: readonly string[],
): Pick<Draft, 'content' | 'furtherParts'> {
  const { mentioned_list: _list, mentioned_mobile_list: _mobiles, ...rest } = first;
  const last = texts.length - 1;
  return {
    content: rest,
    furtherParts: texts.map((content, index) => ({ ...(index === last ? first : rest), content })),
  };
}

/** Checks the card that takes the place of a sent one (doc 94888), and the options beside it. */
export function parseCardUpdate(
  card: unknown,
  beside: Readonly<Record<string, unknown>>,
  issues: InputIssue[],
  catalogue: readonly MessageType[] = messageTypes,
): Pick<Draft, 'type' | 'form' | 'content' | 'options' | 'advice'> | undefined {
  const found = findType({ msgtype: 'template_card', template_card: card }, 'update', catalogue);
  if ('path' in found) {
    issues.push(found);
    return undefined;
  }
  const { form } = found;
  const content = parseContent(found, card, {}, issues);
  const options = parseOptions(form, filledIn(beside, form.panel.options) ?? {}, { issues, advice: [] });
  return content && options && { ...found, content: content.values, options, advice: content.advice };
}

interface Found {
  readonly type: MessageType;
  readonly form: MessageForm;
}

/** `msgtype` says which type it is, or `card_type` among those that share one. */
function findType(
  input: Readonly<Record<string, unknown>>,
  destination: Destination,
  catalogue: readonly MessageType[],
): Found | InputIssue {
  const msgtype = input['msgtype'];
  const known = typesAt(destination, catalogue);
  const first = known.find(({ type }) => type.msgtype === msgtype);
  if (!first)
    return unknownValue(
      'msgtype',
      msgtype,
      [...new Set(known.map(({ type }) => type.msgtype))],
      catalogue.some((type) => type.msgtype === msgtype) ? destination : undefined,
    );
  if (first.type.cardType === undefined) return first;
  const candidates = known.filter(({ type }) => type.msgtype === msgtype);
  const content = input[first.type.msgtype];
  if (content !== undefined && content !== null && content !== '' && !isRecord(content))
    return notAnObject(first.type.msgtype, content);
  const cardType = isRecord(content) ? content['card_type'] : undefined;
  return (
    candidates.find(({ type }) => type.cardType === cardType) ??
    unknownValue(
      `${first.type.msgtype}.card_type`,
      cardType,
      candidates.map(({ type }) => type.cardType as string),
      catalogue.some((type) => type.cardType === cardType) ? destination : undefined,
    )
  );
}

function notAnObject(path: string, value: unknown): InputIssue {
  return {
    path,
    message: { en: `must be an object, but is ${typeName(value).en}`, zh: `必须是对象，但实际是${typeName(value).zh}` },
  };
}

const PLACES: Readonly<Record<Destination, { en: string; zh: string }>> = {
  app: { en: 'members, departments and tags', zh: '成员、部门和标签' },
  chat: { en: 'group chats', zh: '群聊' },
  robot: { en: 'group robots', zh: '群机器人' },
  update: { en: 'card updates', zh: '卡片更新' },
};

function unknownValue(
  path: string,
  value: unknown,
  known: readonly string[],
  elsewhere: Destination | undefined,
): InputIssue {
  const list = { en: known.join(', '), zh: known.join('、') };
  if (value === undefined || value === null || value === '')
    return { path, message: { en: `is missing: choose one of ${list.en}`, zh: `缺失：请选择 ${list.zh} 之一` } };
  if (elsewhere)
    return {
      path,
      message: {
        en: `${JSON.stringify(value)} is not available for ${PLACES[elsewhere].en}, only ${list.en}`,
        zh: `${JSON.stringify(value)} 不能用于${PLACES[elsewhere].zh}，仅支持 ${list.zh}`,
      },
    };
  const meant = typeof value === 'string' ? nearest(value, known) : undefined;
  return meant === undefined
    ? { path, message: { en: `is not one of ${list.en}`, zh: `不是有效值；可用值：${list.zh}` } }
    : {
        path,
        message: { en: `is not one of ${list.en}; did you mean ${meant}?`, zh: `不是有效值；是否应为 ${meant}？` },
      };
}

function parseAddress(
  input: Readonly<Record<string, unknown>>,
  destination: Destination,
  issues: InputIssue[],
): Pick<Draft, 'recipients' | 'chatid'> {
  if (destination === 'chat') {
    const parsed = chatIdField.safeParse(input['chatid']);
    if (parsed.success) return { chatid: parsed.data };
    issues.push(...inputIssues(parsed.error, input['chatid'], [], ['chatid']));
  }
  if (destination !== 'app') return {};
  const parsed = parseRecipients(input);
  issues.push(...parsed.issues);
  return parsed.recipients ? { recipients: parsed.recipients } : {};
}

function parseOptions(
  form: MessageForm,
  values: Record<string, unknown>,
  findings: RuleFindings,
): Record<string, unknown> | undefined {
  return parsePart(form.options, { fields: form.panel.options, values, path: [], findings });
}

function parsePart(
  schema: MessageForm['content'],
  { fields, values, path, findings }: Place,
): Record<string, unknown> | undefined {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  findings.issues.push(...inputIssues(parsed.error, values, fields, path));
  return undefined;
}

function parseContent(
  { type, form }: Found,
  value: unknown,
  options: Readonly<Record<string, unknown>> | undefined,
  issues: InputIssue[],
): { values: Record<string, unknown>; furtherTexts: string[]; advice: Advice[] } | undefined {
  if (value !== undefined && value !== null && value !== '' && !isRecord(value)) {
    issues.push(notAnObject(type.msgtype, value));
    return undefined;
  }
  // An absent object is checked as an empty one, so that every missing field is named, not just "the object is missing".
  const given = filledIn(value, form.panel.content) ?? {};
  if (type.cardType !== undefined) delete given['card_type'];
  const path = [type.msgtype];
  takeInlineFile(form.fileFields, given, path, issues);
  if (options?.['convert_markdown']) adaptMarkdown(given);
  if (options?.['mention']) addMentions(given, options['mention'] as string[]);
  const findings = { issues, advice: markdownAdvice(type.msgtype, given, path) };
  const place = { fields: form.panel.content, values: given, path, findings };
  const tooLong = (options?.['too_long'] as TooLong | undefined) ?? form.tooLong;
  const furtherTexts = fitTexts(place, {
    msgtype: type.msgtype,
    tooLong,
    numbered: Boolean(options?.['number_parts']),
  });
  checkRules(place, form.rules);
  const values = parsePart(form.content, place);
  if (!values) return undefined;
  // WeCom wants one that it has never seen in this app (42014).
  const needsTaskId =
    form.taskId === 'always' || (form.taskId === 'with-action-menu' && values['action_menu'] !== undefined);
  if (needsTaskId) values['task_id'] ??= randomUUID();
  return {
    values: type.cardType === undefined ? values : { card_type: type.cardType, ...values },
    furtherTexts,
    advice: findings.advice,
  };
}

function isEmpty(values: object): boolean {
  for (const _ in values) return false;
  return true;
}

/** The fields that say where a message goes. */
const ADDRESS: Readonly<Record<Destination, ReadonlySet<string>>> = {
  app: new Set([...recipientFields.map((field) => field.name), EVERYONE_FIELD]),
  chat: new Set(['chatid']),
  robot: new Set(),
  update: new Set(),
};

/**
 * Takes the type's options out of the message and reports every key that has no business there. The samples of the
 * documentation have the agentid, which is the app's own here, and options that say what happens without them anyway.
 */
function optionsOf(
  input: Readonly<Record<string, unknown>>,
  { type, form }: Found,
  { destination, catalogue }: { readonly destination: Destination; readonly catalogue: readonly MessageType[] },
  { issues, advice }: RuleFindings,
): Record<string, unknown> {
  const own = form.options.shape;
  const options: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const key in input) {
    const value = input[key];
    if (value === undefined || value === null || value === '') continue;
    if (key in own) options[key] = value;
    else if (key === 'agentid' && NAMES_AN_APP.has(destination)) advice.push(OTHER_AGENT);
    else if (key !== 'msgtype' && key !== type.msgtype && !ADDRESS[destination].has(key)) {
      const others = typesAt(destination, catalogue).filter((other) => key in other.form.options.shape);
      const takers = others.map((other) => other.type.name);
      if (
        others.some((other) => other.form.panel.options.some((field) => field.name === key && isDefault(field, value)))
      ) {
        advice.push({
          path: key,
          message: {
            en: `is left out: ${type.name} has no such option, and does without it what this says`,
            zh: `已忽略：${type.name} 没有该选项，其取值与默认行为相同`,
          },
        });
        continue;
      }
      if (takers.length === 0) unknown.push(key);
      else
        issues.push({
          path: key,
          message: {
            en: `cannot be used with ${type.name}, only with ${takers.join(', ')}`,
            zh: `不能用于 ${type.name}，仅支持 ${takers.join('、')}`,
          },
        });
    }
  }
  issues.push(...unknownKeys(unknown, [...ADDRESS[destination], 'msgtype', type.msgtype, ...Object.keys(own)]));
  return options;
}

const NAMES_AN_APP: ReadonlySet<Destination> = new Set(['app', 'chat']);

/** A remark about an agentid that is not that of the app which sends; it is left out. */
export const OTHER_AGENT: Advice = {
  path: 'agentid',
  message: {
    en: 'is left out: what sends is the app that was set up here, and its own goes out',
    zh: '已忽略：以此处配置的应用发送，使用该应用自己的 agentid',
  },
};

function isDefault({ control, default: standard }: Field, value: unknown): boolean {
  if (control === 'switch') return value === 0 || value === '0' || value === false;
  return (
    (typeof value === 'number' || typeof value === 'string') &&
    standard !== undefined &&
    String(standard) === String(value)
  );
}

/** Options that are ours and not the API's stay at home. */
function withoutOurOwn(options: Record<string, unknown>, { panel }: MessageForm): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  for (const { name, ours } of panel.options) if (!ours && name in options) wire[name] = options[name];
  return wire;
}

function checkConfidentialFile(
  form: MessageForm,
  content: Readonly<Record<string, unknown>> | undefined,
  options: Readonly<Record<string, unknown>> | undefined,
  issues: InputIssue[],
): void {
  const extensions = form.confidentialExtensions;
  const attachment = content?.['media_id'];
  if (!extensions || !options?.['safe'] || !isFile(attachment)) return;
  const extension = /\.([^.]+)$/.exec(attachment.filename)?.[1]?.toLowerCase() ?? '';
  if (extensions.includes(extension)) return;
  issues.push({
    path: 'safe',
    message: {
      en: `cannot be set for a file named "${shortName(attachment)}": only ${extensions.join(', ')} files can be confidential`,
      zh: `不能用于文件“${shortName(attachment)}”：仅 ${extensions.join('、')} 文件支持保密`,
    },
  });
}

function shortName({ filename }: Exclude<MediaInput, string>): string {
  return filename.length > 40 ? `${filename.slice(0, 40)}…` : filename;
}
