import { formatBytes, mebibytes } from './bytes';
import type { IssueParams } from './checks';
import type { Wording } from '../outcome/wording';

/** The values of `type` in media/upload (doc 90253). */
export type MediaKind = 'image' | 'voice' | 'video' | 'file';

/** Bytes with the name members will see. */
export interface MediaFile {
  /** With its ending, as members will see it. */
  readonly filename: string;
  /** 6 bytes or more; at most 10 MB for images and videos, 2 MB for voice, 20 MB for files (doc 90253). */
  readonly data: Uint8Array;
}

/** A file that is read when its upload begins: a message that waits holds its name and not its bytes. */
export interface FileToRead {
  /** With its ending, as members will see it. */
  readonly filename: string;
  /** In bytes, as far as it is known before it is read; then it is checked before anything is sent. */
  readonly size?: number;
  /** The first bytes, 16 or more, by which the format is checked before anything is sent. */
  readonly head?: Uint8Array;
  /**
   * Files with the same identity have the same content. Without one, the file is read to find out whether it was
   * uploaded before.
   */
  readonly identity?: string;
  /**
   * All of its bytes; may be asked for more than once. The same array given again is taken for unchanged. @throws
   * UnreadableFile to say why it cannot be read
   */
  read(): Promise<Uint8Array>;
}

/** What a media field takes: the `media_id` of an earlier upload, or a file. */
export type MediaInput = string | MediaFile | FileToRead;

/** A file that cannot be read; people see which field, and why. */
export class UnreadableFile extends Error {
  constructor(
    /** Why it cannot be read. */
    readonly wording: Wording,
  ) {
    super(wording.en);
  }
}

interface KindRules {
  readonly label: Wording;
  readonly maxBytes: number;
  /** What the bytes must be; undefined accepts anything. */
  readonly formats?: readonly Format[];
}

type Format = 'JPG' | 'PNG' | 'AMR' | 'MP4';

/** WeCom refuses files of 5 bytes and less (40006). */
const MEDIA_MIN_BYTES = 6;
const VOICE_MAX_SECONDS = 60;

/**
 * Limits of media/upload (doc 90253).
 * Conflict in the sources: images are 10 MB on today's page, 2 MB in older copies and 5 MB in the
 * error table. We check against today's page: a deployment that still has a smaller limit refuses the
 * upload with 40009 before any message is sent, while a smaller check here would refuse pictures that arrive.
 */
export const mediaKinds: Readonly<Record<MediaKind, KindRules>> = {
  image: { label: { en: 'image', zh: '图片' }, maxBytes: mebibytes(10), formats: ['JPG', 'PNG'] },
  voice: { label: { en: 'voice', zh: '语音' }, maxBytes: mebibytes(2), formats: ['AMR'] },
  video: { label: { en: 'video', zh: '视频' }, maxBytes: mebibytes(10), formats: ['MP4'] },
  file: { label: { en: 'file', zh: '文件' }, maxBytes: mebibytes(20) },
};

/** Whether it is a file in memory. */
export function isMediaFile(value: unknown): value is MediaFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as MediaFile).data instanceof Uint8Array &&
    typeof (value as MediaFile).filename === 'string'
  );
}

function isFileToRead(value: unknown): value is FileToRead {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as FileToRead).read === 'function' &&
    typeof (value as FileToRead).filename === 'string'
  );
}

/** A file, in memory or not. */
export function isFile(value: unknown): value is MediaFile | FileToRead {
  return isMediaFile(value) || isFileToRead(value);
}

/**
 * Everything that is wrong with the value of a media field, before any byte is uploaded. What is not known of a file
 * before it is read is checked then.
 */
export function inspectMedia(value: unknown, kind: MediaKind, limit = mediaKinds[kind].maxBytes): IssueParams[] {
  if (typeof value === 'string' && value.trim() !== '') return [];
  if (!isFile(value) || typeof (value as { data?: unknown }).data === 'string') return [{ wording: noFile(value) }];
  const nameless = value.filename.trim() === '' ? [{ wording: { en: 'has no file name', zh: '没有文件名' } }] : [];
  const size = isMediaFile(value) ? value.data.byteLength : (value.size ?? MEDIA_MIN_BYTES);
  if (size < MEDIA_MIN_BYTES) return [...nameless, tooSmall(size)];
  const tooLarge = {
    wording: {
      en: `is ${formatBytes(size).en}, but at most ${formatBytes(limit).en} fit`,
      zh: `大小为 ${formatBytes(size).zh}，最大 ${formatBytes(limit).zh}`,
    },
    limit,
    actual: size,
  };
  return [...nameless, ...(size > limit ? [tooLarge] : []), ...contentIssues(value, kind)];
}

/** What is wrong with a value that is neither a file nor a `media_id`. */
function noFile(value: unknown): Wording {
  if (value === undefined || value === null || value === '')
    return { en: 'is missing: give a file or a media_id', zh: '缺失：请提供文件或 media_id' };
  // Whether it is base64 or a text nobody can tell from its letters.
  if (typeof value === 'object' && typeof (value as { data?: unknown }).data === 'string')
    return {
      en: 'has text in "data": give bytes, for a text Buffer.from(text), for base64 Buffer.from(text, "base64")',
      zh: '的 data 是字符串：请提供字节内容，文本用 Buffer.from(text)，base64 用 Buffer.from(text, "base64")',
    };
  return { en: 'must be a file (bytes with a name) or a media_id', zh: '必须是文件（内容和文件名）或 media_id' };
}

function tooSmall(size: number): IssueParams {
  const wording =
    size === 0
      ? { en: 'is empty (0 bytes)', zh: '是空文件（0 字节）' }
      : {
          en: `is only ${formatBytes(size).en}: WeCom takes files of more than 5 bytes`,
          zh: `只有 ${formatBytes(size).zh}：企业微信要求文件大于 5 字节`,
        };
  return { wording, limit: MEDIA_MIN_BYTES, actual: size };
}

/** What is wrong with the bytes of a file, as far as they are known: their format, and how long a voice lasts. */
function contentIssues(file: MediaFile | FileToRead, kind: MediaKind): IssueParams[] {
  const { label, formats } = mediaKinds[kind];
  const { data, head } = isMediaFile(file)
    ? { data: file.data, head: file.data }
    : { data: undefined, head: file.head };
  if (formats && head && !formats.some((format) => hasFormat(head, format)))
    return [
      {
        wording: {
          en: `is not a ${formats.join(' or ')} by its content, as WeCom requires of ${label.en} files`,
          zh: `内容不是 ${formats.join(' 或 ')}：企业微信的${label.zh}只支持该格式`,
        },
      },
    ];
  const seconds = kind === 'voice' && data ? amrSeconds(data) : 0;
  if (seconds <= VOICE_MAX_SECONDS) return [];
  return [
    {
      wording: {
        en: `lasts ${Math.ceil(seconds)} s, but at most ${VOICE_MAX_SECONDS} s fit`,
        zh: `时长 ${Math.ceil(seconds)} 秒，最长 ${VOICE_MAX_SECONDS} 秒`,
      },
      limit: VOICE_MAX_SECONDS,
      actual: Math.ceil(seconds),
    },
  ];
}

const AMR_MAGIC = Buffer.from('#!AMR\n', 'latin1');
const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPG_MAGIC = Buffer.from([0xff, 0xd8, 0xff]);
const MP4_BOX = Buffer.from('ftyp', 'latin1');

function hasFormat(data: Uint8Array, format: Format): boolean {
  switch (format) {
    case 'JPG':
      return startsWith(data, JPG_MAGIC, 0);
    case 'PNG':
      return startsWith(data, PNG_MAGIC, 0);
    case 'AMR':
      return startsWith(data, AMR_MAGIC, 0);
    case 'MP4':
      // The first box of an MP4 file is "ftyp", after the four bytes of its length.
      return startsWith(data, MP4_BOX, 4);
  }
}

function startsWith(data: Uint8Array, magic: Uint8Array, offset: number): boolean {
  return magic.every((byte, index) => data[offset + index] === byte);
}

// Bytes of a narrow-band AMR frame after its header byte, by frame type (3GPP TS 26.101).
const AMR_FRAME_BYTES = [12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0];
const AMR_FRAMES_PER_SECOND = 50;

/** The playing time of AMR bytes: every frame is 20 ms. */
function amrSeconds(data: Uint8Array): number {
  let frames = 0;
  for (let offset = AMR_MAGIC.byteLength; offset < data.byteLength; frames += 1) {
    const type = ((data[offset] as number) >> 3) & 0x0f;
    offset += 1 + (AMR_FRAME_BYTES[type] as number);
  }
  return frames / AMR_FRAMES_PER_SECOND;
}
