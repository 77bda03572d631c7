import { sliceText, splitText, truncateText } from '../../core/long-text/split-text';
import type { Syntax } from '../../core/long-text/split-text';

describe('markup at a cut', () => {
  it.each<[string, Syntax, number, string, string[]]>([
    [
      'that ends there ends in the part it belongs to',
      'markdown',
      20,
      '**one two three** four five',
      ['**one two three**', 'four five'],
    ],
    [
      'that has only begun there begins in the next part',
      'markdown',
      20,
      'one two three **four five six**',
      ['one two three', '**four five six**'],
    ],
    [
      'that has only begun there, with a quote, begins in the next part',
      'markdown',
      28,
      'one two three\n> **four five six seven**',
      ['one two three', '> **four five six seven**'],
    ],
    [
      'of several kinds that have only begun there begins in the next part',
      'html',
      88,
      `${'one two three '.repeat(5)}<b><i><u>four five six seven</u></i></b>`,
      ['one two three '.repeat(5).trim(), '<b><i><u>four five six seven</u></i></b>'],
    ],
    [
      'of several kinds that end there ends in the part it belongs to',
      'html',
      48,
      '<b><i><u>one two three four fiv</u></i></b> seven eight nine',
      ['<b><i><u>one two three four fiv</u></i></b>', 'seven eight nine'],
    ],
    [
      'that ends there without a blank ends in the part it belongs to',
      'markdown',
      16,
      '**一二三四五六七八**九十甲乙',
      ['**一二三四**', '**五六七八**', '九十甲乙'],
    ],
    [
      'of two kinds that end there without a blank ends in the part it belongs to',
      'html',
      56,
      `<b><i>${'一二三四五六七'.repeat(4)}</i></b>八九`,
      [`<b><i>${'一二三四五六七'.repeat(2)}</i></b>`, `<b><i>${'一二三四五六七'.repeat(2)}</i></b>`, '八九'],
    ],
    [
      'that ends before an accent, which is not torn from it, ends in both parts',
      'markdown',
      16,
      '**一二三四五六七八**\u0301九十甲乙',
      ['**一二三四**', '**五六七八**', '****\u0301九十', '甲乙'],
    ],
    [
      'that begins behind a sign that is not torn from it begins in both parts',
      'markdown',
      16,
      'a一二三\u0600**四五六七**',
      ['a一二三\u0600****', '**四五六七**'],
    ],
    [
      'that begins there without a blank begins in the next part',
      'markdown',
      16,
      '一二三四**五六七八**',
      ['一二三四', '**五六七八**'],
    ],
    [
      'of three kinds that begin there without a blank begins in the next part',
      'html',
      48,
      `${'一'.repeat(13)}<b><i><u>二三</u></i></b>`,
      ['一'.repeat(13), '<b><i><u>二三</u></i></b>'],
    ],
    [
      'of four kinds that just take a quarter of the part as well',
      'html',
      48,
      `${'一'.repeat(12)}<b><i><u><s>二三</s></u></i></b>`,
      ['一'.repeat(12), '<b><i><u><s>二三</s></u></i></b>'],
    ],
    [
      'of more kinds, nothing but beginnings, is cut behind them',
      'html',
      48,
      `${'一'.repeat(11)}<b><i><u><s><p>二三</p></s></u></i></b>`,
      [`${'一'.repeat(11)}<b><i><u><s><p>`, '二三</p></s></u></i></b>'],
    ],
    [
      'that begins there, but not those that have begun before, begins in the next part',
      'html',
      64,
      `${'一'.repeat(10)}<b>${'二'.repeat(9)}<i>三四五</i></b>`,
      [`${'一'.repeat(10)}<b>${'二'.repeat(9)}</b>`, '<b><i>三四五</i></b>'],
    ],
    [
      'is a quote whose first word fills the next part',
      'markdown',
      32,
      `one two three.\n> ${'w'.repeat(28)}\nx`,
      ['one two three.', `> ${'w'.repeat(28)}\nx`],
    ],
    [
      'is no quote in plain text',
      'text',
      32,
      `one two three.\n> ${'w'.repeat(28)}`,
      ['one two three.\n>', 'w'.repeat(28)],
    ],
    [
      'is a heading that has only begun there',
      'markdown',
      20,
      'one two three four\n## five six',
      ['one two three four', '## five six'],
    ],
    [
      'is a quote that has only begun there',
      'markdown',
      21,
      'one two three four\n> fivefivefive',
      ['one two three four', '> fivefivefive'],
    ],
    [
      'is a code block that has only begun there',
      'markdown_v2',
      32,
      'one two three four five\n```\nsix seven eight\n```',
      ['one two three four five', '```\nsix seven eight\n```'],
    ],
  ])('%s', (_, syntax, maxBytes, text, expected) => {
    expect(splitText(text, { maxBytes, syntax })).toEqual(expected);
  });
});

describe('the marker of a line', () => {
  it('stays at its start, before the bold that goes on', () => {
    expect(splitText('**one two three four\n> five six seven**', { maxBytes: 28, syntax: 'markdown' })).toEqual([
      '**one two three four**',
      '> **five six seven**',
    ]);
  });

  it('is no marker in the middle of a line', () => {
    expect(splitText('**one two three four > five six seven**', { maxBytes: 28, syntax: 'markdown' })).toEqual([
      '**one two three four >**',
      '**five six seven**',
    ]);
  });

  it('is nothing in HTML, where a tag goes on', () => {
    expect(splitText(`<b>${'one '.repeat(14)}\n&gt; > two</b>`, { maxBytes: 64, syntax: 'html' })).toEqual([
      `<b>${'one '.repeat(14).trim()}</b>`,
      '<b>&gt; > two</b>',
    ]);
    expect(splitText(`<b>${'one '.repeat(14)}\n> two</b>`, { maxBytes: 64, syntax: 'html' })).toEqual([
      `<b>${'one '.repeat(14).trim()}</b>`,
      '<b>> two</b>',
    ]);
  });

  it('is code in a code block', () => {
    expect(
      splitText('```\none two three four\n> five six seven\n```', { maxBytes: 32, syntax: 'markdown_v2' }),
    ).toEqual(['```\none two three four\n```', '```\n> five six seven\n```']);
  });

  it('alone makes no part', () => {
    expect(splitText(`  > ${' '.repeat(60)}a`, { maxBytes: 16, syntax: 'markdown' })).toEqual(['  > a']);
    expect(splitText(`> ${' '.repeat(60)}a`, { maxBytes: 16, syntax: 'markdown' })).toEqual(['> a']);
  });
});

describe('the room of a part', () => {
  it.each([
    [16, 'a'.repeat(17), ['a'.repeat(16), 'a']],
    [16, 'é'.repeat(9), ['é'.repeat(8), 'é']],
    [16, '中'.repeat(6), ['中'.repeat(5), '中']],
    [16, '🎉'.repeat(5), ['🎉'.repeat(4), '🎉']],
    [17, 'é'.repeat(9), ['é'.repeat(8), 'é']],
    [17, '中'.repeat(6), ['中'.repeat(5), '中']],
    [19, '🎉'.repeat(5), ['🎉'.repeat(4), '🎉']],
    [16, `${'\u007f'.repeat(15)}é`, ['\u007f'.repeat(15), 'é']],
    [16, `${'\u0080'.repeat(8)}a`, ['\u0080'.repeat(8), 'a']],
    [16, `${'\u07ff'.repeat(8)}a`, ['\u07ff'.repeat(8), 'a']],
    [17, `${'\u0800'.repeat(5)}é!`, ['\u0800'.repeat(5) + 'é', '!']],
    [16, `${'\ue000'.repeat(5)}aa`, ['\ue000'.repeat(5) + 'a', 'a']],
    [16, `${'\ud7ff'.repeat(5)}aa`, ['\ud7ff'.repeat(5) + 'a', 'a']],
    [16, `${'\u{10000}'.repeat(4)}a`, ['\u{10000}'.repeat(4), 'a']],
    [16, `${'\u{10ffff}'.repeat(4)}a`, ['\u{10ffff}'.repeat(4), 'a']],
  ])('of %d bytes is used to the last character: %j', (maxBytes, text, expected) => {
    expect(splitText(text, { maxBytes, syntax: 'text' })).toEqual(expected);
  });

  it('is at least 16 bytes, or 32 with numbers', () => {
    expect(splitText('one two three four', { maxBytes: 16, syntax: 'text' })).toEqual(['one two three', 'four']);
    expect(() => splitText('x', { maxBytes: 15, syntax: 'text' })).toThrow('maxBytes must be at least 16, but is 15');
    expect(() => sliceText('x', { maxBytes: 15, syntax: 'text' })).toThrow('maxBytes must be at least 16, but is 15');
    expect(splitText('x', { maxBytes: 32, syntax: 'text', numbered: true })).toEqual(['x']);
    expect(() => splitText('x', { maxBytes: 31, syntax: 'text', numbered: true })).toThrow(
      'maxBytes must be at least 32, but is 31',
    );
    expect(() => splitText('x', { maxBytes: Number.NaN, syntax: 'text' })).toThrow(
      'maxBytes must be at least 16, but is NaN',
    );
    expect(() => truncateText('x', { maxBytes: 2, syntax: 'text' })).toThrow('maxBytes must be at least 3, but is 2');
  });

  it('holds the number of the part', () => {
    expect(splitText('a'.repeat(52), { maxBytes: 32, syntax: 'text', numbered: true })).toEqual([
      `(1/2)\n${'a'.repeat(26)}`,
      `(2/2)\n${'a'.repeat(26)}`,
    ]);
    const nine = splitText('a'.repeat(9 * 26), { maxBytes: 32, syntax: 'text', numbered: true });
    expect([nine.length, nine.at(-1)]).toEqual([9, `(9/9)\n${'a'.repeat(26)}`]);
    const ten = splitText('a'.repeat(9 * 26 + 1), { maxBytes: 32, syntax: 'text', numbered: true });
    expect([ten.length, ten[0], ten.at(-1)]).toEqual([10, `(1/10)\n${'a'.repeat(24)}`, `(10/10)\n${'a'.repeat(19)}`]);
  });

  it('has no number when only one part shows something', () => {
    expect(splitText(`a${'\n'.repeat(60)}`, { maxBytes: 32, syntax: 'text', numbered: true })).toEqual(['a']);
  });
});

describe('a text with nothing to show', () => {
  it('stays in one piece, and so does one that fits', () => {
    expect(sliceText(' '.repeat(40), { maxBytes: 16, syntax: 'text' })).toEqual([' '.repeat(40)]);
    expect(sliceText('中中中中中a', { maxBytes: 16, syntax: 'text' })).toEqual(['中中中中中a']);
    expect(sliceText('中中中中中中', { maxBytes: 16, syntax: 'text' })).toEqual(['中中中中中', '中']);
  });

  it('no slice is empty, also when a text ends with more blanks than fit', () => {
    expect(sliceText(`one two three   ${' '.repeat(20)}`, { maxBytes: 16, syntax: 'text' })).toEqual([
      `one two three   ${' '.repeat(20)}`,
    ]);
  });

  it('the end of a text stays as its author left it', () => {
    expect(splitText('one two three four \n', { maxBytes: 16, syntax: 'text' })).toEqual(['one two three', 'four \n']);
  });
});

describe('a shortened text', () => {
  it.each<[string, Syntax, number, string, string]>([
    ['is as long as fits', 'text', 16, 'abcdefghijklmnopq', 'abcdefghijkl…'],
    ['is only "…" when nothing else fits', 'text', 4, 'abcdef', '…'],
    ['begins with what just fits', 'text', 5, 'abcdef', 'a…'],
    ['has no blank before the "…"', 'text', 12, 'one two  three four', 'one two…'],
    ['has no torn word of several signs', 'text', 12, 'abcdefe\u0301\u0301\u0301gh', 'abcdef…'],
    ['has no torn address', 'text', 20, 'see https://a.b/c/d/e/f', 'see…'],
    ['has no torn address that is longer than all of it', 'text', 20, `see https://a.b/${'c'.repeat(60)} now`, 'see…'],
    [
      'is only "…" before a link that is longer than all of it',
      'markdown',
      16,
      'x [one two three four](https://a.b)',
      'x…',
    ],
    ['ends its bold', 'markdown', 24, '**one two three four five six**', '**one two three fo**…'],
    [
      'ends its bold italics and its colour',
      'markdown',
      140,
      `<font color="info">***${'one '.repeat(40).trim()}***</font>`,
      `<font color="info">***${'one '.repeat(26).trim()}***</font>…`,
    ],
    [
      'ends its code block on a line before the "…"',
      'markdown_v2',
      48,
      '```js\none two three four five six seven eight nine ten\n```',
      '```js\none two three four five six seven\n```\n…',
    ],
    ['has no quote that has only begun', 'markdown', 20, 'one two three\n> four five\n> six', 'one two three…'],
    [
      'has no quote without a blank that has only begun',
      'markdown',
      19,
      'one two three\n>four five\n>six',
      'one two three…',
    ],
    [
      'has no quote with bold that has only begun',
      'markdown',
      22,
      'one two three\n> **four five** six',
      'one two three…',
    ],
    ['has a quote of one letter', 'markdown', 21, 'one two three\n> four five\n> six', 'one two three\n> f…'],
    ['has no quotes in plain text', 'text', 20, 'one two three\n> four five\n> six', 'one two three\n>…'],
    ['of which only a quote would be left is nothing but that', 'markdown', 6, '> four five', '>…'],
    ['ends nothing that has ended', 'markdown', 24, '**one** two three four five six', '**one** two three fo…'],
  ])('%s', (_, syntax, maxBytes, text, expected) => {
    expect(truncateText(text, { maxBytes, syntax })).toBe(expected);
  });
});
