import { Refusal } from '../errors';
import { isMediaKind } from '../media-kind';
import { requireFile } from '../multipart';
import type { Endpoint } from './endpoint';

/** Doc 90253. */
export const mediaUpload: Endpoint = {
  path: 'media/upload',
  method: 'POST',
  caller: 'app',
  answer({ state, query, parts }) {
    const type = query['type'];
    if (!isMediaKind(type)) throw new Refusal(40004);
    const { filename, bytes } = requireFile(parts);
    const { media_id, createdAt } = state.media.add(type, filename, bytes);
    // Seen both ways.
    return {
      errmsg: state.chance.happens(0.5) ? 'ok' : '',
      type,
      media_id,
      created_at: String(Math.floor(createdAt / 1000)),
    };
  },
};
