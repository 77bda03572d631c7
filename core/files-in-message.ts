import { createHash } from 'node:crypto';

import type { Sending } from './delivery/sending';
import { hasErrcode } from './errors';
import type { Field } from './fields';
import { isMediaFile } from './media';
import type { MediaFile, MediaKind } from './media';
import type { MediaUploads, UploadOptions, UploadPlace } from './media-uploads';
import type { Draft } from './parse-message';
import type { SendReply } from './result';

/** What files are uploaded with. */
export interface FileParts {
  readonly upload: UploadPlace;
  readonly uploads: MediaUploads;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
}

interface FileInContent {
  readonly path: readonly (string | number)[];
  readonly kind: MediaKind;
  readonly file: MediaFile;
  readonly inline: boolean;
}

type Post = (content: Draft['content']) => Promise<unknown>;

export interface ResolvedContent {
  /** Calls `post` with the content as WeCom takes it; once more if WeCom has dropped a file in the meantime. */
  send(post: Post): Promise<SendReply>;
}

/** The content as WeCom takes it: files are uploaded when the first request needs them, or travel inside as base64. */
export function resolvedContent(parts: FileParts, draft: Pick<Draft, 'form' | 'content'>, signal?: AbortSignal, sending?: Sending): ResolvedContent {
  const { fileFields } = draft.form;
  const files = fileFields.length === 0 ? [] : filesIn(draft.content, fileFields, []);
  if (files.length === 0) return { send: (post) => post(draft.content) as Promise<SendReply> };
  const options = { timeoutMs: parts.timeoutMs, signal, sending };
  const resolve = () => withFiles(parts, draft.content, files, options);
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

async function withFiles(parts: FileParts, content: Draft['content'], files: readonly FileInContent[], options: UploadOptions): Promise<Draft['content']> {
  const { upload, uploads } = parts;
  const values = await Promise.all(files.map(async ({ kind, file, inline }) => (inline ? undefined : uploads.mediaId(upload, kind, file, options))));
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
