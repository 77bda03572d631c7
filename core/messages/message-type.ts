/**
 * The room messages: what can be sent, one file per message type in types/. May import from long-text and what it
 * may import.
 */
import { z } from 'zod/v4';

import { choice, describeFields, ids, optional, toggle, wholeNumber } from '../schema/fields';
import type { Field, ObjectRules } from '../schema/field';
import { canBeTooLong, defaultTooLong } from '../schema/too-long';
import type { TooLong } from '../schema/too-long';
import type { Wording } from '../outcome/wording';

/**
 * Where a message can go: to members, departments and tags of an app (message/send), to a group chat the
 * app created (appchat/send), to the group of a robot (webhook/send), or in place of a card that was sent
 * before (message/update_template_card).
 */
export type Destination = 'app' | 'chat' | 'robot' | 'update';

/** What a message type looks like at one destination. */
export interface MessageForm {
  /** What goes inside the object named like the `msgtype`. @internal */
  readonly content: z.ZodObject;
  /** The options beside it. @internal */
  readonly options: z.ZodObject;
  /** The same two as lists of fields: what the hosts draw their panels from, and the docs their tables. */
  readonly panel: { readonly content: readonly Field[]; readonly options: readonly Field[] };
  /** Between the fields of the content. */
  readonly rules?: ObjectRules;
  /** What happens with texts that are too long when the message does not say. */
  readonly tooLong: TooLong;
  /** The fields of the content that can be a file or hold one, however deep. */
  readonly fileFields: readonly Field[];
  /** Whether it can be sent to everyone. */
  readonly everyone: boolean;
  /** Whether the request names the app. */
  readonly agentid: boolean;
  /** Names of file types that WeCom accepts as confidential; undefined: no such rule. */
  readonly confidentialExtensions?: readonly string[];
  /** When a card needs a task_id; it is made up when none is given. */
  readonly taskId?: 'always' | 'with-action-menu';
}

/** One kind of message, described once: validation, panels, locales and docs all come from this. */
export interface MessageType {
  /** What panels and flows call it. The `msgtype` itself, but for cards the type of card. */
  readonly name: string;
  /** The API's own name of the type; all cards are `template_card`. */
  readonly msgtype: string;
  /** The value of `card_type` inside the content, for the types that share the `msgtype` template_card. */
  readonly cardType?: string;
  /** What panels call it. */
  readonly label: Wording;
  /** One sentence: what arrives. */
  readonly summary: Wording;
  /** Whether members who read in WeChat (微信插件) see it (section 13.3). */
  readonly shownInWechat: boolean;
  /** How it looks at each destination that takes it. */
  readonly forms: { readonly [At in Destination]?: MessageForm };
}

const SAFE_CHOICES = [
  { value: 0, label: { en: 'Can Be Shared', zh: '可对外分享' } },
  { value: 1, label: { en: 'Confidential (No Sharing, Watermark)', zh: '保密（不可分享，带水印）' } },
  { value: 2, label: { en: 'Shared Inside the Company Only', zh: '仅限企业内分享' } },
] as const;

const TOO_LONG_CHOICES = [
  { value: 'split', label: { en: 'Send Several Messages', zh: '拆分为多条' } },
  { value: 'refuse', label: { en: 'Fail', zh: '报错' } },
  { value: 'truncate', label: { en: 'Shorten', zh: '截短' } },
] as const;

/** What WeCom assumes when the message says nothing (doc 90236). */
export const DUPLICATE_INTERVAL_DEFAULT_SECONDS = 1800;
const DUPLICATE_INTERVAL_MAX_SECONDS = 14_400;

const translateIds = optional(
  toggle({
    label: { en: 'Translate IDs', zh: 'ID 转译' },
    help: {
      en: 'Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans)',
      zh: '是否将 $userName=ID$、$departmentName=ID$ 替换为名称（enable_id_trans）',
    },
  }),
);

const options = {
  /**
   * @param values the values of `safe` that the type lists. What WeCom does with it on other types is not documented.
   */
  safe: (values: readonly (0 | 1 | 2)[]) =>
    optional(
      choice({
        label: { en: 'Confidentiality', zh: '保密' },
        help: { en: 'Whether members can share the message (safe)', zh: '成员能否分享该消息（safe）' },
        choices: SAFE_CHOICES.filter((entry) => values.includes(entry.value)),
        default: 0,
      }),
    ),
  convertMarkdown: optional(
    toggle({
      ours: true,
      label: { en: 'Adapt Markdown', zh: '适配 Markdown' },
      help: {
        en: 'Whether to rewrite common Markdown, as language models write it, for WeCom: lists, tables, pictures and code blocks become something it can show',
        zh: '是否将常见 Markdown（如大模型的输出）改写为企业微信支持的格式：列表、表格、图片和代码块会转换为可显示的内容',
      },
    }),
  ),
  tooLong: (values: readonly TooLong[], standard: TooLong) =>
    optional(
      choice({
        ours: true,
        label: { en: 'When Too Long', zh: '内容超长时' },
        help: values.includes('split')
          ? {
              en: 'What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error',
              zh: '文本超出单条消息长度时：拆分为多条依次发送（在段落、行或词之间断开）、截短并以“…”结尾，或报错',
            }
          : {
              en: 'What to do with texts that are too long: an error, or shorter texts that end in …',
              zh: '文本超长时：报错，或截短并以“…”结尾',
            },
        choices: TOO_LONG_CHOICES.filter((entry) => values.includes(entry.value)),
        default: standard,
      }),
    ),
  numberParts: optional(
    toggle({
      ours: true,
      label: { en: 'Number Parts', zh: '标注序号' },
      help: {
        en: 'Whether the messages of a long text begin with (1/3), (2/3) and so on',
        zh: '长文本拆分后，每条消息是否以 (1/3)、(2/3) 等开头',
      },
      shownWhen: { field: 'too_long', is: ['split'] },
    }),
  ),
  mention: optional(
    ids({
      ours: true,
      label: { en: 'Mention Members', zh: '@成员' },
      help: {
        en: 'User IDs of members to mention at the end of the content, which gets <@userid> for each of them',
        zh: '需要 @ 的成员账号，会在内容末尾逐个加上 <@userid>',
      },
      placeholder: 'zhangsan, lisi',
      idsOf: 'member',
      min: 0,
      // A group has at most 2000 members; the limit of the content is reached before.
      max: 2000,
    }),
  ),
  duplicateCheck: {
    enable_duplicate_check: optional(
      toggle({
        label: { en: 'Avoid Duplicates', zh: '避免重复' },
        help: {
          en: 'Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown',
          zh: '是否由企业微信丢弃时间间隔内的重复消息（enable_duplicate_check）。启用后，未收到应答的消息会自动重发；否则会报告为“结果未知”',
        },
      }),
    ),
    duplicate_check_interval: optional(
      wholeNumber({
        label: { en: 'Duplicate Check Interval', zh: '重复检查间隔' },
        help: {
          en: 'How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval)',
          zh: '重复检查的时间间隔，单位为秒，最大 14400（duplicate_check_interval）',
        },
        min: 1,
        max: DUPLICATE_INTERVAL_MAX_SECONDS,
        default: DUPLICATE_INTERVAL_DEFAULT_SECONDS,
        unit: { en: 'seconds', zh: '秒' },
        shownWhen: { field: 'enable_duplicate_check', is: [1, 'true'] },
      }),
    ),
  },
};

interface FormDescription {
  readonly content: z.ZodRawShape;
  readonly safe?: readonly (0 | 1 | 2)[];
  /** Whether the type has fields in which `$userName=ID$` and the like are translated (section 2.11). */
  readonly idTranslation?: boolean;
  readonly everyone?: boolean;
  readonly agentid?: boolean;
  readonly rules?: ObjectRules;
  readonly confidentialExtensions?: readonly string[];
  readonly taskId?: 'always' | 'with-action-menu';
  /** Whether common Markdown can be rewritten into what the type shows. */
  readonly convertMarkdown?: boolean;
  /** Whether `<@userid>` in the content mentions a member. */
  readonly mentions?: boolean;
}

type MessageTypeDescription = Pick<MessageType, 'msgtype' | 'label' | 'summary' | 'shownInWechat' | 'cardType'> & {
  readonly [At in Destination]?: FormDescription;
};

/** Makes a message type out of what it looks like at each destination (docs 90236, 90248, 99110, 94888). */
export function messageType({ app, chat, robot, update, ...type }: MessageTypeDescription): MessageType {
  return {
    ...type,
    name: type.cardType ?? type.msgtype,
    forms: {
      ...(app && { app: form(app, { ...ownOptions(app), ...options.duplicateCheck }) }),
      ...(chat && { chat: form(chat, ownOptions(chat)) }),
      ...(robot && { robot: form(robot, ownOptions(robot)) }),
      ...(update && { update: form(update, ownOptions(update)) }),
    },
  };
}

function ownOptions({ content, safe, idTranslation, convertMarkdown, mentions }: FormDescription): z.ZodRawShape {
  const fields = describeFields(z.strictObject(content));
  const standard = defaultTooLong(fields);
  return {
    ...(canBeTooLong(fields) && {
      too_long: options.tooLong(
        standard === 'split' ? ['split', 'truncate', 'refuse'] : ['refuse', 'truncate'],
        standard,
      ),
    }),
    ...(standard === 'split' && { number_parts: options.numberParts }),
    ...(safe && { safe: options.safe(safe) }),
    ...(idTranslation && { enable_id_trans: translateIds }),
    ...(convertMarkdown && { convert_markdown: options.convertMarkdown }),
    ...(mentions && { mention: options.mention }),
  };
}

// Forms of several destinations often share their content; the same schema then lets hosts show one panel for them.
const schemas = new WeakMap<z.ZodRawShape, z.ZodObject>();

function form(
  { content: shape, rules, everyone = true, agentid = true, confidentialExtensions, taskId }: FormDescription,
  optionShape: z.ZodRawShape,
): MessageForm {
  const content = schemas.get(shape) ?? z.strictObject(shape);
  schemas.set(shape, content);
  const optionSchema = z.strictObject(optionShape);
  const panel = { content: describeFields(content), options: describeFields(optionSchema) };
  return {
    content,
    options: optionSchema,
    panel,
    tooLong: defaultTooLong(panel.content),
    fileFields: fileFields(panel.content),
    everyone,
    agentid,
    ...(rules && { rules }),
    ...(confidentialExtensions && { confidentialExtensions }),
    ...(taskId && { taskId }),
  };
}

function fileFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => {
    if (field.media !== undefined) return [field];
    const inner = fileFields(field.fields ?? []);
    return inner.length > 0 ? [{ ...field, fields: inner }] : [];
  });
}
