import { nearest } from '../../core/schema/nearest';

describe('the name that was probably meant', () => {
  it.each([
    ['a letter too many', 'contents', 'content'],
    ['a letter too few', 'conten', 'content'],
    ['a wrong letter', 'contemt', 'content'],
    ['two letters swapped', 'cotnent', 'content'],
    ['other case', 'CONTENT', 'content'],
    ['one wrong letter of a short name', 'kex', 'key'],
    ['a slip at the very start', 'xontent', 'content'],
  ])('is found in spite of %s', (_, word, meant) => {
    expect(nearest(word, ['url', 'key', 'content', 'title'])).toBe(meant);
  });

  it.each([
    ['something else', 'picture'],
    ['half of the name', 'cont'],
    ['two slips in a short name', 'kxx'],
    ['nothing', ''],
  ])('is none for %s', (_, word) => {
    expect(nearest(word, ['url', 'key', 'content', 'title'])).toBeUndefined();
  });

  it('is the nearest of several, wherever it stands', () => {
    expect(nearest('mentioned_lis', ['mentioned_list', 'mentioned_mobile_list'])).toBe('mentioned_list');
    expect(nearest('mentioned_list', ['mentioned_listen', 'mentioned_list', 'mentioned_lists'])).toBe('mentioned_list');
    expect(nearest('key', ['ke', 'key', 'keys'])).toBe('key');
  });

  it('is the first of two that are as near', () => {
    expect(nearest('contenx', ['content', 'contend'])).toBe('content');
  });

  it('is not looked for letter by letter in a word of a million letters: a thousand of them would take hours', () => {
    for (const letter of ['a', '中', '\ud800']) {
      const word = letter.repeat(1_000_000);
      for (let count = 0; count < 1_000; count += 1) expect(nearest(word, ['url', 'key', 'content'])).toBeUndefined();
    }
  });
});
