import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { amr, gif, jpg, mp4, png } from '../fixtures/media';
import { send, SEND } from './engine';
import { credentialOf, fileItem, hello, toZhangsan, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox();
useFastTime(world);

/** One over the limit, in bytes of each kind of character. */
const tooLong = (limit: number) => [
  ['ASCII', 'a'.repeat(limit + 1)],
  ['Chinese', '汉'.repeat(Math.floor(limit / 3)) + 'a'.repeat((limit % 3) + 1)],
  ['emoji', '😀'.repeat(Math.floor(limit / 4)) + 'a'.repeat((limit % 4) + 1)],
];
const article = { title: 'T', url: 'https://example.com' };
const cover = { title: 'T', content: '<p>C</p>', thumb_media_id_source: 'media_id', thumb_media_id: 'some-media-id' };
const entries = (count: number, entry: IDataObject) =>
  ({ entries: Array.from({ length: count }, () => entry) }) as unknown as INodeParameters;
const json = (value: unknown) => `={{ ${JSON.stringify(value)} }}`;

/** The panel of a type, filled in rightly but for one thing, and the field the error must name. */
interface Wrong {
  readonly what: string;
  readonly parameters: INodeParameters;
  readonly path: string;
  readonly item?: INodeExecutionData;
}

const texts: {
  parameters: INodeParameters;
  name: string;
  limit: number;
  path: string;
  inside?: (value: string) => INodeParameters;
}[] = [
  {
    parameters: { msgtype: 'text', options: { too_long: 'refuse' } },
    name: 'content',
    limit: 2048,
    path: 'text.content',
  },
  {
    parameters: { msgtype: 'markdown', options: { too_long: 'refuse' } },
    name: 'content',
    limit: 2048,
    path: 'markdown.content',
  },
  {
    parameters: { msgtype: 'textcard', title: 'T', description: 'D', url: 'https://example.com' },
    name: 'title',
    limit: 128,
    path: 'textcard.title',
  },
  {
    parameters: { msgtype: 'textcard', title: 'T', description: 'D', url: 'https://example.com' },
    name: 'description',
    limit: 512,
    path: 'textcard.description',
  },
  {
    parameters: { msgtype: 'video', media_id_source: 'media_id', media_id: 'some-media-id' },
    name: 'title',
    limit: 128,
    path: 'video.title',
  },
  {
    parameters: { msgtype: 'video', media_id_source: 'media_id', media_id: 'some-media-id' },
    name: 'description',
    limit: 512,
    path: 'video.description',
  },
  {
    parameters: { msgtype: 'news' },
    name: 'articles',
    limit: 128,
    path: 'news.articles[0].title',
    inside: (title) => entries(1, { ...article, title }),
  },
  {
    parameters: { msgtype: 'news' },
    name: 'articles',
    limit: 512,
    path: 'news.articles[0].description',
    inside: (description) => entries(1, { ...article, description }),
  },
  {
    parameters: { msgtype: 'mpnews' },
    name: 'articles',
    limit: 128,
    path: 'mpnews.articles[0].title',
    inside: (title) => entries(1, { ...cover, title }),
  },
  {
    parameters: { msgtype: 'mpnews' },
    name: 'articles',
    limit: 64,
    path: 'mpnews.articles[0].author',
    inside: (author) => entries(1, { ...cover, author }),
  },
  {
    parameters: { msgtype: 'mpnews' },
    name: 'articles',
    limit: 666 * 1024,
    path: 'mpnews.articles[0].content',
    inside: (content) => entries(1, { ...cover, content }),
  },
];

const wrong: Wrong[] = [
  ...texts.flatMap(({ parameters, name, limit, path, inside }) =>
    tooLong(limit).map(([kind, value]): Wrong => ({
      what: `${path}: one byte over, ${kind}`,
      path,
      parameters: { ...parameters, [name]: inside ? inside(value!) : value! },
    })),
  ),
  { what: 'text: an object', path: 'text.content', parameters: { msgtype: 'text', content: json({ a: 1 }) } },
  { what: 'text: a list', path: 'text.content', parameters: { msgtype: 'text', content: json(['a']) } },
  { what: 'text: undefined', path: 'text.content', parameters: { msgtype: 'text', content: '={{ $json.nothing }}' } },
  { what: 'text: blanks', path: 'text.content', parameters: { msgtype: 'text', content: '={{ " \\n " }}' } },
  ...['ftp://example.com', 'example.com', 'javascript:alert(1)', 'http://', '={{ 5 }}'].map((url): Wrong => ({
    what: `textcard: the address ${url}`,
    path: 'textcard.url',
    parameters: { msgtype: 'textcard', title: 'T', description: 'D', url },
  })),
  {
    what: 'textcard: five characters on the button',
    path: 'textcard.btntxt',
    parameters: { msgtype: 'textcard', title: 'T', description: 'D', url: 'https://example.com', btntxt: '一二三四五' },
  },
  ...['news', 'mpnews'].flatMap((msgtype): Wrong[] => [
    { what: `${msgtype}: no article`, path: `${msgtype}.articles`, parameters: { msgtype, articles: {} } },
    {
      what: `${msgtype}: an empty list of articles`,
      path: `${msgtype}.articles`,
      parameters: { msgtype, articles: { entries: [] } },
    },
  ]),
  {
    what: 'news: a wrong address in the second of two articles',
    path: 'news.articles[1].url',
    parameters: { msgtype: 'news', articles: { entries: [article, { title: 'T', url: 'x' }] } },
  },
  { what: 'image: a GIF', path: 'image.media_id', parameters: { msgtype: 'image' }, item: fileItem(gif(), 'a.png') },
  { what: 'image: an MP4', path: 'image.media_id', parameters: { msgtype: 'image' }, item: fileItem(mp4(), 'a.png') },
  { what: 'voice: a JPG', path: 'voice.media_id', parameters: { msgtype: 'voice' }, item: fileItem(jpg(), 'a.amr') },
  {
    what: 'voice: 61 seconds',
    path: 'voice.media_id',
    parameters: { msgtype: 'voice' },
    item: fileItem(amr(61), 'a.amr'),
  },
  { what: 'video: an AMR', path: 'video.media_id', parameters: { msgtype: 'video' }, item: fileItem(amr(), 'a.mp4') },
  {
    what: 'image: one byte over 10 MB',
    path: 'image.media_id',
    parameters: { msgtype: 'image' },
    item: fileItem(png(10 * 1024 * 1024 + 1), 'a.png'),
  },
  {
    what: 'file: five bytes',
    path: 'file.media_id',
    parameters: { msgtype: 'file' },
    item: fileItem(Buffer.from('12345'), 'a.txt'),
  },
  {
    what: 'file: empty',
    path: 'file.media_id',
    parameters: { msgtype: 'file' },
    item: fileItem(Buffer.alloc(0), 'a.txt'),
  },
  {
    what: 'file: no media_id',
    path: 'file.media_id',
    parameters: { msgtype: 'file', media_id_source: 'media_id', media_id: '={{ $json.nothing }}' },
  },
  {
    what: 'mpnews: a cover that is no picture',
    path: 'mpnews.articles[0].thumb_media_id',
    parameters: {
      msgtype: 'mpnews',
      articles: entries(1, {
        title: 'T',
        content: 'C',
        thumb_media_id_source: 'binary',
        thumb_media_id_binary: 'data',
      }),
    },
    item: fileItem(mp4(), 'a.png'),
  },
  { what: 'a message type nobody knows', path: 'msgtype', parameters: { msgtype: 'textcrad' } },
  { what: 'confidential for somebody else', path: 'safe', parameters: { ...hello, options: { safe: '={{ 2 }}' } } },
  {
    what: 'a duplicate check interval of five hours',
    path: 'duplicate_check_interval',
    parameters: { ...hello, options: { enable_duplicate_check: true, duplicate_check_interval: 18_000 } },
  },
  {
    what: 'a file that cannot be confidential',
    path: 'safe',
    parameters: { msgtype: 'file', options: { safe: 1 } },
    item: fileItem(Buffer.from('some bytes'), 'a.zip'),
  },
];

const details = (json: IDataObject) =>
  json['details'] as { issues?: { path: string; message: string; limit?: number; actual?: number }[] };

test.each(wrong.map((entry) => [entry.what, entry] as const))(
  '%s: refused by name, nothing is sent, the next message works',
  async (_, { parameters, path, item }) => {
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: [item ?? { json: {} }],
      parameters: { ...toZhangsan, ...parameters },
      settings: { onError: 'continueRegularOutput' },
    });
    const [output] = run.items(SEND);
    expect(details(output!.json).issues?.map((issue) => issue.path)).toContain(path);
    expect(output!.json['error']).toContain(path);
    expect(world.sandbox.calls()).toEqual({});

    await send({ credential: credentialOf(world.sandbox), parameters: hello });
    expect(world.sandbox.messages()).toHaveLength(1);
  },
);

test.each(['HelloWorld12', '/etc/passwd', 'attachment'])(
  'a text in the place of a binary field, %s, is refused: n8n makes files of texts with "Convert to File"',
  async (text) => {
    const parameters = { ...toZhangsan, msgtype: 'file', media_id_binary: json(text) };
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: [fileItem(Buffer.from('some bytes'), 'a.txt')],
      parameters,
      settings: { onError: 'continueRegularOutput' },
    });
    expect(run.items(SEND)[0]!.json['error']).toMatch(/binary/);
    expect(world.sandbox.calls()).toEqual({});
  },
);

test.each(['news', 'mpnews'])(
  '%s: a ninth article is an issue n8n itself shows in the panel, and it does not run',
  async (msgtype) => {
    const parameters = { ...toZhangsan, msgtype, articles: entries(9, msgtype === 'news' ? article : cover) };
    await expect(send({ credential: credentialOf(world.sandbox), parameters })).rejects.toThrow(
      'At most 8 fields are allowed',
    );
    expect(world.sandbox.calls()).toEqual({});
  },
);

test('a limit comes with the actual size', async () => {
  const run = await send({
    credential: credentialOf(world.sandbox),
    parameters: { ...toZhangsan, msgtype: 'text', content: '汉'.repeat(683), options: { too_long: 'refuse' } },
    settings: { onError: 'continueRegularOutput' },
  });
  expect(details(run.items(SEND)[0]!.json).issues).toEqual([
    expect.objectContaining({ path: 'text.content', limit: 2048, actual: 2049 }),
  ]);
});

test('what is exactly at the limit is sent', async () => {
  const content = `${'汉'.repeat(682)}ab`;
  expect(Buffer.byteLength(content)).toBe(2048);
  await send({ credential: credentialOf(world.sandbox), parameters: { ...toZhangsan, msgtype: 'text', content } });
  expect(world.sandbox.messages()[0]!.received['text']).toEqual({ content });
});

test('50 random values in every field: an error or a message, never anything else', async () => {
  // A small generator with a fixed seed, so that a failure comes back.
  let seed = 20261122;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const values: unknown[] = [
    null,
    true,
    0,
    -1,
    1e21,
    NaN,
    '',
    ' ',
    'x',
    '\u0000',
    '\ud800',
    '😀',
    '汉'.repeat(3000),
    [],
    [[]],
    [null],
    {},
    { a: { b: [] } },
    'https://example.com',
    '@all',
    '__proto__',
    { constructor: 1 },
  ];
  const names = [
    'touser',
    'toparty',
    'totag',
    'content',
    'title',
    'description',
    'url',
    'btntxt',
    'media_id',
    'articles',
  ];
  const types = ['text', 'textcard', 'news', 'mpnews', 'markdown', 'image', 'video'];
  for (let round = 0; round < 50; round += 1) {
    const mutated: INodeParameters = {
      ...toZhangsan,
      msgtype: types[random(types.length)]!,
      media_id_source: 'media_id',
      media_id: 'm',
      content: 'c',
      title: 't',
      description: 'd',
      url: 'https://example.com',
      articles: entries(1, { ...cover, ...article }),
    };
    const value = values[random(values.length)];
    mutated[names[random(names.length)]!] =
      value === undefined ? '={{ undefined }}' : Number.isNaN(value) ? '={{ NaN }}' : json(value);
    const before = world.sandbox.messages().length;
    const run = await send({
      credential: credentialOf(world.sandbox),
      parameters: mutated,
      settings: { onError: 'continueRegularOutput' },
    });
    const [output] = run.items(SEND);
    const sent = world.sandbox.messages().length - before;
    if (output!.json['error'] === undefined) expect(sent).toBe(1);
    else expect({ sent, error: typeof output!.json['error'] }).toEqual({ sent: 0, error: 'string' });
  }
});
