import type { Media } from '../media-store';

/** What a message shows of an uploaded file; the bytes are fetched by media_id. */
export function showMedia({ media_id, filename, bytes, seconds }: Media): Record<string, unknown> {
  return { media_id, filename, size: bytes.length, ...(seconds === undefined ? {} : { seconds }) };
}
