import { createHash } from 'node:crypto';

import { hasErrcode, WecomInputError } from '../outcome/errors';
import type { Endpoint } from '../api/endpoints';
import type { Field } from '../schema/field';
import { formatPath } from '../schema/input-issues';
import { inspectMedia, isFile, isMediaFile, UnreadableFile } from '../schema/media';
import type { FileToRead, MediaFile, MediaKind } from '../schema/media';
import type { MediaUploads, UploadOptions } from './media-uploads';
import type { Sender } from './sender';
import type { Draft } from '../messages/parse-message';
import type { SendReply } from '../outcome/result';

/** A file that was checked, and not uploaded. */
export interface CheckedFile {
  /** As members would see it. */
  filename: string;
  /** In bytes. */
  size: number;
  /** The kind of upload it would be. */
  type: 'image' | 'voice' | 'video' | 'file';
}

interface FileInContent {
  readonly path: readonly (string | number)[];
  readonly kind: MediaKind;
  readonly file: MediaFile | FileToRead;
  readonly inline: boolean;
}

type Post = (content: Draft['content']) => Promise<unknown>;

/** The files of one message, which are uploaded when the first request needs them, or travel inside as base64. */
export interface MessageFiles {
  /** Calls `post` with the content as WeCom takes it; once more if WeCom has dropped a file in the meantime. */
  send(post: Post): Promise<SendReply>;
}

/** @returns undefined for a message without files of its own */
export function filesOf(
  sender: Sender,
  { type, form, content }: Pick<Draft, 'type' | 'form' | 'content'>,
  { signal, sending }: Omit<UploadOptions, 'timeoutMs'>,
): MessageFiles | undefined {
  if (form.fileFields.length === 0) return undefined;
  const files = filesIn(content, form.fileFields, [], type.msgtype);
  if (files.length === 0) return undefined;
  const options = { timeoutMs: sender.timeoutMs, signal, sending };
  const resolve = () => withFiles(sender, content, files, options);
  let resolved: Promise<Draft['content']> | undefined;
  return {
    async send(post) {
      resolved ??= resolve();
      try {
        return (await post(await resolved)) as SendReply;
      } catch (error) {
        // WeCom may drop a media_id before its time. A refused message was not sent, so it can go again with a new upload.
        const forgotten =
          hasErrcode(error, 40007, 40145) &&
          files.map(({ kind, file }) => sender.uploads.forget(sender.upload, kind, file)).some((known) => known);
        if (!forgotten) throw error;
        resolved = resolve();
        return (await post(await resolved)) as SendReply;
      }
    },
  };
}

/**
 * The content of a message as it would go out, with a description of each file in the place of what WeCom gets of it.
 */
export async function withFilesNamed(
  uploads: MediaUploads,
  { type, form, content }: Pick<Draft, 'type' | 'form' | 'content'>,
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<Draft['content']> {
  let named = content;
  for (const { path, kind, file, inline } of filesIn(content, form.fileFields, [], type.msgtype)) {
    const { size, md5 } = await uploads.look(file, { kind, endpoint, ...(signal && { signal }) }, (data) => ({
      size: data.byteLength,
      md5: inline ? md5Of(data) : '',
    }));
    const description: CheckedFile = { filename: file.filename, size, type: kind };
    named = (
      inline ? withInlineFile(named, path, { base64: description, md5 }) : replaceAt(named, path, () => description)
    ) as Draft['content'];
  }
  return named;
}

/** The files of a message that are not uploaded yet, found through the descriptions of its fields. */
function filesIn(
  content: Readonly<Record<string, unknown>>,
  fields: readonly Field[],
  path: readonly (string | number)[],
  root: string,
): FileInContent[] {
  return fields.flatMap((field) => {
    const { name, media, inline = false, fields: inner } = field;
    const value = content[name];
    if (media && isFile(value))
      return [
        {
          path: [...path, name],
          kind: media,
          file: isMediaFile(value) ? value : checkedWhenRead(value, field, media, formatPath([root, ...path, name])),
          inline,
        },
      ];
    if (!inner || value === undefined) return [];
    const entries = Array.isArray(value)
      ? value.map((entry, index) => ({ entry: entry as Record<string, unknown>, path: [...path, name, index] }))
      : [{ entry: value as Record<string, unknown>, path: [...path, name] }];
    return entries.flatMap((found) => filesIn(found.entry, inner, found.path, root));
  });
}

/** What is on the disk may have changed since the message was checked, and not everything could be known then. */
function checkedWhenRead(file: FileToRead, { label, maxBytes }: Field, kind: MediaKind, path: string): FileToRead {
  const { filename } = file;
  return {
    ...file,
    async read() {
      const data = await file.read().catch((error: unknown) => {
        const message =
          error instanceof UnreadableFile
            ? error.wording
            : { en: `cannot be read: ${String(error)}`, zh: `无法读取：${String(error)}` };
        throw new WecomInputError([{ path, label, message }]);
      });
      const issues = inspectMedia({ filename, data }, kind, maxBytes);
      if (issues.length > 0)
        throw new WecomInputError(
          issues.map(({ wording, ...measure }) => ({ path, label, message: wording, ...measure })),
        );
      return data;
    },
  };
}

async function withFiles(
  sender: Sender,
  content: Draft['content'],
  files: readonly FileInContent[],
  options: UploadOptions,
): Promise<Draft['content']> {
  const values = await Promise.all(
    files.map(async ({ kind, file, inline }) =>
      inline ? dataOf(file) : sender.uploads.mediaId(sender, kind, file, options),
    ),
  );
  return files.reduce<Draft['content']>((filled, { path }, index) => {
    const value = values[index] as string | Uint8Array;
    return (
      typeof value === 'string'
        ? replaceAt(filled, path, () => value)
        : withInlineFile(filled, path, { base64: Buffer.from(value).toString('base64'), md5: md5Of(value) })
    ) as Draft['content'];
  }, content);
}

function dataOf(file: MediaFile | FileToRead): Uint8Array | Promise<Uint8Array> {
  return isMediaFile(file) ? file.data : file.read();
}

/** Group robots take a picture as base64 and the md5 of its bytes, in place of the field that held the file. */
function withInlineFile(
  content: Draft['content'],
  path: readonly (string | number)[],
  inside: { readonly base64: unknown; readonly md5: string },
): unknown {
  const name = path.at(-1) as string;
  return replaceAt(content, path.slice(0, -1), (holder) => {
    const { [name]: _, ...others } = holder as Record<string, unknown>;
    return { ...others, ...inside };
  });
}

function md5Of(data: Uint8Array): string {
  return createHash('md5').update(data).digest('hex');
}

/** A copy of `target` with another value at `path`; the draft itself stays as it was, so it can be sent again. */
function replaceAt(
  target: unknown,
  [key, ...rest]: readonly (string | number)[],
  change: (old: unknown) => unknown,
): unknown {
  if (key === undefined) return change(target);
  const copy = (Array.isArray(target) ? [...(target as unknown[])] : { ...(target as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaceAt(copy[key], rest, change);
  return copy;
}
