import { glance, outgrown } from './growth';
import { betweenWords, ODD_PIECES } from './odd-pieces';
import { forms, readers, readOrRefuse } from './readers';
import type { Reader } from './readers';

/** All pieces are read once; what grows too fast is among the slowest then, and these are looked at closely. */
function slowAt(reader: Reader, length: number, suspects: number) {
  const reading = (piece: string) => (units: number) => readOrRefuse(reader, betweenWords(piece, units));
  const times = ODD_PIECES.map((piece) => ({ piece, time: Math.min(glance(reading(piece), length), glance(reading(piece), length)) }));
  return times.sort((a, b) => b.time - a.time).slice(0, suspects).flatMap(({ piece }) => {
    const growth = outgrown(reading(piece), length / 4, 4 * length);
    return growth ? [{ piece, ...growth }] : [];
  });
}

describe('a text four times as long takes about four times as long, whatever it is made of', () => {
  it.each(Object.entries(readers))('for %s', (_, reader) => {
    expect(slowAt(reader, 16_000, 3)).toEqual([]);
  });

  it.each(Object.entries(forms))('in all fields of %s', (_, reader) => {
    expect(slowAt(reader, 4_000, 2)).toEqual([]);
  });
});
