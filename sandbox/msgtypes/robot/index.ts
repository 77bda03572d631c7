import { file } from '../file';
import type { MessageType, RobotContext } from '../message-type';
import { robotNews } from '../news-with-url';
import { voice } from '../voice';
import { robotImage } from './image';
import { robotMarkdown } from './markdown';
import { robotTemplateCard } from './template-card';
import { robotText } from './text';

/** Every msgtype webhook/send knows (doc 99110). */
export const ROBOT_TYPES: Readonly<Record<string, MessageType<RobotContext>>> = {
  text: robotText,
  markdown: robotMarkdown('markdown'),
  markdown_v2: robotMarkdown('markdown_v2'),
  image: robotImage,
  news: robotNews,
  file,
  voice,
  template_card: robotTemplateCard,
};
