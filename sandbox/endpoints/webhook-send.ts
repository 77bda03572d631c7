import { Refusal } from '../errors';
import type { JsonObject } from '../lenient-json';
import { createMessage } from '../messages';
import { ROBOT_TYPES } from '../msgtypes/robot';
import type { Endpoint } from './endpoint';

/** Doc 99110. The checks come in this order: key, empty body, msgtype, 20 a minute, content. */
export const webhookSend: Endpoint = {
  path: 'webhook/send',
  method: 'POST',
  caller: 'nobody',
  answer({ state, query, body }) {
    const robot = state.robots.byKey(query['key']);
    if (body.raw.length === 0) throw new Refusal(93017);
    const message = body.root;
    const msgtype = body.string(message, 'msgtype') ?? '';
    const type = Object.hasOwn(ROBOT_TYPES, msgtype) ? ROBOT_TYPES[msgtype] : undefined;
    if (!type) throw new Refusal(40008);
    const rate = state.robots.rate(robot);
    rate.check();
    if (message[msgtype] === undefined) throw new Refusal(93017);
    const shown = type.read(body.object(message, msgtype), {
      body,
      safe: 0,
      contacts: state.contacts,
      media: (mediaId, kind) => state.media.get(mediaId, kind, robot.id),
      translate: (text) => text,
      keep: (filename, bytes) => state.media.add('image', filename, bytes, robot.id),
    });
    rate.take();
    const { id, name, group, members } = robot;
    state.messages.add(
      createMessage(state.clock, {
        to: 'robot',
        robot: { id, name, group },
        agentid: null,
        msgtype,
        received: withoutPicture(body.received),
        unread: body.unread(),
        shown,
        delivered_to: [...members],
      }),
    );
    return {};
  },
};

/** The request without the megabytes of a picture, which is kept as media. */
function withoutPicture(message: JsonObject): JsonObject {
  const image = message['image'] as JsonObject | undefined;
  if (message['msgtype'] !== 'image' || typeof image?.['base64'] !== 'string') return message;
  return { ...message, image: { ...image, base64: `(${image['base64'].length} characters)` } };
}
