import type { Wording } from '../../../core';
import type { Message } from '../host/node-red-api';

/** Gives the value of a field for a message: at once, or as a promise for context stores and JSONata. */
export type ValueSource = (msg: Message) => unknown;

/** A value that could not be read; people see which field, and why. */
export class UnreadableValue extends Error {
  constructor(readonly wording: Wording) {
    super(wording.en);
  }
}
