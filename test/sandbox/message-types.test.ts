import { connect, type Client, type Json } from './client';
import { amr, MP4, PNG } from './media-samples';

let wecom: Client;
let media: Record<'image' | 'voice' | 'video' | 'file', string>;

beforeAll(async () => {
  wecom = await connect();
  const id = async (type: string, bytes: Buffer) => (await wecom.upload(type, bytes)).json['media_id'] as string;
  media = {
    image: await id('image', PNG),
    voice: await id('voice', amr(2)),
    video: await id('video', MP4),
    file: await id('file', Buffer.from('content')),
  };
});
afterAll(() => wecom.close());
beforeEach(() => wecom.sandbox.moveClock(60_000));

const newest = () => wecom.sandbox.messages().at(-1)!;
async function errcodeOf(msgtype: string, content: unknown, more = {}): Promise<number> {
  return (await wecom.send({ msgtype, [msgtype]: content, ...more })).json['errcode'];
}
async function shown(msgtype: string, content: unknown, more = {}): Promise<Json> {
  expect(await errcodeOf(msgtype, content, more)).toBe(0);
  return newest().shown;
}
const chinese = (bytes: number) => '中'.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3);

const card = { title: 'Title', description: 'Words', url: 'https://example.com' };
const article = { title: 'Title', url: 'https://example.com' };
const mpArticle = () => ({ title: 'Title', thumb_media_id: media.image, content: '<p>Words</p>' });

describe('text', () => {
  test.each(['', undefined])('without content is refused with 44004', async (content) => {
    expect(await errcodeOf('text', { content })).toBe(44004);
  });
  test('without its object is refused with 44004', async () => expect(await errcodeOf('text', undefined)).toBe(44004));
  test('of 2048 bytes is shown whole', async () => {
    expect((await shown('text', { content: chinese(2048) }))['content']).toBe(chinese(2048));
  });
  test('of more is cut at 2048 bytes, through a character if need be', async () => {
    const { content } = await shown('text', { content: '中'.repeat(683) });
    expect(content).toBe('中'.repeat(682) + '\ufffd');
    expect((await shown('text', { content: 'x'.repeat(2049) }))['content']).toHaveLength(2048);
    expect((await shown('text', { content: `${'x'.repeat(2046)}😀` }))['content']).toBe(`${'x'.repeat(2046)}\ufffd`);
    expect(newest().received['text']).toEqual({ content: `${'x'.repeat(2046)}😀` });
  });
});

describe.each(['image', 'voice', 'video', 'file'] as const)('%s', (msgtype) => {
  test('shows what was uploaded', async () => {
    expect(await shown(msgtype, { media_id: media[msgtype] })).toMatchObject({
      media_id: media[msgtype],
      filename: 'test.bin',
    });
  });
  test('without media_id is refused with 41006', async () => expect(await errcodeOf(msgtype, {})).toBe(41006));
  test('with an unknown media_id is refused with 40007', async () => {
    expect(await errcodeOf(msgtype, { media_id: 'unknown' })).toBe(40007);
  });
  test('with media of another kind is refused with 40007', async () => {
    expect(await errcodeOf(msgtype, { media_id: msgtype === 'file' ? media.image : media.file })).toBe(40007);
  });
});

test('voice tells its seconds', async () =>
  expect((await shown('voice', { media_id: media.voice }))['seconds']).toBe(2));

test('title and description of a video are cut at 128 and 512 bytes', async () => {
  const content = { media_id: media.video, title: '中'.repeat(43), description: '中'.repeat(171) };
  expect(await shown('video', content)).toMatchObject({
    title: '中'.repeat(42) + '\ufffd',
    description: '中'.repeat(170) + '\ufffd',
  });
  expect(await shown('video', { media_id: media.video, title: chinese(128) })).toMatchObject({
    title: chinese(128),
    description: '',
  });
});

describe('textcard', () => {
  test('is shown with 详情 on its button unless told otherwise', async () => {
    expect(await shown('textcard', card)).toEqual({ ...card, btntxt: '详情' });
  });
  test.each([
    ['title', 41016],
    ['description', 41033],
    ['url', 41010],
  ])('without %s is refused with %i', async (field, errcode) => {
    expect(await errcodeOf('textcard', { ...card, [field]: '' })).toBe(errcode);
  });
  test('with a url without scheme is refused with 45034', async () => {
    expect(await errcodeOf('textcard', { ...card, url: 'example.com' })).toBe(45034);
  });
  test('with a url of 2049 bytes is refused, of 2048 not', async () => {
    const url = 'https://example.com/'.padEnd(2048, 'x');
    expect(await errcodeOf('textcard', { ...card, url: `${url}x` })).toBe(40039);
    expect(await errcodeOf('textcard', { ...card, url })).toBe(0);
  });
  test('is cut: title 128 bytes, description 512 bytes, button 4 characters', async () => {
    expect(
      await shown('textcard', { ...card, title: '中'.repeat(43), description: 'x'.repeat(513), btntxt: '😀二三四五' }),
    ).toMatchObject({
      title: '中'.repeat(42) + '\ufffd',
      description: 'x'.repeat(512),
      btntxt: '😀二三四',
    });
  });
});

describe('news', () => {
  test.each([0, 9])('with %i articles is refused with 45008', async (count) => {
    expect(await errcodeOf('news', { articles: Array(count).fill(article) })).toBe(45008);
  });
  test('with 8 articles is shown', async () => {
    expect((await shown('news', { articles: Array(8).fill(article) }))['articles']).toHaveLength(8);
  });
  test('with safe is refused with 40074', async () => {
    expect(await errcodeOf('news', { articles: [article] }, { safe: 1 })).toBe(40074);
  });
  test.each([
    ['without title', { title: '' }, 41016],
    ['without url', { url: undefined }, 41010],
    ['with appid but no pagepath and no url', { url: undefined, appid: 'wx1' }, 41010],
    ['with a url without scheme', { url: 'example.com' }, 45034],
    ['with a picurl without scheme', { picurl: 'example.com/x.png' }, 45034],
    ['with a pagepath of 129 bytes', { appid: 'wx1', pagepath: 'x'.repeat(129) }, 40058],
  ])('%s is refused', async (_what, change, errcode) => {
    expect(await errcodeOf('news', { articles: [{ ...article, ...change }] })).toBe(errcode);
  });
  test('opens a mini-program instead of a url', async () => {
    expect(await shown('news', { articles: [{ title: 'T', appid: 'wx1', pagepath: 'x'.repeat(128) }] })).toMatchObject({
      articles: [{ appid: 'wx1' }],
    });
  });
  test('is cut: title 128 bytes, description 512 bytes', async () => {
    const { articles } = await shown('news', {
      articles: [{ ...article, title: 'x'.repeat(129), description: '中'.repeat(171) }],
    });
    expect(articles[0]).toMatchObject({ title: 'x'.repeat(128), description: '中'.repeat(170) + '\ufffd' });
  });
});

describe('mpnews', () => {
  const send = (change: Record<string, unknown>) => errcodeOf('mpnews', { articles: [{ ...mpArticle(), ...change }] });

  test.each([
    ['without title', { title: '' }, 41016],
    ['without thumb_media_id', { thumb_media_id: '' }, 41006],
    ['without content', { content: '' }, 44004],
    ['with an author of 65 bytes', { author: 'x'.repeat(65) }, 45032],
    ['with content of one byte over 666 KB', { content: 'x'.repeat(666 * 1024 + 1) }, 45002],
    ['with a content_source_url without scheme', { content_source_url: 'example.com' }, 45034],
  ])('%s is refused', async (_what, change, errcode) => expect(await send(change)).toBe(errcode));
  test('with a thumbnail that is no image is refused with 40007', async () => {
    expect(await send({ thumb_media_id: media.file })).toBe(40007);
  });
  test.each([0, 9])('with %i articles is refused with 45008', async (count) => {
    expect(await errcodeOf('mpnews', { articles: Array(count).fill(mpArticle()) })).toBe(45008);
  });
  test('may be as large as allowed', async () => {
    expect(await send({ author: 'x'.repeat(64), content: 'x'.repeat(666 * 1024) })).toBe(0);
  });
  test('is cut: title 128 bytes, digest 512 bytes', async () => {
    await send({ title: 'x'.repeat(129), digest: 'x'.repeat(513) });
    expect(newest().shown).toMatchObject({ articles: [{ title: 'x'.repeat(128), digest: 'x'.repeat(512) }] });
  });
});

describe('markdown', () => {
  test('without content is refused with 44004', async () => expect(await errcodeOf('markdown', {})).toBe(44004));
  test('of 2048 bytes is shown, of 2049 refused with 45002', async () => {
    expect(await errcodeOf('markdown', { content: chinese(2048) })).toBe(0);
    expect(await errcodeOf('markdown', { content: chinese(2049) })).toBe(45002);
  });
});

describe('safe', () => {
  test('1 makes a text confidential', async () => {
    await shown('text', { content: 'x' }, { safe: 1 });
    expect(newest().safe).toBe(1);
  });
  test('2 is for mpnews only', async () => {
    await shown('mpnews', { articles: [mpArticle()] }, { safe: 2 });
    expect(newest().safe).toBe(2);
    expect(await errcodeOf('text', { content: 'x' }, { safe: 2 })).toBe(40058);
  });
  test('has no effect on types that do not list it', async () => {
    await shown('markdown', { content: 'x' }, { safe: 1 });
    expect(newest().safe).toBe(0);
  });
});
