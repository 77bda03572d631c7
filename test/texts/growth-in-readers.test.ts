import { readers } from './readers';
import { slowPieces } from './slow-pieces';

it.each(Object.entries(readers))(
  'a text four times as long takes about four times as long, whatever it is made of, for %s',
  (_, reader) => {
    expect(slowPieces(reader, 16_000, 3)).toEqual([]);
  },
);
