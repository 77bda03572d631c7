import { forms } from './readers';
import { slowPieces } from './slow-pieces';

it.each(Object.entries(forms))(
  'texts four times as long take about four times as long, whatever they are made of, in all fields of %s',
  (_, reader) => {
    expect(slowPieces(reader, 4_000, 2)).toEqual([]);
  },
);
