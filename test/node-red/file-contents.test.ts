import { from, nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();

const file = (value: object) => ({ msgtype: 'file', fields: { touser: str('zhangsan'), 'file.media_id': value } });
const payload = (source: string, more: object = {}) => ({ ...from('msg', 'payload'), source, ...more });

/** What members download. */
async function received(): Promise<{ name: string; bytes: Buffer }> {
  const { media_id } = red.lastMessage().received['file'] as { media_id: string };
  const response = await fetch(`${red.sandbox.url}/sandbox/media/${media_id}`);
  const name = /filename\*=UTF-8''(.*)$/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
  return { name: decodeURIComponent(name), bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('text that looks like base64 is text', () => {
  test.each([
    'HelloWorld12',
    '/etc/passwd',
    '/data/report',
    'attachment',
    'AAAABBBBCCCC',
    'dGhpcyBpcyB0ZXh0',
    'data: 1, 2, 3',
    '季度报告',
    '1234567',
  ])('%s', async (text) => {
    for (const source of ['data', 'text']) {
      const flow = await red.start({ send: file(payload(source)) });
      await flow.run({ payload: text });
      expect(flow.caught).toEqual([]);
      expect(await received()).toEqual({ name: 'file.txt', bytes: Buffer.from(text) });
      await red.unload();
    }
  });

  test.each(['image', 'voice', 'video'])(
    'and no %s: it is refused, with the sources that it may be meant for',
    async (msgtype) => {
      const flow = await red.start({
        send: { msgtype, fields: { touser: str('zhangsan'), [`${msgtype}.media_id`]: payload('data') } },
      });
      const caught = await flow.run({ payload: 'HelloWorld12' });
      expect(caught.error).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/is text.*base64.*path.*media_id/),
      });
      expect(red.sandbox.calls()).toEqual({});
    },
  );

  test('inside a list that a flow made, with its name', async () => {
    const flow = await red.start({
      send: { msgtype: 'mpnews', fields: { touser: str('zhangsan'), 'mpnews.articles': from('msg', 'articles') } },
    });
    const caught = await flow.run({
      articles: [{ title: 'T', content: 'C', thumb_media_id: { filename: 'a.png', data: 'HelloWorld12' } }],
    });
    expect(caught.error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/Articles.*is text/) });
    expect(red.sandbox.calls()).toEqual({});
  });
});

describe('a text becomes a file', () => {
  test.each([
    ['UTF-8', undefined, 'naïve 汉字 😀', Buffer.from('naïve 汉字 😀')],
    ['UTF-8 with a byte order mark', 'utf8-bom', '姓名,数量', Buffer.from('\ufeff姓名,数量')],
    ['UTF-16', 'utf16le', '汉字 abc', Buffer.from('汉字 abc', 'utf16le')],
    ['Latin-1', 'latin1', 'café crème', Buffer.from('café crème', 'latin1')],
    ['a number, as people read it', undefined, 1234567.5, Buffer.from('1234567.5')],
  ])('in %s', async (_name, encoding, text, bytes) => {
    const flow = await red.start({
      send: file(payload('text', { filename: str('报告.csv'), ...(encoding && { encoding }) })),
    });
    await flow.run({ payload: text });
    expect(flow.caught).toEqual([]);
    expect(await received()).toEqual({ name: '报告.csv', bytes });
  });

  test('a data URL as well, when it is chosen as a text', async () => {
    const flow = await red.start({ send: file(payload('text')) });
    await flow.run({ payload: 'data:text/plain;base64,SGVsbG8sIHdvcmxk' });
    expect((await received()).bytes.toString()).toBe('data:text/plain;base64,SGVsbG8sIHdvcmxk');
  });

  test.each([
    ['characters that Latin-1 does not have', { encoding: 'latin1' }, '汉字 in Latin-1', /Latin-1.*汉/],
    ['an encoding that is none', { encoding: 'base64' }, 'HelloWorld12', /encoding/],
    ['a Buffer', {}, Buffer.from('HelloWorld12'), /not a text.*Buffer/],
    ['an object', {}, { a: 1 }, /not a text/],
    ['nothing', {}, '', /missing/],
  ])('%s: refused with a reason, nothing is sent', async (_name, more, value, reason) => {
    const flow = await red.start({ send: file(payload('text', more)) });
    const caught = await flow.run({ payload: value });
    expect(caught.error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(reason) });
    expect(red.sandbox.calls()).toEqual({});
  });
});

describe('base64', () => {
  const bytes = Buffer.from([0, 1, 2, 250, 251, 252, 253, 254, 255, 62]);
  test.each([
    ['as it is', bytes.toString('base64')],
    ['without padding', bytes.toString('base64').replace(/=+$/, '')],
    ['for URLs', bytes.toString('base64url')],
    ['with line breaks', bytes.toString('base64').replace(/.{4}/g, '$&\r\n')],
    ['as a data URL', `data:application/octet-stream;name=a.bin;base64,${bytes.toString('base64')}`],
  ])('%s is decoded', async (_name, text) => {
    const flow = await red.start({ send: file(payload('base64')) });
    await flow.run({ payload: text });
    expect(flow.caught).toEqual([]);
    expect((await received()).bytes).toEqual(bytes);
  });

  test.each([
    ['a sentence', 'Hello, world!', /not base64/],
    ['a word that is one digit too long', 'attachments12', /not base64/],
    ['too much padding', 'QUJDRA=', /not base64/],
    ['a path with a dot', '/data/report.pdf', /not base64/],
    ['a Buffer', Buffer.from('HelloWorld12'), /Buffer/],
    ['a data URL with a hole', 'data:image/png;base64,AAA!AAAA', /data URL/],
  ])('%s is refused, nothing is sent', async (_name, value, reason) => {
    const flow = await red.start({ send: file(payload('base64')) });
    const caught = await flow.run({ payload: value });
    expect(caught.error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(reason) });
    expect(red.sandbox.calls()).toEqual({});
  });
});

test.each([
  ['base64', 'data:text/plain;charset=utf-8;base64,SGVsbG8sIHdvcmxk', 'Hello, world'],
  ['percent signs', 'data:text/plain;charset=utf-8,%E6%B1%89%20and%20more', '汉 and more'],
])('a data URL with %s is decoded where a Buffer is expected', async (_name, text, expected) => {
  const flow = await red.start({ send: file(payload('data')) });
  await flow.run({ payload: text });
  expect(flow.caught).toEqual([]);
  expect((await received()).bytes.toString()).toBe(expected);
});
