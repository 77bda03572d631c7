import fc from 'fast-check';

import type { Syntax } from '../../core/long-text/split-text';
import { sliceText, splitText, truncateText } from '../../core/long-text/split-text';

const bytes = (text: string) => Buffer.byteLength(text);
const RUNS = { numRuns: 200 };

// A blank ends an address, and keeps the backticks of two pieces of code apart.
const ATOMS = ['https://a.b/c?d=1&e=2. ', '<@zhangsan>', '$userName=zhangsan$', '$departmentName=12$'];
const MARKDOWN_ATOMS = [
  '[标签 label](https://a.b/c)',
  '![图](https://a.b/c.png)',
  '`npm **x** run` ',
  '[a **b** c](https://a.b)',
];
const PLAIN = [
  '构建失败',
  '今天天气很好。',
  '他说：“好！”',
  '，',
  'word ',
  'Sentence. ',
  'supercalifragilistic',
  ' ',
  '\n',
  '\n\n',
  '\r\n',
  '\u3000',
  'שלום ',
  'مرحبا',
  'e\u0301\u0323',
  'z\u0300\u0301\u0302\u0303\u0304',
  '👨‍👩‍👧‍👦',
  '🇩🇪',
  '👍🏽',
  '🎉',
  '1️⃣',
  '\u0600',
  '\u1112\u1161\u11ab',
  'नमस्ते',
  '\u200d',
  '\u0301',
];
const UNCLOSED = [
  '<',
  '>',
  '**',
  '***',
  '`',
  '```\n',
  '[',
  '](',
  ')',
  '<a',
  '<a href="x">',
  '</a>',
  '$userName=',
  '$',
  '&',
  '&amp;',
  '<font color="info">',
  '</font>',
  '<div>',
  '</div>',
  '<b>',
  '</b>',
  '<br>',
  '> ',
  '\n> ',
  '\n## ',
  '\n| a | b |\n|---|---|\n',
  '| c |',
  'https://',
  '\ud83d',
  '\udc00',
];
const BALANCED = [
  '**粗体 bold**',
  '**两行\n粗体**',
  '<font color="info">绿色 green</font>',
  '<font color="warning">**both** of them</font>',
  '\n> 引用 quote',
  '\n## 标题 heading\n',
];

const textOf = (...fragments: string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...fragments), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 60 })
    .map((pieces) => pieces.map(([piece, times]) => piece.repeat(times)).join(''));
const anything = textOf(...ATOMS, ...MARKDOWN_ATOMS, ...PLAIN, ...UNCLOSED, ...BALANCED);
const syntaxes = fc.constantFrom<Syntax[]>('text', 'html', 'markdown', 'markdown_v2');
const limits = fc.constantFrom(64, 65, 80, 100, 128, 200, 256, 512);

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Places where the slices meet. */
function cutsOf(slices: readonly string[]): number[] {
  let at = 0;
  return slices.slice(0, -1).map((slice) => (at += slice.length));
}

/** Ranges no cut may be in, those that overlap taken together: a mark on the last bracket of a link ties both. */
function tied(ranges: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

test('the slices, one after the other, are the text', () => {
  fc.assert(
    fc.property(anything, syntaxes, limits, fc.boolean(), (text, syntax, maxBytes, numbered) => {
      expect(sliceText(text, { maxBytes, syntax, numbered }).join('')).toBe(text.toWellFormed());
    }),
    RUNS,
  );
});

test('no part is too long, blank, or has a torn character', () => {
  fc.assert(
    fc.property(anything, syntaxes, limits, fc.boolean(), (text, syntax, maxBytes, numbered) => {
      const whole = text.toWellFormed();
      for (const part of splitText(text, { maxBytes, syntax, numbered })) {
        expect(part.isWellFormed()).toBe(true);
        if (whole.trim() === '') continue;
        expect(bytes(part)).toBeLessThanOrEqual(maxBytes);
        expect(part.trim()).not.toBe('');
        if (!whole.includes('\ufffd')) expect(part).not.toContain('\ufffd');
      }
    }),
    RUNS,
  );
});

test.each<[Syntax, string[]]>([
  ['text', ATOMS],
  ['markdown', [...ATOMS, ...MARKDOWN_ATOMS]],
  ['markdown_v2', [...ATOMS, ...MARKDOWN_ATOMS]],
])('%s: no cut is inside a grapheme cluster or an atom', (syntax, atoms) => {
  fc.assert(
    fc.property(textOf(...atoms, ...PLAIN), limits, (text, maxBytes) => {
      const ranges = Array.from(graphemes.segment(text), ({ index, segment }): [number, number] => [
        index,
        index + segment.length,
      ]);
      for (const atom of atoms.map((fragment) => fragment.trim()))
        for (let at = text.indexOf(atom); at !== -1; at = text.indexOf(atom, at + 1))
          ranges.push([at, at + atom.length]);
      const whole = tied(ranges).filter(([from, to]) => bytes(text.slice(from, to)) <= maxBytes / 2);
      for (const cut of cutsOf(sliceText(text, { maxBytes, syntax })))
        expect(whole.find(([from, to]) => from < cut && cut < to)).toBeUndefined();
    }),
    RUNS,
  );
});

test('there are not many more parts than there have to be', () => {
  fc.assert(
    fc.property(textOf(...PLAIN), limits, (text, maxBytes) => {
      expect(splitText(text, { maxBytes, syntax: 'text' }).length).toBeLessThanOrEqual(
        2.5 * Math.ceil(bytes(text) / maxBytes) + 1,
      );
    }),
    RUNS,
  );
});

test('without markup, the parts are the text but for blanks at the cuts', () => {
  fc.assert(
    fc.property(textOf(...PLAIN), limits, (text, maxBytes) => {
      const bare = (written: string) => written.replace(/\s/g, '');
      expect(bare(splitText(text, { maxBytes, syntax: 'markdown' }).join(''))).toBe(bare(text));
    }),
    RUNS,
  );
});

test('with markup, each part is its slice, what was open before it and what ends it', () => {
  const context = /^(?:[>#\s]|<font color="[a-z]+">|\*\*)*$/;
  const ends = /^(?:<\/font>|\*\*)*$/;
  fc.assert(
    fc.property(textOf(...ATOMS, ...MARKDOWN_ATOMS, ...PLAIN, ...BALANCED), limits, (text, maxBytes) => {
      const rendered = splitText(text, { maxBytes, syntax: 'markdown' });
      const bodies = sliceText(text, { maxBytes, syntax: 'markdown' })
        .map((slice) => slice.trim())
        .filter((slice) => slice !== '' && !/^[>#\s]+$/.test(slice));
      const sent = rendered.filter((part) => !/^[>#\s]+$/.test(part));
      expect(sent).toHaveLength(bodies.length);
      for (const [index, body] of bodies.entries()) {
        const part = sent[index] as string;
        const own = /^(?:> ?)*(?:#+ )?/.exec(body)?.[0] ?? '';
        const rest = body.slice(own.length);
        const at = part.lastIndexOf(rest);
        expect(at).not.toBe(-1);
        expect(part.slice(0, at)).toMatch(context);
        expect(part.slice(at + rest.length).trim()).toMatch(ends);
      }
    }),
    RUNS,
  );
});

test('what is balanced in the text is balanced in every part', () => {
  const count = (part: string, found: RegExp) => part.replace(/`[^`\n]+`/g, '').match(found)?.length ?? 0;
  fc.assert(
    fc.property(
      textOf(
        '构建失败',
        '今天天气很好。',
        'word ',
        'Sentence. ',
        '\n\n',
        '👨‍👩‍👧‍👦',
        ...ATOMS,
        ...MARKDOWN_ATOMS,
        ...BALANCED,
      ),
      fc.constantFrom(256, 300, 512),
      (text, maxBytes) => {
        for (const part of splitText(text, { maxBytes, syntax: 'markdown' })) {
          expect(count(part, /<font/g)).toBe(count(part, /<\/font>/g));
          expect(count(part, /\*\*/g) % 2).toBe(0);
        }
      },
    ),
    RUNS,
  );
});

test('a shortened text is its beginning, ends for what is open, and "…"', () => {
  fc.assert(
    fc.property(anything, syntaxes, fc.integer({ min: 3, max: 200 }), (text, syntax, maxBytes) => {
      const whole = text.toWellFormed();
      const short = truncateText(text, { maxBytes, syntax });
      expect(bytes(short)).toBeLessThanOrEqual(maxBytes);
      if (bytes(whole) <= maxBytes) return expect(short).toBe(whole);
      const [, kept, ends] = /^([\s\S]*?)((?:<\/[a-z]+>|\*\*\*?|\n`{3,})*)\n?…$/.exec(short) ?? [];
      expect(short.endsWith('…')).toBe(true);
      expect(whole.startsWith(kept as string)).toBe(true);
      expect(ends).toBeDefined();
    }),
    RUNS,
  );
});
