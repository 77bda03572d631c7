import { redact } from '../../core';

describe('a text for people', () => {
  it.each(['access_token', 'corpsecret', 'secret', 'key', 'ACCESS_TOKEN'])(
    'never shows the value of %s in an address',
    (name) => {
      expect(redact(`GET https://x.test/a?a=1&${name}=abc-123&b=2 failed`)).toBe(
        `GET https://x.test/a?a=1&${name}=***&b=2 failed`,
      );
      expect(
        redact(
          `see "https://x.test/?${name}=abc" and <https://x.test/?${name}=abc> (https://x.test/?${name}=abc) '?${name}=abc'`,
        ),
      ).toBe(
        `see "https://x.test/?${name}=***" and <https://x.test/?${name}=***> (https://x.test/?${name}=***) '?${name}=***'`,
      );
    },
  );

  it('never shows a secret, plain or as addresses write it, however often it occurs', () => {
    expect(redact('s/cret and s%2Fcret and s/cret', ['s/cret'])).toBe('*** and *** and ***');
    expect(redact('one two one', ['one', 'two'])).toBe('*** *** ***');
  });

  it('stays readable when somebody typed a letter or a word for a secret', () => {
    expect(redact("The message was not sent: s is WeCom's secret?", ['s'])).toBe(
      "The message was not sent: *** is WeCom's secret?",
    );
    expect(redact('corpsecret=s and "s" and a.b', ['s', 'a.b'])).toBe('corpsecret=*** and "***" and ***');
    expect(redact('axb', ['a.b'])).toBe('axb');
  });

  it('has secrets of any characters', () => {
    expect(redact('abcdef\ud800 and c', ['abcdef\ud800', '\udc00'])).toBe('*** and c');
  });

  it.each<[string, (secret: string) => string]>([
    ['an address', (secret) => encodeURIComponent(secret)],
    ['an address in lower case', (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['a form', (secret) => new URLSearchParams({ s: secret }).toString().slice(2)],
    ['JSON', (secret) => JSON.stringify(secret)],
    ['base64', (secret) => Buffer.from(secret).toString('base64')],
    ['base64 for addresses', (secret) => Buffer.from(secret).toString('base64url')],
    ['hexadecimal digits', (secret) => Buffer.from(secret).toString('hex')],
  ])('never shows a secret as %s writes it', (_where, spell) => {
    const secret = 'sécret 😀"+/';
    expect(redact(`before ${spell(secret)} after`, [secret])).toMatch(/^before "?\*\*\*={0,2}"? after$/);
  });

  it('never shows the login of a proxy', () => {
    expect(redact('Proxy-Authorization: Basic dXNlcjpwYXNz+/8== and proxy')).toBe(
      'Proxy-Authorization: Basic *** and proxy',
    );
    expect(redact('a=Basic%20dXNlcjpwYXNz%3D%3D&b=1')).toBe('a=Basic%20***&b=1');
  });

  it('is left alone otherwise', () => {
    expect(redact('the monkey=1 and keyed=2 stay', [undefined, ''])).toBe('the monkey=1 and keyed=2 stay');
    expect(redact('nothing to hide')).toBe('nothing to hide');
  });
});
