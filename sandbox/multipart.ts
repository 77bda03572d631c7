import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { Dicer } from '@fastify/busboy';
import { Refusal } from './errors';

export interface Part {
  name: string | undefined;
  filename: string | undefined;
  bytes: Buffer;
}

/** A little more than the largest upload (20 MB), so that one byte too many is still judged by WeCom's own rule. */
const MAX_BYTES = 21 * 1024 * 1024;

/**
 * Reads a multipart body to its end. A body without boundary or one that breaks off yields only the parts that were
 * whole. What exceeds 21 MB of one part is read and thrown away.
 */
export async function readMultipart(contentType: string, body: Readable): Promise<Part[]> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) {
    await until(body.resume(), ['end', 'error', 'close']);
    return [];
  }
  const parts: Promise<Part | undefined>[] = [];
  const parser = new Dicer({ boundary });
  parser.on('part', (stream) => parts.push(readPart(stream)));
  // A body that breaks off is an error to the parser; the parts before it count all the same.
  parser.on('error', () => undefined);
  body.once('error', () => parser.end());
  body.pipe(parser);
  await until(parser, ['finish']);
  return (await Promise.all(parts)).filter((part) => part !== undefined);
}

/**
 * The uploaded file. A part without a plain `filename` is none to WeCom.
 * @throws Refusal 44001 no part of this name with a file name, or an empty one
 */
export function requireFile(
  parts: readonly Part[],
  field: 'media' | 'any field' = 'media',
): { filename: string; bytes: Buffer } {
  const part = parts.find(({ name, filename }) => (field === 'any field' || name === field) && filename);
  if (!part?.filename || part.bytes.length === 0) throw new Refusal(44001);
  return { filename: part.filename, bytes: part.bytes };
}

async function readPart(stream: Dicer.PartStream): Promise<Part | undefined> {
  let disposition = '';
  let whole = true;
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('header', (header) => {
    disposition = (header as Record<string, string[] | undefined>)['content-disposition']?.[0] ?? '';
  });
  stream.on('error', () => (whole = false));
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  });
  await until(stream, ['end', 'error']);
  if (!whole) return undefined;
  const bytes = Buffer.concat(chunks);
  return { name: parameter(disposition, 'name'), filename: parameter(disposition, 'filename'), bytes };
}

/** Dicer's streams do not close the way `stream.finished` expects, so their own events are awaited. */
function until(stream: EventEmitter, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const event of events) stream.once(event, () => resolve());
  });
}

/**
 * A parameter of a part header as WeCom reads it: raw UTF-8 bytes. `filename*=` (RFC 5987) and percent-encoding are not
 * decoded, which is why a multipart library's own reading of file names does not serve here.
 */
function parameter(disposition: string, name: string): string | undefined {
  const value = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
  return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8');
}
