import { Refusal } from '../errors';
import { truncateBytes } from '../truncate';
import type { MessageType } from './message-type';

export const text: MessageType = {
  safe: [1],
  read(content, { body, translate }) {
    const words = body.string(content, 'content');
    if (!words) throw new Refusal(44004);
    return { content: translate(truncateBytes(words, 2048)) };
  },
};
