import { createHash } from 'node:crypto';
import { card, CARDS } from './card-samples';
import { connect, keyOf, type Client, type Json } from './client';
import { amr, JPG, PNG } from './media-samples';

const MEGABYTE = 1024 * 1024;
let wecom: Client;
beforeAll(async () => void (wecom = await connect()));
beforeEach(() => wecom.sandbox.moveClock(60_000));
afterAll(() => wecom.close());

const push = async (msgtype: string, content: unknown): Promise<Json> =>
  (await wecom.push({ msgtype, [msgtype]: content })).json;
const text = (content = 'hello', robot?: string) => wecom.push({ msgtype: 'text', text: { content } }, robot);
async function shown(msgtype: string, content: unknown): Promise<Json> {
  expect(await push(msgtype, content)).toEqual({ errcode: 0, errmsg: 'ok' });
  return wecom.sandbox.messages().at(-1)!.shown;
}
const withKey = async (query: Record<string, string>): Promise<Json> =>
  (await wecom.post('webhook/send', { msgtype: 'text', text: { content: 'x' } }, query)).json;

test('a robot pushes into its group without any token, and its key is not shown', async () => {
  expect((await text()).json).toEqual({ errcode: 0, errmsg: 'ok' });
  const message = wecom.sandbox.messages().at(-1)!;
  expect(message).toMatchObject({
    to: 'robot',
    agentid: null,
    robot: { id: 'build', name: '构建机器人 Build bot', group: '研发群 Engineers' },
    delivered_to: ['zhangsan', 'lisi', 'alice', 'bob.miller'],
    shown: { content: 'hello' },
  });
  expect(JSON.stringify(message)).not.toContain(keyOf(wecom.sandbox, 'build'));
});

describe('the key', () => {
  test.each<Record<string, string>>([{}, { key: '' }, { key: 'unknown' }])(
    '%j is refused with 93000',
    async (query) => {
      expect(await withKey(query)).toMatchObject({
        errcode: 93000,
        errmsg: expect.stringMatching(/^invalid webhook url/),
      });
    },
  );

  test('comes before everything else', async () => {
    expect((await wecom.post('webhook/send', '{broken', { key: 'x' })).json['errcode']).toBe(93000);
  });

  test.each([
    ['removed', 93000],
    ['disabled', 93004],
    ['group_forbids_pushes', 93001],
    ['not_in_group', 93008],
  ])('of a robot that is %s is refused with %i, until it is active again', async (state, errcode) => {
    expect((await wecom.post('/sandbox/robots', { robot: 'sales', state })).json).toMatchObject({ id: 'sales', state });
    expect((await text('x', 'sales')).json['errcode']).toBe(errcode);
    wecom.sandbox.setRobot('sales', 'active');
    expect((await text('x', 'sales')).json['errcode']).toBe(0);
  });

  test('needs no trusted IP, and GET is refused with 40058', async () => {
    expect((await wecom.get('webhook/send', { key: keyOf(wecom.sandbox, 'build') })).json['errcode']).toBe(40058);
  });
});

test('a 21st message within a minute is refused with 45009; another robot goes on', async () => {
  wecom.sandbox.moveClock(60_000);
  for (let count = 1; count <= 20; count += 1) expect((await text()).json['errcode']).toBe(0);
  expect((await text()).json).toMatchObject({
    errcode: 45009,
    errmsg: expect.stringMatching(/^api freq out of limit/),
  });
  expect((await text('x', 'sales')).json['errcode']).toBe(0);
  wecom.sandbox.moveClock(60_000);
  expect((await text()).json['errcode']).toBe(0);
});

test('a message that was refused does not count', async () => {
  for (let count = 1; count <= 20; count += 1) await text('');
  expect((await text()).json['errcode']).toBe(0);
});

describe('a body', () => {
  test('that is empty is refused with 93017', async () => {
    expect((await wecom.push('')).json['errcode']).toBe(93017);
    expect((await wecom.push({ msgtype: 'text' })).json['errcode']).toBe(93017);
  });
  test.each(['{broken', 'no json', '[]'])(
    'that is no JSON (%s) is refused with 40008 and the warning',
    async (body) => {
      const { json } = await wecom.push(body);
      expect(json).toMatchObject({
        errcode: 40008,
        errmsg: expect.stringMatching(/^Warning: wrong json format\. invalid message type/),
      });
    },
  );
  test.each(['mpnews', 'video', 'textcard', 'miniprogram_notice', ''])(
    'of type %j is refused with 40008',
    async (msgtype) => {
      expect((await push(msgtype, {}))['errcode']).toBe(40008);
    },
  );
});

describe('text', () => {
  test('without content is refused with 44004', async () => expect((await push('text', {}))['errcode']).toBe(44004));
  test("of 5120 bytes arrives whole, of 5121 is refused with the server's words", async () => {
    expect(await shown('text', { content: 'x'.repeat(5120) })).toMatchObject({ content: 'x'.repeat(5120) });
    const { errcode, errmsg } = await push('text', { content: '中'.repeat(1706) + 'xyz' });
    expect(errcode).toBe(40058);
    expect(errmsg).toMatch(/^text\.content exceed max length 5120\. invalid Request Parameter/);
  });
  test('mentions members by userid and by mobile number, each once', async () => {
    const mentioned = {
      mentioned_list: ['LiSi', '@all', 'nobody'],
      mentioned_mobile_list: ['13800138002', '13800138001', '10000000000'],
    };
    expect(await shown('text', { content: 'x', ...mentioned })).toMatchObject({
      mentioned_list: ['lisi', '@all', 'zhangsan'],
    });
  });
  test('warns of a mentioned_list that is no list', async () => {
    expect((await push('text', { content: 'x', mentioned_list: '@all' }))['errmsg']).toBe(
      'ok. Warning: wrong json format. ',
    );
  });
});

describe.each(['markdown', 'markdown_v2'])('%s', (msgtype) => {
  test("of 4096 bytes arrives, of 4097 is refused with the server's words", async () => {
    await shown(msgtype, { content: 'x'.repeat(4096) });
    const { errcode, errmsg } = await push(msgtype, { content: 'x'.repeat(4097) });
    expect(errcode).toBe(40058);
    expect(errmsg).toMatch(new RegExp(`^${msgtype}\\.content exceed max length 4096\\. invalid Request Parameter`));
  });
  test('without content is refused with 44004', async () => expect((await push(msgtype, {}))['errcode']).toBe(44004));
});

describe('image', () => {
  const image = (bytes: Buffer) => ({
    base64: bytes.toString('base64'),
    md5: createHash('md5').update(bytes).digest('hex'),
  });
  const sized = (size: number) => Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]);

  test.each([
    ['PNG', PNG, 'image.png'],
    ['JPG', JPG, 'image.jpg'],
  ])('%s arrives and can be looked at', async (_what, bytes, filename) => {
    const seen = await shown('image', image(bytes));
    expect(seen).toMatchObject({ filename, size: bytes.length, md5: image(bytes).md5 });
    expect((await wecom.get(`/sandbox/media/${seen['media_id']}`)).bytes).toEqual(bytes);
  });
  test('is kept once: the recorded request tells only how long it was', async () => {
    await shown('image', image(PNG));
    expect(wecom.sandbox.messages().at(-1)!.received).toMatchObject({
      image: { base64: `(${PNG.toString('base64').length} characters)` },
    });
  });
  test('of 2 MB arrives, of a byte more is refused with 93018', async () => {
    await shown('image', image(sized(2 * MEGABYTE)));
    expect((await push('image', image(sized(2 * MEGABYTE + 1))))['errcode']).toBe(93018);
  });
  test.each([
    ['the md5 of something else', { ...image(PNG), md5: image(JPG).md5 }, 301019],
    ['no md5', { base64: image(PNG).base64 }, 301019],
    [
      'the md5 of the base64 text',
      { ...image(PNG), md5: createHash('md5').update(image(PNG).base64).digest('hex') },
      301019,
    ],
    ['no base64', { md5: image(PNG).md5 }, 44001],
    ['a GIF', image(Buffer.from('GIF89a....')), 40123],
  ])('with %s is refused', async (_what, content, errcode) =>
    expect((await push('image', content))['errcode']).toBe(errcode),
  );
  test('whose md5 does not match says so', async () => {
    expect((await push('image', { ...image(PNG), md5: 'x' }))['errmsg']).toMatch(/^media md5 not match/);
  });
});

describe('news', () => {
  const article = { title: 'T', url: 'https://example.com' };
  test.each([0, 9])('with %i articles is refused with 45008', async (count) => {
    expect((await push('news', { articles: Array(count).fill(article) }))['errcode']).toBe(45008);
  });
  test('with 8 articles arrives, cut like all news', async () => {
    const { articles } = await shown('news', {
      articles: Array(8).fill({ ...article, title: 'x'.repeat(129), description: 'x'.repeat(513) }),
    });
    expect(articles).toHaveLength(8);
    expect(articles[0]).toMatchObject({ title: 'x'.repeat(128), description: 'x'.repeat(512) });
  });
  test('takes a url without scheme, as the sample of the documentation has it', async () => {
    expect(await shown('news', { articles: [{ title: 'T', url: 'www.qq.com' }] })).toMatchObject({
      articles: [{ url: 'www.qq.com' }],
    });
  });
  test.each([
    ['without title', { title: '' }, 41016],
    ['with a mini-program instead of a url', { url: '', appid: 'wx1', pagepath: 'p' }, 41010],
    ['with a url of more than 2048 bytes', { url: `https://example.com/${'x'.repeat(2048)}` }, 40039],
  ])('%s is refused', async (_what, change, errcode) => {
    expect((await push('news', { articles: [{ ...article, ...change }] }))['errcode']).toBe(errcode);
  });
});

describe('webhook/upload_media', () => {
  const upload = async (type: string, bytes: Buffer, key?: string): Promise<Json> =>
    (await wecom.uploadFor(type, bytes, key)).json;

  test.each([
    ['file', Buffer.from('content')],
    ['voice', amr(1)],
  ])('gives a media_id for %s, good for this robot only', async (type, bytes) => {
    const reply = await upload(type, bytes);
    expect(reply).toMatchObject({
      errcode: 0,
      type,
      media_id: expect.any(String),
      created_at: expect.stringMatching(/^\d{10}$/),
    });
    const { media_id } = reply;
    expect(await shown(type, { media_id })).toMatchObject({ media_id, filename: 'test.bin' });
    expect((await wecom.push({ msgtype: type, [type]: { media_id } }, 'sales')).json['errcode']).toBe(40007);
    expect((await wecom.send({ msgtype: type, [type]: { media_id } })).json['errcode']).toBe(40007);
  });

  test('media of the corp are none of a robot: 40007', async () => {
    const { media_id } = (await wecom.upload('file', Buffer.from('content'))).json;
    expect((await push('file', { media_id }))['errcode']).toBe(40007);
  });
  test('a file is not a voice: 40007, and no media_id is 41006', async () => {
    const { media_id } = await upload('file', Buffer.from('content'));
    expect((await push('voice', { media_id }))['errcode']).toBe(40007);
    expect((await push('voice', {}))['errcode']).toBe(41006);
  });
  test('looks at the file before the key', async () => {
    const empty = await upload('file', Buffer.alloc(0), 'x');
    expect(empty).toMatchObject({ errcode: 44001, errmsg: expect.stringMatching(/^empty media data/) });
    const reply = await upload('file', Buffer.from('content'), 'x');
    expect(reply).toMatchObject({ errcode: 40058, errmsg: expect.stringMatching(/^invalid param 'key'/) });
  });
  test.each([
    ['a type robots do not know', 'image', PNG, 40004],
    ['5 bytes', 'file', Buffer.alloc(5), 40006],
    ['6 bytes', 'file', Buffer.alloc(6), 0],
    ['a file of 20 MB', 'file', Buffer.alloc(20 * MEGABYTE), 0],
    ['a file above 20 MB', 'file', Buffer.alloc(20 * MEGABYTE + 1), 45001],
    ['a voice that is no AMR', 'voice', Buffer.from('RIFF....WAVE'), 301017],
    ['a voice of more than 60 seconds', 'voice', amr(60.02), 45007],
  ])('%s', async (_what, type, bytes, errcode) => expect((await upload(type, bytes))['errcode']).toBe(errcode));
  test('of a robot that was removed is refused like a wrong key', async () => {
    wecom.sandbox.setRobot('sales', 'removed');
    expect(await upload('file', Buffer.from('content'), keyOf(wecom.sandbox, 'sales'))).toMatchObject({
      errcode: 40058,
    });
    wecom.sandbox.setRobot('sales', 'active');
  });
});

describe('template_card', () => {
  const without = (type: string, change = {}) => ({ ...CARDS[type], ...change });

  test.each(['text_notice', 'news_notice'])('%s arrives', async (type) => {
    expect(await shown('template_card', without(type))).toMatchObject({ card_type: type });
  });
  test.each(['button_interaction', 'vote_interaction', 'multiple_interaction', 'x'])(
    '%s is refused with 42031',
    async (type) => {
      expect((await push('template_card', card(type, { card_type: type })))['errcode']).toBe(42031);
    },
  );
  test('has no action menu and no task_id', async () => {
    const action_menu = { action_list: [{ text: 'x', key: 'a' }] };
    const seen = await shown('template_card', without('text_notice', { action_menu, task_id: 'no good!' }));
    expect(seen['action_menu']).toBeUndefined();
    expect(seen['task_id']).toBeUndefined();
  });
  test.each<[string, Json, number]>([
    ['a text notice without main_title', without('text_notice', { main_title: undefined, sub_title_text: 'x' }), 41016],
    [
      'a text notice with an empty main_title and sub_title_text',
      without('text_notice', { main_title: {}, sub_title_text: 'x' }),
      0,
    ],
    [
      'a news notice without card_image',
      without('news_notice', { card_image: undefined, image_text_area: { image_url: 'https://a.example' } }),
      42044,
    ],
    ['7 rows', without('text_notice', { horizontal_content_list: Array(7).fill({ keyname: 'k' }) }), 42035],
    ['no card_action', without('text_notice', { card_action: undefined }), 42045],
  ])('%s', async (_what, content, errcode) => expect((await push('template_card', content))['errcode']).toBe(errcode));
  test('may attach what was uploaded for this robot', async () => {
    const row = (media_id: string) =>
      without('text_notice', { horizontal_content_list: [{ keyname: 'k', type: 2, media_id }] });
    const { media_id } = (await wecom.uploadFor('file', Buffer.from('content'))).json;
    expect(await shown('template_card', row(media_id))).toMatchObject({
      horizontal_content_list: [{ media_id, filename: 'test.bin' }],
    });
    expect(
      (await push('template_card', row((await wecom.upload('file', Buffer.from('content'))).json['media_id'])))[
        'errcode'
      ],
    ).toBe(40007);
  });
});
