import {
  createRobot,
  createWecom,
  MediaUploads,
  messageTypes,
  UnreadableFile,
  WecomApiError,
  WecomInputError,
  WecomNetworkError,
} from '../../core';
import { createWecomOf } from '../../core/clients/client';
import { createRobotOf } from '../../core/clients/robot';
import type { Progress, SendOptions, Wait } from '../../core';
import { group, inlineImage, media, optional, text as textField } from '../../core/schema/fields';
import { messageType } from '../../core/messages/message-type';
import { warnings } from '../../core/sending/warnings';
import { png } from '../fixtures/media';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

const text = (content: string, touser: unknown = 'zhangsan') => ({ touser, msgtype: 'text', text: { content } });
const ok = (msgid = 'M') => ({ errcode: 0, errmsg: 'ok', msgid });
const invalid = { errcode: 40058, errmsg: 'invalid' };
const nobody = { errcode: 81013, errmsg: 'user & party & tag all invalid' };
const members = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `m${from + index}`);
/** Four messages long. */
const words = (last = 'end') => [...Array.from({ length: 900 }, (_, index) => `word${index}`), last].join(' ');
const label = { en: 'Field', zh: '字段' };

function setUp(answers?: Parameters<typeof fakeWecom>[0], catalogue = messageTypes) {
  const wecom = fakeWecom(answers);
  const clock = movableClock();
  const client = createWecomOf(catalogue, { app, http: wecom.http, clock });
  /** Whom each request named, shortened. */
  const batches = () =>
    wecom
      .bodies()
      .map(({ touser, toparty, totag }) =>
        [touser, toparty, totag].map((ids) => (typeof ids === 'string' ? ids.split('|').length : 0)),
      );
  return { ...wecom, clock, client, batches };
}

describe('a message to more people than a request can name', () => {
  it('waits for each request only as long as the members of that request ask for', async () => {
    const { client, clock } = setUp();
    for (let message = 0; message < 30; message += 1) await client.send(text('hello', 'M1000'));
    const begun: number[] = [];
    const waits: Wait[] = [];
    await client.send(text('to all', members(1001)), {
      onBegin: () => begun.push(clock.slept()),
      onWait: (wait) => waits.push(wait),
    });
    expect([begun, waits]).toEqual([[0, 60_000], [{ reason: 'member', ms: 60_000 }]]);
  });

  it('counts for the members of each request, and not for those of the others', async () => {
    const { client, clock } = setUp();
    for (let message = 0; message < 30; message += 1) await client.send(text('to all', members(1001)));
    await client.send(text('to another', 'other'));
    expect(clock.slept()).toBe(0);
    await client.send(text('to the last', 'M1000'));
    expect(clock.slept()).toBe(60_000);
  });

  it('counts for every member when it names a department, in all its requests', async () => {
    const { client, clock } = setUp();
    for (let message = 0; message < 15; message += 1)
      await client.send({ ...text('hello', members(1001)), toparty: 2 });
    await client.send(text('hello', 'other'));
    expect(clock.slept()).toBe(60_000);
  });

  it('names everybody of a request that reached nobody: members, departments and tags', async () => {
    const { client, batches } = setUp({ 'message/send': [ok('B1'), nobody] });
    const result = await client.send({
      ...text('hello', members(1001)),
      toparty: Array.from({ length: 101 }, (_, index) => index + 1),
      totag: Array.from({ length: 102 }, (_, index) => index + 501),
    });
    expect(batches()).toEqual([
      [1000, 100, 100],
      [1, 1, 2],
    ]);
    expect(result).toMatchObject({
      msgids: ['B1'],
      invaliduser: ['m1000'],
      invalidparty: ['101'],
      invalidtag: ['601', '602'],
    });
  });

  it('does not go on with the parts of a text for a request that reaches nobody', async () => {
    const { client, batches } = setUp({ 'message/send': [nobody] });
    const result = await client.send(text(words(), members(1001)));
    expect(batches().map(([users]) => users)).toEqual([1000, 1, 1, 1, 1]);
    expect(result).toMatchObject({ parts: 4, msgids: ['msg-2', 'msg-3', 'msg-4', 'msg-5'] });
    expect(result.invaliduser).toEqual(members(1000));
  });

  it('fails with the first answer when no request reaches anybody', async () => {
    const { client } = setUp({
      'message/send': [
        { ...nobody, errmsg: 'first' },
        { ...nobody, errmsg: 'second' },
      ],
    });
    const error = await failure(client.send(text('hello', members(1001))), WecomApiError);
    expect([error.errcode, error.errmsg, error.failed, error.delivered]).toEqual([
      81013,
      'first',
      undefined,
      undefined,
    ]);
  });

  it('has delivered nothing when the requests before reached nobody', async () => {
    const { client } = setUp({ 'message/send': [nobody, invalid] });
    const error = await failure(client.send(text('hello', members(1001))), WecomApiError);
    expect(error).toMatchObject({ errcode: 40058, failed: { part: 1, parts: 1, batch: 2, batches: 2 } });
    expect(error.delivered).toBeUndefined();
  });

  it('that fails for a reason of ours fails with that reason', async () => {
    const slip = new TypeError('a slip');
    const { client } = setUp();
    await expect(
      client.send(text('hello', members(1001)), {
        onBegin: () => {
          throw slip;
        },
      }),
    ).rejects.toBe(slip);
  });

  it('leaves the one answer to others alone: one gettoken may fail for many messages', async () => {
    const { client } = setUp({ gettoken: () => ({ errcode: 40013, errmsg: 'invalid corpid' }) });
    const [many, one] = await Promise.all([
      failure(client.send(text('hello', members(1001))), WecomApiError),
      failure(client.send(text('hello', 'other')), WecomApiError),
    ]);
    expect(many.failed).toEqual({ part: 1, parts: 1, batch: 1, batches: 2 });
    expect(one.failed).toBeUndefined();
  });

  it('keeps what is known of the tries of the request that failed', async () => {
    const { client } = setUp({ 'message/send': () => ({ errcode: -1, errmsg: 'system busy' }) });
    expect(await failure(client.send(text('hello', members(1001))), WecomApiError)).toMatchObject({
      tries: 4,
      failed: { batch: 1, batches: 2 },
    });
  });
});

describe('a text of several messages to one member', () => {
  it.each([
    [[nobody], 1, undefined],
    [[ok('P1'), nobody], 2, ['P1']],
  ] as const)(
    'fails when WeCom knows nobody of that name any more, and says at which part',
    async (answers, part, delivered) => {
      const { client, bodies } = setUp({ 'message/send': answers });
      const error = await failure(client.send(text(words())), WecomApiError);
      expect(error).toMatchObject({ errcode: 81013, failed: { part, parts: 4, batch: 1, batches: 1 } });
      expect(error.delivered?.msgids).toEqual(delivered);
      expect(error.delivered?.warnings ?? []).toEqual([]);
      expect(bodies()).toHaveLength(part);
    },
  );
});

describe('a message to a department or tag', () => {
  it.each([{ toparty: 2 }, { totag: 2 }, { everyone: true }])(
    '(%j) waits for those to any member before it, and holds up those after it',
    async (address) => {
      const answer: (() => void)[] = [];
      const { client, to } = setUp({
        'message/send': () => new Promise<object>((resolve) => answer.push(() => resolve(ok()))),
      });
      const turn = async () => {
        for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      };
      const all = [
        text('before'),
        { msgtype: 'text', text: { content: 'to some' }, ...address },
        text('after', 'lisi'),
      ].map((message) => client.send(message));
      for (let sent = 1; sent <= 3; sent += 1) {
        await turn();
        expect(to('message/send')).toHaveLength(sent);
        answer[sent - 1]?.();
      }
      await Promise.all(all);
    },
  );

  it('counts for every member', async () => {
    const { client, clock } = setUp();
    for (let message = 0; message < 30; message += 1)
      await client.send({ toparty: 2, msgtype: 'text', text: { content: 'x' } });
    await client.send(text('hello'));
    expect(clock.slept()).toBe(60_000);
  });
});

describe('a message that is sent again with its progress', () => {
  const begun = async (message: unknown, answers: readonly object[]) => {
    const wecom = setUp({ 'message/send': answers });
    const progress: Progress = { sent: [] };
    await failure(wecom.client.send(message, { progress }), WecomApiError);
    return {
      ...wecom,
      progress,
      again: (other: unknown, options: SendOptions = {}) => wecom.client.send(other, { progress, ...options }),
    };
  };

  it('of one request is sent as a whole: there is nothing to remember', async () => {
    const { client, bodies } = setUp();
    const progress: Progress = { sent: [] };
    for (let time = 0; time < 2; time += 1) await client.send(text('hello'), { progress });
    expect([bodies().length, progress.sent]).toEqual([2, []]);
  });

  it('goes on with the recipients that are missing', async () => {
    const image = { touser: members(2001), msgtype: 'image', image: { media_id: 'MEDIA' } };
    const { again, batches, progress } = await begun(image, [ok('B1'), invalid, ok('B2'), ok('B3')]);
    expect(progress.sent).toHaveLength(1);
    expect((await again(image)).msgids).toEqual(['B1', 'B2', 'B3']);
    expect(batches().map(([users]) => users)).toEqual([1000, 1000, 1000, 1]);
    expect(progress.sent.map(({ reply }) => reply.msgid)).toEqual(['B1', 'B2', 'B3']);
  });

  it('may differ in what was not sent yet', async () => {
    const { again, bodies } = await begun(text(words()), [ok('P1'), ok('P2'), invalid, ok('P3'), ok('P4')]);
    expect((await again(text(words('another end')))).msgids).toEqual(['P1', 'P2', 'P3', 'P4']);
    expect((bodies().at(-1)?.['text'] as { content: string }).content).toMatch(/another end$/);
  });

  it('is refused when what was sent already is another now, even if only in part', async () => {
    const { again, bodies } = await begun(text(words()), [ok('P1'), ok('P2'), invalid]);
    const error = await failure(again(text(words().replace('word500', 'WORD500'))), WecomInputError);
    expect(error.issues.map(({ path }) => path)).toEqual(['message']);
    expect(error.delivered).toMatchObject({ msgids: ['P1', 'P2'], parts: 4, warnings: [] });
    expect(bodies()).toHaveLength(3);
  });

  it('is refused when the recipients are others now', async () => {
    const { again, bodies } = await begun(text(words()), [ok('P1'), invalid]);
    await failure(again(text(words(), 'lisi')), WecomInputError);
    expect(bodies()).toHaveLength(2);
  });

  it('remembers nothing of the words themselves', async () => {
    const { progress } = await begun(text(words()), [ok('P1'), invalid]);
    expect(progress.sent.map(({ key }) => key)).toEqual([expect.stringMatching(/^[\w+/]{43}=$/)]);
  });
});

describe('files of a message', () => {
  const article = (thumb_media_id: unknown) => ({ title: 'T', thumb_media_id, content: 'C' });
  const file = (filename: string, size?: number) => ({ filename, data: png(size) });
  const twoArticles = () => ({
    touser: 'a',
    msgtype: 'mpnews',
    mpnews: { articles: [article(file('a.png')), article(file('b.png', 40))] },
  });

  it('are all uploaded again when WeCom forgot one: it does not say which', async () => {
    let uploads = 0;
    const { client, to, bodies } = setUp({
      'media/upload': () => ({ errcode: 0, media_id: `media-${(uploads += 1)}` }),
      'message/send': [ok('1'), { errcode: 40145, errmsg: 'invalid media_id' }, ok('2')],
    });
    await client.send(twoArticles());
    expect((await client.send(twoArticles())).msgid).toBe('2');
    expect(to('media/upload')).toHaveLength(4);
    const ids = bodies().map((body) =>
      (body['mpnews'] as { articles: { thumb_media_id: string }[] }).articles.map((entry) => entry.thumb_media_id),
    );
    expect(ids[1]).toEqual(ids[0]);
    expect(new Set([...ids[0]!, ...ids[2]!]).size).toBe(4);
  });

  it('are uploaded again also when the message holds one of them twice', async () => {
    const { client, to } = setUp({ 'message/send': [{ errcode: 40007, errmsg: 'invalid media_id' }, ok('2')] });
    expect(
      (
        await client.send({
          touser: 'a',
          msgtype: 'mpnews',
          mpnews: { articles: [article(file('a.png')), article(file('a.png'))] },
        })
      ).msgid,
    ).toBe('2');
    expect([to('media/upload').length, to('message/send').length]).toEqual([2, 2]);
  });

  it('are uploaded again once only', async () => {
    const { client, to } = setUp({ 'message/send': () => ({ errcode: 40007, errmsg: 'invalid media_id' }) });
    expect(await failure(client.send(twoArticles()), WecomApiError)).toMatchObject({ errcode: 40007 });
    expect([to('media/upload').length, to('message/send').length]).toEqual([4, 2]);
  });

  it('are not uploaded again for another answer', async () => {
    const { client, to } = setUp({ 'message/send': [invalid] });
    await failure(client.send(twoArticles()), WecomApiError);
    expect([to('media/upload').length, to('message/send').length]).toEqual([2, 1]);
  });

  it('are uploaded once for all requests, however long those take', async () => {
    const { http, to, bodies } = fakeWecom();
    let now = 0;
    const uploads = new MediaUploads({ now: () => (now += 4 * 86_400_000) });
    await createWecom<unknown>({ app, http, clock: movableClock(), uploads }).send({
      touser: members(2001),
      msgtype: 'image',
      image: { media_id: file('a.png') },
    });
    expect([to('media/upload').length, bodies().length]).toEqual([1, 3]);
  });

  it('leave the message as it was given, so that it can be sent again', async () => {
    const { client, bodies } = setUp();
    const message = twoArticles();
    await client.send(message);
    expect(message).toEqual(twoArticles());
    expect((bodies()[0]?.['mpnews'] as { articles: object[] }).articles).toEqual([
      { title: 'T', thumb_media_id: expect.stringMatching(/^media-/), content: 'C' },
      { title: 'T', thumb_media_id: expect.stringMatching(/^media-/), content: 'C' },
    ]);
  });

  it('are found inside groups of fields, and absent groups hold none', async () => {
    const framed = messageType({
      msgtype: 'framed',
      label,
      summary: label,
      shownInWechat: false,
      app: {
        content: {
          caption: textField({ label, maxBytes: 100 }),
          frame: optional(
            group({
              label,
              fields: {
                picture: media({ kind: 'image', label }),
                colour: optional(textField({ label, maxBytes: 10 })),
              },
            }),
          ),
        },
      },
      robot: {
        content: {
          frame: group({
            label,
            fields: { picture: inlineImage({ label, maxBytes: 1000 }), colour: textField({ label, maxBytes: 10 }) },
          }),
        },
      },
    });
    const { client, bodies, to } = setUp(undefined, [framed]);
    await client.send({
      touser: 'a',
      msgtype: 'framed',
      framed: { caption: 'one', frame: { picture: file('a.png'), colour: 'red' } },
    });
    await client.send({ touser: 'a', msgtype: 'framed', framed: { caption: 'two' } });
    expect(bodies().map(({ framed: content }) => content)).toEqual([
      { caption: 'one', frame: { picture: 'media-1', colour: 'red' } },
      { caption: 'two' },
    ]);
    expect(to('media/upload')).toHaveLength(1);

    const group_ = fakeWecom();
    await createRobotOf([framed], { webhook: 'canary-key', http: group_.http, clock: movableClock() }).send({
      msgtype: 'framed',
      framed: { frame: { picture: { filename: 'a.png', data: png(20) }, colour: 'red' } },
    });
    expect(JSON.parse(group_.requests[0]?.body as string)).toEqual({
      msgtype: 'framed',
      framed: {
        frame: { colour: 'red', base64: png(20).toString('base64'), md5: expect.stringMatching(/^[0-9a-f]{32}$/) },
      },
    });
  });

  it('are checked before anything is sent as far as they are known, and again when they are read', async () => {
    const { client, requests, bodies } = setUp();
    const lazy = (more: object, data: Uint8Array = png()) => ({ filename: 'a.png', read: async () => data, ...more });
    const article = (thumb: object) => ({ title: 'T', content: 'C', thumb_media_id: thumb });
    const known = failure(
      client.send({
        touser: 'a',
        msgtype: 'mpnews',
        mpnews: {
          articles: [
            article(lazy({ size: 11 * 1024 * 1024 })),
            article(lazy({ head: Buffer.from('GIF89a') })),
            article(lazy({ size: 0 })),
            article(lazy({})),
          ],
        },
      }),
      WecomInputError,
    );
    expect((await known).issues.map(({ path }) => path)).toEqual(
      [0, 1, 2].map((index) => `mpnews.articles[${index}].thumb_media_id`),
    );
    const changed = failure(
      client.send({
        touser: 'a',
        msgtype: 'mpnews',
        mpnews: { articles: [article(lazy({})), article(lazy({ size: 100 }, Buffer.from('GIF89a')))] },
      }),
      WecomInputError,
    );
    expect((await changed).issues).toMatchObject([
      { path: 'mpnews.articles[1].thumb_media_id', message: { en: expect.stringContaining('JPG or PNG') } },
    ]);
    const gone = failure(
      client.send({
        touser: 'a',
        msgtype: 'image',
        image: {
          media_id: {
            filename: 'a.png',
            read: () => Promise.reject(new UnreadableFile({ en: 'is gone', zh: '已不存在' })),
          },
        },
      }),
      WecomInputError,
    );
    expect((await gone).issues).toMatchObject([
      { path: 'image.media_id', label: { zh: '图片' }, message: { en: 'is gone', zh: '已不存在' } },
    ]);
    expect(requests.filter(({ url }) => url.includes('message/send'))).toEqual([]);
    await client.send({
      touser: 'a',
      msgtype: 'image',
      image: { media_id: lazy({ size: png().byteLength, head: png().subarray(0, 16) }) },
    });
    expect(bodies()).toHaveLength(1);
  });

  it('are not uploaded for a message that was cancelled before, and the next one uploads them', async () => {
    const { client, requests, to } = setUp();
    const message = { touser: 'a', msgtype: 'image', image: { media_id: file('a.png') } };
    expect(await failure(client.send(message, { signal: AbortSignal.abort() }), WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toEqual([]);
    await client.send(message);
    expect([to('media/upload').length, to('message/send').length]).toEqual([1, 1]);
  });

  it('of a robot wait and are heard like the message itself', async () => {
    const { http, to } = fakeWecom({
      'webhook/upload_media': [
        { errcode: -1, errmsg: 'system busy' },
        { errcode: 0, media_id: 'R' },
      ],
    });
    const waits: Wait[] = [];
    await createRobot<unknown>({ webhook: 'canary-key', http, clock: movableClock() }).send(
      { msgtype: 'file', file: { media_id: { filename: 'a.txt', data: Buffer.from('some text') } } },
      { onWait: (wait) => waits.push(wait) },
    );
    expect(waits.map(({ reason }) => reason)).toEqual(['retry']);
    expect([to('webhook/upload_media').length, to('webhook/send').length]).toEqual([2, 1]);
  });
});

describe('what a message is sent with', () => {
  it('reaches every request: the signal, the word that it goes out', async () => {
    const { client, to } = setUp();
    const { signal } = new AbortController();
    let begun = 0;
    await client.send(text(words()), { signal, onBegin: () => (begun += 1) });
    expect([begun, to('message/send').map((request) => request.signal)]).toEqual([4, [signal, signal, signal, signal]]);
    await client.send(text('hello'));
    expect(to('message/send').at(-1)?.signal).toBeUndefined();
  });

  it.each([
    ['a member', text('hello'), '/cgi-bin/message/send'],
    ['a group chat', { chatid: 'C', msgtype: 'text', text: { content: 'x' } }, '/cgi-bin/appchat/send'],
  ])('ends a message to %s at once that waits behind another', async (_, message, endpoint) => {
    const hanging = () => new Promise<object>(() => undefined);
    const { client, requests } = setUp({ 'message/send': hanging, 'appchat/send': hanging });
    void client.send(message);
    const stop = new AbortController();
    const behind = client.send(message, { signal: stop.signal });
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect(await failure(behind, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
      endpoint,
    });
    expect(requests.filter(({ url }) => url.includes(endpoint))).toHaveLength(1);
  });

  it('ends a message of a robot at once that waits behind another; messages keep their order', async () => {
    const { http, to } = fakeWecom({ 'webhook/send': () => new Promise<object>(() => undefined) });
    const robot = createRobot<unknown>({ webhook: 'canary-key', http, clock: movableClock() });
    const message = { msgtype: 'text', text: { content: 'x' } };
    void robot.send(message);
    const stop = new AbortController();
    const behind = robot.send(message, { signal: stop.signal });
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect(await failure(behind, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
      endpoint: '/cgi-bin/webhook/send',
    });
    expect(to('webhook/send')).toHaveLength(1);
  });

  it('holds messages to a group chat back by chat only', async () => {
    const { client, to } = setUp({ 'appchat/send': () => new Promise<object>(() => undefined) });
    for (const chatid of ['A', 'B', 'A']) void client.send({ chatid, msgtype: 'text', text: { content: 'x' } });
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(
      to('appchat/send').map((request) => (JSON.parse(request.body as string) as { chatid: string }).chatid),
    ).toEqual(['A', 'B']);
  });

  it('asks WeCom to drop repetitions for half an hour when nobody says for how long', async () => {
    const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const tries = async (interval: object) => {
      const { client, to } = setUp({ 'message/send': () => lost });
      await failure(client.send({ ...text('hello'), enable_duplicate_check: true, ...interval }), WecomNetworkError);
      return to('message/send').length;
    };
    expect([
      await tries({}),
      await tries({ duplicate_check_interval: 1800 }),
      await tries({ duplicate_check_interval: 1 }),
    ]).toEqual([4, 4, 2]);
  });
});

describe('remarks about a message', () => {
  const message = { en: 'is shortened', zh: '已截短' };
  const advice = [
    { path: 'text.content', label: { en: 'Content', zh: '内容' }, message },
    { path: 'x', message },
  ];

  it('are sentences in the language of the client', () => {
    expect(warnings(advice, 'en')).toEqual(['Content (text.content) is shortened', 'x is shortened']);
    expect(warnings(advice, 'zh')).toEqual(['内容（text.content）：已截短', 'x：已截短']);
  });

  it('come with the result', async () => {
    const long = { ...text(words()), too_long: 'truncate' };
    const { http } = fakeWecom();
    const clock = movableClock();
    expect((await createWecom<unknown>({ app, http, clock }).send(long)).warnings).toEqual([
      expect.stringMatching(/^Content \(text\.content\) /),
    ]);
    expect((await createWecom<unknown>({ app, http, clock, language: 'zh' }).send(long)).warnings).toEqual([
      expect.stringMatching(/（text\.content）：/),
    ]);
    expect(
      (
        await createRobot<unknown>({ webhook: 'canary-key', http, clock }).send({
          msgtype: 'text',
          text: { content: words() },
          too_long: 'truncate',
        })
      ).warnings,
    ).toEqual([expect.stringMatching(/\(text\.content\) /)]);
    expect(
      (
        await createRobot<unknown>({ webhook: 'canary-key', http, clock, language: 'zh' }).send({
          msgtype: 'text',
          text: { content: words() },
          too_long: 'truncate',
        })
      ).warnings,
    ).toEqual([expect.stringMatching(/（text\.content）：/)]);
  });
});
