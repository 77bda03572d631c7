import { createChat, getChat, updateChat } from './chats';
import type { DescribedOperation, Operation } from './operation';
import { recall } from './recall';
import { updateCard } from './update-card';

/** What an app can do besides sending a message and updating a card, in the order panels list them. */
export const operations: readonly Operation[] = [recall, createChat, getChat, updateChat];

/** The same, and updating a card, which `Wecom.updateCard` does: for panels and docs. */
export const allOperations: readonly DescribedOperation[] = [updateCard, ...operations];
