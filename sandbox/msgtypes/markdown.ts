import { Refusal } from '../errors';
import type { MessageType } from './message-type';

export const markdown: MessageType = {
  safe: [],
  read(content, { body }) {
    const words = body.string(content, 'content');
    if (!words) throw new Refusal(44004);
    // Unlike text, markdown that is too long is refused, not cut.
    if (Buffer.byteLength(words) > 2048) throw new Refusal(45002);
    return { content: words };
  },
};
