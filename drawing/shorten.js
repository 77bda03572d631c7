import { element } from './element.js';

/** A character of half width counts as half a 字. */
const width = (character) => (character.codePointAt(0) < 0x2e80 ? 0.5 : 1);

/** Text of at most so many 字, with "…" for the rest: the server takes longer ones, the client shortens them. */
export function shorten(text, most) {
  const characters = [...text];
  let used = 0;
  const end = characters.findIndex((character) => (used += width(character)) > most);
  return end === -1 ? text : `${characters.slice(0, Math.max(1, end - 1)).join('')}…`;
}

/** An element with shortened text; pointing at it shows all. Empty text makes none. */
export function shortened(selector, text, most) {
  if (!text) return '';
  const short = shorten(text, most);
  return element(selector, short === text ? {} : { title: text }, short);
}
