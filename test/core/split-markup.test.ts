import { readMarkup } from '../../core/long-text/markup';
import type { Syntax } from '../../core/long-text/reading';

/** What stays whole, piece by piece. */
const whole = (text: string, syntax: Syntax, maxBytes = 64) =>
  readMarkup(text, syntax, maxBytes).atoms.map(({ from, to }) => text.slice(from, to));

/** What goes on over the text: "+" where it begins, "-" where it ends; a `**` that nothing closes is not among them. */
const marks = (text: string, syntax: Syntax, maxBytes = 64) =>
  readMarkup(text, syntax, maxBytes)
    .marks.filter(({ counts }) => counts)
    .map(({ from, to, name, opens }) => `${opens ? '+' : '-'}${name} ${text.slice(from, to)}`.trim());

describe('addresses', () => {
  it.each<[string, string, Syntax, string[]]>([
    ['end before a blank', 'see https://a.b/c d', 'text', ['https://a.b/c']],
    ['end before Chinese text', '见http://a.b/~x。好', 'text', ['http://a.b/~x']],
    ['may be in capitals', 'Http://a.b HTTPS is', 'text', ['Http://a.b']],
    ['end before a control character', 'https://a.b/c\u007fd', 'text', ['https://a.b/c']],
    ['end before a tag', 'https://a.b/c<br', 'text', ['https://a.b/c']],
    ['end before a ">"', 'https://a.b/c>d', 'text', ['https://a.b/c']],
    ['end before a quote', '"https://a.b/c"d', 'text', ['https://a.b/c']],
    ['end before a backtick', 'https://a.b/c`d', 'text', ['https://a.b/c']],
    ['end before square brackets', '[https://a.b/c] https://d.e[f', 'text', ['https://a.b/c', 'https://d.e']],
    ['hold stars in plain text', 'https://a.b/*c', 'text', ['https://a.b/*c']],
    ['hold stars in HTML', 'https://a.b/*c', 'html', ['https://a.b/*c']],
    ['end before stars in Markdown', '**https://a.b/c**', 'markdown', ['**', 'https://a.b/c', '**']],
    ['end before stars in Markdown v2', '**https://a.b/c**', 'markdown_v2', ['**', 'https://a.b/c', '**']],
    ['need two slashes', 'http:/a.b https:a', 'text', []],
  ])('%s', (_, text, syntax, expected) => {
    expect(whole(text, syntax)).toEqual(expected);
  });
});

describe('placeholders of WeCom', () => {
  it.each<[string, string, string[]]>([
    ['stay whole', 'To $userName=zhang san$, $departmentName=1$', ['$userName=zhang san$', '$departmentName=1$']],
    ['need a name of WeCom', '$other=1$ costs $5 or $6', []],
    ['need a value', '$userName=$ $userName=1', []],
    ['end in their line', '$userName=a\nb$', []],
    [
      'leave the dollar that follows to the next one',
      '$$chatName=1$$msgContent=2$',
      ['$chatName=1$', '$msgContent=2$'],
    ],
  ])('%s', (_, text, expected) => {
    for (const syntax of ['text', 'html', 'markdown', 'markdown_v2'] as const)
      expect(whole(text, syntax)).toEqual(expected);
  });

  it('that are longer than a part are read as text, with what is in them', () => {
    const text = '$userName=https://a.b/c$';
    expect(whole(text, 'text', 24)).toEqual([text]);
    expect(whole(text, 'text', 23)).toEqual(['https://a.b/c$']);
  });

  it('are measured in bytes', () => {
    expect(whole('$userName=张三$', 'text', 17)).toEqual(['$userName=张三$']);
    expect(whole('$userName=张三$', 'text', 16)).toEqual([]);
  });
});

describe('entities of HTML', () => {
  it.each<[string, string, string[]]>([
    ['have a name', 'a&nbsp;b&frac12;c&NBSP;', ['&nbsp;', '&frac12;', '&NBSP;']],
    ['or a number', '&#1;&#1234567;&#x1F600;', ['&#1;', '&#1234567;', '&#x1F600;']],
    ['end in ";"', 'AT&T R&D; &lt &#12', []],
    ['are not too long', `&#12345678; &#x1234567; &${'a'.repeat(33)};`, []],
    ['may be as long as the longest', `&${'a'.repeat(32)};`, [`&${'a'.repeat(32)};`]],
  ])('%s', (_, text, expected) => {
    expect(whole(text, 'html')).toEqual(expected);
    expect(whole(text, 'text')).toEqual([]);
    expect(whole(text, 'markdown')).toEqual([]);
  });
});

describe('tags', () => {
  it.each<[string, string, string[]]>([
    ['stay whole', 'a<b>c</b><BR/><!-- d --><@zhang san>', ['<b>', '</b>', '<BR/>', '<!-- d -->', '<@zhang san>']],
    [
      'begin with a letter, "/", "!" or "@"',
      '<a > <z > <A > <Z > </ > <! > <@ >',
      ['<a >', '<z >', '<A >', '<Z >', '</ >', '<! >', '<@ >'],
    ],
    ['are no comparisons', '1 < 2 > 0, <1>, <?>, <.>, <[>, <`>, <{>, <">, <>', []],
    ['end before the next one', '<b <i> <u', ['<i>']],
    ['are read again behind a "<"', '<<b>', ['<b>']],
  ])('%s', (_, text, expected) => {
    expect(whole(text, 'html')).toEqual(expected);
  });

  it('stay whole up to the size of a part', () => {
    expect(whole('<div class="x">', 'html', 15)).toEqual(['<div class="x">']);
    expect(whole('<div class="x">', 'html', 14)).toEqual([]);
    expect(whole('<div class="中">', 'html', 17)).toEqual(['<div class="中">']);
    expect(whole('<div class="中">', 'html', 16)).toEqual([]);
    expect(marks('<div class="中">', 'html', 16)).toEqual([]);
    expect(whole('<div class="中https://a.b">', 'html', 20)).toEqual(['https://a.b']);
  });
});

describe('links of plain text and HTML', () => {
  const link = '<a href="https://a.b">c</a>';

  it.each<Syntax>(['text', 'html'])('%s: stay whole with their text', (syntax) => {
    expect(whole(`x ${link} y <A HREF="z">c</A> ${link}`, syntax)).toEqual([link, '<A HREF="z">c</A>', link]);
  });

  it('are two tags in Markdown, which has its own', () => {
    expect(whole(link, 'markdown')).toEqual(['<a href="https://a.b">', '</a>']);
  });

  it('are two tags when they are longer than a part', () => {
    expect(whole(link, 'text', 27)).toEqual([link]);
    expect(whole(link, 'text', 26)).toEqual(['<a href="https://a.b">', '</a>']);
    expect(whole('<a>中文字</a>', 'text', 16)).toEqual(['<a>中文字</a>']);
    expect(whole('<a>中文字</a>', 'text', 15)).toEqual(['<a>', '</a>']);
  });

  it('are tags only when nobody closes them', () => {
    expect(whole('<a href="x"> <a href="y"> z', 'text')).toEqual(['<a href="x">', '<a href="y">']);
    expect(whole('</a> <a>b', 'text')).toEqual(['</a>', '<a>']);
    expect(whole('x</a> y </a>', 'text')).toEqual(['</a>', '</a>']);
    expect(whole('<abbr>x</abbr></a>', 'text')).toEqual(['<abbr>', '</abbr>', '</a>']);
  });

  it('end at the first </a> behind them, near or far', () => {
    expect(whole(`<a>${'x'.repeat(70)} <a>y</a> <a>z</a>`, 'text')).toEqual(['<a>', '<a>y</a>', '<a>z</a>']);
  });
});

describe('elements that go on in the next part', () => {
  it.each<[string, string, string[]]>([
    ['any of HTML', '<div class="x"><b>c</b></div>', ['+div <div class="x">', '+b <b>', '-b </b>', '-div </div>']],
    ['in capitals as well', '<DIV>c</Div>', ['+div <DIV>', '-div </Div>']],
    ['with digits and hyphens', '<h1><x-y>', ['+h1 <h1>', '+x-y <x-y>']],
    [
      'none that is void',
      ['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']
        .map((name) => `<${name}>`)
        .join(''),
      [],
    ],
    ['none that ends in "/>"', '<b/><i />', []],
    ['none that is a comment or a mention', '<!-- b --><@b>', []],
  ])('%s', (_, text, expected) => {
    expect(marks(text, 'html')).toEqual(expected);
    expect(marks(text, 'text')).toEqual([]);
  });

  it('begun again as they were written, and ended by name', () => {
    expect(readMarkup('<DIV class="x">', 'html', 64).marks.map(({ opening, closing }) => [opening, closing])).toEqual([
      ['<DIV class="x">', '</div>'],
    ]);
  });

  it('only colours in Markdown, and none in Markdown v2', () => {
    expect(marks('<b><font color="info">c</font></b>', 'markdown')).toEqual([
      '+font <font color="info">',
      '-font </font>',
    ]);
    expect(marks('<font color="info">c</font>', 'markdown_v2')).toEqual([]);
  });
});

describe('inline code', () => {
  it.each<[string, string, string[]]>([
    ['is from backtick to backtick', 'a `b c` d `e`', ['`b c`', '`e`']],
    ['ends with as many as it began with', '``a`b`` ```c``d```', ['``a`b``', '```c``d```']],
    ['may be of two pairs with nothing between', '`` ` ``', ['`` ` ``']],
    ['ends in its line', '`a\nb`', []],
    ['holds no markup', '`**a** [b](c) <@d>` <@e>', ['`**a** [b](c) <@d>`', '<@e>']],
    ['is none without an end, so its markup counts', '`a <@b>', ['<@b>']],
    ['has to end with exactly as many', '`a`` <@b>', ['<@b>']],
  ])('%s', (_, text, expected) => {
    expect(whole(text, 'markdown')).toEqual(expected);
  });

  it('stays whole up to the size of a part', () => {
    expect(whole('`abcdefgh`', 'markdown', 10)).toEqual(['`abcdefgh`']);
    expect(whole('`abcdefgh`', 'markdown', 9)).toEqual([]);
    expect(whole('`中文`', 'markdown', 8)).toEqual(['`中文`']);
    expect(whole('`中文`', 'markdown', 7)).toEqual([]);
  });

  it('is nothing in other syntaxes', () => {
    expect(whole('`a <@b>`', 'text')).toEqual(['<@b>']);
  });
});

describe('bold', () => {
  it.each<[string, string, string[]]>([
    ['is from stars to stars', 'a **b c** d', ['+** **', '-** **']],
    ['of italics has three', '***a***', ['+** ***', '-** ***']],
    ['may be closed by more stars than opened it', '**a *b***', ['+** **', '-** ***']],
    ['is not closed by fewer stars', '***a**', []],
    ['is not made of four stars', '****a****', []],
    ['is not made of one star', '*a*', []],
    ['does not begin before a blank', '2 ** 3 a**', []],
    ['does not end behind a blank', '**2 ** 3', []],
    ['has something in it', '**<@a>', []],
    ['ends in its paragraph', '**a\n\nb**', []],
    ['ends before a line of blanks', '**a\n \t\r\nb**', []],
    ['goes on over a line break', '**a\nb**', ['+** **', '-** **']],
    ['can follow bold', '**a** **b**', ['+** **', '-** **', '+** **', '-** **']],
    ['may be within a word', 'a**b**c', ['+** **', '-** **']],
  ])('%s', (_, text, expected) => {
    expect(marks(text, 'markdown')).toEqual(expected);
    expect(marks(text, 'text')).toEqual([]);
  });

  it('keeps its stars together, whether closed or not', () => {
    expect(whole('**a*** ** b', 'markdown')).toEqual(['**', '***', '**']);
    expect(whole('****', 'markdown')).toEqual([]);
  });

  it('is begun and ended again with as many stars', () => {
    expect(readMarkup('***a***', 'markdown', 64).marks.map(({ opening, closing }) => [opening, closing])).toEqual([
      ['***', '***'],
      ['***', '***'],
    ]);
  });
});

describe('links of Markdown', () => {
  it.each<[string, string, string[]]>([
    ['stay whole', 'a [b c](https://d.e) f', ['[b c](https://d.e)']],
    ['and pictures', 'a ![b](c) d![e](f)', ['![b](c)', '![e](f)']],
    ['and pictures in links', '[![a](b)](c)', ['[![a](b)](c)']],
    ['with brackets in the label', '[a [b] c](d)', ['[a [b] c](d)']],
    ['with brackets in the target', '[a](b_(c)_(d))', ['[a](b_(c)_(d))']],
    ['hold other markup', '[**a** `b` <@c>](d)', ['[**a** `b` <@c>](d)']],
    ['leave what is before them alone', '<@x>[<@a>](d)', ['<@x>', '[<@a>](d)']],
    ['have their target right behind the label', '[a] (b) [c]: d [e]f)', []],
    ['end in their line', '[a\nb](c) [d](e\nf)', []],
    ['have no deeper brackets', '[a](b((c)))', []],
    ['end', '[a](b [c](', []],
    ['need a label', 'a](b)', []],
    ['have the nearest label', '[a [b](c)', ['[b](c)']],
  ])('%s', (_, text, expected) => {
    expect(whole(text, 'markdown')).toEqual(expected);
    expect(whole(text, 'markdown_v2')).toEqual(expected);
  });

  it('stay whole up to the size of a part', () => {
    expect(whole('[abc](defghij)', 'markdown', 14)).toEqual(['[abc](defghij)']);
    expect(whole('[abc](defghij)', 'markdown', 13)).toEqual([]);
    expect(whole('[中](文)', 'markdown', 10)).toEqual(['[中](文)']);
    expect(whole('[中](文)', 'markdown', 9)).toEqual([]);
    expect(whole('[ab](cdefghijklmnopqrst)', 'markdown', 16)).toEqual([]);
    expect(whole('[](bcdefgh)', 'markdown', 11)).toEqual(['[](bcdefgh)']);
  });

  it('that are longer than a part keep their address and their label whole', () => {
    expect(whole('[<@abc> label](https://a.b/c)', 'markdown', 20)).toEqual(['<@abc>', 'https://a.b/c)']);
  });
});

describe('starts of lines', () => {
  it.each<[string, string, string[]]>([
    ['a quote', '> a', ['> ']],
    ['a quote without a blank', '>a', ['>']],
    ['nested quotes', '> >> a', ['> >> ']],
    ['at most eight quotes', '>>>>>>>>>a', ['>>>>>>>>']],
    ['a heading', '# a\n###### b', ['# ', '###### ']],
    ['with up to four blanks behind it', '#    a\n>##    b\n#     c', ['#    ', '>##    ', '#    ']],
    ['no heading of seven signs or without a blank', '####### a\n#b', []],
    ['a heading in a quote', '> ## a', ['> ## ']],
    ['up to three blanks before it', '   > a\n    > b', ['   > ']],
    ['only at the start of a line', 'a > b # c', []],
    ['on the line after a blank one', '\n> a', ['> ']],
  ])('%s', (_, text, expected) => {
    expect(whole(text, 'markdown')).toEqual(expected);
    expect(whole(text, 'text')).toEqual([]);
  });
});

describe('code blocks of Markdown v2', () => {
  const fence = (text: string) =>
    readMarkup(text, 'markdown_v2', 64).marks.map(({ from, to, name, opens, opening, closing }) => [
      opens,
      name,
      text.slice(from, to),
      opening,
      closing,
    ]);

  it.each<[string, string, string[]]>([
    ['from fence to fence', '```\na\n```\nb', ['+fence ```', '-fence ```']],
    ['made of tildes', '~~~\na\n~~~', ['+fence ~~~', '-fence ~~~']],
    ['with a language', '```js\na\n```', ['+fence ```js', '-fence ```']],
    ['indented by up to three blanks', '   ```\na\n   ```', ['+fence    ```', '-fence    ```']],
    ['closed by a longer fence', '```\na\n`````', ['+fence ```', '-fence `````']],
    ['not closed by a shorter fence', '````\na\n```', ['+fence ````']],
    ['not closed by another sign', '```\na\n~~~', ['+fence ```']],
    ['not closed by a fence with a language', '```\na\n```js\nb\n```', ['+fence ```', '-fence ```']],
    ['not closed by a fence with words behind it', '```\na\n``` b\n```', ['+fence ```', '-fence ```']],
    ['closed by a fence with blanks behind it', '```\na\n``` \t\nb', ['+fence ```', '-fence ```']],
    ['not closed at all', '```\na **b**', ['+fence ```']],
    ['not begun in the middle of a line', 'a ```\nb', []],
    ['not begun with backticks behind it', '```a``` b', []],
    ['not begun by two signs', '``\na', []],
    ['begun on the last line', 'a\n```', ['+fence ```']],
  ])('%s', (_, text, expected) => {
    expect(marks(text, 'markdown_v2')).toEqual(expected);
  });

  it('are begun again with their language, and ended on a line of their own', () => {
    expect(fence('````js title="x"\na\n````')).toEqual([
      [true, 'fence', '````js title="x"\n', '````js\n', '\n````'],
      [false, 'fence', '````', '````js\n', '\n````'],
    ]);
    expect(fence('~~~\na')).toEqual([[true, 'fence', '~~~\n', '~~~\n', '\n~~~']]);
  });

  it('hold no markup, and end bold', () => {
    expect(marks('**a\n```\nb**\n```\nc**', 'markdown_v2')).toEqual(['+fence ```', '-fence ```']);
    expect(whole('```\n<@a> https://b.c\n```\n<@d>', 'markdown_v2')).toEqual(['```\n', '```', '<@d>']);
  });

  it('are nothing in Markdown of the first version', () => {
    expect(marks('```\na\n```', 'markdown')).toEqual([]);
  });
});

describe('tables of Markdown v2', () => {
  const header = '| a | b |\n|---|---|';

  it.each<[string, string, string[]]>([
    [
      'have a header and a rule, and end at a line without a bar',
      `${header}\n| c | d |\ne`,
      [`+table ${header}`, '-table'],
    ],
    ['end at a blank line', `${header}\n| c | d |\n\ne`, [`+table ${header}`, '-table']],
    ['need no bars at the sides', 'a | b\n-|-\nc | d', ['+table a | b\n-|-']],
    ['may be aligned', 'a | b\n:-: | -:\r\nc | d', ['+table a | b\n:-: | -:']],
    ['have a bar in the rule', 'a | b\n---\nc | d', []],
    ['have a dash in the rule', 'a | b\n| | |\nc | d', []],
    ['have a bar in the header', 'a b\n|-|\nc | d', []],
    ['have nothing else in the rule', 'a | b\n|-|-| c\nd | e', []],
    ['have one rule', `${header}\n|---|---|\n| c | d |`, [`+table ${header}`]],
    ['may follow one another', `${header}\n\n${header}`, [`+table ${header}`, '-table', `+table ${header}`]],
    [
      'end at a code block',
      `${header}\n\`\`\`|\nc\n\`\`\``,
      [`+table ${header}`, '-table', '+fence ```|', '-fence ```'],
    ],
    ['may end with the text', '| a |\n|-|', ['+table | a |\n|-|']],
  ])('%s', (_, text, expected) => {
    expect(marks(text, 'markdown_v2')).toEqual(expected);
  });

  it('are begun again with header and rule', () => {
    expect(
      readMarkup(`${header}\n| c | d |`, 'markdown_v2', 64).marks.map(({ opening, closing }) => [opening, closing]),
    ).toEqual([[`${header}\n`, '']]);
    expect(readMarkup('a | b \n-|- \r\nc | d', 'markdown_v2', 64).marks[0]?.opening).toBe('a | b \n-|-\n');
  });

  it('keep header and rule whole, and read the markup of their rows', () => {
    expect(whole(`${header}\n| <@c> | d |\n| **e** |`, 'markdown_v2')).toEqual([`${header}\n`, '<@c>', '**', '**']);
  });

  it('end bold', () => {
    expect(marks(`**x\n${header}\n| **y** |`, 'markdown_v2')).toEqual([`+table ${header}`, '+** **', '-** **']);
  });

  it('are nothing in Markdown of the first version', () => {
    expect(marks(header, 'markdown')).toEqual([]);
  });
});
