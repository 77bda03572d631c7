import { exceeds, Refusal } from '../../errors';
import type { MessageType } from '../message-type';

const MAX_BYTES = 4096;

export function robotMarkdown(msgtype: 'markdown' | 'markdown_v2'): MessageType {
  return {
    safe: [],
    read(content, { body }) {
      const words = body.string(content, 'content');
      if (!words) throw new Refusal(44004);
      if (Buffer.byteLength(words) > MAX_BYTES) throw exceeds(`${msgtype}.content`, MAX_BYTES);
      return { content: words };
    },
  };
}
