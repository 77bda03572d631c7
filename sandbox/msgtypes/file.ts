import type { MessageType } from './message-type';
import { showMedia } from './show-media';

export const file: MessageType = {
  safe: [1],
  read(content, { body, media }) {
    return showMedia(media(body.string(content, 'media_id'), 'file'));
  },
};
