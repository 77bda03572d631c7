import {
  createRobot,
  createWecom,
  SendQueues,
  WecomApiError,
  WecomInputError,
  WecomNetworkError,
  WecomRateError,
} from '../../core';
import type { HttpRequest, Progress, Wait } from '../../core';
import { retryPolicies } from '../../core/delivery/retry-policies';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

const text = (content: string, touser = 'zhangsan') => ({ touser, msgtype: 'text', text: { content } });
const network = (code: string) =>
  Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error(`${code} canary-token-1`), { code }) });
const busy = { errcode: -1, errmsg: 'system busy' };
const ok = (msgid = 'M') => ({ errcode: 0, errmsg: 'ok', msgid });

function setUp(answers?: Parameters<typeof fakeWecom>[0]) {
  const wecom = fakeWecom(answers);
  const clock = movableClock();
  const client = createWecom<unknown>({ app, http: wecom.http, clock });
  const contents = () => wecom.bodies().map((body) => (body['text'] as { content: string }).content);
  return { ...wecom, clock, client, contents };
}

/** Answers all calls of an endpoint in the same way. */
const always = (answer: object | Error) => () => answer;

describe('a message that surely was not sent', () => {
  it.each([
    ['-1', busy],
    ['6000', { errcode: 6000, errmsg: 'data version conflict' }],
    ['45033', { errcode: 45033, errmsg: 'api concurrent out of limit' }],
    ['a refused connection', network('ECONNREFUSED')],
    ['a name server that does not answer', network('EAI_AGAIN')],
    ['an unknown host', network('ENOTFOUND')],
    ['a connection that takes too long', network('UND_ERR_CONNECT_TIMEOUT')],
  ])('is sent again after %s', async (_, trouble) => {
    const { client, to } = setUp({ 'message/send': [trouble, ok('M1')] });
    expect((await client.send(text('hello'))).msgid).toBe('M1');
    expect(to('message/send')).toHaveLength(2);
    expect(to('message/send')[0]!.body).toBe(to('message/send')[1]!.body);
  });

  it.each([
    ['gettoken', network('ETIMEDOUT')],
    ['gettoken', network('ECONNRESET')],
    ['gettoken', busy],
    ['gettoken', { status: 502, body: '<html>' }],
    ['media/upload', network('ECONNRESET')],
    ['media/upload', { status: 500, body: '' }],
  ])('is sent after trouble with %s, which nobody sees', async (endpoint, trouble) => {
    const { client, to } = setUp({ [endpoint]: [trouble] });
    await client.send({
      touser: 'zhangsan',
      msgtype: 'file',
      file: { media_id: { filename: 'a.txt', data: Buffer.from('some text') } },
    });
    expect([to(endpoint).length, to('message/send').length]).toEqual([2, 1]);
  });

  it('waits longer each time, and says in the end how often it was tried', async () => {
    const { client, to, clock } = setUp({ 'message/send': always(busy) });
    const waits: Wait[] = [];
    const error = await failure(client.send(text('hello'), { onWait: (wait) => waits.push(wait) }), WecomApiError);
    expect(to('message/send')).toHaveLength(4);
    expect(waits.map(({ reason }) => reason)).toEqual(['retry', 'retry', 'retry']);
    waits.forEach(({ ms }, index) => expect(Math.abs(ms / (500 * 2 ** index) - 1)).toBeLessThanOrEqual(0.251));
    expect(error).toMatchObject({ errcode: -1, tries: 4, elapsedMs: clock.slept() });
    expect(error.explain('en').title).toMatch(/after 4 tries in \d\.\d s$/);
    expect(error.explain('zh').title).toMatch(/秒内尝试了 4 次）$/);
    expect(error.message).toMatch(/Tried 4 times in \d\.\d s\.$/);
  });

  it('outlives an outage of 30 seconds', async () => {
    const { client, clock, contents } = setUp({
      'message/send': () => (clock.slept() < 30_000 ? network('ECONNREFUSED') : ok()),
    });
    await Promise.all([client.send(text('one')), client.send(text('two')), client.send(text('to another', 'lisi'))]);
    const arrived = contents().slice(-3);
    expect(arrived.filter((content) => content !== 'to another')).toEqual(['one', 'two']);
  });

  it('is given up after a longer one, which is waited for once and not for each message', async () => {
    const { client, clock } = setUp({ 'message/send': always(network('ECONNREFUSED')) });
    const errors = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        failure(client.send(text('hello', `member${index}`)), WecomNetworkError),
      ),
    );
    expect(errors.every(({ delivery }) => delivery === 'not-sent')).toBe(true);
    expect(clock.slept()).toBeGreaterThan(30_000);
    expect(clock.slept()).toBeLessThan(retryPolicies.unreachable.withinMs + retryPolicies.unreachable.longestDelayMs);
  });

  it('gets all its tries again after the outage', async () => {
    let down = true;
    const { client, to } = setUp({ 'message/send': () => (down ? network('ECONNREFUSED') : ok()) });
    await failure(client.send(text('lost')), WecomNetworkError);
    down = false;
    await client.send(text('arrives'));
    down = true;
    const before = to('message/send').length;
    await failure(client.send(text('lost too')), WecomNetworkError);
    expect(to('message/send').length - before).toBeGreaterThan(5);
  });

  it('is not sent again when the fault is in the message, the app or the web server before WeCom', async () => {
    for (const trouble of [
      { errcode: 40058, errmsg: 'invalid' },
      { errcode: 60020, errmsg: 'not allow' },
      { errcode: 45002, errmsg: 'too large' },
      { status: 404, body: '' },
      { status: 403, body: '' },
      { status: 200, body: '<html>' },
    ]) {
      const { client, to } = setUp({ 'message/send': always(trouble) });
      await client.send(text('hello')).catch(() => undefined);
      expect(to('message/send')).toHaveLength(1);
    }
  });

  it('is given up at once when somebody cancels, and leaves nothing waiting', async () => {
    const stop = new AbortController();
    const { client, to } = setUp({ 'message/send': always(busy) });
    const error = await failure(
      client.send(text('hello'), { signal: stop.signal, onWait: () => stop.abort() }),
      WecomNetworkError,
    );
    expect(error).toMatchObject({ delivery: 'not-sent', cause: { code: 'ABORT_ERR' } });
    expect(to('message/send')).toHaveLength(1);
  });
});

describe('a message that may have arrived', () => {
  const doubtful = [
    ['a time-out', network('ETIMEDOUT')],
    ['a reset', network('ECONNRESET')],
    ['HTTP 500', { status: 500, body: '' }],
    ['HTTP 504', { status: 504, body: '<html>' }],
  ] as const;

  it.each(doubtful)('is not sent again after %s, and that is said', async (_, trouble) => {
    const { client, to } = setUp({ 'message/send': [trouble] });
    const error = await failure(client.send(text('hello')), WecomNetworkError);
    expect(error.delivery).toBe('unknown');
    expect(error.tries).toBeUndefined();
    expect(to('message/send')).toHaveLength(1);
  });

  it.each(doubtful)('is sent again after %s, byte for byte, when WeCom drops what it has had', async (_, trouble) => {
    const { client, to } = setUp({ 'message/send': [trouble, trouble] });
    await client.send({ ...text('hello'), enable_duplicate_check: true });
    const bodies = to('message/send').map(({ body }) => body);
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('"enable_duplicate_check":1');
  });

  it('is not sent again once WeCom may have forgotten it', async () => {
    const { client, to } = setUp({ 'message/send': always(network('ECONNRESET')) });
    const error = await failure(
      client.send({ ...text('hello'), enable_duplicate_check: true, duplicate_check_interval: 1 }),
      WecomNetworkError,
    );
    expect(error).toMatchObject({ delivery: 'unknown', tries: 2 });
    expect(to('message/send')).toHaveLength(2);
  });

  it('stays in doubt whatever a later try says', async () => {
    const { client } = setUp({ 'message/send': [network('ECONNRESET'), { errcode: 60020, errmsg: 'not allow' }] });
    const error = await failure(client.send({ ...text('hello'), enable_duplicate_check: true }), WecomNetworkError);
    expect(error).toMatchObject({ delivery: 'unknown', tries: 2, cause: { code: 'ECONNRESET' } });
  });

  it('stays in doubt when it is cancelled before it is sent again', async () => {
    const stop = new AbortController();
    const { client } = setUp({ 'message/send': always(network('ECONNRESET')) });
    const error = await failure(
      client.send(
        { ...text('hello'), enable_duplicate_check: true },
        { signal: stop.signal, onWait: () => stop.abort() },
      ),
      WecomNetworkError,
    );
    expect(error.delivery).toBe('unknown');
  });

  it('of a robot or to a group chat is never sent again: they have no duplicate check', async () => {
    const { http, to } = fakeWecom({
      'webhook/send': always(network('ECONNRESET')),
      'appchat/send': always(network('ECONNRESET')),
    });
    const clock = movableClock();
    const robot = createRobot<unknown>({ webhook: 'canary-key', http, clock });
    expect(await failure(robot.send({ msgtype: 'text', text: { content: 'x' } }), WecomNetworkError)).toMatchObject({
      delivery: 'unknown',
    });
    expect(
      await failure(
        createWecom<unknown>({ app, http, clock }).send({ chatid: 'C', msgtype: 'text', text: { content: 'x' } }),
        WecomNetworkError,
      ),
    ).toMatchObject({ delivery: 'unknown' });
    expect([to('webhook/send').length, to('appchat/send').length]).toEqual([1, 1]);
  });
});

describe('messages to the same member', () => {
  it('arrive in the order they were sent, also when one has to be repeated', async () => {
    let calls = 0;
    const { client, contents } = setUp({ 'message/send': () => ((calls += 1) === 2 ? busy : ok()) });
    await Promise.all(Array.from({ length: 5 }, (_, index) => client.send(text(`${index}`))));
    expect(contents()).toEqual(['0', '1', '1', '2', '3', '4']);
  });

  it('keep their order when user IDs are written differently', async () => {
    const open = { now: 0, most: 0 };
    const { client } = setUp({ 'message/send': counting(open) });
    await Promise.all(['Zhangsan', 'zhangsan', 'lisi,ZHANGSAN'].map((touser) => client.send(text('hello', touser))));
    expect(open.most).toBe(1);
  });

  it('keep their order with departments, tags and everyone, who may hold the member', async () => {
    const { client, bodies } = setUp();
    const to = (address: object) => client.send({ ...address, msgtype: 'text', text: { content: 'x' } });
    const addresses = [
      { touser: 'zhangsan' },
      { toparty: 2 },
      { touser: 'lisi' },
      { totag: 1 },
      { everyone: true },
      { touser: 'zhangsan', toparty: 2 },
    ];
    await Promise.all(addresses.map(to));
    expect(bodies().map(({ touser, toparty, totag }) => touser ?? toparty ?? totag)).toEqual([
      'zhangsan',
      '2',
      'lisi',
      '1',
      '@all',
      'zhangsan',
    ]);
  });
});

/** Counts how many calls are open at the same time. */
function counting(open: { now: number; most: number }) {
  return async () => {
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    open.now -= 1;
    return ok();
  };
}

describe('messages to different members', () => {
  it('go side by side, 8 at first and more when there are many', async () => {
    const open = { now: 0, most: 0 };
    const { client } = setUp({ 'message/send': counting(open) });
    await Promise.all(Array.from({ length: 50 }, (_, index) => client.send(text('hello', `member${index}`))));
    expect([open.now, open.most > 8]).toEqual([0, true]);
  });

  it('go as many at once as is wanted', async () => {
    const open = { now: 0, most: 0 };
    const { client } = setUp({ 'message/send': counting(open) });
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => client.send(text('hello', `member${index}`), { atOnce: 3 })),
    );
    expect(open.most).toBe(3);
  });

  it('are fewer at once after 45033', async () => {
    const open = { now: 0, most: 0 };
    let complained = false;
    const wecom = counting(open);
    const { client } = setUp({
      'message/send': async () => {
        if (complained) return wecom();
        complained = true;
        return { errcode: 45033, errmsg: 'api concurrent out of limit' };
      },
    });
    await client.send(text('hello'));
    await Promise.all(Array.from({ length: 50 }, (_, index) => client.send(text('hello', `member${index}`))));
    // One call was open when WeCom complained; it cannot be fewer than that.
    expect(open.most).toBe(1);
  });

  it('share order and rates over all clients of a process that share the queues', async () => {
    const open = { now: 0, most: 0 };
    const { http } = fakeWecom({ 'message/send': counting(open) });
    const clock = movableClock();
    const queues = new SendQueues();
    const clients = [0, 1].map(() => createWecom<unknown>({ app, http, clock, queues }));
    await Promise.all(Array.from({ length: 31 }, (_, index) => clients[index % 2]!.send(text('hello'))));
    expect(open.most).toBe(1);
    expect(clock.slept()).toBeGreaterThanOrEqual(60_000);
    const other = createWecom<unknown>({ app: { ...app, agentId: 7 }, http, clock, queues });
    const before = clock.slept();
    await other.send(text('hello'));
    expect(clock.slept()).toBe(before);
  });
});

describe('a message above the rates of WeCom', () => {
  const thirty = (client: { send(message: unknown): Promise<unknown> }) =>
    Promise.all(Array.from({ length: 30 }, () => client.send(text('hello'))));

  it('waits, and says for how long', async () => {
    const { client, clock } = setUp();
    await thirty(client);
    const waits: Wait[] = [];
    await client.send(text('hello'), { onWait: (wait) => waits.push(wait) });
    expect(waits).toEqual([{ reason: 'member', ms: 60_000 }]);
    expect(clock.slept()).toBe(60_000);
  });

  it('fails if that is wanted, and is not sent', async () => {
    const { client, clock, to } = setUp();
    await thirty(client);
    const error = await failure(client.send(text('hello'), { rates: 'fail' }), WecomRateError);
    expect(error).toMatchObject({ reason: 'member', waitMs: 60_000, endpoint: '/cgi-bin/message/send' });
    expect(error.explain('en')).toEqual({
      title: expect.stringContaining('30 messages in a minute'),
      advice: expect.stringContaining('in 60 s'),
    });
    expect(error.explain('zh').advice).toContain('60 秒');
    expect([to('message/send').length, clock.slept()]).toEqual([30, 0]);
  });

  it('goes out if nobody minds, and counts for the others', async () => {
    const { client, clock, to } = setUp();
    for (let index = 0; index < 40; index += 1) await client.send(text('hello'), { rates: 'off' });
    expect([to('message/send').length, clock.slept()]).toEqual([40, 0]);
    await client.send(text('hello'));
    expect(clock.slept()).toBeGreaterThan(0);
  });

  it('can be cancelled while it waits', async () => {
    const { client, to } = setUp();
    await thirty(client);
    const stop = new AbortController();
    const waiting = [
      client.send(text('first'), { signal: stop.signal, onWait: () => stop.abort() }),
      client.send(text('behind it'), { signal: stop.signal }),
    ];
    for (const error of await Promise.all(waiting.map((message) => failure(message, WecomNetworkError))))
      expect(error).toMatchObject({ delivery: 'not-sent', cause: { code: 'ABORT_ERR' } });
    expect(to('message/send')).toHaveLength(30);
  });

  it('keeps waiting as long as it must when the clock jumps', async () => {
    const { client, clock } = setUp();
    await thirty(client);
    for (const day of [86_400_000, -2 * 86_400_000]) {
      clock.move(day);
      expect(await failure(client.send(text('hello'), { rates: 'fail' }), WecomRateError)).toMatchObject({
        waitMs: 60_000,
      });
    }
  });
});

describe('messages to group chats', () => {
  const toChat = (chatid = 'C') => ({ chatid, msgtype: 'text', text: { content: 'x' } });
  const sendAll = (client: { send(message: unknown): Promise<unknown> }, count: number) =>
    Promise.all(Array.from({ length: count }, () => client.send(toChat())));
  const members = (userlist: unknown) => ({
    'appchat/get': { errcode: 0, errmsg: 'ok', chat_info: { chatid: 'C', userlist } },
  });

  it('go at once when the chat is small enough, which is looked up once', async () => {
    const { client, to, clock } = setUp(members(['zhangsan', 'lisi', 'wangwu']));
    await sendAll(client, 40);
    expect([to('appchat/send').length, to('appchat/get').length, clock.slept()]).toEqual([40, 1, 0]);
  });

  it.each([
    ['cannot be looked up', { 'appchat/get': busy }],
    ['has no list of members', members(undefined)],
    ['has a list that is none', members('zhangsan')],
    ['has no data', { 'appchat/get': { errcode: 0 } }],
  ])('wait as for the largest chat when it %s', async (_, answers) => {
    const { client, clock } = setUp(answers);
    await sendAll(client, 11);
    expect(clock.slept()).toBeGreaterThanOrEqual(60_000);
  });

  it('share their limits with the other apps of the company, and nothing with another company', async () => {
    const { http } = fakeWecom();
    const clock = movableClock();
    const queues = new SendQueues();
    await sendAll(createWecom<unknown>({ app, http, clock, queues }), 10);
    await createWecom<unknown>({ app: { ...app, corpId: 'ww-other' }, http, clock, queues }).send(toChat());
    await createWecom<unknown>({ app: { ...app, baseUrl: 'https://relay.test' }, http, clock, queues }).send(toChat());
    expect(clock.slept()).toBe(0);
    await createWecom<unknown>({ app: { ...app, agentId: 7, secret: 'another' }, http, clock, queues }).send(toChat());
    expect(clock.slept()).toBeGreaterThanOrEqual(60_000);
  });
});

describe('messages of a robot', () => {
  it('share their rate over all clients, and nothing with another robot', async () => {
    const { http } = fakeWecom();
    const clock = movableClock();
    const queues = new SendQueues();
    const robot = (webhook: string) => createRobot<unknown>({ webhook, http, clock, queues });
    const message = { msgtype: 'text', text: { content: 'x' } };
    for (let index = 0; index < 20; index += 1) await robot('canary-key').send(message);
    await robot('another-key').send(message);
    expect(clock.slept()).toBe(0);
    const waits: Wait[] = [];
    await robot('canary-key').send(message, { onWait: (wait) => waits.push(wait) });
    expect(waits).toEqual([{ reason: 'robot', ms: 60_000 }]);
  });
});

describe('why a message may not go yet', () => {
  it.each([
    [
      'member',
      60_000,
      /^A member would get more than 30 messages in a minute/,
      'Nothing was sent. Send it again in 60 s, or set Rate Limits to Wait.',
    ],
    ['robot', 1, /group robot/, 'Nothing was sent. Send it again in 1 s, or set Rate Limits to Wait.'],
    ['chat', 60_001, /group chats/, 'Nothing was sent. Send it again in 2 min, or set Rate Limits to Wait.'],
    ['pause', 3_600_000, /45009/, 'Nothing was sent. Send it again in 60 min, or set Rate Limits to Wait.'],
    ['pause', 3_600_001, /45009/, 'Nothing was sent. Send it again in 61 min.'],
  ] as const)('is said: %s, %d ms', (reason, waitMs, title, advice) => {
    const error = new WecomRateError(reason, waitMs, '/cgi-bin/x');
    expect(error.explain('en')).toEqual({ title: expect.stringMatching(title), advice });
    expect(error.message).toBe(`${error.explain('en').title}. ${advice}`);
    expect(error.explain('zh').advice).toMatch(
      waitMs > 3_600_000
        ? /^消息未发送。请在 61 分钟后重试。$/
        : /^消息未发送。请在 \d+ (秒|分钟)后重试，或将“频率限制”设为“等待”。$/,
    );
    expect(error.copy()).toEqual(error);
  });
});

describe('an endpoint that answers 45009', () => {
  const refused = { errcode: 45009, errmsg: 'api freq out of limit' };

  it('rests for a minute, then the message goes out', async () => {
    const { client, clock, to } = setUp({ 'message/send': [refused] });
    const waits: Wait[] = [];
    await Promise.all([
      client.send(text('hello'), { onWait: (wait) => waits.push(wait) }),
      client.send(text('hello', 'lisi')),
    ]);
    expect(clock.slept()).toBe(60_000);
    expect(to('message/send')).toHaveLength(3);
    expect(waits.at(-1)).toEqual({ reason: 'pause', ms: 60_000 });
  });

  it('makes a message fail that it refuses twice', async () => {
    const { client, to } = setUp({ 'message/send': always(refused) });
    expect(await failure(client.send(text('hello')), WecomApiError)).toMatchObject({ errcode: 45009, tries: 2 });
    expect(to('message/send')).toHaveLength(2);
  });

  it('makes those fail at once that are not to wait, and is not asked again meanwhile', async () => {
    const { client, to, clock } = setUp({ 'message/send': always(refused) });
    expect(await failure(client.send(text('hello'), { rates: 'fail' }), WecomApiError)).toMatchObject({
      errcode: 45009,
    });
    expect(await failure(client.send(text('hello'), { rates: 'fail' }), WecomRateError)).toMatchObject({
      reason: 'pause',
      waitMs: 60_000,
    });
    expect([to('message/send').length, clock.slept()]).toEqual([1, 0]);
  });

  it('is not waited for when it would take the rest of the day', async () => {
    const { client, to } = setUp({ 'message/send': always(refused) });
    expect(await failure(client.send(text('hello')), WecomApiError)).toMatchObject({ tries: 2 });
    expect(await failure(client.send(text('hello')), WecomApiError)).toMatchObject({ errcode: 45009 });
    const error = await failure(client.send(text('hello')), WecomRateError);
    expect(error.reason).toBe('pause');
    expect(error.waitMs).toBeGreaterThan(3_600_000);
    expect(to('message/send')).toHaveLength(3);
  });
});

describe('a text that is too long for one message', () => {
  const words = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ');

  it('arrives as several messages in a row, one result', async () => {
    const { client, contents } = setUp();
    const [result] = await Promise.all([client.send(text(words)), client.send(text('afterwards'))]);
    expect(result).toMatchObject({ parts: 4, msgids: ['msg-1', 'msg-2', 'msg-3', 'msg-4'], msgid: 'msg-1' });
    expect(contents().slice(0, 4).join(' ')).toBe(words);
    expect(contents()[4]).toBe('afterwards');
  });

  it('goes to all batches of the recipients, part after part', async () => {
    const { client, bodies } = setUp();
    const result = await client.send({
      ...text(words),
      touser: Array.from({ length: 1001 }, (_, index) => `member${index}`),
    });
    expect(result.msgids).toHaveLength(8);
    expect(bodies().map(({ touser }) => String(touser).split('|').length)).toEqual([
      1000, 1000, 1000, 1000, 1, 1, 1, 1,
    ]);
  });

  it('is numbered, shortened or refused if that is wanted', async () => {
    const { client, contents } = setUp();
    await client.send({ ...text(words), number_parts: true });
    expect(contents()).toHaveLength(4);
    contents().forEach((content, index) => expect(content.startsWith(`(${index + 1}/4)\n`)).toBe(true));
    const shortened = setUp();
    expect((await shortened.client.send({ ...text(words), too_long: 'truncate' })).warnings).toEqual([
      expect.stringMatching(/shortened from [\d,]+ bytes to 2,048 bytes/),
    ]);
    expect(shortened.contents()).toEqual([expect.stringMatching(/…$/)]);
    expect(shortened.bodies()[0]).not.toHaveProperty('too_long');
    await failure(client.send({ ...text(words), too_long: 'refuse' }), WecomInputError);
  });

  it('mentions people once, with the last part', async () => {
    const { http, to } = fakeWecom();
    const robot = createRobot<unknown>({ webhook: 'canary-key', http, clock: movableClock() });
    await robot.send({
      msgtype: 'text',
      text: { content: words, mentioned_list: ['zhangsan'], mentioned_mobile_list: ['13800000000'] },
    });
    const sent = to('webhook/send').map((request) => (JSON.parse(request.body as string) as { text: object }).text);
    expect(sent.map((one) => 'mentioned_list' in one)).toEqual([false, false, false, true]);
    expect(sent.map((one) => 'mentioned_mobile_list' in one)).toEqual([false, false, false, true]);
  });

  it('numbers equal parts, because the duplicate check of WeCom would drop the second', async () => {
    const { client, contents } = setUp();
    await client.send(text('ha'.repeat(4096)));
    expect(new Set(contents()).size).toBe(contents().length);
  });

  const third = (trouble: object | Error) => [ok('P1'), ok('P2'), trouble, ok('P3'), ok('P4')];

  it('tells which part failed and what was delivered before', async () => {
    const { client, to } = setUp({ 'message/send': third({ errcode: 40058, errmsg: 'invalid' }) });
    const error = await failure(client.send(text(words)), WecomApiError);
    expect(error).toMatchObject({
      failed: { part: 3, parts: 4, batch: 1, batches: 1 },
      delivered: { msgids: ['P1', 'P2'], parts: 4 },
    });
    expect(error.explain('en')).toEqual({
      title: expect.stringMatching(/^Part 3 of 4: /),
      advice: expect.stringMatching(/do not send the whole message again\.$/),
    });
    expect(error.explain('zh')).toEqual({
      title: expect.stringMatching(/^第 3 条（共 4 条）：/),
      advice: expect.stringMatching(/请勿整条重发。$/),
    });
    expect(to('message/send')).toHaveLength(3);
  });

  it('goes on where it stopped when it is sent again with its progress', async () => {
    const { client, contents } = setUp({ 'message/send': third({ errcode: 40058, errmsg: 'invalid' }) });
    const progress: Progress = { sent: [] };
    await failure(client.send(text(words), { progress }), WecomApiError);
    const kept = JSON.parse(JSON.stringify(progress)) as Progress;
    const result = await client.send(text(words), { progress: kept });
    expect(result.msgids).toEqual(['P1', 'P2', 'P3', 'P4']);
    expect(contents()).toHaveLength(5);
    expect(contents()[3]).toBe(contents()[2]);
    expect(kept.sent).toHaveLength(4);
    expect(await client.send(text(words), { progress: kept })).toEqual(result);
    expect(contents()).toHaveLength(5);
  });

  it('is not continued with another text', async () => {
    const { client, to } = setUp({ 'message/send': third({ errcode: 40058, errmsg: 'invalid' }) });
    const progress: Progress = { sent: [] };
    await failure(client.send(text(words), { progress }), WecomApiError);
    const error = await failure(client.send(text(`Later: ${words}`), { progress }), WecomInputError);
    expect(error.delivered?.msgids).toEqual(['P1', 'P2']);
    expect(to('message/send')).toHaveLength(3);
  });
});

describe('a message in several batches', () => {
  const everybody = Array.from({ length: 2500 }, (_, index) => `member${index}`);

  it('tells which batch failed', async () => {
    const { client } = setUp({ 'message/send': [ok('B1'), network('ECONNRESET')] });
    const error = await failure(client.send({ ...text('hello'), touser: everybody }), WecomNetworkError);
    expect(error).toMatchObject({
      delivery: 'unknown',
      failed: { part: 1, parts: 1, batch: 2, batches: 3 },
      delivered: { msgids: ['B1'] },
    });
    expect(error.explain('en').title).toMatch(/^Batch 2 of 3 of the recipients: /);
    expect(error.explain('zh').title).toMatch(/^第 2 批接收人（共 3 批）：/);
  });

  it('says that nothing was delivered when the first one fails', async () => {
    const { client } = setUp({ 'message/send': [{ errcode: 40058, errmsg: 'invalid' }] });
    const error = await failure(client.send({ ...text('hello'), touser: everybody }), WecomApiError);
    expect(error.delivered).toBeUndefined();
    expect(error.explain('en').advice).toMatch(/What comes after it was not sent\.$/);
  });
});

describe('one gettoken that fails for many messages', () => {
  it('gives each its own error', async () => {
    const { client } = setUp({ gettoken: always({ errcode: 40013, errmsg: 'invalid corpid' }) });
    const long = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ');
    const [plain, parted] = await Promise.all([
      failure(client.send(text('hello', 'lisi')), WecomApiError),
      failure(client.send(text(long)), WecomApiError),
    ]);
    expect(parted.failed).toEqual({ part: 1, parts: 4, batch: 1, batches: 1 });
    expect(plain.failed).toBeUndefined();
  });
});

describe('a file that has to be uploaded first', () => {
  const file = (touser: string) => ({
    touser,
    msgtype: 'file',
    file: { media_id: { filename: 'a.txt', data: Buffer.from('some text') } },
  });
  const refused = { errcode: 45009, errmsg: 'api freq out of limit' };

  it('is not waited for by who does not want to wait', async () => {
    const { client, clock, to } = setUp({ 'media/upload': always(refused) });
    expect(await failure(client.send(file('zhangsan'), { rates: 'fail' }), WecomApiError)).toMatchObject({
      errcode: 45009,
    });
    expect([to('media/upload').length, to('message/send').length, clock.slept()]).toEqual([1, 0, 0]);
  });

  it('is given up when the last message that needs it is cancelled, not before', async () => {
    const { client, to } = setUp({ 'media/upload': [busy] });
    const [one, other] = [new AbortController(), new AbortController()];
    const both = [
      client.send(file('zhangsan'), { signal: one.signal }),
      client.send(file('lisi'), { signal: other.signal }),
    ];
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(to('media/upload')).toHaveLength(1);
    one.abort();
    expect(await failure(both[0]!, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
    expect((await both[1]!).msgids).toHaveLength(1);
    expect([to('media/upload').length, to('message/send').length]).toEqual([2, 1]);
  });

  it('is not uploaded any more once nobody waits for it', async () => {
    const { client, to, clock } = setUp({ 'media/upload': always(busy) });
    const stop = new AbortController();
    const both = ['zhangsan', 'lisi'].map((touser) => client.send(file(touser), { signal: stop.signal }));
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    for (const error of await Promise.all(both.map((message) => failure(message, WecomNetworkError))))
      expect(error.cause.code).toBe('ABORT_ERR');
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect([to('media/upload').length, clock.slept()]).toEqual([1, 0]);
  });
});

describe('what a person waits for', () => {
  it('is not repeated: a test, a list', async () => {
    const { client, requests, clock } = setUp({ 'agent/get': always(busy), 'tag/list': always(busy) });
    await failure(client.test(), WecomApiError);
    await failure(client.listTags(), WecomApiError);
    expect(requests.filter(({ url }: HttpRequest) => !url.includes('gettoken'))).toHaveLength(2);
    expect(clock.slept()).toBe(0);
  });
});
