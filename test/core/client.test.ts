import { inspect } from 'node:util';

import {
  createWecom,
  lookUpErrorCode,
  messageTypes,
  MediaUploads,
  WecomApiError,
  WecomInputError,
  WecomNetworkError,
} from '../../core';
import { createWecomOf } from '../../core/clients/client';
import { media, wholeNumber } from '../../core/schema/fields';
import { messageType } from '../../core/messages/message-type';
import { png } from '../fixtures/media';
import { clock, app, failure, fakeWecom, movableClock } from './fake-wecom';

const hello = { touser: 'zhangsan', msgtype: 'text', text: { content: 'hello' } };
const picture = (filename = 'a.png', data: Uint8Array = png()) => ({
  touser: 'zhangsan',
  msgtype: 'image',
  image: { media_id: { filename, data } },
});

function setUp(answers?: Parameters<typeof fakeWecom>[0], options: { timeoutMs?: number; baseUrl?: string } = {}) {
  const wecom = fakeWecom(answers);
  const clock = movableClock();
  const client = createWecom<unknown>({
    app: { ...app, ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }) },
    http: wecom.http,
    clock,
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  return { ...wecom, client, clock };
}

const networkFailure = (code: string) =>
  Object.assign(new Error('fetch failed'), {
    cause: Object.assign(
      new Error(`${code} while calling ${app.baseUrl}/cgi-bin/message/send?access_token=canary-token-1`),
      { code },
    ),
  });

describe('a sent message', () => {
  it('goes out as the API writes it, with the agent ID as a number', async () => {
    const { client, bodies } = setUp();
    await client.send({
      ...hello,
      toparty: [2, 3],
      safe: true,
      enable_duplicate_check: true,
      duplicate_check_interval: 600,
    });
    expect(bodies()).toEqual([
      {
        touser: 'zhangsan',
        toparty: '2|3',
        msgtype: 'text',
        agentid: 1000002,
        text: { content: 'hello' },
        safe: 1,
        enable_duplicate_check: 1,
        duplicate_check_interval: 600,
      },
    ]);
  });

  it('gives a result that always has all keys', async () => {
    expect(await setUp().client.send(hello)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      msgid: 'msg-1',
      msgids: ['msg-1'],
      parts: 1,
      invaliduser: [],
      invalidparty: [],
      invalidtag: [],
      unlicenseduser: [],
      response_code: '',
      warnings: [],
    });
    const partly = setUp({
      'message/send': {
        errcode: 0,
        errmsg: 'ok',
        invaliduser: 'ghost|gone',
        invalidparty: '',
        unlicenseduser: 'wangwu',
        msgid: 'M',
        response_code: 'R',
      },
    });
    expect(await partly.client.send(hello)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      msgid: 'M',
      msgids: ['M'],
      parts: 1,
      invaliduser: ['ghost', 'gone'],
      invalidparty: [],
      invalidtag: [],
      unlicenseduser: ['wangwu'],
      response_code: 'R',
      warnings: [],
    });
  });

  it.each([{}, { code: 403, message: 'blocked by WAF' }, { msgid: 'M' }])(
    'does not take an answer like %j for a success',
    async (answer) => {
      expect(await failure(setUp({ 'message/send': answer }).client.send(hello), WecomNetworkError)).toMatchObject({
        delivery: 'unknown',
        cause: { code: 'BAD_ANSWER' },
      });
    },
  );

  it('uses base URL and timeout for every call, also a relay below a path', async () => {
    const { client, requests } = setUp(undefined, { baseUrl: 'https://relay.test/wecom/', timeoutMs: 1234 });
    await client.send(picture());
    await client.test();
    expect(requests.map((request) => request.url.split('?')[0])).toEqual(
      ['gettoken', 'media/upload', 'message/send', 'gettoken', 'agent/get'].map(
        (path) => `https://relay.test/wecom/cgi-bin/${path}`,
      ),
    );
    expect(requests.map((request) => request.timeoutMs)).toEqual([1234, 60_000, 1234, 1234, 1234]);
  });

  it('waits 10 s unless told otherwise', async () => {
    const { client, to } = setUp();
    await client.send(hello);
    expect(to('message/send')[0]?.timeoutMs).toBe(10_000);
  });

  it('can be of a made-up type, known from one description', async () => {
    const doorbell = messageType({
      msgtype: 'doorbell',
      label: { en: 'Doorbell', zh: '门铃' },
      summary: { en: 'Rings', zh: '响铃' },
      shownInWechat: false,
      app: {
        content: {
          photo: media({ kind: 'image', label: { en: 'Photo', zh: '照片' } }),
          rings: wholeNumber({ min: 1, max: 3, label: { en: 'Rings', zh: '次数' } }),
        },
      },
    });
    const { http, bodies } = fakeWecom();
    const client = createWecomOf([...messageTypes, doorbell], { clock, app, http });
    await client.send({
      touser: 'a',
      msgtype: 'doorbell',
      doorbell: { photo: { filename: 'a.png', data: png() }, rings: '2' },
    });
    expect(bodies()[0]?.['doorbell']).toEqual({ photo: 'media-1', rings: 2 });
    expect(
      (
        await failure(client.send({ touser: 'a', msgtype: 'doorbell', doorbell: { rings: 9 } }), WecomInputError)
      ).issues.map((issue) => issue.path),
    ).toEqual(['doorbell.photo', 'doorbell.rings']);
  });
});

describe('bad input', () => {
  it('is one error, nothing is sent, and the next message works', async () => {
    const { client, requests } = setUp();
    const error = await failure(client.send({ touser: '', msgtype: 'news', news: { articles: [] } }), WecomInputError);
    expect(error.issues.map((issue) => issue.path)).toEqual(['touser', 'news.articles']);
    expect(error.message).toBe(
      'Nothing was sent. Members (touser) is blank: it must name somebody; Articles (news.articles) has 0 entries, but must have from 1 to 8.',
    );
    expect(error.explain('zh').title).toBe(
      '成员（touser）：为空白：必须指定接收人；文章（news.articles）：有 0 项，应为 1 至 8 项。',
    );
    expect(requests).toHaveLength(0);
    await client.send(hello);
  });

  it.each([
    [
      { corpId: ' ', secret: undefined, agentId: 'x', baseUrl: 'qyapi.weixin.qq.com' },
      ['corpId', 'secret', 'agentId', 'baseUrl'],
    ],
    [{ agentId: 1.5 }, ['agentId']],
    [{ agentId: '' }, ['agentId']],
    [{ baseUrl: 'https://x.test/?a=1' }, ['baseUrl']],
  ])('in the settings of an app is named: %j', (wrong, paths) => {
    let error: unknown;
    try {
      createWecom<unknown>({ clock, app: { ...app, ...wrong }, http: fakeWecom().http });
    } catch (thrown) {
      error = thrown;
    }
    expect((error as WecomInputError).issues.map((issue) => issue.path)).toEqual(paths);
  });

  it('in the settings is forgiving about blanks, a trailing slash and an empty base URL', async () => {
    const { http, requests } = fakeWecom();
    await createWecom<unknown>({
      clock,
      app: { corpId: ' ww ', secret: ' s ', agentId: ' 7 ', baseUrl: '' },
      http,
    }).send(hello);
    expect(requests[0]?.url).toBe('https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=ww&corpsecret=s');
  });
});

describe('a refused token', () => {
  const refusing = (errcode: number, dead: Set<string>) => (request: { url: string }) =>
    dead.has(new URL(request.url).searchParams.get('access_token')!)
      ? { errcode, errmsg: 'invalid access_token' }
      : { errcode: 0, errmsg: 'ok', msgid: 'M' };

  it.each([40014, 42001, 40001])(
    '(%i) is replaced once for 1000 callers, and every message is sent once',
    async (errcode) => {
      const dead = new Set<string>();
      const { client, to } = setUp({ 'message/send': refusing(errcode, dead) });
      await client.send(hello);
      dead.add('canary-token-1');
      await Promise.all(Array.from({ length: 1000 }, () => client.send(hello)));
      expect(to('gettoken')).toHaveLength(2);
      expect(to('message/send').filter((request) => request.url.includes('canary-token-2'))).toHaveLength(1000);
    },
  );

  it('is not tried a third time by a message that is not to wait', async () => {
    const { client, to } = setUp({ 'message/send': { errcode: 40014, errmsg: 'invalid access_token' } });
    expect((await failure(client.send(hello, { rates: 'off' }), WecomApiError)).errcode).toBe(40014);
    expect(to('message/send')).toHaveLength(2);
    expect(to('gettoken')).toHaveLength(2);
  });

  it('repeats a call, but what is wrong with the message does not', async () => {
    const { client, to } = setUp({ 'message/send': { errcode: 40058, errmsg: 'invalid request parameter' } });
    await failure(client.send(hello), WecomApiError);
    expect(to('message/send')).toHaveLength(1);
  });

  it('1000 concurrent cold messages need exactly one gettoken', async () => {
    const { client, to } = setUp();
    await Promise.all(Array.from({ length: 1000 }, () => client.send(hello)));
    expect([to('gettoken').length, to('message/send').length]).toEqual([1, 1000]);
  });
});

describe('an error of WeCom', () => {
  it('says what happened and what to do, in both languages', async () => {
    const error = await failure(
      setUp({ 'message/send': { errcode: 81013, errmsg: 'user & party & tag all invalid' } }).client.send(hello),
      WecomApiError,
    );
    expect(error).toMatchObject({
      errcode: 81013,
      errmsg: 'user & party & tag all invalid',
      endpoint: '/cgi-bin/message/send',
      hint: lookUpErrorCode(81013).advice,
    });
    expect(error.explain('zh').title).toContain('81013');
  });

  it('names the IP to add for 60020', async () => {
    const errmsg =
      'not allow to access from your ip, hint: [1755605200056773468916791], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020';
    const error = await failure(
      setUp({ 'message/send': { errcode: 60020, errmsg } }).client.send(hello),
      WecomApiError,
    );
    expect(error.ip).toBe('203.0.113.7');
    expect(error.explain('en').advice).toContain('203.0.113.7');
    expect(error.explain('zh').advice).toContain('203.0.113.7');
  });

  it('is seen behind a success that warns about the JSON', async () => {
    const error = await failure(
      setUp({ 'message/send': { errcode: 0, errmsg: 'ok. Warning: wrong json format. ', msgid: 'M' } }).client.send(
        hello,
      ),
      WecomApiError,
    );
    expect(error.errcode).toBe(0);
    expect(error.explain('en').advice).toContain('Check the message in WeCom');
  });
});

describe('an answer that is none', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s: the message surely was not sent',
    async (code) => {
      expect(
        await failure(setUp({ 'message/send': networkFailure(code) }).client.send(hello), WecomNetworkError),
      ).toMatchObject({ delivery: 'not-sent', cause: { code } });
    },
  );

  it.each(['ECONNRESET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_SOCKET', 'ETIMEDOUT'])(
    '%s: nobody knows',
    async (code) => {
      const { client, to } = setUp({ 'message/send': networkFailure(code) });
      expect(await failure(client.send(hello), WecomNetworkError)).toMatchObject({
        delivery: 'unknown',
        cause: { code },
      });
      expect(to('message/send')).toHaveLength(1);
    },
  );

  it.each([
    [502, 'unknown'],
    [404, 'not-sent'],
    [301, 'not-sent'],
  ])('HTTP %i: delivery %s', async (status, delivery) => {
    expect(
      await failure(setUp({ 'message/send': { status, body: '<html>' } }).client.send(hello), WecomNetworkError),
    ).toMatchObject({ delivery, cause: { code: `HTTP_${status}` } });
  });

  it.each(['', '<html>', '[]', '"ok"', 'null'])('a body of %j is no answer', async (body) => {
    expect(
      await failure(setUp({ 'message/send': { status: 200, body } }).client.send(hello), WecomNetworkError),
    ).toMatchObject({ delivery: 'unknown', cause: { code: 'BAD_ANSWER' } });
  });

  it('a cancelled message ends at once, whatever it waits for', async () => {
    const { client, to } = setUp({ gettoken: () => new Promise<object>(() => undefined) });
    const controller = new AbortController();
    const sending = client.send(hello, { signal: controller.signal });
    controller.abort();
    expect(await failure(sending, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
    expect(await failure(client.send(hello, { signal: controller.signal }), WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
    });
    expect(to('message/send')).toHaveLength(0);
  });

  it('hands the signal to the host, and cancelling one caller does not cancel the token of the others', async () => {
    let release: (value: object) => void = () => undefined;
    const { client, to } = setUp({ gettoken: () => new Promise<object>((resolve) => (release = resolve)) });
    const controller = new AbortController();
    const first = client.send(hello, { signal: controller.signal });
    const second = client.send(hello, { signal: new AbortController().signal });
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    controller.abort();
    await failure(first, WecomNetworkError);
    release({ errcode: 0, access_token: 'T', expires_in: 7200 });
    await second;
    expect(to('message/send')).toHaveLength(1);
    expect(to('message/send')[0]?.signal).toBeInstanceOf(AbortSignal);
  });
});

describe('files', () => {
  it('are uploaded before the message, with the raw UTF-8 name, and the message carries the media_id', async () => {
    const { client, to, bodies } = setUp();
    await client.send({
      touser: 'a',
      msgtype: 'file',
      file: { media_id: { filename: '季度报告 "Q3".txt', data: Buffer.from('content of the file') } },
    });
    const upload = to('media/upload')[0]!;
    expect(new URL(upload.url).searchParams.get('type')).toBe('file');
    const body = Buffer.from(upload.body as Uint8Array).toString('utf8');
    expect(body).toContain(
      'Content-Disposition: form-data; name="media"; filename="季度报告 _Q3_.txt"; filelength=19\r\n',
    );
    expect(body).toContain('\r\n\r\ncontent of the file\r\n--');
    expect(bodies()[0]?.['file']).toEqual({ media_id: 'media-1' });
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\a\\b.txt', 'b.txt'],
    ['a\r\nX: y.txt', 'a__X: y.txt'],
  ])('named %j are called %j', async (filename, name) => {
    const { client, to } = setUp();
    await client.send({ touser: 'a', msgtype: 'file', file: { media_id: { filename, data: Buffer.alloc(10) } } });
    expect(Buffer.from(to('media/upload')[0]!.body as Uint8Array).toString()).toContain(`filename="${name}";`);
  });

  it('of the same content are uploaded once, also by many at the same time', async () => {
    const { client, to } = setUp();
    await Promise.all(Array.from({ length: 50 }, () => client.send(picture())));
    await client.send(picture('other-name.png'));
    expect(to('media/upload')).toHaveLength(1);
    await client.send(picture('a.png', png(33)));
    expect(to('media/upload')).toHaveLength(2);
  });

  it('under another name are uploaded again when members see the name', async () => {
    const { client, to } = setUp();
    for (const filename of ['a.txt', 'a.txt', 'b.txt'])
      await client.send({ touser: 'a', msgtype: 'file', file: { media_id: { filename, data: Buffer.alloc(10) } } });
    expect(to('media/upload')).toHaveLength(2);
  });

  it('are uploaded again before their three days are over, and after the clock went backwards', async () => {
    const { client, to, clock } = setUp();
    const HOUR = 3_600_000;
    await client.send(picture());
    clock.move(70 * HOUR);
    await client.send(picture());
    expect(to('media/upload')).toHaveLength(1);
    clock.move(1.1 * HOUR);
    await client.send(picture());
    expect(to('media/upload')).toHaveLength(2);
    clock.move(-HOUR);
    await client.send(picture());
    expect(to('media/upload')).toHaveLength(3);
  });

  it('are kept apart by app', async () => {
    const { http, to } = fakeWecom();
    const uploads = new MediaUploads(movableClock());
    for (const secret of ['one', 'two'])
      await createWecom<unknown>({ clock, app: { ...app, secret }, http, uploads }).send(picture());
    expect(to('media/upload')).toHaveLength(2);
  });

  it('whose remembered media_id WeCom no longer takes are uploaded again, once, and the message goes out once', async () => {
    const { client, to, bodies } = setUp({
      'message/send': [
        { errcode: 0, errmsg: 'ok', msgid: '1' },
        { errcode: 40007, errmsg: 'invalid media_id' },
        { errcode: 0, errmsg: 'ok', msgid: '2' },
      ],
    });
    await client.send(picture());
    expect((await client.send(picture())).msgid).toBe('2');
    expect(to('media/upload')).toHaveLength(2);
    expect(bodies().map((body) => (body['image'] as { media_id: string }).media_id)).toEqual([
      'media-1',
      'media-1',
      'media-2',
    ]);
  });

  it('that failed to upload are not remembered, and no message goes out', async () => {
    const { client, to } = setUp({
      'media/upload': [
        { errcode: 40123, errmsg: 'invalid' },
        { errcode: 0, errmsg: '', media_id: 'M' },
      ],
    });
    await failure(client.send(picture()), WecomApiError);
    expect(to('message/send')).toHaveLength(0);
    await client.send(picture());
    expect(to('media/upload')).toHaveLength(2);
  });

  it('of every article are uploaded, and a wrong media_id given by hand is not hidden', async () => {
    const { client, bodies } = setUp();
    const article = (thumb_media_id: unknown) => ({ title: 'T', thumb_media_id, content: 'C' });
    await client.send({
      touser: 'a',
      msgtype: 'mpnews',
      mpnews: {
        articles: [
          article({ filename: 'a.png', data: png() }),
          article('GIVEN'),
          article({ filename: 'b.png', data: png(40) }),
        ],
      },
    });
    expect(
      (bodies()[0]?.['mpnews'] as { articles: { thumb_media_id: string }[] }).articles.map(
        (entry) => entry.thumb_media_id,
      ),
    ).toEqual([expect.stringMatching(/^media-/), 'GIVEN', expect.stringMatching(/^media-/)]);
    const refusing = setUp({ 'message/send': { errcode: 40007, errmsg: 'invalid media_id' } });
    await failure(refusing.client.send({ touser: 'a', msgtype: 'image', image: { media_id: 'GIVEN' } }), WecomApiError);
    expect(refusing.to('message/send')).toHaveLength(1);
  });
});

describe('more recipients than a request can name', () => {
  const many = { ...hello, touser: Array.from({ length: 2500 }, (_, index) => `u${index}`) };

  it('are several requests with one merged result', async () => {
    const { client, bodies } = setUp({
      'message/send': [1, 2, 3].map((part) => ({
        errcode: 0,
        errmsg: 'ok',
        msgid: `m${part}`,
        invaliduser: `ghost${part}|ghost`,
      })),
    });
    expect(await client.send(many)).toMatchObject({
      msgid: 'm1',
      msgids: ['m1', 'm2', 'm3'],
      invaliduser: ['ghost1', 'ghost', 'ghost2', 'ghost3'],
    });
    expect(bodies().map((body) => (body['touser'] as string).split('|').length)).toEqual([1000, 1000, 500]);
  });

  it('count as reached when one batch holds nobody who can be', async () => {
    const { client } = setUp({
      'message/send': [
        { errcode: 0, errmsg: 'ok', msgid: 'm1' },
        { errcode: 81013, errmsg: 'all invalid' },
        { errcode: 0, errmsg: 'ok', msgid: 'm3' },
      ],
    });
    const result = await client.send(many);
    expect(result.msgids).toEqual(['m1', 'm3']);
    expect(result.invaliduser).toHaveLength(1000);
  });

  it('are an error when no batch reaches anybody', async () => {
    const { client } = setUp({ 'message/send': { errcode: 81013, errmsg: 'all invalid' } });
    expect(await failure(client.send(many), WecomApiError)).toMatchObject({ errcode: 81013 });
  });

  it('tell what was delivered when a later batch fails', async () => {
    const { client } = setUp({
      'message/send': [{ errcode: 0, errmsg: 'ok', msgid: 'm1' }, networkFailure('ECONNRESET')],
    });
    expect((await failure(client.send(many), WecomNetworkError)).delivered).toMatchObject({ msgids: ['m1'] });
  });
});

describe('the lists people choose from', () => {
  it('show departments with their path, members of all of them once, and tags', async () => {
    const { client, to } = setUp({
      'department/list': {
        errcode: 0,
        department: [
          { id: 1, name: '总部', parentid: 0 },
          { id: 2, name: '研发', parentid: 1 },
          { id: 3, parentid: 2 },
        ],
      },
      'user/simplelist': (request) => ({
        errcode: 0,
        userlist: [
          { userid: 'lisi', name: '李四' },
          { userid: `u${new URL(request.url).searchParams.get('department_id')}` },
        ],
      }),
      'tag/list': { errcode: 0, taglist: [{ tagid: 7, tagname: 'on call' }, { tagid: 8 }] },
    });
    expect(await client.listDepartments()).toEqual(
      expect.arrayContaining([
        { id: '1', name: '总部' },
        { id: '2', name: '总部 / 研发' },
        { id: '3', name: '总部 / 研发 / 3' },
      ]),
    );
    expect((await client.listMembers()).map((member) => member.id).sort()).toEqual(['lisi', 'u1', 'u2', 'u3']);
    expect(to('user/simplelist')).toHaveLength(3);
    expect(await client.listTags()).toEqual(
      expect.arrayContaining([
        { id: '7', name: 'on call' },
        { id: '8', name: '8' },
      ]),
    );
  });

  it('test the app with a fresh token', async () => {
    const { client, to } = setUp({ 'agent/get': { errcode: 0, errmsg: 'ok', agentid: 1000002, name: '通知' } });
    expect(await client.test()).toEqual({ name: '通知' });
    expect(await client.test()).toEqual({ name: '通知' });
    expect(to('gettoken')).toHaveLength(2);
  });
});

describe('secrets', () => {
  const everythingOf = (error: unknown) =>
    `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)} ${String((error as Error).stack)}`;
  const leakySecret = `something about corpsecret=${app.secret}, ${app.secret} and ${encodeURIComponent(app.secret)}`;
  const leaky = `something about corpsecret=${app.secret}, ${app.secret} and https://x/?access_token=canary-token-1&b=1 canary-token-1`;

  it.each([
    ['a network error that quotes the URL', { 'message/send': networkFailure('ECONNRESET') }],
    ['a refusing gettoken that quotes the secret', { gettoken: { errcode: 40001, errmsg: leakySecret } }],
    ['a network error of gettoken', { gettoken: Object.assign(new Error(leakySecret), { code: 'ECONNREFUSED' }) }],
    ['an answer that quotes the token', { 'message/send': { errcode: 40058, errmsg: leaky } }],
    ['a proxy page that quotes everything', { 'message/send': { status: 502, body: leaky } }],
    ['a failing upload', { 'media/upload': networkFailure('ECONNRESET') }],
  ] satisfies [string, Parameters<typeof fakeWecom>[0]][])('are in no error: %s', async (_, answers) => {
    const { client } = setUp(answers);
    const error = await client.send(picture()).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeDefined();
    expect(everythingOf(error)).not.toMatch(/canary/);
  });
});
