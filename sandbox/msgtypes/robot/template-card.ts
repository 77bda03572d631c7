import { readCard } from '../cards';
import type { MessageType } from '../message-type';

/** A card sent by a robot: text_notice and news_notice, without anything that calls back. */
export const robotTemplateCard: MessageType = {
  safe: [],
  read: (content, context) => readCard(content, { ...context, sender: 'robot', update: false }),
};
