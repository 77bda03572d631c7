import type { Call } from './call';
import { endpoints } from './endpoints';
import { WecomApiError, WecomError } from './errors';
import type { Field } from './fields';
import { isMediaFile } from './media';
import type { MediaFile, MediaKind } from './media';
import type { MediaUploads } from './media-uploads';
import type { MessageType } from './messages/message-type';
import type { Draft } from './parse-message';
import { recipientBatches } from './recipients';
import type { RecipientField } from './recipients';
import { mergeReplies } from './result';
import type { SendReply, SendResult } from './result';

/** What a sender works with. */
export interface SenderParts {
  readonly call: Call;
  readonly agentId: number;
  /** Identifies the app without its secret. */
  readonly appKey: string;
  readonly uploads: MediaUploads;
  readonly catalogue: readonly MessageType[];
  readonly timeoutMs: number;
}

/**
 * Sends a checked message (doc 90236): files are uploaded first, then one request goes out for every
 * 1000 members, 100 departments or 100 tags, and the answers become one result.
 *
 * @throws WecomApiError, WecomNetworkError; `delivered` on the error tells what earlier requests delivered.
 */
export async function sendMessage(parts: SenderParts, draft: Draft, signal?: AbortSignal): Promise<SendResult> {
  const files = findFiles(draft, parts.catalogue);
  let content = await withMediaIds(parts, draft, files, signal);
  const replies: SendReply[] = [];
  let nobodyReached: WecomApiError | undefined;
  let reached = 0;
  for (const batch of recipientBatches(draft.recipients)) {
    const post = () => parts.call(endpoints.sendMessage, { json: sendBody(parts.agentId, batch, draft, content), ...(signal && { signal }) }) as Promise<SendReply>;
    try {
      replies.push(await post().catch(async (error: unknown) => {
        // WeCom may drop a media_id before its time. A refused message was not sent, so it can go again with a new upload.
        if (!hasErrcode(error, 40007, 40145) || !forgetUploads(parts, files)) throw error;
        content = await withMediaIds(parts, draft, files, signal);
        return post();
      }));
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
  return mergeReplies(replies);
}

type Batch = Readonly<Partial<Record<RecipientField, string>>>;

function sendBody(agentid: number, batch: Batch, draft: Draft, content: Draft['content']): object {
  return { ...batch, msgtype: draft.msgtype, agentid, [draft.msgtype]: content, ...draft.options };
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
}

/** The files of a message that are not uploaded yet, found through the descriptions of its fields. */
function findFiles(draft: Draft, catalogue: readonly MessageType[]): FileInContent[] {
  const type = catalogue.find((entry) => entry.msgtype === draft.msgtype);
  return type ? filesIn(draft.content, type.panel.content, []) : [];
}

function filesIn(content: Readonly<Record<string, unknown>>, fields: readonly Field[], path: readonly (string | number)[]): FileInContent[] {
  return fields.flatMap(({ name, media, fields: inner }) => {
    const value = content[name];
    if (media && isMediaFile(value)) return [{ path: [...path, name], kind: media, file: value }];
    if (!inner || value === undefined) return [];
    const entries = Array.isArray(value) ? value.map((entry, index) => ({ entry: entry as Record<string, unknown>, path: [...path, name, index] })) : [{ entry: value as Record<string, unknown>, path: [...path, name] }];
    return entries.flatMap((found) => filesIn(found.entry, inner, found.path));
  });
}

async function withMediaIds(parts: SenderParts, draft: Draft, files: readonly FileInContent[], signal?: AbortSignal): Promise<Draft['content']> {
  if (files.length === 0) return draft.content;
  const { call, appKey, uploads, timeoutMs } = parts;
  const mediaIds = await Promise.all(files.map(({ kind, file }) => uploads.mediaId(call, appKey, kind, file, { timeoutMs, ...(signal && { signal }) })));
  return files.reduce<Draft['content']>((content, { path }, index) => replaceAt(content, path, mediaIds[index]) as Draft['content'], draft.content);
}

function forgetUploads({ uploads, appKey }: SenderParts, files: readonly FileInContent[]): boolean {
  return files.map(({ kind, file }) => uploads.forget(appKey, kind, file)).some((known) => known);
}

/** A copy of `target` with another value at `path`; the draft itself stays as it was, so it can be sent again. */
function replaceAt(target: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(target) ? [...(target as unknown[])] : { ...(target as object) }) as Record<string | number, unknown>;
  copy[key] = replaceAt(copy[key], rest, value);
  return copy;
}
