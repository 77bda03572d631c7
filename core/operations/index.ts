import { createChat, getChat, updateChat } from './chats';
import type { Operation } from './operation';
import { recall } from './recall';

/** What an app can do besides sending a message and updating a card, in the order panels list them. */
export const operations: readonly Operation[] = [recall, createChat, getChat, updateChat];
