import { file } from './file';
import { image } from './image';
import { markdown } from './markdown';
import { markdownV2 } from './markdown-v2';
import type { Destination, MessageForm, MessageType } from '../message-type';
import { miniprogramNotice } from './miniprogram-notice';
import { mpnews } from './mpnews';
import { news } from './news';
import { buttonInteraction } from './template-card/button-interaction';
import { multipleInteraction } from './template-card/multiple-interaction';
import { newsNotice } from './template-card/news-notice';
import { textNotice } from './template-card/text-notice';
import { voteInteraction } from './template-card/vote-interaction';
import { text } from './text';
import { textcard } from './textcard';
import { video } from './video';
import { voice } from './voice';

/** Every type, in the order panels and docs list them. */
export const messageTypes: readonly MessageType[] = [
  text,
  markdown,
  markdownV2,
  image,
  voice,
  video,
  file,
  textcard,
  news,
  mpnews,
  textNotice,
  newsNotice,
  buttonInteraction,
  voteInteraction,
  multipleInteraction,
  miniprogramNotice,
];

/** A type in the form it has at a destination. */
export interface TypeAt {
  readonly type: MessageType;
  readonly form: MessageForm;
}

/** The types that a destination takes, each with the form it has there. */
export function typesAt(destination: Destination, catalogue: readonly MessageType[] = messageTypes): readonly TypeAt[] {
  let known = byDestination.get(catalogue);
  if (!known) byDestination.set(catalogue, (known = {}));
  return (known[destination] ??= catalogue.flatMap((type) => {
    const form = type.forms[destination];
    return form ? [{ type, form }] : [];
  }));
}

// Every message asks; a catalogue does not change.
const byDestination = new WeakMap<readonly MessageType[], { [At in Destination]?: readonly TypeAt[] }>();
