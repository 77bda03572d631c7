import { graphemeStart, isPlain } from '../../core/long-text/grapheme';

const inOwnCluster = (character: string) => [...new Intl.Segmenter('und').segment(`x${character}y`)].length === 3;

describe('characters that join no other one', () => {
  it.each([
    ['Latin', 0x0000, 0x02ff],
    ['punctuation such as a dash or "…"', 0x2010, 0x2027],
    ['Chinese punctuation', 0x3000, 0x3029],
    ['Hiragana', 0x3041, 0x3096],
    ['Katakana', 0x30a0, 0x30ff],
    ['rare Chinese characters', 0x3400, 0x4dbf],
    ['Chinese characters', 0x4e00, 0x9fff],
    ['wide Latin and narrow Katakana', 0xff01, 0xff9d],
  ])('%s', (_, first, last) => {
    for (const code of [first, last, (first + last) >> 1]) {
      expect(isPlain(code)).toBe(true);
      expect(inOwnCluster(String.fromCharCode(code))).toBe(true);
    }
    expect(isPlain(last + 1)).toBe(false);
    if (first > 0) expect(isPlain(first - 1)).toBe(false);
  });
});

describe('the start of what people see as one character', () => {
  it.each<[string, string, number, number]>([
    ['between two letters is there', 'ab', 1, 1],
    ['at the end of the text is there', 'ab', 2, 2],
    ['at an accent is before its letter', 'xe\u0301y', 2, 1],
    ['behind an accent is there', 'xe\u0301y', 3, 3],
    ['between two accents is before their letter', 'xe\u0301\u0323y', 3, 1],
    ['between CR and LF is before both', 'a\r\nb', 2, 1],
    ['between LF and CR is there', 'a\n\rb', 2, 2],
    ['before CRLF and behind it is there', 'a\r\nb', 3, 3],
    ['between CR and a letter is there', 'a\rb', 2, 2],
    ['between a letter and LF is there', 'a\nb', 1, 1],
    ['within a flag is before it, not within the flag before', '🇩🇪🇫🇷', 6, 4],
    ['between the halves of an emoji is before them', 'a🎉', 2, 1],
    ['behind a sign that joins what follows is before that sign', 'a\u0600b', 2, 1],
    ['behind two such signs is before both', 'a\u0600\u0600b', 3, 1],
    ['at the start of the text is there', 'e\u0301', 0, 0],
  ])('%s', (_, text, position, expected) => {
    expect(graphemeStart(text, position, 0)).toBe(expected);
  });

  it('is never before the floor', () => {
    expect(graphemeStart('e\u0301\u0323', 1, 1)).toBe(1);
    expect(graphemeStart('e\u0301\u0323', 2, 1)).toBe(1);
  });
});
