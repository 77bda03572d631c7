import { createHash } from 'node:crypto';

import type { Multipart } from '../api/exchange';
import type { MediaFile } from '../schema/media';

/**
 * The body of media/upload (doc 90253): one part named `media`.
 *
 * WeCom shows the `filename` of the part header to members and takes it as raw UTF-8; it does not
 * decode percent-encoding or RFC 5987's `filename*=`, so a standard form encoder would spoil Chinese names.
 */
export function mediaMultipart({ filename, data }: MediaFile, digest = contentDigest(data)): Multipart {
  // Derived from the content, so the same file gives the same bytes: a repeated request stays identical.
  const boundary = `wecom-${digest.slice(0, 40)}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${headerSafe(filename)}"; filelength=${data.byteLength}`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join('\r\n');
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), data, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** SHA-256 in hexadecimal. */
export function contentDigest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Keeps a file name from ending the header or the quotes, and from being a path. */
function headerSafe(filename: string): string {
  const name = filename.split(/[\\/]/).at(-1) as string;
  return name.replace(/["\u0000-\u001f\u007f]/g, '_').toWellFormed();
}
