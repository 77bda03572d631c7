import { glance, outgrown } from './growth';
import type { Growth } from './growth';
import { betweenWords, ODD_PIECES } from './odd-pieces';
import { readOrRefuse } from './readers';
import type { Reader } from './readers';

/** All pieces are read once; what grows too fast is among the slowest then, and these are looked at closely. */
export function slowPieces(reader: Reader, length: number, suspects: number): (Growth & { piece: string })[] {
  const reading = (piece: string) => (units: number) => readOrRefuse(reader, betweenWords(piece, units));
  const times = ODD_PIECES.map((piece) => ({
    piece,
    time: Math.min(glance(reading(piece), length), glance(reading(piece), length)),
  }));
  return times
    .sort((a, b) => b.time - a.time)
    .slice(0, suspects)
    .flatMap(({ piece }) => {
      const growth = outgrown(reading(piece), length / 4, 4 * length);
      return growth ? [{ piece, ...growth }] : [];
    });
}
