import type { SplitOptions, Syntax } from '../../core/long-text/split-text';
import { outgrown } from '../texts/growth';
import { sliceText, splitText, truncateText } from '../../core/long-text/split-text';

const FAMILY = '👨‍👩‍👧‍👦';
const bytes = (text: string) => Buffer.byteLength(text);
const split = (text: string, maxBytes: number, syntax: Syntax = 'text', options: Partial<SplitOptions> = {}) =>
  splitText(text, { maxBytes, syntax, ...options });

/** The parts, after checking that none is too long and that none is cut inside a character. */
function parts(text: string, maxBytes: number, syntax: Syntax = 'text', options: Partial<SplitOptions> = {}): string[] {
  const result = split(text, maxBytes, syntax, options);
  for (const part of result) expect(bytes(part)).toBeLessThanOrEqual(maxBytes);
  expect(sliceText(text, { maxBytes, syntax, ...options }).join('')).toBe(text.toWellFormed());
  return result;
}

describe('a text that fits', () => {
  it('stays as it is, also with open markup, blanks at its ends and numbers wanted', () => {
    const text = '\n > **open <font color="info">\n';
    expect(split(text, 64, 'markdown', { numbered: true })).toEqual([text]);
    expect(split('中'.repeat(682) + 'ab', 2048)).toHaveLength(1);
    expect(split('中'.repeat(683), 2048)).toHaveLength(2);
  });

  it('has lone surrogates replaced, as encoding it would', () => {
    expect(split('a\ud83d!', 64)).toEqual(['a\ufffd!']);
    expect(parts('\udc00'.repeat(30), 64).join('')).toBe('\ufffd'.repeat(30));
  });

  it('comes back alone when there is nothing to show', () => {
    expect(split('\n'.repeat(5000), 2048)).toEqual(['\n'.repeat(5000)]);
  });
});

describe('where a text is cut', () => {
  it('is between paragraphs rather than lines', () => {
    expect(parts(`${'a'.repeat(40)}\n\n${'b'.repeat(10)}\n${'c'.repeat(40)}`, 64)).toEqual([
      'a'.repeat(40),
      `${'b'.repeat(10)}\n${'c'.repeat(40)}`,
    ]);
  });

  it('is between lines rather than sentences', () => {
    expect(parts(`${'a'.repeat(40)}\nIt is. ${'c'.repeat(40)}`, 64)).toEqual([
      'a'.repeat(40),
      `It is. ${'c'.repeat(40)}`,
    ]);
  });

  it('is between lines that end with CRLF', () => {
    expect(parts(`${'a'.repeat(40)}\r\nIt is. ${'c'.repeat(40)}`, 64)).toEqual([
      'a'.repeat(40),
      `It is. ${'c'.repeat(40)}`,
    ]);
    expect(parts(`${'a'.repeat(63)}\r\n${'c'.repeat(40)}`, 64)).toEqual(['a'.repeat(63), 'c'.repeat(40)]);
  });

  it.each([
    ['他说：“今天天气很好。”', '然后我们去公园散步一直走到天黑才回家'],
    ['昨天下雨了所以没有出门！！', '然后我们去公园散步一直走到天黑才回家'],
    ['今天真的可以出门去玩吗？', '然后我们去公园散步一直走到天黑才回家吃饭了'],
  ])('is between Chinese sentences, with the closing quotes: %s', (first, second) => {
    expect(parts(first + second, 64)).toEqual([first, second]);
  });

  it('is between English sentences, with the closing quotes', () => {
    expect(parts('She asked "is it really over there?" and then (he nodded.) Now we can go home', 64)).toEqual([
      'She asked "is it really over there?" and then (he nodded.)',
      'Now we can go home',
    ]);
  });

  it('is not at the dot of a number or a file name', () => {
    expect(parts('the version of the installed package is exactly 12.34.56 today ok', 52)).toEqual([
      'the version of the installed package is exactly',
      '12.34.56 today ok',
    ]);
  });

  it('is between words when there is no better place', () => {
    expect(parts('one two three four five six', 16)).toEqual(['one two three', 'four five six']);
  });

  it('is behind a Chinese comma rather than anywhere', () => {
    expect(parts('今天的天气非常好，我们都想出去', 33)).toEqual(['今天的天气非常好，', '我们都想出去']);
  });

  it('is between Chinese characters, but no line begins with a comma', () => {
    expect(parts('一二三四五六七，八九十', 21)).toEqual(['一二三四五六', '七，八九十']);
  });

  it('leaves parts at least half full rather than cutting at a better place early on', () => {
    expect(parts(`Title\n\n${'word '.repeat(20)}`, 64)[0]).toBe(`Title\n\n${'word '.repeat(11).trim()}`);
  });

  it('is early rather than inside a word', () => {
    expect(parts(`Title\n${'w'.repeat(60)}`, 64)).toEqual(['Title', 'w'.repeat(60)]);
  });

  it('keeps the indentation of the next line', () => {
    expect(parts(`${'a'.repeat(40)}\n    ${'b'.repeat(40)}`, 64)).toEqual(['a'.repeat(40), `    ${'b'.repeat(40)}`]);
  });

  it('makes no parts of thousands of blank lines', () => {
    expect(parts(`a${'\n'.repeat(9000)}b${' \n'.repeat(5000)}`, 2048)).toEqual(['a', 'b']);
    expect(parts(`${'\n'.repeat(5000)}b`, 2048)).toEqual(['b']);
  });
});

describe('what is never cut', () => {
  it.each([
    ['left to right', 'a', ''],
    ['right to left', '', 'שלום'],
    ['Chinese', '中', 'b'],
    ['Arabic', 'ب', 'ب'],
  ])('a family emoji at every offset around 2048: %s', (_, before, after) => {
    const unit = before || 'a';
    for (let offset = 2048 - bytes(FAMILY) - 8; offset <= 2050; offset += 1) {
      const head = 'x'.repeat(offset % bytes(unit)) + unit.repeat(Math.floor(offset / bytes(unit)));
      const result = parts(`${head}${FAMILY}${after}${FAMILY}`.padEnd(2100, '.'), 2048);
      expect(result.join('').split(FAMILY)).toHaveLength(3);
      expect(
        result
          .filter((part) => part.includes(FAMILY))
          .flatMap((part) => part.split(FAMILY))
          .join(''),
      ).not.toMatch(/\u200d/);
    }
  });

  it.each([
    ['a flag', '🇩🇪'],
    ['a skin tone', '👍🏽'],
    ['accents', 'e\u0301\u0323'],
    ['a keycap', '1️⃣'],
    ['Hangul jamo', '\u1112\u1161\u11ab'],
  ])('%s', (_, cluster) => {
    for (let offset = 60; offset <= 64; offset += 1)
      expect(parts('x'.repeat(offset) + cluster + 'y'.repeat(9), 64).some((part) => part.includes(cluster))).toBe(true);
    const many = parts(cluster.repeat(50), 64);
    expect(many.every((part) => part.replaceAll(cluster, '') === '')).toBe(true);
  });

  const atoms: [string, Syntax, string][] = [
    ['a link', 'text', '<a href="https://a.b/c?d=1">Click here now</a>'],
    ['a link in Markdown', 'markdown', '[a [b] label](https://a.b/c_(d)?e)'],
    ['a picture', 'markdown_v2', '![a picture](https://a.b/c.png)'],
    ['an address', 'text', 'https://a.b/c.d;e?f=1,2!3'],
    ['a tag', 'html', '<div class="gray highlight normal">'],
    ['a mention', 'markdown', '<@zhang san>'],
    ['inline code', 'markdown', '`npm run. **test** --all`'],
    ['an entity', 'html', '&nbsp;'],
    ...['userName', 'departmentName', 'userAlias', 'userAliasOrName', 'chatName', 'msgContent', 'externalUserName'].map(
      (name): [string, Syntax, string] => [`$${name}`, 'text', `$${name}=some. id/1$`],
    ),
  ];
  it.each(atoms)('%s', (_, syntax, atom) => {
    for (let offset = 0; offset <= 64; offset += 1) {
      for (const filler of ['x', '中', 'y ']) {
        const result = parts(`${filler.repeat(offset)} ${atom} ${filler.repeat(40)}`, 64, syntax);
        expect(result.some((part) => part.includes(atom))).toBe(true);
      }
    }
  });

  it('unless it alone is longer than a part: then its address still stays whole', () => {
    const result = parts(`[${'标签'.repeat(15)}](https://a.b/c)`, 64, 'markdown');
    expect(result.some((part) => part.includes('https://a.b/c'))).toBe(true);
    expect(parts(`See https://a.b/${'c'.repeat(200)} there`, 64).join('')).toBe(
      `Seehttps://a.b/${'c'.repeat(200)} there`,
    );
  });

  it('a character, even when a grapheme cluster is longer than a part', () => {
    expect(parts(`a${'\u0301'.repeat(100)}`, 64).join('')).toBe(`a${'\u0301'.repeat(100)}`);
    expect(parts(FAMILY.slice(0, 3).repeat(50), 64).join('')).toBe(FAMILY.slice(0, 3).repeat(50));
  });
});

describe('what goes on in the next part', () => {
  it('a quote, a nested quote and a heading', () => {
    expect(parts(`> ${'word '.repeat(20).trim()}`, 64, 'markdown')).toEqual([
      `> ${'word '.repeat(12).trim()}`,
      `> ${'word '.repeat(8).trim()}`,
    ]);
    expect(parts(`>> ${'word '.repeat(20).trim()}\nx`, 64, 'markdown_v2')[1]).toBe(`>> ${'word '.repeat(8).trim()}\nx`);
    expect(parts(`## ${'word '.repeat(20).trim()}`, 64, 'markdown')[1]).toMatch(/^## word/);
    expect(parts(`> ${'word '.repeat(20).trim()}`, 64, 'text')[1]).toMatch(/^word/);
  });

  it('no quote that ended at the cut, and none that has only begun', () => {
    expect(parts(`> ${'a'.repeat(50)}\n> ${'b'.repeat(50)}`, 64, 'markdown')).toEqual([
      `> ${'a'.repeat(50)}`,
      `> ${'b'.repeat(50)}`,
    ]);
    expect(parts(`${'a'.repeat(50)}\n> [label](https://a.b/c)`, 64, 'markdown')).toEqual([
      'a'.repeat(50),
      '> [label](https://a.b/c)',
    ]);
  });

  it('bold', () => {
    expect(parts(`**${'word '.repeat(20).trim()}** end`, 64, 'markdown')).toEqual([
      `**${'word '.repeat(12).trim()}**`,
      `**${'word '.repeat(8).trim()}** end`,
    ]);
  });

  it('no bold that nothing closes in its paragraph, in code, or in arithmetic', () => {
    for (const text of [
      `**${'word '.repeat(20)}\n\nnext **`,
      `\`a **\` ${'word '.repeat(20)} \`**\``,
      `2 ** 3 ${'word '.repeat(20)} ** 4`,
    ])
      expect(parts(text, 64, 'markdown')[1]).toMatch(/^word/);
  });

  it('bold is neither begun just before a cut nor closed just behind it', () => {
    expect(parts(`${'a'.repeat(30)} **${'b'.repeat(40)}** c`, 64, 'markdown')).toEqual([
      'a'.repeat(30),
      `**${'b'.repeat(40)}** c`,
    ]);
    expect(parts(`${'中'.repeat(10)}**${'中'.repeat(10)}**${'中'.repeat(10)}`, 64, 'markdown')).toEqual([
      `${'中'.repeat(10)}**${'中'.repeat(10)}**`.slice(0, 24),
      expect.any(String),
    ]);
  });

  it('a colour, nested ones too, within the quote', () => {
    const result = parts(
      `> <font color="info">${'word '.repeat(60)}**${'bold '.repeat(60).trim()}**</font> end`,
      256,
      'markdown',
    );
    expect(result).toHaveLength(3);
    expect(result[0]).toMatch(/ word<\/font>$/);
    expect(result[1]).toMatch(/^> <font color="info">word.* \*\*bold.*bold\*\*<\/font>$/);
    expect(result[2]).toMatch(/^> <font color="info">\*\*bold.*\*\*<\/font> end$/);
  });

  it('a colour that is never closed, behind the marker of a quote', () => {
    const result = parts(`<font color="warning">${'word '.repeat(40)}\n> ${'quote '.repeat(20)}`, 256, 'markdown');
    expect(result[0]).toMatch(/word<\/font>$/);
    expect(result[1]).toMatch(/^> <font color="warning">quote/);
  });

  it('elements of HTML, but no void ones', () => {
    const result = parts(`<div class="gray"><b>x<br>y<img src="z">${'word '.repeat(60)}</b></div> end`, 256, 'html');
    expect(result[0]).toMatch(/word<\/b><\/div>$/);
    expect(result[1]).toMatch(/^<div class="gray"><b>word/);
  });

  it('a code block, with its language', () => {
    const code = Array.from({ length: 30 }, (_, line) => `  line ${line}; // **x**`).join('\n');
    const result = parts(`Before\n\`\`\`js\n${code}\n\`\`\`\nafter`, 256, 'markdown_v2');
    expect(result.length).toBeGreaterThan(2);
    for (const part of result) expect(part.match(/^```/gm)).toHaveLength(2);
    for (const part of result.slice(1)) expect(part).toMatch(/^```js\n {2}line/);
    expect(result.at(-1)).toMatch(/\n```\nafter$/);
  });

  it('the header of a table', () => {
    const rows = Array.from({ length: 30 }, (_, row) => `| name ${row} | ${row * 7} |`).join('\n');
    const result = parts(`| Name | Count |\n| --- | ---: |\n${rows}\n\nafter **all**`, 256, 'markdown_v2');
    expect(result.length).toBeGreaterThan(2);
    for (const part of result) expect(part).toMatch(/^\| Name \| Count \|\n\| --- \| ---: \|\n\| name \d+ \|/);
  });

  it('nothing, when that would take more than a quarter of the part', () => {
    const result = parts(`${'<font color="info">'.repeat(200)}${'word '.repeat(400)}`, 2048, 'markdown');
    expect(result.at(-1)).toMatch(/^word/);
    expect(result.length).toBeLessThan(5);
  });
});

describe('numbered parts', () => {
  it('begin with a line that says which one they are', () => {
    const result = parts('word '.repeat(30).trim(), 64, 'text', { numbered: true });
    expect(result.map((part) => part.split('\n')[0])).toEqual(['(1/3)', '(2/3)', '(3/3)']);
    expect(parts(`> ${'word '.repeat(30)}`, 64, 'markdown', { numbered: true })[1]).toMatch(/^\(2\/3\)\n> word/);
  });

  it.each([[9], [10], [99], [100], [101]])('fit when there are about %d of them', (count) => {
    // One, two and three digits leave 58, 56 and 54 bytes.
    for (const length of [54, 56, 58].flatMap((room) => [count * room - 1, count * room, count * room + 1])) {
      const result = split('a'.repeat(length), 64, 'text', { numbered: true });
      expect(Math.max(...result.map(bytes))).toBeLessThanOrEqual(64);
      expect(result.map((part) => part.split('\n')[0])).toEqual(
        result.map((_, index) => `(${index + 1}/${result.length})`),
      );
      expect(result.map((part) => part.split('\n')[1]).join('')).toHaveLength(length);
    }
  });

  it('do not count what is not sent', () => {
    expect(parts(`${'a'.repeat(3000)}${'\n'.repeat(5000)}b`, 2048, 'text', { numbered: true }).at(-1)).toBe('(3/3)\nb');
  });
});

describe('limits', () => {
  it('too small to be split are refused', () => {
    expect(() => split('x', 15)).toThrow(RangeError);
    expect(() => split('x', NaN)).toThrow(RangeError);
    expect(() => split('x', 31, 'text', { numbered: true })).toThrow(RangeError);
    expect(() => truncateText('long', { maxBytes: 2, syntax: 'text' })).toThrow(RangeError);
  });

  it.each([
    '<a',
    '<a href="x">',
    '[',
    '](',
    '**',
    '**a',
    '`',
    '`a',
    '<font color="a">',
    '<font color="a">x',
    '<div>',
    '$userName=',
    'http://',
    'a',
    '\n',
    ' ',
    '\u0301',
    ' \u0301',
    FAMILY,
    '> ',
    '|-|\n|a\n',
    '```\n',
  ])('hundreds of kilobytes of %j are split in proportion', (unit) => {
    const text = unit.repeat(Math.ceil(2e5 / bytes(unit)));
    for (const syntax of unit.startsWith('<') ? (['html', 'markdown'] as const) : (['markdown_v2'] as const)) {
      expect(
        outgrown((length) => split(unit.repeat(Math.ceil(length / unit.length)), 2048, syntax), 12_500, 200_000),
      ).toBeUndefined();
      const result = split(text, 2048, syntax);
      if (text.trim() !== '')
        expect(result.reduce((most, part) => Math.max(most, bytes(part)), 0)).toBeLessThanOrEqual(2048);
    }
  });
});

describe('a shortened text', () => {
  const truncated = (text: string, maxBytes: number, syntax: Syntax = 'text') =>
    truncateText(text, { maxBytes, syntax });

  it('stays as it is when it fits, and ends in "…" when not', () => {
    expect(truncated('中文标题', 12)).toBe('中文标题');
    expect(truncated('中文标题很长', 12)).toBe('中文…');
    expect(truncated(`ab${FAMILY}cd`, 20)).toBe('ab…');
    expect(truncated('long title', 3)).toBe('…');
    expect(truncated(`${FAMILY} x`, 9)).toMatch(/^.{0,3}…$/u);
  });

  it('has no torn link and nothing left open', () => {
    expect(truncated('See <a href="https://a.b">the docs</a> for all of it', 30)).toBe('See…');
    expect(truncated(`**${'word '.repeat(20).trim()}**`, 32, 'markdown')).toMatch(/^\*\*word.*\*\*…$/);
    expect(truncated(`<div class="gray">${'word '.repeat(60)}</div>`, 128, 'html')).toMatch(
      /^<div class="gray">word.*<\/div>…$/,
    );
    expect(truncated(`\`\`\`js\n${'word\n'.repeat(60)}\`\`\``, 64, 'markdown_v2')).toMatch(
      /^```js\nword[^`]*\n```\n…$/,
    );
  });
});
