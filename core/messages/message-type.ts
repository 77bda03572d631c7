import { z } from 'zod/v4';

import { choice, describeFields, optional, toggle, wholeNumber } from '../fields';
import type { Choice, Field } from '../fields';
import type { Wording } from '../wording';

/** One kind of message, described once: validation, panels, locales and docs all come from this. */
export interface MessageType<Content extends z.ZodObject = z.ZodObject> {
  /** The value of `msgtype`, and the name of the object that carries the content. */
  readonly msgtype: string;
  readonly label: Wording;
  /** One sentence: what arrives. */
  readonly summary: Wording;
  /** What goes inside the object named like the type. */
  readonly content: Content;
  /** The options beside it that this type takes. */
  readonly options: z.ZodObject;
  /** The same two as lists of fields: what the hosts draw their panels from, and the docs their tables. */
  readonly panel: { readonly content: readonly Field[]; readonly options: readonly Field[] };
  /** Whether members who read in WeChat (微信插件) see it (section 13.3 of the API facts). */
  readonly shownInWechat: boolean;
  /** Names of file types that WeCom accepts as confidential; undefined: no such rule. */
  readonly confidentialExtensions?: readonly string[];
}

const SAFE_CHOICES: readonly (Choice & { readonly value: 0 | 1 | 2 })[] = [
  { value: 0, label: { en: 'Can Be Shared', zh: '可对外分享' } },
  { value: 1, label: { en: 'Confidential (No Sharing, Watermark)', zh: '保密（不可分享，带水印）' } },
  { value: 2, label: { en: 'Shared Inside the Company Only', zh: '仅限企业内分享' } },
];

const DUPLICATE_INTERVAL_MAX_SECONDS = 14_400;

interface MessageTypeDescription<Shape extends z.ZodRawShape> extends Pick<MessageType, 'msgtype' | 'label' | 'summary' | 'shownInWechat' | 'confidentialExtensions'> {
  readonly content: Shape;
  /** The values of `safe` that the type lists. Types that list none do not get the option: what WeCom does with it is not documented. */
  readonly safe?: readonly (0 | 1 | 2)[];
  /** Whether the type has fields in which `$userName=ID$` and the like are translated (section 2.11). */
  readonly idTranslation?: boolean;
}

/** Makes a message type of message/send (doc 90236). */
export function messageType<Shape extends z.ZodRawShape>({ content, safe, idTranslation, ...type }: MessageTypeDescription<Shape>) {
  const options: Record<string, z.ZodType> = {};
  if (safe) {
    options['safe'] = optional(choice({
      label: { en: 'Confidentiality', zh: '保密' },
      help: { en: 'Whether members can share the message (safe)', zh: '成员能否分享该消息（safe）' },
      choices: SAFE_CHOICES.filter((entry) => safe.includes(entry.value)),
      default: 0,
    }));
  }
  if (idTranslation) {
    options['enable_id_trans'] = optional(toggle({
      label: { en: 'Translate IDs', zh: 'ID 转译' },
      help: { en: 'Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans)', zh: '是否将 $userName=ID$、$departmentName=ID$ 替换为名称（enable_id_trans）' },
    }));
  }
  options['enable_duplicate_check'] = optional(toggle({
    label: { en: 'Duplicate Check', zh: '重复消息检查' },
    help: { en: 'Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check)', zh: '是否由企业微信丢弃时间间隔内的重复消息（enable_duplicate_check）' },
  }));
  options['duplicate_check_interval'] = optional(wholeNumber({
    label: { en: 'Duplicate Check Interval', zh: '重复检查间隔' },
    help: { en: 'How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval)', zh: '重复检查的时间间隔，单位为秒，最大 14400（duplicate_check_interval）' },
    min: 1,
    max: DUPLICATE_INTERVAL_MAX_SECONDS,
    default: 1800,
    unit: { en: 'seconds', zh: '秒' },
  }));
  const schemas = { content: z.strictObject(content), options: z.strictObject(options) };
  return { ...type, ...schemas, panel: { content: describeFields(schemas.content), options: describeFields(schemas.options) } } satisfies MessageType;
}
