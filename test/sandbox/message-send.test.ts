import { connect, type Client, type Json } from './client';

let wecom: Client;
beforeAll(async () => void (wecom = await connect()));
beforeEach(() => wecom.sandbox.reset());
afterAll(() => wecom.close());

const text = (content: string, more = {}) => wecom.send({ msgtype: 'text', text: { content }, ...more });
const newest = () => wecom.sandbox.messages().at(-1)!;
async function sendRaw(body: string): Promise<Json> {
  return (await wecom.post('message/send', body, { access_token: await wecom.token() })).json;
}

test('a text arrives as it was sent', async () => {
  const { json } = await text('Hello 世界\n<a href="https://example.com">link</a>');
  expect(json).toMatchObject({ errcode: 0, errmsg: 'ok' });
  expect(newest()).toMatchObject({
    msgid: json['msgid'],
    agentid: 1000002,
    msgtype: 'text',
    shown: { content: 'Hello 世界\n<a href="https://example.com">link</a>' },
    received: { agentid: 1000002, touser: 'zhangsan', msgtype: 'text' },
    delivered_to: ['zhangsan'],
    safe: 0,
  });
});

test('a field that the API does not know is ignored, and named beside the message', async () => {
  const content = { title: 't', description: 'd', url: 'https://example.com', subtitle: 's', nothing: '' };
  const { json } = await wecom.send({
    msgtype: 'textcard',
    textcard: content,
    loud: { very: true },
    touser: 'zhangsan',
  });
  expect(json).toMatchObject({ errcode: 0, errmsg: 'ok' });
  expect(newest()).toMatchObject({ unread: ['textcard.subtitle', 'loud'], received: { textcard: content } });
  await text('x');
  expect(newest().unread).toEqual([]);
});

describe('checks come in the order of the real server', () => {
  // Each request has all the faults of the later ones.
  test.each([
    [40008, {}],
    [40008, { msgtype: 'toString' }],
    [41011, { msgtype: 'text', agentid: undefined }],
    [40056, { msgtype: 'text', agentid: 1 }],
    [301002, { msgtype: 'text', agentid: 1000003 }],
    [82001, { msgtype: 'text' }],
    [44004, { msgtype: 'text', touser: 'nobody' }],
    [81013, { msgtype: 'text', touser: 'nobody', text: { content: 'x' } }],
  ])('%i', async (errcode, message) => {
    expect((await wecom.send({ touser: '', ...message })).json['errcode']).toBe(errcode);
    expect(wecom.sandbox.messages()).toEqual([]);
  });

  test('the token comes before everything', async () => {
    expect((await wecom.post('message/send', '{broken', { access_token: 'x' })).json['errcode']).toBe(40014);
  });
});

describe('JSON that is not quite right', () => {
  const good = '{"touser":"zhangsan","msgtype":"text","agentid":1000002,"text":{"content":"hello"}';

  test.each([
    ['a missing brace', good],
    ['a trailing comma', `${good},}`],
    ['single quotes', `${good}}`.replaceAll('"', "'")],
    ['agentid as a string', `${good}}`.replace('1000002', '"1000002"')],
    ['a true where 1 belongs', `${good},"enable_id_trans":true}`],
    ['a null', `${good},"safe":null}`],
  ])('is understood with a warning: %s', async (_what, body) => {
    const json = await sendRaw(body);
    expect(json).toMatchObject({ errcode: 0, errmsg: 'ok. Warning: wrong json format. ' });
    expect(newest().shown).toEqual({ content: 'hello' });
  });

  test('such as a raw line break in a string keeps its text', async () => {
    expect((await sendRaw(`${good}}`.replace('hello', 'one\ntwo')))['errmsg']).toContain('Warning');
    expect(newest().shown).toEqual({ content: 'one\ntwo' });
  });

  test('such as bytes that are no UTF-8 is warned of', async () => {
    const body = Buffer.from(`${good}}`.replace('hello', 'caf\xe9'), 'latin1');
    const { json } = await wecom.post('message/send', body, { access_token: await wecom.token() });
    expect(json['errmsg']).toBe('ok. Warning: wrong json format. ');
  });

  test.each(['', 'no json at all', '[]', '{"msgtype":', '"x"', '{"a":1}{"b":2}'])(
    'has the warning before the error: %j',
    async (body) => {
      const json = await sendRaw(body);
      expect(json['errcode']).toBe(40008);
      expect(json['errmsg']).toMatch(/^Warning: wrong json format\. invalid message type, hint: /);
    },
  );

  test('with recipients as an array names nobody', async () => {
    const json = await sendRaw(
      JSON.stringify({ touser: ['zhangsan'], msgtype: 'text', agentid: 1000002, text: { content: 'x' } }),
    );
    expect(json['errcode']).toBe(82001);
    expect(json['errmsg']).toMatch(/^Warning: wrong json format\. /);
  });

  test('a number as content becomes text', async () => {
    expect((await wecom.send({ msgtype: 'text', text: { content: 42 } })).json['errmsg']).toContain('Warning');
    expect(newest().shown).toEqual({ content: '42' });
  });

  test('a body of more than 16 MB is refused with 40206', async () => {
    expect((await sendRaw(' '.repeat(16 * 1024 * 1024 + 1)))['errcode']).toBe(40206);
  });
});

describe('the duplicate check', () => {
  const checked = { enable_duplicate_check: 1 };

  test('delivers the same JSON once within the interval and answers errcode 0 again', async () => {
    const first = await text('once', checked);
    const second = await text('once', checked);
    expect(second.json).toEqual(first.json);
    expect(wecom.sandbox.messages()).toHaveLength(1);
    expect(newest().duplicates).toBe(1);
  });

  test('lets other content and unchecked repetitions through', async () => {
    await text('a', checked);
    await text('b', checked);
    await text('c');
    await text('c');
    expect(wecom.sandbox.messages()).toHaveLength(4);
  });

  test.each([
    ['1800 seconds unless told', undefined, 1800],
    ['as many seconds as asked', 60, 60],
    ['four hours at most', 99_999, 14_400],
  ])('lasts %s', async (_what, duplicate_check_interval, seconds) => {
    const options = { ...checked, duplicate_check_interval };
    await text('x', options);
    wecom.sandbox.moveClock(seconds * 1000 - 1000);
    await text('x', options);
    expect(wecom.sandbox.messages()).toHaveLength(1);
    wecom.sandbox.moveClock(1000);
    await text('x', options);
    expect(wecom.sandbox.messages()).toHaveLength(2);
  });
});

describe('more messages than a member may get', () => {
  const dropped = () => wecom.sandbox.messages().filter(({ dropped_for }) => dropped_for.length > 0);

  test('from the 31st of a minute on are dropped with a success reply, for that member only', async () => {
    for (let count = 1; count <= 30; count += 1) await text(`${count}`);
    expect(dropped()).toEqual([]);
    const { json } = await text('31', { touser: 'zhangsan|lisi' });
    expect(json).toMatchObject({ errcode: 0 });
    expect(newest()).toMatchObject({ delivered_to: ['lisi'], dropped_for: ['zhangsan'] });
    wecom.sandbox.moveClock(60_000);
    await text('a minute later');
    expect(newest()).toMatchObject({ delivered_to: ['zhangsan'], dropped_for: [] });
  });
});

describe('more person-times a day than the account limit allows', () => {
  const everyone = { touser: '@all' };
  const reached = 10;

  test('are refused with 45009 and reach nobody; the next day and other apps go on', async () => {
    wecom.sandbox.reset({ accountLimit: 1 });
    for (let count = 1; count <= 200 / reached; count += 1) expect((await text('x', everyone)).json['errcode']).toBe(0);
    expect((await text('one too many')).json).toMatchObject({
      errcode: 45009,
      errmsg: expect.stringMatching(/^api freq out of limit/),
    });
    expect(newest().shown).toEqual({ content: 'x' });
    const other = { agentid: 1000003, touser: 'zhangsan', msgtype: 'text', text: { content: 'x' } };
    expect((await wecom.send(other, 'sandbox-secret-1000003')).json['errcode']).toBe(0);
    wecom.sandbox.moveClock(24 * 3_600_000);
    expect((await text('the next day')).json['errcode']).toBe(0);
    wecom.sandbox.reset({ accountLimit: 10_000 });
  });

  test('count every member a message reaches', async () => {
    wecom.sandbox.reset({ accountLimit: 1 });
    for (let count = 1; count <= 19; count += 1) await text('x', everyone);
    for (let count = 1; count <= 6; count += 1) await text('x');
    expect((await text('four are left', everyone)).json['errcode']).toBe(45009);
    expect((await text('enough for one', { touser: 'lisi' })).json['errcode']).toBe(0);
    wecom.sandbox.reset({ accountLimit: 10_000 });
  });
});

describe('a confidential file', () => {
  const send = async (filename: string, safe: number) => {
    const { media_id } = (
      await wecom.upload('file', Buffer.from('content'), `form-data; name="media"; filename="${filename}"`)
    ).json;
    return (await wecom.send({ msgtype: 'file', file: { media_id }, safe })).json['errcode'];
  };
  const listed = [
    'txt',
    'pdf',
    'doc',
    'docx',
    'ppt',
    'pptx',
    'xls',
    'xlsx',
    'xml',
    'jpg',
    'jpeg',
    'png',
    'bmp',
    'gif',
    'PDF',
  ];

  test.each(listed)('may be a .%s', async (extension) => expect(await send(`a.${extension}`, 1)).toBe(0));
  test.each(['a.zip', 'a.csv', 'a.md', 'a', 'pdf', 'a.pdf.exe', 'a.docxx'])(
    'may not be %s: 40058',
    async (filename) => {
      expect(await send(filename, 1)).toBe(40058);
      expect(await send(filename, 0)).toBe(0);
    },
  );
});

describe('enable_id_trans', () => {
  test('shows names instead of ids, and leaves what names nobody', async () => {
    await text('$userName=zhangsan$ of $departmentName=2$, $userName=nobody$', { enable_id_trans: 1 });
    expect(newest().shown).toEqual({ content: '张三 of 研发部, $userName=nobody$' });
  });

  test('knows aliases: who has none keeps the placeholder, or is called by name where that is asked for', async () => {
    await text('$userAlias=wangwu$, $userAlias=lisi$; $userAliasOrName=wangwu$, $userAliasOrName=lisi$', {
      enable_id_trans: 1,
    });
    expect(newest().shown).toEqual({ content: 'Wayne, $userAlias=lisi$; Wayne, 李四' });
  });

  test.each([
    '$userName=emma$',
    '$userAlias=emma$',
    '$userAliasOrName=emma$',
    '$departmentName=6$',
    '$departmentName=1$',
  ])('leaves %s as it is written where the app does not see it', async (placeholder) => {
    await text(placeholder, { enable_id_trans: 1 });
    expect(newest().shown).toEqual({ content: placeholder });
  });

  test('does nothing unless asked for', async () => {
    await text('$userName=zhangsan$');
    expect(newest().shown).toEqual({ content: '$userName=zhangsan$' });
  });
});
