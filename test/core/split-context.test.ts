import type { Context } from '../../core/long-text/context';
import { within } from '../../core/long-text/context';
import type { Mark } from '../../core/long-text/reading';
import type { Syntax } from '../../core/long-text/split-text';
import { splitText } from '../../core/long-text/split-text';

describe('the next part goes on with', () => {
  it.each<[string, Syntax, number, string, string[]]>([
    ['bold', 'markdown', 20, '**one two three four**', ['**one two three**', '**four**']],
    ['bold italics', 'markdown', 24, '***one two three four five*** x', ['***one two three four***', '***five*** x']],
    [
      'bold alone when the colour around it has ended',
      'markdown_v2',
      20,
      '**one two three four five**',
      ['**one two three**', '**four five**'],
    ],
    ['nothing when bold has ended', 'markdown', 20, '**one two** three four five', ['**one two** three', 'four five']],
    [
      'nothing when the colour has ended before the cut',
      'markdown',
      80,
      `<font color="info">one</font> ${'two '.repeat(20)}`.trim(),
      [`<font color="info">one</font> ${'two '.repeat(12)}`.trim(), 'two two two two two two two two'],
    ],
    [
      'no bold behind a lone end of a colour',
      'markdown',
      28,
      '**one </font>two three four five six**',
      ['**one </font>two three**', '**four five six**'],
    ],
    ['a quote', 'markdown', 16, '> one two three four', ['> one two three', '> four']],
    [
      'the quote of the line that is cut, not of the line before',
      'markdown',
      20,
      '> a\none two three four five',
      ['> a\none two three', 'four five'],
    ],
    [
      'the quote of the last line',
      'markdown',
      20,
      'a\n> one two three four five',
      ['a\n> one two three', '> four five'],
    ],
    [
      'the quote through many parts',
      'markdown',
      16,
      `> ${'one two three '.repeat(3)}`.trim(),
      ['> one two three', '> one two three', '> one two three'],
    ],
    ['a heading', 'markdown', 16, '# one two three four', ['# one two three', '# four']],
    ['no quote in plain text', 'text', 16, '> one two three four', ['> one two three', 'four']],
    ['no quote in HTML', 'html', 16, '> one two three four', ['> one two three', 'four']],
    ['no quote at a new line', 'markdown', 16, '> one two three\nfour five', ['> one two three', 'four five']],
    [
      'the quote of the line that goes on for a third part',
      'markdown',
      20,
      'a\n> one two three four five six seven eight',
      ['a\n> one two three', '> four five six', '> seven eight'],
    ],
    [
      'no quote after one that has only its sign in the part before',
      'markdown',
      16,
      'one two three\n> four five',
      ['one two three', '> four five'],
    ],
    [
      'all that is open, ended from the inside out',
      'html',
      64,
      '<b><i>one two three four five six seven eight nine ten eleven twelve</i></b>',
      ['<b><i>one two three four five six seven eight nine ten</i></b>', '<b><i>eleven twelve</i></b>'],
    ],
    [
      'bold that only a later pair of stars is not part of',
      'markdown',
      28,
      '<font>a **b** c** one two three four',
      ['<font>a **b** c** one two', 'three four'],
    ],
    [
      'bold behind the quote',
      'markdown',
      24,
      '> **one two three four five**',
      ['> **one two three four**', '> **five**'],
    ],
    [
      'bold behind the quote of a new line',
      'markdown',
      24,
      '**one two three\n> four five six seven**',
      ['**one two three**', '> **four five six**', '> **seven**'],
    ],
  ])('%s', (_, syntax, maxBytes, text, expected) => {
    expect(splitText(text, { maxBytes, syntax })).toEqual(expected);
  });

  it('what overlaps: a colour and bold end each where they end', () => {
    const text =
      '<font color="info">one **two</font> three four five six seven eight nine ten eleven twelve thirteen** fourteen';
    expect(splitText(text, { maxBytes: 64, syntax: 'markdown' })).toEqual([
      '<font color="info">one **two</font> three four five six seven**',
      '**eight nine ten eleven twelve thirteen** fourteen',
    ]);
  });

  it('no bold that ended within a colour that goes on', () => {
    const text =
      '**one<font color="info"> two** three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen</font>';
    expect(splitText(text, { maxBytes: 112, syntax: 'markdown' })).toEqual([
      '**one<font color="info"> two** three four five six seven eight nine ten eleven twelve thirteen fourteen</font>',
      '<font color="info">fifteen sixteen</font>',
    ]);
  });

  it('nothing that ended with the element of HTML around it', () => {
    const text = '<p>a<b>b<i>c</p> one two three four five six seven eight nine ten eleven twelve';
    expect(splitText(text, { maxBytes: 64, syntax: 'html' })).toEqual([
      '<p>a<b>b<i>c</p> one two three four five six seven eight nine',
      'ten eleven twelve',
    ]);
  });

  it('the elements of HTML around the one that ended', () => {
    const text = '<p>a<b>b</b> one two three four five six seven eight nine ten eleven twelve</p>';
    expect(splitText(text, { maxBytes: 64, syntax: 'html' })).toEqual([
      '<p>a<b>b</b> one two three four five six seven eight nine</p>',
      '<p>ten eleven twelve</p>',
    ]);
  });
});

describe('a code block', () => {
  it('goes on in the next part with its language', () => {
    expect(
      splitText('```js\none();\ntwo();\nthree();\nfourth();\n```', { maxBytes: 40, syntax: 'markdown_v2' }),
    ).toEqual(['```js\none();\ntwo();\nthree();\n```', '```js\nfourth();\n```']);
  });

  it('has no quotes: a ">" in it is code', () => {
    expect(splitText('```\n> one two three four five six seven\n```', { maxBytes: 32, syntax: 'markdown_v2' })).toEqual(
      ['```\n> one two three four\n```', '```\nfive six seven\n```'],
    );
  });

  it('does not go on when it has ended', () => {
    expect(splitText('```\none\n```\ntwo three four five six seven', { maxBytes: 32, syntax: 'markdown_v2' })).toEqual([
      '```\none\n```\ntwo three four five',
      'six seven',
    ]);
  });

  it('begins with its own indentation, also when that looks like nothing', () => {
    expect(splitText('```\none two\n  three four\n  five\n```', { maxBytes: 32, syntax: 'markdown_v2' })).toEqual([
      '```\none two\n  three four\n```',
      '```\n  five\n```',
    ]);
  });

  it('made of tildes goes on with tildes', () => {
    expect(
      splitText('~~~py\none one one one\ntwo two two two\nthree three\n~~~', { maxBytes: 48, syntax: 'markdown_v2' }),
    ).toEqual(['~~~py\none one one one\ntwo two two two\n~~~', '~~~py\nthree three\n~~~']);
  });
});

describe('a table', () => {
  const table = 'a|b\n-|-\n';

  it('goes on in the next part with header and rule', () => {
    expect(
      splitText(`${table}one|two\nthree|four\nfive|six\nseven|eight`, { maxBytes: 32, syntax: 'markdown_v2' }),
    ).toEqual([`${table}one|two\nthree|four`, `${table}five|six\nseven|eight`]);
  });

  it('goes on without them in a row that is itself cut', () => {
    expect(splitText(`${table}one two three four five six|seven`, { maxBytes: 32, syntax: 'markdown_v2' })).toEqual([
      `${table}one two three four five`,
      'six|seven',
    ]);
  });

  it('goes on without them behind its end', () => {
    expect(splitText(`${table}one|two\n\nthree four five six seven`, { maxBytes: 32, syntax: 'markdown_v2' })).toEqual([
      `${table}one|two`,
      'three four five six seven',
    ]);
  });

  it('has its header before the bold that goes on', () => {
    expect(splitText(`${table}**one|two\nthree|four\nfive|six** x|y`, { maxBytes: 48, syntax: 'markdown_v2' })).toEqual(
      [`${table}**one|two\nthree|four\nfive|six** x|y`],
    );
    expect(
      splitText(`${table}**one|two\nthree|four\nfive|six\nseven|eight** x|y`, { maxBytes: 48, syntax: 'markdown_v2' }),
    ).toEqual([`${table}**one|two\nthree|four\nfive|six**`, `${table}**seven|eight** x|y`]);
  });
});

describe('what would take too much of the next part', () => {
  const mark = (name: string, opening: string, closing: string): Mark => ({
    from: 0,
    to: 0,
    name,
    opens: true,
    opening,
    closing,
    counts: true,
  });
  const table = mark('table', 'a|b\n-|-\n', '');
  const bold = mark('**', '**', '**');
  const context: Context = { marker: '> ', lineStart: true, open: [table, bold], nextMark: 2 };

  it.each<[string, number, readonly Mark[], string]>([
    ['stays when it just fits', 14, [table, bold], '> '],
    ['is the table first', 13, [bold], '> '],
    ['is the table only, when the rest just fits', 6, [bold], '> '],
    ['is then all that is open', 5, [], '> '],
    ['but not the quote, when that just fits', 2, [], '> '],
    ['is the quote at last', 1, [], ''],
  ])('%s', (_, maxBytes, open, marker) => {
    expect(within(context, maxBytes)).toEqual({ ...context, open, marker });
  });
});
