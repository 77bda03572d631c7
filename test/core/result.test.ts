import { hasUndelivered } from '../../core';
import { mergeReplies } from '../../core/outcome/result';

describe('the answers to one message', () => {
  it('are one result with all its keys, whatever the answers lack', () => {
    expect(mergeReplies([])).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      msgid: '',
      msgids: [],
      invaliduser: [],
      invalidparty: [],
      invalidtag: [],
      unlicenseduser: [],
      response_code: '',
      warnings: [],
    });
    expect(
      mergeReplies([{ msgid: '' }, { msgid: 'b', response_code: '' }, { msgid: 'c', response_code: 'R' }], ['w']),
    ).toMatchObject({ msgid: 'b', msgids: ['b', 'c'], response_code: 'R', warnings: ['w'] });
  });

  it('name everybody who was not reached once, from texts and lists', () => {
    const lists = { invaliduser: 'a| b ||a', invalidparty: '2', invalidtag: '', unlicenseduser: 'x|y' };
    expect(
      mergeReplies([lists, { invaliduser: 'b|c', invalidtag: ['7', 8] as never, unlicenseduser: {} as never }]),
    ).toMatchObject({
      invaliduser: ['a', 'b', 'c'],
      invalidparty: ['2'],
      invalidtag: ['7', '8'],
      unlicenseduser: ['x', 'y'],
    });
  });

  it('are texts, whatever kind of value a relay made of them', () => {
    expect(
      mergeReplies([{ msgid: { a: 1 } as never, invaliduser: 7 as never, response_code: 5 as never }]),
    ).toMatchObject({ msgid: '', msgids: [], invaliduser: ['7'], response_code: '5' });
  });

  it.each(['invaliduser', 'invalidparty', 'invalidtag', 'unlicenseduser'])(
    'say that somebody was not reached by %s',
    (list) => {
      expect(hasUndelivered(mergeReplies([{ msgid: 'M' }]))).toBe(false);
      expect(hasUndelivered(mergeReplies([{ [list]: 'x' }]))).toBe(true);
    },
  );
});
