import type { Wording } from '../outcome/wording';

/** WeCom counts its limits in bytes of UTF-8: a Chinese character is 3, an emoji 4 or more. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/**
 * Whether a text has at most so many bytes. No UTF-16 unit takes more than three, so that most texts need no counting.
 */
export function fitsBytes(text: string, maxBytes: number): boolean {
  return text.length * 3 <= maxBytes || byteLength(text) <= maxBytes;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** A number of bytes as people read it: "20 MB" for whole units, "2,048 bytes" otherwise. */
export function formatBytes(bytes: number): Wording {
  if (bytes >= MIB && bytes % MIB === 0) return { en: `${bytes / MIB} MB`, zh: `${bytes / MIB} MB` };
  const digits = bytes.toLocaleString('en-US');
  return { en: `${digits} ${bytes === 1 ? 'byte' : 'bytes'}`, zh: `${digits} 字节` };
}

export const mebibytes = (count: number): number => count * MIB;
export const kibibytes = (count: number): number => count * KIB;
