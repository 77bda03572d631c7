import { file } from '../file';
import { image } from '../image';
import { markdown } from '../markdown';
import type { MessageType } from '../message-type';
import { mpnews } from '../mpnews';
import { chatNews } from '../news-with-url';
import { textcard } from '../textcard';
import { video } from '../video';
import { voice } from '../voice';
import { chatText } from './text';

/** Every msgtype appchat/send knows (doc 90248): neither cards nor mini-program notices. */
export const CHAT_TYPES: Readonly<Record<string, MessageType>> = {
  text: chatText,
  image,
  voice,
  video,
  file,
  textcard,
  news: chatNews,
  // The page of chats lists 0 and 1 only.
  mpnews: { ...mpnews, safe: [1] },
  markdown,
};
