import { file } from './file';
import { image } from './image';
import { markdown } from './markdown';
import type { MessageType } from './message-type';
import { mpnews } from './mpnews';
import { news } from './news';
import { text } from './text';
import { textcard } from './textcard';
import { video } from './video';
import { voice } from './voice';

/** Every msgtype message/send knows (doc 90236). A new type is a file beside this one and a line here. */
export const MESSAGE_TYPES: Readonly<Record<string, MessageType>> = {
  text,
  image,
  voice,
  video,
  file,
  textcard,
  news,
  mpnews,
  markdown,
};
