import { splitIds } from '../../core/schema/ids';

describe('a list of ids', () => {
  it.each([
    ['commas', 'a,b', ['a', 'b']],
    ['bars', 'a|b', ['a', 'b']],
    ['semicolons', 'a;b', ['a', 'b']],
    ['blanks and line breaks', ' a b\r\nc\td ', ['a', 'b', 'c', 'd']],
    ['the signs of a Chinese keyboard', 'a，b；c、d', ['a', 'b', 'c', 'd']],
    ['several separators in a row', 'a, | b', ['a', 'b']],
  ])('may be separated by %s', (_, text, ids) => {
    expect(splitIds(text)).toEqual(ids);
  });

  it('may be a number, an array, or an array of lists, and loses its duplicates', () => {
    expect(splitIds(7)).toEqual(['7']);
    expect(splitIds(['a', 'b,a', 7, ['c']])).toEqual(['a', 'b', '7', 'c']);
    expect(splitIds('a a')).toEqual(['a']);
  });

  it.each([[undefined], [null], [true], [{ a: 1 }], [''], [' , '], [[undefined, {}]]])(
    'is empty for %j: no word is made up of it',
    (value) => {
      expect(splitIds(value)).toEqual([]);
    },
  );
});
