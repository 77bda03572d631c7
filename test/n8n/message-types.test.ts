import { createHash } from 'node:crypto';

import { amr, jpg, mp4, png } from '../fixtures/media';
import { send, SEND } from './engine';
import { credentialOf, fileItem, toZhangsan, useSandbox } from './sandbox';

const world = useSandbox();

const sendOne = async (
  parameters: Parameters<typeof send>[0]['parameters'],
  item: Parameters<typeof fileItem> | undefined = undefined,
) => {
  const run = await send({
    credential: credentialOf(world.sandbox),
    parameters: { ...toZhangsan, ...parameters },
    items: item ? [fileItem(...item)] : [{}],
  });
  expect(run.last(SEND).error).toBeUndefined();
  const messages = world.sandbox.messages();
  expect(messages).toHaveLength(1);
  expect(messages[0]!.delivered_to).toEqual(['zhangsan']);
  expect(run.items(SEND)).toEqual([
    { json: expect.objectContaining({ errcode: 0, msgid: messages[0]!.msgid }), pairedItem: { item: 0 } },
  ]);
  return messages[0]!;
};
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** The bytes members get for a media_id. */
const download = async (mediaId: string) => {
  const { corpId, apps } = world.sandbox.company;
  const { access_token } = (await (
    await fetch(`${world.sandbox.url}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${apps[0]!.secret}`)
  ).json()) as { access_token: string };
  const response = await fetch(
    `${world.sandbox.url}/cgi-bin/media/get?access_token=${access_token}&media_id=${mediaId}`,
  );
  return { name: response.headers.get('content-disposition') ?? '', bytes: Buffer.from(await response.arrayBuffer()) };
};

test('the output of a message is the answer of WeCom with always the same eleven keys', async () => {
  const run = await send({
    credential: credentialOf(world.sandbox),
    parameters: { ...toZhangsan, msgtype: 'text', content: '=你好 {{ 1 + 1 }}' },
  });
  const [message] = world.sandbox.messages();
  expect(message!.received).toEqual({
    touser: 'zhangsan',
    msgtype: 'text',
    agentid: 1000002,
    text: { content: '你好 2' },
  });
  expect(run.items(SEND)).toEqual([
    {
      json: {
        errcode: 0,
        errmsg: 'ok',
        msgid: message!.msgid,
        msgids: [message!.msgid],
        parts: 1,
        invaliduser: [],
        invalidparty: [],
        invalidtag: [],
        unlicenseduser: [],
        response_code: '',
        warnings: [],
      },
      pairedItem: { item: 0 },
    },
  ]);
});

test('text, with the options of text', async () => {
  const { received } = await sendOne({
    msgtype: 'text',
    content: 'a\nb',
    options: { safe: 1, enable_id_trans: true, enable_duplicate_check: true, duplicate_check_interval: 600 },
  });
  expect(received).toMatchObject({
    text: { content: 'a\nb' },
    safe: 1,
    enable_id_trans: 1,
    enable_duplicate_check: 1,
    duplicate_check_interval: 600,
  });
});

test.each([
  ['image', png(300_000), '图 片.png'],
  ['voice', amr(2), 'memo.amr'],
  ['video', mp4(70_000), 'clip.mp4'],
  ['file', Buffer.from([...Array(256).keys(), ...Array(256).keys()]), '二〇二六年 “报表”; 终稿 100%.bin'],
] as const)('%s from a binary field arrives byte for byte', async (msgtype, bytes, name) => {
  const { received } = await sendOne({ msgtype, media_id_source: 'binary', media_id_binary: 'photo' }, [
    bytes,
    name,
    'photo',
  ]);
  const { media_id } = received[msgtype] as { media_id: string };
  const found = await download(media_id);
  expect(sha(found.bytes)).toBe(sha(bytes));
  expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1 });
});

test('members see the Chinese name of a file as it is', async () => {
  const name = '二〇二六年 “报表”; 终稿 100%.txt';
  const { shown } = await sendOne({ msgtype: 'file' }, [Buffer.from('hello wecom'), name]);
  expect(JSON.stringify(shown)).toContain(name.replaceAll('"', '_'));
});

test('a picture by the media_id of an earlier upload', async () => {
  const first = await sendOne({ msgtype: 'image' }, [jpg(), 'a.jpg']);
  const { media_id } = first.received['image'] as { media_id: string };
  await send({
    credential: credentialOf(world.sandbox),
    parameters: { ...toZhangsan, msgtype: 'image', media_id_source: 'media_id', media_id },
  });
  expect(world.sandbox.messages().map(({ received }) => received['image'])).toEqual([{ media_id }, { media_id }]);
  expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 2 });
});

test('video with title and description', async () => {
  const { received } = await sendOne({ msgtype: 'video', title: '标题', description: 'Recorded on Monday' }, [
    mp4(),
    'a.mp4',
  ]);
  expect(received['video']).toEqual({ media_id: expect.any(String), title: '标题', description: 'Recorded on Monday' });
});

test('textcard', async () => {
  const { received } = await sendOne({
    msgtype: 'textcard',
    title: 'T',
    description: '<div class="gray">D</div>',
    url: 'https://example.com/a?b=c',
    btntxt: '更多',
  });
  expect(received['textcard']).toEqual({
    title: 'T',
    description: '<div class="gray">D</div>',
    url: 'https://example.com/a?b=c',
    btntxt: '更多',
  });
});

test('news with two articles', async () => {
  const entries = [
    { title: 'One', description: '', url: 'https://example.com/1', picurl: '' },
    { title: 'Two', description: 'D', url: 'https://example.com/2', picurl: 'https://example.com/2.png' },
  ];
  const { received } = await sendOne({ msgtype: 'news', articles: { entries } });
  expect(received['news']).toEqual({ articles: [{ title: 'One', url: 'https://example.com/1' }, entries[1]] });
});

test('mpnews: one cover from a binary field, one by media_id', async () => {
  const cover = await sendOne({ msgtype: 'image' }, [png(), 'cover.png']);
  const { media_id } = cover.received['image'] as { media_id: string };
  const entries = [
    {
      title: 'One',
      thumb_media_id_source: 'binary',
      thumb_media_id_binary: 'cover',
      author: '张三',
      content: '<p>1</p>',
    },
    {
      title: 'Two',
      thumb_media_id_source: 'media_id',
      thumb_media_id: media_id,
      content: '<p>2</p>',
      digest: 'D',
      content_source_url: 'https://example.com',
    },
  ];
  await send({
    credential: credentialOf(world.sandbox),
    items: [fileItem(jpg(), 'c.jpg', 'cover')],
    parameters: { ...toZhangsan, msgtype: 'mpnews', articles: { entries }, options: { safe: 2 } },
  });
  expect(world.sandbox.messages()[1]!.received).toMatchObject({
    safe: 2,
    mpnews: {
      articles: [
        { title: 'One', thumb_media_id: expect.any(String), author: '张三', content: '<p>1</p>' },
        {
          title: 'Two',
          thumb_media_id: media_id,
          content: '<p>2</p>',
          digest: 'D',
          content_source_url: 'https://example.com',
        },
      ],
    },
  });
  expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 2 });
});

test('markdown', async () => {
  const { received } = await sendOne({
    msgtype: 'markdown',
    content: '## 构建失败\n> <font color="warning">main</font>',
  });
  expect(received['markdown']).toEqual({ content: '## 构建失败\n> <font color="warning">main</font>' });
});

test('numbers and booleans out of expressions become text', async () => {
  const { received } = await sendOne({
    msgtype: 'textcard',
    title: '={{ 42 }}',
    description: '={{ true }}',
    url: 'https://example.com',
  });
  expect(received['textcard']).toEqual({ title: '42', description: 'true', url: 'https://example.com' });
});

test('the same file is uploaded once, however many items carry it', async () => {
  const file = png(1000);
  await send({
    credential: credentialOf(world.sandbox),
    items: [1, 2, 3, 4, 5].map(() => fileItem(file, 'a.png')),
    parameters: { ...toZhangsan, msgtype: 'image' },
  });
  expect(world.sandbox.messages()).toHaveLength(5);
  expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 5 });
});

test('a file without a name, as some nodes put out, gets one', async () => {
  const { received } = await sendOne({ msgtype: 'file' }, [Buffer.from('some bytes'), undefined]);
  const { media_id } = received['file'] as { media_id: string };
  expect((await download(media_id)).name).toContain('file');
});
