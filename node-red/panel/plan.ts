import type { Destination } from '../../core';

/**
 * What the node does, to whom and in which form, as the properties of the node say it. Nodes of earlier flows have `to`
 * and `msgtype` only.
 */
export interface Plan {
  /** `send`, `updateCard` or the name of another operation of core; absent: `send`. */
  readonly operation?: string;
  /** `named`, `everyone`, `chat` or `robot`; absent: `named`. */
  readonly to?: string;
  /** Name of a message type, or `any`: the flow gives the whole message. */
  readonly msgtype?: string;
  /** Cards: `fields` or `json`; absent: `fields`. */
  readonly cardAs?: string;
  /** What becomes of a card that is updated: `button` or `card`; absent: `button`. */
  readonly updateAs?: string;
}

/** In place of a message type: the flow says which one it is. */
export const ANY_TYPE = 'any';

export const SEND = 'send';
export const UPDATE_CARD = 'updateCard';

/** Where the content of the message goes; undefined for operations without one. */
export function destinationOf({ operation, to, updateAs }: Plan): Destination | undefined {
  if (operation === UPDATE_CARD) return updateAs === 'card' ? 'update' : undefined;
  if ((operation || SEND) !== SEND) return undefined;
  return to === 'chat' || to === 'robot' ? to : 'app';
}

/** The field of the API that holds a new text for the buttons of a card; a whole new card takes its place. */
export const GREY_BUTTON = 'button';
