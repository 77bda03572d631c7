import { truncateBytes } from '../truncate';
import type { MessageType } from './message-type';
import { showMedia } from './show-media';

export const video: MessageType = {
  safe: [1],
  read(content, { body, media }) {
    const uploaded = media(body.string(content, 'media_id'), 'video');
    return {
      ...showMedia(uploaded),
      title: truncateBytes(body.string(content, 'title') ?? '', 128),
      description: truncateBytes(body.string(content, 'description') ?? '', 512),
    };
  },
};
