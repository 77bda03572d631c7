import { createHash } from 'node:crypto';

import { endpoints } from './endpoints';
import { WecomApiError, WecomError } from './errors';
import type { Advice } from './field-rules';
import type { Field } from './fields';
import { isMediaFile } from './media';
import type { MediaFile, MediaKind } from './media';
import type { MediaUploads, UploadPlace } from './media-uploads';
import type { Draft } from './parse-message';
import { recipientBatches } from './recipients';
import type { RecipientField } from './recipients';
import { mergeReplies } from './result';
import type { SendReply, SendResult } from './result';
import type { Language } from './wording';

/** What a sender works with. */
export interface SenderParts {
  readonly upload: UploadPlace;
  readonly uploads: MediaUploads;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
  /** Of the warnings in the result. */
  readonly language: Language;
}

/**
 * Sends a checked message to members, departments and tags (doc 90236): files are uploaded first, then one
 * request goes out for every 1000 members, 100 departments or 100 tags, and the answers become one result.
 *
 * @throws WecomApiError, WecomNetworkError; `delivered` on the error tells what earlier requests delivered.
 */
export async function sendToMembers(parts: SenderParts, agentid: number, draft: Draft, signal?: AbortSignal): Promise<SendResult> {
  const content = resolvedContent(parts, draft, signal);
  const replies: SendReply[] = [];
  let nobodyReached: WecomApiError | undefined;
  let reached = 0;
  for (const batch of draft.recipients ? recipientBatches(draft.recipients) : []) {
    try {
      replies.push(await content.send((resolved) => parts.upload.call(endpoints.sendMessage, { json: body(draft.form.agentid ? { ...batch, agentid } : batch, draft, resolved), ...(signal && { signal }) })));
      reached += 1;
    } catch (error) {
      // One batch of several may hold nobody who can be reached; the others still count.
      if (hasErrcode(error, 81013)) {
        nobodyReached ??= error;
        replies.push(allInvalid(batch));
        continue;
      }
      if (error instanceof WecomError && reached > 0) error.delivered = mergeReplies(replies);
      throw error;
    }
  }
  if (nobodyReached && reached === 0) throw nobodyReached;
  return mergeReplies(replies, warnings(draft.advice, parts.language));
}

/** Sends a checked message to a group chat of the app (doc 90248), which answers without a msgid. */
export async function sendToChat(parts: SenderParts, draft: Draft, signal?: AbortSignal): Promise<SendResult> {
  const reply = await resolvedContent(parts, draft, signal).send((content) => parts.upload.call(endpoints.sendToChat, { json: body({ chatid: draft.chatid }, draft, content), ...(signal && { signal }) }));
  return mergeReplies([reply], warnings(draft.advice, parts.language));
}

/** Sends a checked message to the group of a robot (doc 99110), which answers without a msgid. */
export async function sendToRobot(parts: SenderParts, draft: Draft, signal?: AbortSignal): Promise<SendResult> {
  const reply = await resolvedContent(parts, draft, signal).send((content) => parts.upload.call(endpoints.sendToRobot, { json: body({}, draft, content), ...(signal && { signal }) }));
  return mergeReplies([reply], warnings(draft.advice, parts.language));
}

/** The remarks about a message as sentences. */
export function warnings(advice: readonly Advice[], language: Language): string[] {
  return advice.map(({ path, label, message }) => (language === 'zh' ? `${label ? `${label.zh}（${path}）` : path}：${message.zh}` : `${label ? `${label.en} (${path})` : path} ${message.en}`));
}

type Batch = Readonly<Partial<Record<RecipientField, string>>>;

function body(address: object, { type, options }: Draft, content: Draft['content']): object {
  return { ...address, msgtype: type.msgtype, [type.msgtype]: content, ...options };
}

function hasErrcode(error: unknown, ...errcodes: number[]): error is WecomApiError {
  return error instanceof WecomApiError && errcodes.includes(error.errcode);
}

function allInvalid({ touser, toparty, totag }: Batch): SendReply {
  return { ...(touser && { invaliduser: touser }), ...(toparty && { invalidparty: toparty }), ...(totag && { invalidtag: totag }) };
}

interface FileInContent {
  readonly path: readonly (string | number)[];
  readonly kind: MediaKind;
  readonly file: MediaFile;
  readonly inline: boolean;
}

type Post = (content: Draft['content']) => Promise<unknown>;

/** The content as WeCom takes it: files are uploaded when the first request needs them, or travel inside as base64. */
export function resolvedContent(parts: SenderParts, draft: Pick<Draft, 'form' | 'content'>, signal?: AbortSignal): { send(post: Post): Promise<SendReply> } {
  const files = filesIn(draft.content, draft.form.fileFields, []);
  if (files.length === 0) return { send: (post) => post(draft.content) as Promise<SendReply> };
  const resolve = () => withFiles(parts, draft.content, files, signal);
  let resolved: Promise<Draft['content']> | undefined;
  return {
    async send(post) {
      resolved ??= resolve();
      try {
        return (await post(await resolved)) as SendReply;
      } catch (error) {
        // WeCom may drop a media_id before its time. A refused message was not sent, so it can go again with a new upload.
        const forgotten = hasErrcode(error, 40007, 40145) && files.map(({ kind, file }) => parts.uploads.forget(parts.upload, kind, file)).some((known) => known);
        if (!forgotten) throw error;
        resolved = resolve();
        return (await post(await resolved)) as SendReply;
      }
    },
  };
}

/** The files of a message that are not uploaded yet, found through the descriptions of its fields. */
function filesIn(content: Readonly<Record<string, unknown>>, fields: readonly Field[], path: readonly (string | number)[]): FileInContent[] {
  return fields.flatMap(({ name, media, inline, fields: inner }) => {
    const value = content[name];
    if (media && isMediaFile(value)) return [{ path: [...path, name], kind: media, file: value, inline: inline ?? false }];
    if (!inner || value === undefined) return [];
    const entries = Array.isArray(value) ? value.map((entry, index) => ({ entry: entry as Record<string, unknown>, path: [...path, name, index] })) : [{ entry: value as Record<string, unknown>, path: [...path, name] }];
    return entries.flatMap((found) => filesIn(found.entry, inner, found.path));
  });
}

async function withFiles(parts: SenderParts, content: Draft['content'], files: readonly FileInContent[], signal?: AbortSignal): Promise<Draft['content']> {
  const { upload, uploads, timeoutMs } = parts;
  const values = await Promise.all(files.map(async ({ kind, file, inline }) => (inline ? undefined : uploads.mediaId(upload, kind, file, { timeoutMs, ...(signal && { signal }) }))));
  return files.reduce<Draft['content']>((filled, { path, file }, index) => {
    const mediaId = values[index];
    return (mediaId === undefined ? withInlineFile(filled, path, file) : replaceAt(filled, path, () => mediaId)) as Draft['content'];
  }, content);
}

/** Group robots take a picture as base64 and the md5 of its bytes, in place of the field that held the file. */
function withInlineFile(content: Draft['content'], path: readonly (string | number)[], { data }: MediaFile): unknown {
  const name = path.at(-1) as string;
  return replaceAt(content, path.slice(0, -1), (holder) => {
    const { [name]: _, ...others } = holder as Record<string, unknown>;
    return { ...others, base64: Buffer.from(data).toString('base64'), md5: createHash('md5').update(data).digest('hex') };
  });
}

/** A copy of `target` with another value at `path`; the draft itself stays as it was, so it can be sent again. */
function replaceAt(target: unknown, [key, ...rest]: readonly (string | number)[], change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(target);
  const copy = (Array.isArray(target) ? [...(target as unknown[])] : { ...(target as object) }) as Record<string | number, unknown>;
  copy[key] = replaceAt(copy[key], rest, change);
  return copy;
}
