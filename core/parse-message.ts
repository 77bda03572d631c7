import { WecomInputError } from './errors';
import type { InputIssue } from './errors';
import type { Field } from './fields';
import { inputIssues, typeName, unknownKey } from './input-issues';
import { isMediaFile } from './media';
import type { MediaFile } from './media';
import { messageTypes } from './messages';
import type { MessageType } from './messages/message-type';
import { nearest } from './nearest';
import { parseRecipients, recipientFields } from './recipients';
import type { Recipients } from './recipients';

/** A message that passed every check. Files in `content` are not uploaded yet. */
export interface Draft {
  readonly recipients: Recipients;
  readonly msgtype: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Checks a message written like the API writes it: recipients, `msgtype`, the object named like the
 * type, and the options beside it. Media fields take a `media_id` or `{ filename, data }`.
 *
 * @throws WecomInputError with every issue of the whole message; nothing was sent then.
 */
export function parseMessage(input: unknown, catalogue: readonly MessageType[] = messageTypes): Draft {
  if (!isRecord(input)) throw new WecomInputError([{ path: 'message', message: { en: `must be an object, but is ${typeName(input).en}`, zh: `必须是对象，但实际是${typeName(input).zh}` } }]);

  const { recipients, issues } = parseRecipients(input);
  const type = catalogue.find((entry) => entry.msgtype === input['msgtype']);
  if (!type) {
    issues.push(unknownMsgtype(input['msgtype'], catalogue));
    throw new WecomInputError(issues);
  }

  const content = parsePart(type.content, type.panel.content, input[type.msgtype], [type.msgtype], issues);
  const options = parsePart(type.options, type.panel.options, optionsOf(input, type, catalogue, issues), [], issues);
  checkConfidentialFile(type, content, options, issues);

  if (issues.length > 0 || !recipients || !content || !options) throw new WecomInputError(issues);
  return { recipients, msgtype: type.msgtype, content, options };
}

function parsePart(schema: MessageType['content'], fields: readonly Field[], value: unknown, root: readonly string[], issues: InputIssue[]): Record<string, unknown> | undefined {
  const given = withoutEmpties(value);
  // An absent part is parsed as an empty one, so that every missing field is named, not just "the object is missing".
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  issues.push(...inputIssues(parsed.error, given ?? {}, fields, root));
  return undefined;
}

/** Takes the type's options out of the message and reports every key that has no business there. */
function optionsOf(input: Readonly<Record<string, unknown>>, type: MessageType, catalogue: readonly MessageType[], issues: InputIssue[]): Record<string, unknown> {
  const own = Object.keys(type.options.shape);
  const known = [...recipientFields.map((field) => field.name as string), 'msgtype', type.msgtype, ...own];
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(input)) {
    if (own.includes(key)) options[key] = value;
    else if (known.includes(key) || isEmpty(value)) continue;
    else if (catalogue.some((other) => key in other.options.shape)) {
      const takers = catalogue.filter((other) => key in other.options.shape).map((other) => other.msgtype).join(', ');
      issues.push({ path: key, message: { en: `cannot be used with ${type.msgtype}, only with ${takers}`, zh: `不能用于 ${type.msgtype}，仅支持 ${takers}` } });
    } else issues.push({ path: key, message: unknownKey(key, known) });
  }
  return options;
}

function checkConfidentialFile(type: MessageType, content: Record<string, unknown> | undefined, options: Record<string, unknown> | undefined, issues: InputIssue[]): void {
  const extensions = type.confidentialExtensions;
  const attachment = content?.['media_id'];
  if (!extensions || !options?.['safe'] || !isMediaFile(attachment)) return;
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

function shortName({ filename }: MediaFile): string {
  return filename.length > 40 ? `${filename.slice(0, 40)}…` : filename;
}

function unknownMsgtype(msgtype: unknown, catalogue: readonly MessageType[]): InputIssue {
  const known = catalogue.map((type) => type.msgtype);
  if (typeof msgtype !== 'string' || msgtype === '') {
    return { path: 'msgtype', message: { en: `is missing: choose one of ${known.join(', ')}`, zh: `缺失：请选择 ${known.join('、')} 之一` } };
  }
  const meant = nearest(msgtype, known);
  return meant === undefined
    ? { path: 'msgtype', message: { en: `is not a message type; the types are ${known.join(', ')}`, zh: `不是有效的消息类型；可用类型：${known.join('、')}` } }
    : { path: 'msgtype', message: { en: `is not a message type; did you mean ${meant}?`, zh: `不是有效的消息类型；是否应为 ${meant}？` } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

// No message is nested deeper; what is (a cyclic object out of a flow, say) is left for the schema to refuse.
const MAX_DEPTH = 8;

/** Panels give "" for what was not filled in; the request leaves such fields out. */
function withoutEmpties(value: unknown, depth = 0): unknown {
  if (isEmpty(value)) return undefined;
  if (depth > MAX_DEPTH || isMediaFile(value) || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((entry) => withoutEmpties(entry, depth + 1) ?? {});
  if (!isRecord(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const clean = withoutEmpties(entry, depth + 1);
    if (clean !== undefined) kept[key] = clean;
  }
  return kept;
}
