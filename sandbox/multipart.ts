import type { Readable } from 'node:stream';
import { Dicer } from '@fastify/busboy';

export interface Part {
  name: string | undefined;
  filename: string | undefined;
  bytes: Buffer;
}

/** A little more than the largest upload (20 MB), so that one byte too many is still judged by WeCom's own rule. */
const MAX_BYTES = 21 * 1024 * 1024;

/**
 * Reads a multipart body to its end. A body without boundary or one that breaks off yields the parts that were whole.
 * What exceeds 21 MB of one part is counted as far as that and thrown away.
 */
export function readMultipart(contentType: string, body: Readable): Promise<Part[]> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  return new Promise((resolve) => {
    const parts: Part[] = [];
    const done = () => resolve(parts);
    body.once('error', done).once('aborted', done);
    if (boundary === undefined) {
      body.once('end', done).resume();
      return;
    }
    const parser = new Dicer({ boundary });
    parser.on('part', (stream) => {
      let disposition = '';
      let size = 0;
      const chunks: Buffer[] = [];
      stream.on('header', (header) => {
        disposition = (header as Record<string, string[] | undefined>)['content-disposition']?.[0] ?? '';
      });
      stream.on('data', (chunk: Buffer | string) => {
        size += chunk.length;
        if (size <= MAX_BYTES) chunks.push(Buffer.from(chunk as Buffer));
      });
      stream.on('error', () => undefined);
      stream.on('end', () => {
        parts.push({
          name: parameter(disposition, 'name'),
          filename: parameter(disposition, 'filename'),
          bytes: Buffer.concat(chunks),
        });
      });
    });
    parser.on('error', done);
    parser.on('finish', done);
    body.pipe(parser);
  });
}

/**
 * A parameter of a part header as WeCom reads it: raw UTF-8 bytes. `filename*=` (RFC 5987) and percent-encoding are not decoded,
 * which is why a multipart library's own reading of file names does not serve here.
 */
function parameter(disposition: string, name: string): string | undefined {
  const value = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
  return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8');
}
