import { readMentions } from '../mentions';
import type { MessageType } from '../message-type';
import { text } from '../text';

/** Text in an app chat; members may be mentioned. */
export const chatText: MessageType = {
  safe: text.safe,
  read: (content, context) => ({
    ...text.read(content, context),
    mentioned_list: [...new Set(readMentions(content, context))],
  }),
};
