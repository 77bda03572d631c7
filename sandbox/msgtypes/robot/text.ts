import { exceeds, Refusal } from '../../errors';
import { readMentions, readMobileMentions } from '../mentions';
import type { MessageType } from '../message-type';

/** The documentation says 2048 bytes; the server was seen to refuse only what is longer than this. */
const MAX_BYTES = 5120;

export const robotText: MessageType = {
  safe: [],
  read(content, context) {
    const words = context.body.string(content, 'content');
    if (!words) throw new Refusal(44004);
    if (Buffer.byteLength(words) > MAX_BYTES) throw exceeds('text.content', MAX_BYTES);
    const mentioned = [...readMentions(content, context), ...readMobileMentions(content, context)];
    return { content: words, mentioned_list: [...new Set(mentioned)] };
  },
};
