import fc from 'fast-check';

import { parseRecipients, recipientBatches } from '../../core/messages/recipients';

const parsed = (input: Record<string, unknown>) => {
  const { recipients, issues } = parseRecipients(input);
  return issues.length > 0 ? issues.map((issue) => `${issue.path} ${issue.message.en}`) : recipients;
};

describe('recipients', () => {
  it('take ids as a text with any usual separator, as numbers and as arrays', () => {
    expect(parsed({ touser: 'zhangsan|lisi, wangwu；zhao、liu\n qian' })).toEqual({
      everyone: false,
      touser: ['zhangsan', 'lisi', 'wangwu', 'zhao', 'liu', 'qian'],
      toparty: [],
      totag: [],
    });
    expect(parsed({ toparty: 2, totag: ['7', 8, '9 10'] })).toEqual({
      everyone: false,
      touser: [],
      toparty: [2],
      totag: [7, 8, 9, 10],
    });
    expect(parsed({ touser: [1001, 'lisi'] })).toEqual({
      everyone: false,
      touser: ['1001', 'lisi'],
      toparty: [],
      totag: [],
    });
  });

  it('lose their duplicates, with user IDs compared without case as WeCom does', () => {
    expect(parsed({ touser: 'Lisi,lisi|LISI,wangwu', toparty: ['2', 2, '02'] })).toEqual({
      everyone: false,
      touser: ['Lisi', 'wangwu'],
      toparty: [2],
      totag: [],
    });
  });

  it.each([
    ['nothing at all', {}, ['touser names nobody: give members, departments or tags, or choose everyone']],
    ['undefined', { touser: undefined }, ['touser is undefined: it must name somebody']],
    ['null', { toparty: null }, ['toparty is null: it must name somebody']],
    ['an empty text', { touser: '' }, ['touser is blank: it must name somebody']],
    ['blanks', { totag: ' \n\t' }, ['totag is blank: it must name somebody']],
    ['an empty list', { touser: [] }, ['touser is an empty list: it must name somebody']],
    ['separators only', { touser: '|,|' }, ['touser holds separators only, but no ID']],
    [
      'a hole in a list',
      { touser: ['a', undefined, ''] },
      ['touser[1] is undefined: it must name somebody', 'touser[2] is blank: it must name somebody'],
    ],
    ['an empty field beside a filled one', { touser: 'a', toparty: '' }, ['toparty is blank: it must name somebody']],
    [
      'numbers that are no ID',
      { touser: [Number.NaN, 1.5, -1, Infinity] },
      [
        'touser[0] must be an ID, but is the number NaN',
        'touser[1] must be an ID, but is the number 1.5',
        'touser[2] must be an ID, but is the number -1',
        'touser[3] must be an ID, but is the number Infinity',
      ],
    ],
    [
      'objects, booleans and nested lists',
      { touser: [{}, true, ['a']] },
      [
        'touser[0] must be an ID, but is of type object',
        'touser[1] must be an ID, but is of type boolean',
        'touser[2] must be an ID, but is a list in a list',
      ],
    ],
    [
      'a name instead of an account',
      { touser: '张三' },
      ['touser "张三" is not a user ID: 1 to 64 letters, digits or - _ . @ (the account of a member, not the name)'],
    ],
    [
      'numbers that are no ids',
      { toparty: '0, -1, 1.5, x, 4294967296' },
      ['0', '-1', '1.5', 'x', '4294967296'].map((id) => `toparty "${id}" is not an ID: a whole number from 1`),
    ],
  ])('are refused: %s', (_, input, messages) => {
    expect(parsed(input)).toEqual(messages);
  });

  it('are everyone only when that is chosen, by true and nothing else', () => {
    expect(parsed({ everyone: true })).toEqual({ everyone: true });
    expect(parsed({ everyone: true, totag: 3 })).toEqual([
      'totag cannot be combined with everyone: WeCom would ignore it',
    ]);
    expect(parsed({ everyone: 'true' })).toHaveLength(1);
  });

  it('take user IDs of up to 64 characters', () => {
    expect(parsed({ touser: 'a'.repeat(64) })).toMatchObject({ touser: ['a'.repeat(64)] });
    expect(parsed({ touser: 'a'.repeat(65) })).toHaveLength(1);
  });
});

describe('batches of recipients', () => {
  const members = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
  const batches = (input: Record<string, unknown>) => recipientBatches(parseRecipients(input).recipients!);

  it.each([
    [1, [1]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [2500, [1000, 1000, 500]],
  ])('split %i members into requests of %j', (count, sizes) => {
    expect(batches({ touser: members(count) }).map((batch) => batch.touser?.split('|').length)).toEqual(sizes);
  });

  it('carry 100 departments and 100 tags each, beside the members', () => {
    const ids = Array.from({ length: 101 }, (_, index) => index + 1);
    expect(
      batches({ touser: members(1001), toparty: ids, totag: ids }).map((batch) =>
        Object.values(batch).map((list) => list.split('|').length),
      ),
    ).toEqual([
      [1000, 100, 100],
      [1, 1, 1],
    ]);
  });

  it('are one request for everyone', () => {
    expect(batches({ everyone: true })).toEqual([{ touser: '@all' }]);
  });

  it('hold every recipient exactly once, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(350), fc.nat(350), (users, parties, tags) => {
        fc.pre(users + parties + tags > 0);
        const input = {
          ...(users && { touser: members(users) }),
          ...(parties && { toparty: Array.from({ length: parties }, (_, index) => index + 1) }),
          ...(tags && { totag: Array.from({ length: tags }, (_, index) => index + 1) }),
        };
        const all = batches(input);
        expect(all.flatMap((batch) => batch.touser?.split('|') ?? [])).toEqual(members(users));
        expect(all.flatMap((batch) => batch.toparty?.split('|') ?? [])).toHaveLength(parties);
        expect(all.flatMap((batch) => batch.totag?.split('|') ?? [])).toHaveLength(tags);
        expect(all.every((batch) => Object.keys(batch).length > 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
