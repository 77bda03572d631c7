import { invalidParameter } from '../errors';
import type { MessageType } from './message-type';
import { showMedia } from './show-media';

/** The formats that can be kept from being shared (doc 90236). */
const CONFIDENTIAL = /\.(txt|pdf|docx?|pptx?|xlsx?|xml|jpe?g|png|bmp|gif)$/i;

export const file: MessageType = {
  safe: [1],
  read(content, { body, media, safe }) {
    const uploaded = media(body.string(content, 'media_id'), 'file');
    if (safe === 1 && !CONFIDENTIAL.test(uploaded.filename)) throw invalidParameter('safe');
    return showMedia(uploaded);
  },
};
