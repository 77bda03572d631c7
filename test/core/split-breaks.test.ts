import { afterLineBreaks, findBreak, lastSafe } from '../../core/long-text/breaks';
import { sliceText, splitText } from '../../core/long-text/split-text';

/** Both parts of a text, cut where no more than the first `end` characters fit in. */
function cut(text: string, end: number, half = 0, atoms: { from: number; to: number }[] = []): [string, string] {
  const at = findBreak(text, atoms, { start: 0, half, end });
  return [text.slice(0, at), text.slice(at)];
}

describe('the better place', () => {
  it.each<[string, string, number, [string, string]]>([
    ['a paragraph before a line', 'a\n\nb\nc d', 6, ['a\n\n', 'b\nc d']],
    ['a paragraph with blanks in its empty line', 'a\n \t\r\nb\nc d', 9, ['a\n \t\r\n', 'b\nc d']],
    ['the last paragraph of two', 'a\n\nb\n\ncd e', 7, ['a\n\nb\n\n', 'cd e']],
    ['a line before a sentence', 'a\nb. c d', 6, ['a\n', 'b. c d']],
    ['the last line of two', 'a\nb\nc. d', 6, ['a\nb\n', 'c. d']],
    ['a sentence before a word', 'a. b c d', 6, ['a. ', 'b c d']],
    ['a question', 'a? b c d', 6, ['a? ', 'b c d']],
    ['a call', 'a! b c d', 6, ['a! ', 'b c d']],
    ['a half of a sentence', 'a; b c d', 6, ['a; ', 'b c d']],
    ['a sentence with its quote', '"a." b c d', 8, ['"a." ', 'b c d']],
    ['a sentence with brackets, quotes and stars', '*("a.")* b c', 11, ['*("a.")* ', 'b c']],
    ['no sentence with more brackets than anyone writes', 'a.))))) b c', 10, ['a.))))) b ', 'c']],
    ['no sentence of quotes alone', '") b c', 5, ['") b ', 'c']],
    ['a Chinese sentence before a Chinese comma', '一。二，三四', 5, ['一。', '二，三四']],
    ['a Chinese sentence before a word', '一。b c d', 5, ['一。', 'b c d']],
    ['the last Chinese sentence of two', '一。二。三四', 5, ['一。二。', '三四']],
    ['a Chinese question', '一？二，三四', 5, ['一？', '二，三四']],
    ['a Chinese call', '一！二，三四', 5, ['一！', '二，三四']],
    ['a Chinese half of a sentence', '一；二，三四', 5, ['一；', '二，三四']],
    ['an ellipsis of two', '一……二，三四', 6, ['一……', '二，三四']],
    ['a Chinese sentence with its quotes', '“一。”二，三四', 7, ['“一。”', '二，三四']],
    ['a Chinese sentence with all its brackets', '（『一。』）二，三四', 9, ['（『一。』）', '二，三四']],
    ['no Chinese sentence of quotes alone', '“一”二，三四', 6, ['“一”二，', '三四']],
    ['a Chinese comma before a character', '一，二三四', 4, ['一，', '二三四']],
    ['a Chinese pause before a character', '一、二三四', 4, ['一、', '二三四']],
    ['a Chinese colon before a character', '一：二三四', 4, ['一：', '二三四']],
    ['the last Chinese comma of two', '一，二，三四', 5, ['一，二，', '三四']],
    ['the last word of all', 'a b c d', 5, ['a b c ', 'd']],
    ['a word before a character', '一 二三四', 4, ['一 ', '二三四']],
    ['the last of all Chinese characters', '一二三四五', 4, ['一二三四', '五']],
    ['a Chinese character before the middle of a word', '一二abcdef', 5, ['一二', 'abcdef']],
    ['the end of a word before a Chinese character', 'abc一def', 5, ['abc一', 'def']],
    ['a place between Latin and Chinese', 'abc一', 3, ['abc', '一']],
    ['Kana like Chinese', 'あいabcd', 4, ['あい', 'abcd']],
    ['before a Chinese character that Unicode has twice', 'ab\uf900\uf901', 3, ['ab', '\uf900\uf901']],
    ['before the last of those', 'ab\ufaff\uf901', 3, ['ab', '\ufaff\uf901']],
    ['before the first of all Chinese characters', 'ab\u2e80\u2e80', 3, ['ab', '\u2e80\u2e80']],
    ['behind the last of all Chinese characters', '\u9fffabcd', 3, ['\u9fff', 'abcd']],
    ['not before a Korean word, which has blanks around it', 'ab한국어', 4, ['ab한국', '어']],
    ['not before an Arabic letter in its joined form', 'ab\ufe8d\ufe8d', 3, ['ab\ufe8d', '\ufe8d']],
    ['not behind narrow Katakana', 'ｱｲabcd', 4, ['ｱｲab', 'cd']],
    ['behind the last of wide brackets', '｟a｠abcd', 5, ['｟a｠', 'abcd']],
    ['a sentence that is nothing but its end', '? b c d', 6, ['? ', 'b c d']],
    ['the word behind an ideographic blank', 'ab\u3000cdefg', 6, ['ab\u3000', 'cdefg']],
    ['wide Latin like Chinese', 'ＡＢabcd', 4, ['ＡＢ', 'abcd']],
    ['the middle of a word when there is nothing else', 'abcdef', 4, ['abcd', 'ef']],
    ['the middle of a Russian word when there is nothing else', 'абвгде', 4, ['абвг', 'де']],
  ])('is %s', (_, text, end, expected) => {
    expect(cut(text, end)).toEqual(expected);
  });

  it.each<[string, string, number, number, [string, string]]>([
    ['wins when it is just in the second half', 'ab\ncd ef', 7, 2, ['ab\n', 'cd ef']],
    ['loses to any in the second half when it is before', 'ab\ncd efg', 7, 4, ['ab\ncd ', 'efg']],
    ['is looked for in the first half when the second has none', 'ab\ncdefg', 7, 4, ['ab\n', 'cdefg']],
    ['is looked for in the second quarter before the first', 'a\nb cdefghij', 10, 6, ['a\nb ', 'cdefghij']],
    ['is asked for before a torn word, however early', 'a bcdefghijkl', 10, 6, ['a ', 'bcdefghijkl']],
  ])('%s', (_, text, end, half, expected) => {
    expect(cut(text, end, half)).toEqual(expected);
  });
});

describe('a cut never comes', () => {
  it.each(Array.from('，。、；：？！…—·～”’」』》〉）】〕,.;:?!)]}%"\''))('right before %s', (sign) => {
    expect(cut(`一二三${sign}四`, 3)).toEqual(['一二', `三${sign}四`]);
  });

  it.each(Array.from('“‘「『《〈（【〔([{'))('right behind %s', (sign) => {
    expect(cut(`一二${sign}三四`, 3)).toEqual(['一二', `${sign}三四`]);
  });

  it.each(Array.from('，、：'))('right behind %s when a sign follows that ends something', (sign) => {
    expect(cut(`一二${sign}”三`, 3)).toEqual(['一', `二${sign}”三`]);
  });

  it.each(['"', "'"])('beside a straight %s, which may begin or end something', (sign) => {
    expect(cut(`一二${sign}三四`, 3)).toEqual(['一', `二${sign}三四`]);
  });

  it('between two signs that end a sentence, nor before a quote', () => {
    expect(cut('一二。三！？四', 5)).toEqual(['一二。', '三！？四']);
    expect(cut('一二。三。”四', 5)).toEqual(['一二。', '三。”四']);
    expect(cut('一二。三。"四', 5)).toEqual(['一二。', '三。"四']);
  });

  it('within what has to stay whole', () => {
    expect(cut('a bc de f', 6, 0, [{ from: 2, to: 7 }])).toEqual(['a ', 'bc de f']);
    expect(cut('ab\nc d ef', 8, 0, [{ from: 1, to: 4 }])).toEqual(['ab\nc d ', 'ef']);
    expect(cut('一二三四五', 4, 0, [{ from: 2, to: 5 }])).toEqual(['一二', '三四五']);
    expect(cut('abcdef', 4, 0, [{ from: 2, to: 5 }])).toEqual(['ab', 'cdef']);
  });

  it('within a character that is made of several', () => {
    expect(cut('一e\u0301\u0301二', 3)).toEqual(['一', 'e\u0301\u0301二']);
    expect(cut('a b \u0301c', 4)).toEqual(['a ', 'b \u0301c']);
  });

  it('but what is alone longer than the room is cut itself', () => {
    expect(cut('abcdef', 4, 0, [{ from: 0, to: 6 }])).toEqual(['abcd', 'ef']);
    expect(cut('abe\u0301f', 3, 0, [{ from: 0, to: 5 }])).toEqual(['ab', 'e\u0301f']);
    expect(cut('e\u0301\u0301\u0301', 2)).toEqual(['e\u0301', '\u0301\u0301']);
  });
});

describe('blanks at a cut', () => {
  it('that are more than fit belong to the part before', () => {
    expect(cut('abc      d', 5)).toEqual(['abc      ', 'd']);
    expect(cut('      d', 3)).toEqual(['      ', 'd']);
  });

  it('may be ideographic, tabs or line breaks', () => {
    expect(cut('a\u3000bc', 3)).toEqual(['a\u3000', 'bc']);
    expect(cut('a\tbc', 3)).toEqual(['a\t', 'bc']);
    expect(cut('a\rbc', 3)).toEqual(['a\r', 'bc']);
  });

  it('at the start of a text are no place to cut at', () => {
    expect(cut('  abcdef', 5)).toEqual(['  abc', 'def']);
    expect(cut('\n\nabcdef', 5)).toEqual(['\n\nabc', 'def']);
  });

  it('behind the line break indent the next line', () => {
    expect(cut('a\n  bcd', 5)).toEqual(['a\n', '  bcd']);
    expect(cut('a\n\n  bcd', 6)).toEqual(['a\n\n', '  bcd']);
  });

  it('are skipped up to the last line break', () => {
    expect(afterLineBreaks('a \n \n  b', 1)).toBe(5);
    expect(afterLineBreaks('a   b', 1)).toBe(1);
    expect(afterLineBreaks('ab\n', 1)).toBe(1);
    expect(afterLineBreaks('a\n', 1)).toBe(2);
  });

  it('are in no part', () => {
    expect(splitText('one two three   \n\n  four five six', { maxBytes: 16, syntax: 'text' })).toEqual([
      'one two three',
      '  four five six',
    ]);
    expect(splitText('one two three   four five six', { maxBytes: 16, syntax: 'text' })).toEqual([
      'one two three',
      'four five six',
    ]);
  });
});

describe('the last place that tears nothing', () => {
  it.each<[string, string, [number, number][], number, number]>([
    ['is the end itself', 'abcdef', [], 4, 4],
    ['is the end of an atom', 'abcdef', [[1, 4]], 4, 4],
    ['is the start of an atom', 'abcdef', [[2, 5]], 4, 2],
    ['is the start of a letter with an accent', 'abe\u0301f', [], 3, 2],
    ['is before an atom that begins with an accent', 'abe\u0301fg', [[3, 6]], 5, 2],
    [
      'is before the atom that holds the letter of an accent',
      'abce\u0301fg',
      [
        [1, 4],
        [4, 6],
      ],
      5,
      1,
    ],
    ['is within an atom that begins with the text', 'abcdef', [[0, 5]], 4, 4],
    ['is between two letters of such an atom', 'abe\u0301f', [[0, 5]], 3, 2],
  ])('%s', (_, text, ranges, end, expected) => {
    expect(
      lastSafe(
        text,
        ranges.map(([from, to]) => ({ from, to })),
        0,
        end,
      ),
    ).toBe(expected);
  });
});

describe('what the part before has', () => {
  const cutFrom = (text: string, start: number, half: number, end: number) =>
    text.slice(start, findBreak(text, [], { start, half, end }));

  it('ends no sentence in this one', () => {
    expect(cutFrom('a.") b c d', 2, 2, 8)).toBe('") b c ');
    expect(cutFrom('a.") b c d', 2, 2, 7)).toBe('") b ');
  });

  it('does not move the place where better cuts win', () => {
    expect(cutFrom('0123456789a bcdefghijkl', 10, 16, 20)).toBe('a ');
    expect(cutFrom('0123456789a\nb cdefghij', 10, 16, 20)).toBe('a\nb ');
  });

  it('lends it no blanks', () => {
    expect(cutFrom('a      b', 2, 2, 4)).toBe('     ');
    expect(cutFrom('a \nbcdefg', 2, 2, 6)).toBe('\nbcd');
  });

  it('gives it no place to cut at', () => {
    expect(cutFrom('一。abcdefg', 2, 2, 5)).toBe('abc');
    expect(cutFrom('一，abcdefg', 2, 2, 5)).toBe('abc');
  });
});

describe('accents on blanks', () => {
  it('are not torn from them, and the next good place is found', () => {
    expect(sliceText(`one two three${' \u0301'.repeat(3)}`, { maxBytes: 16, syntax: 'text' })).toEqual([
      'one two ',
      `three${' \u0301'.repeat(3)}`,
    ]);
  });
});
