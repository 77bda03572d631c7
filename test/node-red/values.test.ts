import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { appNode, from, nodeRedWithSandbox, PLACE, SECRET, sendNode, str } from './flow-runner';

const red = nodeRedWithSandbox();
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Where the values of a text come from. */
describe('a field takes its value from', () => {
  test.each([
    ['what was typed', str('typed 汉字 😀'), {}, 'typed 汉字 😀'],
    ['a typed text with line breaks', str('one\ntwo'), {}, 'one\ntwo'],
    ['msg', from('msg', 'a.b[0]'), { a: { b: ['deep'] } }, 'deep'],
    [
      'JSONata',
      from('jsonata', '"Build " & payload.number & " is done"'),
      { payload: { number: 42 } },
      'Build 42 is done',
    ],
    ['the environment', from('env', 'WECOM_TEST_TEXT'), {}, 'from the environment'],
    ['a number of msg', from('msg', 'payload'), { payload: 21.5 }, '21.5'],
    ['a switch of msg', from('msg', 'payload'), { payload: false }, 'false'],
    ['nothing chosen, which is msg.payload', undefined, { payload: 'the payload' }, 'the payload'],
    ['a bare text in a flow that was written by hand', 'by hand', {}, 'by hand'],
  ])('%s', async (_name, value, msg, expected) => {
    process.env['WECOM_TEST_TEXT'] = 'from the environment';
    const flow = await red.start({
      send: { fields: { touser: str('zhangsan'), ...(value !== undefined && { 'text.content': value }) } },
    });
    await flow.run(msg);
    expect(flow.caught).toEqual([]);
    expect(red.lastMessage().received['text']).toEqual({ content: expected });
  });

  test('flow and global context', async () => {
    const flow = await red.start({
      send: {
        msgtype: 'textcard',
        fields: {
          touser: from('global', 'who'),
          'textcard.title': from('flow', 'title'),
          'textcard.url': str('https://example.com'),
        },
      },
    });
    const context = (
      flow.node as unknown as { context(): Record<'flow' | 'global', { set(key: string, value: unknown): void }> }
    ).context();
    context.flow.set('title', 'From the flow');
    context.global.set('who', ['zhangsan', 'lisi']);
    await flow.run({ payload: 'text' });
    expect(red.lastMessage()).toMatchObject({
      received: { touser: 'zhangsan|lisi', textcard: { title: 'From the flow', description: 'text' } },
    });
  });

  test('options, as numbers and switches', async () => {
    const flow = await red.start({
      send: {
        fields: {
          touser: str('zhangsan'),
          safe: from('num', '1'),
          enable_duplicate_check: from('bool', 'true'),
          duplicate_check_interval: from('msg', 'seconds'),
        },
      },
    });
    await flow.run({ payload: 'x', seconds: '60' });
    expect(red.lastMessage().received).toMatchObject({
      safe: 1,
      enable_duplicate_check: 1,
      duplicate_check_interval: 60,
    });
  });

  test('a whole list of msg, with covers as Buffers', async () => {
    const flow = await red.start({
      send: { msgtype: 'mpnews', fields: { touser: str('zhangsan'), 'mpnews.articles': from('msg', 'articles') } },
    });
    await flow.run({ articles: [{ title: 1, thumb_media_id: PNG, content: '<p>x</p>' }] });
    expect(flow.caught).toEqual([]);
    expect(red.lastMessage().received['mpnews']).toEqual({
      articles: [{ title: '1', thumb_media_id: expect.any(String), content: '<p>x</p>' }],
    });
  });
});

describe('recipients', () => {
  test.each([
    ['undefined', undefined],
    ['null', null],
    ['blank', '  '],
    ['an empty list', []],
  ])('a recipient field that comes out as %s is refused, not turned into everyone', async (_name, who) => {
    const flow = await red.start({ send: { fields: { touser: from('msg', 'who') } } });
    const msg = await flow.run({ payload: 'x', who });
    expect(msg.error?.cause['issues']).toEqual([expect.objectContaining({ path: 'touser' })]);
    expect(red.sandbox.calls()['message/send'] ?? 0).toBe(0);
  });

  test('a recipient field that is left empty in the dialog is not used', async () => {
    const flow = await red.start({ send: { fields: { touser: str(''), toparty: from('num', '3'), totag: str('') } } });
    await flow.run({ payload: 'x' });
    expect(red.lastMessage().received).toMatchObject({ toparty: '3' });
    expect(red.lastMessage().received).not.toHaveProperty('touser');
  });

  test('everyone is reached when chosen, whatever stands in the other fields', async () => {
    const flow = await red.start({ send: { to: 'everyone' } });
    await flow.run({ payload: 'x' });
    expect(red.lastMessage().received['touser']).toBe('@all');
  });

  test('who was not reached is in the result, and the node turns yellow', async () => {
    const flow = await red.start({ send: { fields: { touser: str('zhangsan, ghost') } } });
    const msg = await flow.run({ payload: 'x' });
    expect(msg.payload).toMatchObject({ errcode: 0, invaliduser: ['ghost'] });
    expect(flow.statuses().at(-1)).toBe('yellow dot wecom-send.status.undelivered');
  });

  test('who was not reached makes the message fail if that was chosen; the others got it', async () => {
    const flow = await red.start({ send: { fields: { touser: str('zhangsan, ghost') }, failOnUndelivered: true } });
    const msg = await flow.run({ payload: 'x' });
    expect(msg.error).toMatchObject({
      code: 'UNDELIVERED',
      message: expect.stringContaining('ghost'),
      cause: { kind: 'undelivered', delivered: { invaliduser: ['ghost'] } },
    });
    expect(red.lastMessage().delivered_to).toEqual(['zhangsan']);
    expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([0, 0, 1]);
  });
});

describe('a file comes from', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'wecom-files-'));
    await writeFile(path.join(folder, '照片.png'), PNG);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const image = (value: object) => ({ msgtype: 'image', fields: { touser: str('zhangsan'), 'image.media_id': value } });

  test.each([
    ['a Buffer', PNG],
    ['a Buffer that went through JSON', JSON.parse(JSON.stringify(PNG)) as object],
    ['base64 text', PNG.toString('base64')],
    ['a data URL', `data:image/png;base64,${PNG.toString('base64')}`],
    ['an ArrayBuffer', new Uint8Array(PNG).buffer],
  ])('%s', async (name, payload) => {
    const flow = await red.start({
      send: image({ ...from('msg', 'payload'), source: name.startsWith('base64') ? 'base64' : 'data' }),
    });
    await flow.run({ payload });
    expect(flow.caught).toEqual([]);
    expect(red.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 1 });
  });

  test('a path, with its name; the same content is uploaded once', async () => {
    const flow = await red.start({
      send: {
        msgtype: 'file',
        fields: { touser: str('zhangsan'), 'file.media_id': { ...str(path.join(folder, '照片.png')), source: 'path' } },
      },
    });
    await flow.run({});
    await flow.run({});
    expect(JSON.stringify(red.lastMessage().shown)).toContain('照片.png');
    expect(red.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 2 });
  });

  test('an earlier upload', async () => {
    const flow = await red.start({ send: image({ ...from('msg', 'payload'), source: 'data' }) });
    await flow.run({ payload: PNG });
    const { media_id } = red.lastMessage().received['image'] as { media_id: string };
    await red.unload();
    const again = await red.start({ send: image({ ...from('msg', 'media'), source: 'media_id' }) });
    await again.run({ media: media_id });
    expect(red.lastMessage().received['image']).toEqual({ media_id });
  });

  test.each([
    ['the name that was chosen', { filename: str('chosen.txt') }, {}, 'chosen.txt'],
    ['msg.filename without its folder', {}, { filename: '/home/pi/report.csv' }, 'report.csv'],
    ['a name that fits the content', {}, {}, 'file.txt'],
  ])('and has %s', async (_name, value, msg, expected) => {
    const flow = await red.start({
      send: {
        msgtype: 'file',
        fields: { touser: str('zhangsan'), 'file.media_id': { ...from('msg', 'payload'), source: 'data', ...value } },
      },
    });
    await flow.run({ payload: Buffer.from('some text'), ...msg });
    expect(JSON.stringify(red.lastMessage().shown)).toContain(expected);
  });

  test.each([
    ['text', { ...from('msg', 'payload'), source: 'data' }, { payload: PNG.toString('base64') }, /is text.*base64/],
    ['a number', { ...from('msg', 'payload'), source: 'data' }, { payload: 7 }, /neither a Buffer nor a text/],
    ['nothing', { ...from('msg', 'payload'), source: 'data' }, {}, /missing/],
    ['an empty Buffer', { ...from('msg', 'payload'), source: 'data' }, { payload: Buffer.alloc(0) }, /empty/],
    [
      'a picture of another kind',
      { ...from('msg', 'payload'), source: 'data' },
      { payload: Buffer.from('GIF89a, not a PNG') },
      /JPG or PNG/,
    ],
    ['a path without a file', { ...str('/nowhere/at/all.png'), source: 'path' }, {}, /no such file/],
    ['a folder', { ...str('/'), source: 'path' }, {}, /not a file/],
  ])('%s is refused with a reason', async (_name, value, msg, reason) => {
    const flow = await red.start({ send: image(value) });
    const caught = await flow.run(msg);
    expect(caught.error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(reason) });
    expect(red.sandbox.calls()['message/send'] ?? 0).toBe(0);
  });
});

describe('values that cannot be read', () => {
  test('are named together with everything else that is wrong', async () => {
    const flow = await red.start({
      send: {
        msgtype: 'textcard',
        fields: {
          touser: from('msg', 'who'),
          'textcard.title': from('jsonata', '$nope('),
          'textcard.description': str('x'.repeat(513)),
          'textcard.url': from('sql', 'x'),
        },
      },
    });
    const msg = await flow.run({});
    expect((msg.error?.cause['issues'] as { path: string }[]).map((issue) => issue.path).sort()).toEqual([
      'textcard.description',
      'textcard.title',
      'textcard.url',
      'touser',
    ]);
  });
});

test('two companies are used side by side, each with its own token', async () => {
  const other = appNode(red.sandbox, { id: 'app2', agentId: '1000003' });
  const flow = await red.load(
    [appNode(red.sandbox), other, sendNode(), { ...sendNode({ app: 'app2' }), id: 'send2', ...PLACE }],
    { app: { secret: SECRET }, app2: { secret: 'sandbox-secret-1000003' } },
  );
  await flow.run({ payload: 'one' });
  red.getNode('send2').receive({ payload: 'two' });
  await flow.settled(2);
  expect(
    red.sandbox.messages().map(({ agentid, received }) => [agentid, (received['text'] as { content: string }).content]),
  ).toEqual([
    [1000002, 'one'],
    [1000003, 'two'],
  ]);
  expect(red.sandbox.calls()['gettoken']).toBe(2);
});
