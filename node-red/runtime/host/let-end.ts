/**
 * The reason with which a signal stops what has not begun and lets requests that are on their way end:
 * whoever breaks those off never learns whether the message arrived.
 */
export const LET_END = Object.freeze({ name: 'AbortError', message: 'nothing new is begun' });
