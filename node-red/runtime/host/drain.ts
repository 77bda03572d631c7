/**
 * The reason with which a signal stops what has not begun and lets requests that are on their way end: of a request
 * that is broken off it is never known whether its message arrived.
 */
export const DRAIN = Object.freeze({ name: 'AbortError', message: 'nothing new is begun' });
