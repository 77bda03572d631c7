import { Refusal } from '../errors';
import { isMediaKind } from '../media-kind';
import type { Endpoint } from './endpoint';

/** Doc 90253. */
export const mediaUpload: Endpoint = {
  path: 'media/upload',
  method: 'POST',
  caller: 'app',
  answer({ state, query, parts }) {
    const type = query['type'];
    if (!isMediaKind(type)) throw new Refusal(40004);
    // A part without a plain `filename` is no file to WeCom.
    const part = parts.find(({ name, filename }) => name === 'media' && filename);
    if (!part?.filename || part.bytes.length === 0) throw new Refusal(44001);
    const { media_id, createdAt } = state.media.add(type, part.filename, part.bytes);
    return { type, media_id, created_at: String(Math.floor(createdAt / 1000)) };
  },
};
