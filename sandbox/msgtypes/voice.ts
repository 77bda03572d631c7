import type { MessageType } from './message-type';
import { showMedia } from './show-media';

export const voice: MessageType = {
  safe: [],
  read(content, { body, media }) {
    return showMedia(media(body.string(content, 'media_id'), 'voice'));
  },
};
