import { file } from './file';
import { image } from './image';
import { markdown } from './markdown';
import type { AppContext, MessageType } from './message-type';
import { miniprogramNotice } from './miniprogram-notice';
import { mpnews } from './mpnews';
import { news } from './news';
import { templateCard } from './template-card';
import { text } from './text';
import { textcard } from './textcard';
import { video } from './video';
import { voice } from './voice';

/**
 * Every msgtype message/send knows (doc 90236). A new type is a file beside this one and a line here.
 * App chats and robots know others: see `chat/` and `robot/`.
 */
export const MESSAGE_TYPES: Readonly<Record<string, MessageType<AppContext>>> = {
  text,
  image,
  voice,
  video,
  file,
  textcard,
  news,
  mpnews,
  markdown,
  miniprogram_notice: miniprogramNotice,
  template_card: templateCard,
};
