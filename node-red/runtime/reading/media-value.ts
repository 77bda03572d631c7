import path from 'node:path';

import { isFile } from '../../../core';
import type { MediaKind } from '../../../core';
import { textFile } from './text-file';
import { UnreadableValue } from './unreadable-value';

/**
 * The bytes behind what flows carry: a Buffer or typed array, a Buffer that went through JSON, a data URL. Any other
 * text is a text, whatever it looks like: "attachment" and "/etc/passwd" are base64 digits, too. Nothing (undefined,
 * null, empty text) stays nothing: core then says that the file is missing.
 *
 * @throws UnreadableValue for anything else, and for text where WeCom wants a picture, a voice or a video
 */
export function bytesOf(value: unknown, kind: MediaKind): Uint8Array | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') {
    const data = fromDataUrl(value);
    if (data) return data;
    if (kind === 'file') return textFile(value);
    throw new UnreadableValue({
      en: 'is text; if it is base64, the path of a file or a media_id, choose that as the source',
      zh: '是文本；如果是 base64、文件路径或 media_id，请选择相应的来源',
    });
  }
  const bytes = bufferOf(value);
  if (bytes) return bytes;
  throw new UnreadableValue({ en: 'is neither a Buffer nor a text', zh: '既不是 Buffer，也不是文本' });
}

function bufferOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const { type, data } = value as { type?: unknown; data?: unknown };
  return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data as number[]) : undefined;
}

/**
 * The bytes behind base64, with or without line breaks, also as a data URL.
 *
 * @throws UnreadableValue for anything else: Node.js would skip what is not base64, and send what is left
 */
export function bytesOfBase64(value: unknown): Uint8Array | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const decoded = typeof value === 'string' ? (fromDataUrl(value) ?? fromBase64(value)) : undefined;
  if (decoded) return decoded;
  throw typeof value === 'string'
    ? new UnreadableValue({ en: 'is not base64', zh: '不是 base64 文本' })
    : new UnreadableValue({
        en: 'is not base64 text; for a Buffer choose that as the source',
        zh: '不是 base64 文本；如果是 Buffer，请选择相应的来源',
      });
}

/** With a media type or as base64: "data: 1, 2" is a line of text. */
const DATA_URL =
  /^data:(?=[\w.+-]+\/|[^,]{0,200};base64,)([\w.+-]+\/[\w.+-]+)?((?:;[\w-]+=[^;,]{0,100}){0,8})(;base64)?,/i;

function fromDataUrl(text: string): Uint8Array | undefined {
  const head = DATA_URL.exec(text);
  if (!head) return undefined;
  const body = text.slice(head[0].length);
  const decoded = head[3] === undefined ? percentDecoded(body) : fromBase64(body);
  if (decoded) return decoded;
  throw new UnreadableValue({ en: 'is a data URL that cannot be decoded', zh: '是无法解码的 data URL' });
}

function percentDecoded(body: string): Uint8Array | undefined {
  try {
    return Buffer.from(decodeURIComponent(body), 'utf8');
  } catch {
    return undefined;
  }
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, '');
  const bare = digits.replace(/={1,2}$/, '');
  const padded = bare.length < digits.length;
  if (!BASE64.test(digits) || bare.length % 4 === 1 || (padded && digits.length % 4 !== 0)) return undefined;
  return Buffer.from(bare, 'base64');
}

/**
 * The name members see, when nobody chose one: that of `msg.filename` (set by file-in and others), or one that fits the
 * content.
 */
export function defaultFilename(data: Uint8Array, kind: MediaKind, msgFilename: unknown): string {
  if (typeof msgFilename === 'string' && msgFilename.trim() !== '')
    return path.basename(msgFilename.replaceAll('\\', '/'));
  return `${kind}.${extensionOf(data)}`;
}

const SIGNATURES: readonly (readonly [extension: string, offset: number, bytes: string])[] = [
  ['jpg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG'],
  ['gif', 0, 'GIF8'],
  ['amr', 0, '#!AMR'],
  ['mp4', 4, 'ftyp'],
  ['pdf', 0, '%PDF'],
  ['zip', 0, 'PK\x03\x04'],
];

function extensionOf(data: Uint8Array): string {
  const head = Buffer.from(data.subarray(0, 16)).toString('latin1');
  const known = SIGNATURES.find(([, offset, bytes]) => head.startsWith(bytes, offset));
  if (known) return known[0];
  return isText(data) ? 'txt' : 'bin';
}

function isText(data: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(data).includes('\0');
  } catch {
    return false;
  }
}

/**
 * Values of media fields inside lists that a flow built itself: bytes become files, with the name beside them if there
 * is one; text stays a `media_id`.
 */
export function mediaInList(value: unknown, kind: MediaKind, msgFilename: unknown): unknown {
  if (value === null || typeof value !== 'object' || isFile(value)) return value;
  const { filename, data: content } = value as { filename?: unknown; data?: unknown };
  const isNamed = typeof filename === 'string' && content !== undefined;
  const data = bytesOf(isNamed ? content : value, kind);
  return data && { filename: isNamed ? filename : defaultFilename(data, kind, msgFilename), data };
}
