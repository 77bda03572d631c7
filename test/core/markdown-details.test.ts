import { toWecomMarkdown } from '../../core';
import { adaptMarkdown, addMentions, markdownAdvice } from '../../core/messages/adapt-markdown';

describe('common Markdown for WeCom, in detail', () => {
  it.each([
    ['line ends of all systems are one', 'a\r\nb\rc', 'a\nb\nc'],
    ['a code block without an end goes to the end', '```\ncode', '`code`'],
    ['a fence ends with its like, which may be longer and indented', '````\n```\nx\n  `````\n- y', "`'''`\n`x`\n• y"],
    ['tildes fence as well, and only tildes end them', '~~~\na\n```\n~~~\nb', "`a`\n`'''`\nb"],
    ['lines of code keep their indentation, and empty ones go', '  ```js\n  x `y`\n\n\t\n```', "`  x 'y'`"],
    ['a line of code that ends like a fence ends nothing', '```\nx ```\n- y\n```\n- z', "`x '''`\n`- y`\n• z"],
    ['a longer fence is not ended by a shorter one', '~~~~\n~~~\na\n~~~~\n- b', '`~~~`\n`a`\n• b'],
    ['what only looks like a fence is none', 'text ```\n- a', 'text ```\n• a'],
    ['nor are two backticks', '``\n- a', '``\n• a'],

    ['a table needs no bars at its ends', 'a | b\n---|---\nc | d', '**c** b: d'],
    [
      'a table may be drawn with single dashes, and a bar in a cell has a backslash',
      '| a | b |\n|-|-|\n| x \\| y | z |',
      '**x | y** b: z',
    ],
    [
      'a table may be aligned; rows of any length are read',
      '|a|b|c|\n|:--|:-:|--:|\n|**n**|1|2|\n| |1||\n|n|||\n|n|1|2|3|',
      '**n** b: 1 · c: 2\nb: 1\n**n**\n**n** b: 1 · c: 2 · 3',
    ],
    ['a column without a name has values only', '|a||\n|--|--|\n|n|1|\n|n|2|', '**n** 1\n**n** 2'],
    ['a name that begins in bold is bold enough', '|a|b|\n|--|--|\n|**n** o|1|', '**n** o b: 1'],
    ['cells are adapted too', '|a|*b*|\n|--|--|\n|n|~~x~~ `*y*`|', '**n** b: x `*y*`'],
    ['a table ends at the first line without a bar', '|a|b|\n|--|--|\n|n|1|\n- item', '**n** b: 1\n• item'],
    ['lines with blanks around are a table all the same', '  |a|b|  \n  | -- | :--: |  \n  |n|1|  ', '**n** b: 1'],
    ['dashes below a line without a bar make no table', 'text\n---|---\nx', 'text\n---|---\nx'],
    ['a rule below a line with a bar makes none', 'a|b\n---\nc', 'a|b\n──────────\nc'],
    ['a row of nothing makes none', 'a|b\n| |\nc', 'a|b\n| |\nc'],
    ['words beside the dashes make none', 'a|b\n--|--x\nx--|--\nc', 'a|b\n--|--x\nx--|--\nc'],

    [
      'a column name that is long stands in the first row only',
      `|a|${'b'.repeat(101)}|${'c'.repeat(100)}|\n|-|-|-|\n|x|1|2|\n|y|3|4|`,
      `**x** ${'b'.repeat(101)}: 1 · ${'c'.repeat(100)}: 2\n**y** 3 · ${'c'.repeat(100)}: 4`,
    ],

    ['headings may be indented by three blanks', '   # a\n    # a', '# a\n    # a'],
    ['headings are adapted inside and lose the signs at their end', '## a *b* ##', '## a b'],
    ['there is no heading in the middle of a line', 'x # a', 'x # a'],
    [
      'rules are made of three signs at least, all the same',
      '***\n- - -\n___\n ---\n-----',
      Array(5).fill('──────────').join('\n'),
    ],
    [
      'no rule is indented by four, has two signs, several sorts, or words beside it',
      '    ---\n--\n-*-\n--- x\nx ---',
      '    ---\n--\n-*-\n--- x\nx ---',
    ],
    ['quotes need no blank and may be indented by three', '>a\n>>b\n> > c\n   > d', '> a\n> b\n> c\n> d'],
    ['there is no quote further in, nor in the middle of a line', '    > a\nx > a', '    > a\nx > a'],
    ['an empty quote stays one', '>\n> a', '>\n> a'],
    ['headings in quotes stay headings', '> #T', '> # T'],

    [
      'lists are indented by two blanks or a tab',
      '- a\n - a\n  - a\n    - a\n\t- a',
      '• a\n• a\n\u3000• a\n\u3000\u3000• a\n\u3000• a',
    ],
    ['lists may have more blanks or a tab after their sign', '-  a\n*\ta\n+ a', '• a\n• a\n• a'],
    ['numbers have three digits at most', '10. a\n123) a\n1234. a', '10. a\n123. a\n1234. a'],
    ['an item needs a blank and stands at the start', '-a\n1.a\nx - a', '-a\n1.a\nx - a'],
    [
      'tasks are open or done, anything else is text',
      '- [ ] a\n- [X] a\n1. [x]  a\n- [y] a\n- [ ]a',
      '☐ a\n☑ a\n☑ a\n• [y] a\n• [ ]a',
    ],
    ['items are adapted inside', '- *a* ~~b~~', '• a b'],

    [
      'titles of pictures and links go',
      '![a](u "title") ![](v  "") [be](www  "title") [c](x)',
      '[a](u) [v](v) [be](www) [c](x)',
    ],
    [
      'what is no picture or link stays',
      '![a]( b) [a](u "t) ![a](u "t" x) [](u "t")',
      '![a]( b) [a](u "t) ![a](u "t" x) [](u "t")',
    ],
    [
      'titles may stand after many blanks, and quotation marks that are none hold nothing up',
      '[a](u   "t") [b]("v "t") [c](w "t" [d](x "t")',
      '[a](u) [b]("v) [c](w "t" [d](x)',
    ],
    ['breaks of HTML become breaks', 'a<br>b<br/>c<BR />d<bread>', 'a\nb\nc\nd<bread>'],
    [
      'addresses in brackets become links',
      '<http://a> <https://b/c> <ftp://d> <https://>',
      '[http://a](http://a) [https://b/c](https://b/c) <ftp://d> <https://>',
    ],
    ['strike-through goes, each by itself', '~~aa~~ b ~~c~~ ~~d~', 'aa b c ~~d~'],
    ['bold italics become bold, each by themselves', '***a*** b ***c***', '**a** b **c**'],
    [
      'bold with underscores becomes bold, but not inside a word',
      '__aa__ b __c__ (__d__) x__y__z __v__w',
      '**aa** b **c** (**d**) x__y__z __v__w',
    ],
    ['italics go, but bold stays', '**b** *i* **c** x*y*z *long one*', '**b** i **c** xyz long one'],
    ['stars with blanks inside are no italics', '2 * 3 * 4 a* b*', '2 * 3 * 4 a* b*'],
    [
      'italics with underscores go, but not inside a word',
      '_aa_ (_b_) x_a_y _a_b a_ b_ _ a_',
      'aa (b) x_a_y _a_b a_ b_ _ a_',
    ],
    ['what was escaped is no sign', '\\*a\\* \\_b\\_', '*a* _b_'],
    [
      'every sign can be escaped, other letters keep the backslash',
      '\\\\ \\{ \\} \\[ \\] \\( \\) \\# \\+ \\- \\. \\! \\> \\| \\~ \\q',
      '\\ { } [ ] ( ) # + - . ! > | ~ \\q',
    ],
    ['inline code is not touched, what stands between is', '`*a*` *b* `_c_` *d*', '`*a*` b `_c_` d'],
    ['blanks at the end of a line go', 'a  \nb\t', 'a\nb'],
  ])('%s', (_, common, wecom) => {
    expect(toWecomMarkdown(common)).toBe(wecom);
  });
});

describe('what members would see as raw signs', () => {
  const named = (msgtype: string, content: unknown) =>
    markdownAdvice(msgtype, { content }, [msgtype]).map(({ message }) => /^has (.*), which/.exec(message.en)?.[1]);

  it.each([
    ['tables', ['|a|b|\n|---|---|', 'a|b\n---|---', 'a|b\n :---: |---', 'a|b\n\t| ----- | --- |']],
    ['pictures', ['![a](b)', 'see ![](https://a.b/c.png)']],
    ['lists', ['- a', '* a', '+ a', 'x\n  - a', '\t-\ta']],
    ['code blocks', ['```\nx\n```', '  ~~~\nx', 'a\n\t```js\nx']],
  ])('in markdown are %s', (name, contents) => {
    for (const content of contents) expect([content, named('markdown', content)]).toEqual([content, [name]]);
  });

  it.each([
    'a -- b',
    'x |---|',
    '|--|--|',
    '---',
    '[a](b)',
    '! [a](b)',
    '![a] (b)',
    '![a](b',
    '-a',
    'a - b',
    '- ',
    '**a** b',
    '1. a',
    'a ``` b',
    '`` a',
    '`![a](b)` and `b`',
    '`x` - a',
    '',
    '<font color="info">a</font> <@lisi>',
  ])('in markdown are not %j', (content) => {
    expect(named('markdown', content)).toEqual([]);
  });

  it('in markdown_v2 are colors and mentions', () => {
    expect(named('markdown_v2', '<font color="info">a</font>')).toEqual(['font colors']);
    expect(named('markdown_v2', '<FONT>')).toEqual(['font colors']);
    expect(named('markdown_v2', '<@lisi>')).toEqual(['mentions']);
    expect(named('markdown_v2', 'a <fonts> <@> a@b `<@lisi>` - a')).toEqual([]);
  });

  it('are named with the field and the way out, in both languages', () => {
    expect(markdownAdvice('markdown', { content: '- a\n![b](c)' }, ['markdown'])).toEqual([
      {
        path: 'markdown.content',
        label: { en: 'Content', zh: '内容' },
        message: {
          en: 'has pictures, lists, which markdown shows as plain signs; switch on "Adapt Markdown" or use markdown_v2 with a group robot',
          zh: '含有图片、列表，markdown 会原样显示；可启用“适配 Markdown”，或在群机器人中使用 markdown_v2',
        },
      },
    ]);
    expect(markdownAdvice('markdown_v2', { content: '<@lisi>' }, [])[0]).toMatchObject({
      path: 'content',
      message: {
        en: 'has mentions, which markdown_v2 shows as plain signs; use markdown instead',
        zh: '含有@ 提及，markdown_v2 会原样显示；请改用 markdown',
      },
    });
  });

  it('are not looked for in other types, nor in what is no text', () => {
    expect(named('text', '- a')).toEqual([]);
    for (const content of [undefined, 7, ['- a']]) expect(named('markdown', content)).toEqual([]);
  });
});

test('only a text is adapted', () => {
  const contents = [{ content: '- a' }, { content: 7 }, {}];
  contents.forEach(adaptMarkdown);
  expect(contents).toEqual([{ content: '• a' }, { content: 7 }, {}]);
});

describe('mentions', () => {
  const withMentions = (content: unknown, userids: string[]) => {
    const holder = { content };
    addMentions(holder, userids);
    return holder.content;
  };

  it('stand on a line of their own, and there is none without members', () => {
    expect(withMentions('a', ['x', 'y'])).toBe('a\n<@x> <@y>');
    expect(withMentions('a', [])).toBe('a');
    expect(withMentions(7, ['x'])).toBe(7);
  });
});
