import { invalidParameter, Refusal } from '../errors';
import { requireFile } from '../multipart';
import type { Endpoint } from './endpoint';

/** Doc 99110. The file is looked at before the key, as on the real server. */
export const webhookUploadMedia: Endpoint = {
  path: 'webhook/upload_media',
  method: 'POST',
  caller: 'nobody',
  answer({ state, query, parts }) {
    const { filename, bytes } = requireFile(parts);
    const robot = state.robots.byKey(query['key'], invalidParameter('key'));
    const type = query['type'];
    if (type !== 'file' && type !== 'voice') throw new Refusal(40004);
    const { media_id, createdAt } = state.media.add(type, filename, bytes, robot.id);
    return {
      errmsg: state.chance.happens(0.5) ? 'ok' : '',
      type,
      media_id,
      created_at: String(Math.floor(createdAt / 1000)),
    };
  },
};
