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

/** Every type of message/send, in the order panels and docs list them. */
export const messageTypes = [text, image, voice, video, file, textcard, news, mpnews, markdown] as const satisfies readonly MessageType[];

export type Msgtype = (typeof messageTypes)[number]['msgtype'];
