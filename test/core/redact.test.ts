import { redact } from '../../core';

describe('a text for people', () => {
  it.each(['access_token', 'corpsecret', 'secret', 'key', 'ACCESS_TOKEN'])('never shows the value of %s in an address', (name) => {
    expect(redact(`GET https://x.test/a?a=1&${name}=abc-123&b=2 failed`)).toBe(`GET https://x.test/a?a=1&${name}=***&b=2 failed`);
    expect(redact(`see "https://x.test/?${name}=abc" and <https://x.test/?${name}=abc> (https://x.test/?${name}=abc) '?${name}=abc'`))
      .toBe(`see "https://x.test/?${name}=***" and <https://x.test/?${name}=***> (https://x.test/?${name}=***) '?${name}=***'`);
  });

  it('never shows a secret, plain or as addresses write it, however often it occurs', () => {
    expect(redact('s/cret and s%2Fcret and s/cret', ['s/cret'])).toBe('*** and *** and ***');
    expect(redact('one two one', ['one', 'two'])).toBe('*** *** ***');
  });

  it('stays readable when somebody typed a letter or a word for a secret', () => {
    expect(redact("The message was not sent: s is WeCom's secret?", ['s'])).toBe("The message was not sent: *** is WeCom's secret?");
    expect(redact('corpsecret=s and "s" and a.b', ['s', 'a.b'])).toBe('corpsecret=*** and "***" and ***');
    expect(redact('axb', ['a.b'])).toBe('axb');
  });

  it('has secrets of any characters', () => {
    expect(redact('abcdef\ud800 and c', ['abcdef\ud800', '\udc00'])).toBe('*** and c');
  });

  it('is left alone otherwise', () => {
    expect(redact('the monkey=1 and keyed=2 stay', [undefined, ''])).toBe('the monkey=1 and keyed=2 stay');
    expect(redact('nothing to hide')).toBe('nothing to hide');
  });
});
