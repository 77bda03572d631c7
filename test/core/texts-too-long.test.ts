import type { RuleFindings } from '../../core/schema/field-rules';
import type { Field } from '../../core/schema/field';
import { fitTexts } from '../../core/messages/fit-texts';
import { canBeTooLong, defaultTooLong } from '../../core/schema/too-long';
import type { TooLong } from '../../core/schema/too-long';

const named = (name: string, rest: Partial<Field> = {}): Field => ({
  name,
  control: 'area',
  required: true,
  label: { en: name, zh: name },
  ...rest,
});
const FAMILY = '👨‍👩‍👧‍👦';

/** What WeCom would receive, the further messages, and the remarks. */
function fitted(
  content: Record<string, unknown>,
  fields: readonly Field[],
  tooLong: TooLong,
  { msgtype = 'text', numbered = false } = {},
) {
  const findings: RuleFindings = { issues: [], advice: [] };
  const sent = structuredClone(content);
  const further = fitTexts({ fields, values: sent, path: ['text'], findings }, { msgtype, tooLong, numbered });
  return {
    sent,
    further,
    remarks: findings.advice.map(({ path, label, message }) => `${path} (${label?.zh}) ${message.en}`),
  };
}

describe('what may be done with a text that is too long', () => {
  it('is to divide it when a field may be divided, and nothing otherwise', () => {
    expect(defaultTooLong([named('a'), named('b', { tooLong: 'split' })])).toBe('split');
    expect(defaultTooLong([named('a', { tooLong: 'shorten' }), named('b')])).toBe('refuse');
    expect(defaultTooLong([])).toBe('refuse');
  });

  it('is something when any field may be shortened, also within a list', () => {
    expect(canBeTooLong([named('a')])).toBe(false);
    expect(canBeTooLong([named('a'), named('b', { tooLong: 'shorten' })])).toBe(true);
    expect(canBeTooLong([named('list', { fields: [named('a'), named('b', { tooLong: 'shorten' })] })])).toBe(true);
    expect(canBeTooLong([named('list', { fields: [named('a')] })])).toBe(false);
  });
});

describe('a text that is divided', () => {
  const fields = [
    named('other', { maxBytes: 16, tooLong: 'shorten' }),
    named('content', { maxBytes: 32, tooLong: 'split' }),
  ];

  it('gives the first message and the further ones', () => {
    expect(fitted({ content: 'one two three four five six seven' }, fields, 'split')).toEqual({
      sent: { content: 'one two three four five six' },
      further: ['seven'],
      remarks: [],
    });
  });

  it('stays as it is when it just fits', () => {
    expect(fitted({ content: '中'.repeat(10) + 'ab' }, fields, 'split')).toEqual({
      sent: { content: '中'.repeat(10) + 'ab' },
      further: [],
      remarks: [],
    });
    expect(fitted({ content: '\0'.repeat(10) + 'ab' }, fields, 'split').sent).toEqual({
      content: '\0'.repeat(10) + 'ab',
    });
  });

  it('is measured as it will be sent: U+FFFD is longer than the NUL that it stands for', () => {
    expect(fitted({ content: '\0'.repeat(11) }, fields, 'split')).toEqual({
      sent: { content: '\ufffd'.repeat(10) },
      further: ['\ufffd'],
      remarks: [],
    });
  });

  it('has numbers when they are wanted', () => {
    expect(fitted({ content: 'one two three four five six seven' }, fields, 'split', { numbered: true })).toEqual({
      sent: { content: '(1/2)\none two three four five' },
      further: ['(2/2)\nsix seven'],
      remarks: [],
    });
  });

  it('has numbers when two messages would be the same, because WeCom would drop the second', () => {
    expect(fitted({ content: 'a'.repeat(64) }, fields, 'split')).toEqual({
      sent: { content: `(1/3)\n${'a'.repeat(26)}` },
      further: [`(2/3)\n${'a'.repeat(26)}`, `(3/3)\n${'a'.repeat(12)}`],
      remarks: [],
    });
  });

  it.each<[string, Field['control'], string, string[]]>([
    ['text', 'area', 'text', ['> **one two three four five six', 'seven eight**']],
    ['markdown', 'markdown', 'markdown', ['> **one two three four five**', '> **six seven eight**']],
    ['markdown_v2', 'markdown', 'markdown_v2', ['> **one two three four five**', '> **six seven eight**']],
  ])('is divided as %s is written', (_, control, msgtype, expected) => {
    const { sent, further } = fitted(
      { content: '> **one two three four five six seven eight**' },
      [named('content', { control, maxBytes: 32, tooLong: 'split' })],
      'split',
      { msgtype },
    );
    expect([sent['content'], ...further]).toEqual(expected);
  });

  it('has code blocks in Markdown v2 only', () => {
    const code = '```\none two three four five\nsix seven\n```';
    const divided = (msgtype: string) =>
      fitted({ content: code }, [named('content', { control: 'markdown', maxBytes: 36, tooLong: 'split' })], 'split', {
        msgtype,
      });
    expect(divided('markdown_v2').further).toEqual(['```\nsix seven\n```']);
    expect(divided('markdown').further).toEqual(['six seven\n```']);
  });

  it('is nothing that is no text, or has no limit', () => {
    expect(fitted({ content: 12 }, fields, 'split')).toEqual({ sent: { content: 12 }, further: [], remarks: [] });
    expect(fitted({}, fields, 'split')).toEqual({ sent: {}, further: [], remarks: [] });
    expect(fitted({ content: 'a'.repeat(99) }, [named('content', { tooLong: 'split' })], 'split').further).toEqual([]);
    expect(
      fitted({ content: 'a'.repeat(99) }, [named('content', { maxBytes: 32, tooLong: 'shorten' })], 'split').further,
    ).toEqual([]);
  });
});

describe('a text that is refused', () => {
  it('stays as it is, for the schema to refuse', () => {
    expect(
      fitted({ content: 'a'.repeat(99) }, [named('content', { maxBytes: 32, tooLong: 'split' })], 'refuse'),
    ).toEqual({ sent: { content: 'a'.repeat(99) }, further: [], remarks: [] });
  });
});

describe('a text that is shortened', () => {
  const title = named('title', { maxBytes: 16, tooLong: 'shorten' });
  const shortened = (content: Record<string, unknown>, field: Field, msgtype = 'text') =>
    fitted(content, [field], 'truncate', { msgtype });

  it('to bytes ends in "…", with a remark on both lengths', () => {
    expect(shortened({ title: 'one two three four' }, title)).toEqual({
      sent: { title: 'one two thre…' },
      further: [],
      remarks: ['text.title (title) was shortened from 18 bytes to 16 bytes'],
    });
    expect(shortened({ title: '中中中中中中' }, title).sent).toEqual({ title: '中中中中…' });
  });

  it('stays as it is when it just fits', () => {
    expect(shortened({ title: '中中中中中a' }, title)).toEqual({
      sent: { title: '中中中中中a' },
      further: [],
      remarks: [],
    });
  });

  it('of HTML or Markdown ends what is open', () => {
    const limits = { maxBytes: 44, tooLong: 'shorten' } as const;
    const text = '<b>one two three four five six seven eight nine ten</b>';
    expect(shortened({ a: text }, named('a', { control: 'html', ...limits })).sent).toEqual({
      a: '<b>one two three four five six seven</b>…',
    });
    expect(shortened({ a: text }, named('a', { control: 'area', ...limits })).sent).toEqual({
      a: '<b>one two three four five six seven eig…',
    });
    expect(
      shortened(
        { a: '**one two three four five six seven eight nine**' },
        named('a', { control: 'markdown', ...limits }),
        'markdown',
      ).sent,
    ).toEqual({ a: '**one two three four five six seven ei**…' });
  });

  it('to characters ends in "…", with a remark on both lengths', () => {
    const field = named('title', { maxCharacters: 5, tooLong: 'shorten' });
    expect(shortened({ title: '一二三四五六' }, field)).toEqual({
      sent: { title: '一二三四…' },
      further: [],
      remarks: ['text.title (title) was shortened from 6 to 5 characters'],
    });
    expect(shortened({ title: '一二三四五' }, field)).toEqual({
      sent: { title: '一二三四五' },
      further: [],
      remarks: [],
    });
    expect(shortened({ title: '🎉🎉🎉🎉🎉' }, field).remarks).toEqual([]);
    expect(shortened({ title: `一${FAMILY}` }, field).sent).toEqual({ title: '一…' });
    expect(shortened({ title: 'abce\u0301f' }, field).sent).toEqual({ title: 'abc…' });
  });

  it('has whichever limit it is over, in bytes or in characters', () => {
    const field = named('title', { maxBytes: 16, maxCharacters: 3, tooLong: 'shorten' });
    expect(shortened({ title: 'abcd' }, field).sent).toEqual({ title: 'ab…' });
    expect(shortened({ title: 'a'.repeat(17) }, field).sent).toEqual({ title: `${'a'.repeat(12)}…` });
  });

  it('may be in a list or in a group, and the remark says where', () => {
    const fields = [
      named('list', { control: 'list', fields: [title] }),
      named('group', { control: 'group', fields: [title] }),
      named('last', { maxCharacters: 3, tooLong: 'shorten' }),
    ];
    const content = {
      list: [{ title: 'short' }, 'x', null, { title: 'one two three four' }],
      group: { title: 'one two three four five' },
      last: 'abcd',
    };
    expect(fitted(content, fields, 'truncate')).toEqual({
      sent: {
        list: [{ title: 'short' }, 'x', null, { title: 'one two thre…' }],
        group: { title: 'one two thre…' },
        last: 'ab…',
      },
      further: [],
      remarks: [
        'text.list[3].title (title) was shortened from 18 bytes to 16 bytes',
        'text.group.title (title) was shortened from 23 bytes to 16 bytes',
        'text.last (last) was shortened from 4 to 3 characters',
      ],
    });
  });

  it('is only one that may be shortened, and those behind one that fits are seen as well', () => {
    const fields = [
      named('a', { maxBytes: 16, tooLong: 'shorten' }),
      named('b', { maxBytes: 16 }),
      named('c', { tooLong: 'shorten' }),
      named('d', { maxBytes: 16, tooLong: 'split' }),
      named('e', { control: 'list' }),
      named('f', { control: 'group' }),
    ];
    expect(fitted({ a: 5 }, fields, 'truncate').sent).toEqual({ a: 5 });
    expect(fitted({ e: undefined, f: 'one two three four' }, fields, 'truncate').sent).toEqual({
      e: undefined,
      f: 'one two three four',
    });
    const content = {
      a: 'short',
      b: 'one two three four',
      c: 'one two three four',
      d: 'one two three four',
      e: [{ a: 'one two three four' }],
      f: { a: 'one two three four' },
    };
    expect(fitted(content, fields, 'truncate').sent).toEqual({ ...content, d: 'one two thre…' });
  });
});
