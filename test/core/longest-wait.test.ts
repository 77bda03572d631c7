import { createRobot, createWecom, WecomInputError, WecomRateError } from '../../core';
import type { SendOptions, Wait } from '../../core';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

const MINUTE = 60_000;
const text = (content: string, touser = 'zhangsan') => ({ touser, msgtype: 'text', text: { content } });
const refused = { errcode: 45009, errmsg: 'api freq out of limit' };

function setUp(answers?: Parameters<typeof fakeWecom>[0]) {
  const wecom = fakeWecom(answers);
  const clock = movableClock();
  const client = createWecom<unknown>({ app, http: wecom.http, clock });
  /** What came of so many messages to one member, sent in one moment: when each was sent, or when it failed. */
  const sendMany = (count: number, options: SendOptions) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        client.send(text(`${index}`), options).then(
          () => ({ sent: true, at: clock.slept() }),
          (error: unknown) => ({ sent: false, at: clock.slept(), error: error as WecomRateError }),
        ),
      ),
    );
  return { ...wecom, clock, client, sendMany };
}

describe('a message that may only wait for so long', () => {
  it('is sent if its rate lets it go within that time, and fails as not sent if not: 5 minutes hold 180 messages', async () => {
    const { sendMany, to } = setUp();
    const outcomes = await sendMany(200, { longestWaitMs: 5 * MINUTE });
    expect([outcomes.filter(({ sent }) => sent).length, to('message/send').length]).toEqual([180, 180]);
    for (const outcome of outcomes.slice(180)) {
      expect('error' in outcome && outcome.error).toBeInstanceOf(WecomRateError);
      expect(outcome.at).toBeLessThanOrEqual(5 * MINUTE);
    }
  });

  it('is not sent when those before it are answered too late, however long nobody could know of it', async () => {
    const clock = movableClock();
    const { http, to } = fakeWecom();
    const slow = async (request: Parameters<typeof http>[0]) => {
      if (request.url.includes('message/send')) await clock.sleep(9_000);
      return http(request);
    };
    const client = createWecom<unknown>({ app, http: slow, clock });
    const [first, second, patient] = await Promise.allSettled([
      client.send(text('1')),
      client.send(text('2'), { longestWaitMs: 1_000 }),
      client.send(text('3'), { longestWaitMs: MINUTE }),
    ]);
    expect([first.status, second.status, patient.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(second).toMatchObject({ reason: { reason: 'turn', name: 'WecomRateError' } });
    expect(to('message/send')).toHaveLength(2);
  });

  it.each([
    [{ atOnce: 0 }],
    [{ atOnce: -1 }],
    [{ atOnce: Number.NaN }],
    [{ atOnce: 1.5 }],
    [{ longestWaitMs: Number.NaN }],
    [{ longestWaitMs: -1 }],
  ])('is refused with options that would let it wait for ever: %p', async (options) => {
    const { client, to } = setUp();
    const error = await failure(client.send(text('1'), options), WecomInputError);
    expect(error.issues.map(({ path }) => path)).toEqual(Object.keys(options));
    expect(to('message/send')).toHaveLength(0);
  });

  it('fails at once when it is known that the wait is longer', async () => {
    const { client, clock } = setUp();
    for (let index = 0; index < 30; index += 1) await client.send(text(`${index}`));
    const waits: Wait[] = [];
    const error = await failure(
      client.send(text('late'), { longestWaitMs: MINUTE - 1, onWait: (wait) => waits.push(wait) }),
      WecomRateError,
    );
    expect(error).toMatchObject({ reason: 'member', waitMs: MINUTE, endpoint: '/cgi-bin/message/send' });
    expect(error.explain('en').advice).toBe('Nothing was sent. Send it again in 60 s, or let it wait longer.');
    expect(error.explain('zh').advice).toBe('消息未发送。请在 60 秒后重试，或允许等待更长时间。');
    expect([waits, clock.slept()]).toEqual([[], 0]);
    await client.send(text('patient'), { longestWaitMs: MINUTE });
    expect(clock.slept()).toBe(MINUTE);
  });

  it('counts what it waits behind others to the same recipients, however long those may wait', async () => {
    const { client, clock, to } = setUp();
    const patient = Array.from({ length: 91 }, (_, index) => client.send(text(`${index}`)));
    const late = client
      .send(text('late'), { longestWaitMs: 90_000 })
      .catch((error: unknown) => ({ error, at: clock.slept() }));
    expect(await late).toMatchObject({ error: { name: 'WecomRateError', reason: 'turn' }, at: 60_000 });
    // Known when the first 60 are through and the next wait until the second minute is over.
    await Promise.all(patient);
    expect(to('message/send')).toHaveLength(91);
    await client.send(text('another'), { longestWaitMs: 0 });
  });

  it('counts all its waits together, and tells what of it was delivered', async () => {
    const { client, clock } = setUp({ 'message/send': [refused, refused] });
    // A minute after the first 45009 is allowed; the second one is the end anyway.
    await client.send(text('x'), { longestWaitMs: MINUTE }).catch(() => undefined);
    expect(clock.slept()).toBe(MINUTE);
    expect(await failure(client.send(text('y'), { longestWaitMs: MINUTE }), WecomRateError)).toMatchObject({
      reason: 'pause',
      waitMs: 60 * MINUTE,
    });

    const long = setUp();
    const content = `${'long '.repeat(400)}`.repeat(40);
    const error = await failure(long.client.send(text(content), { longestWaitMs: 30_000 }), WecomRateError);
    expect(error).toMatchObject({ reason: 'member', failed: { part: 31 }, delivered: { msgids: expect.any(Array) } });
    expect(long.clock.slept()).toBe(0);
  });

  it.each(['fail', 'off'] as const)('is what it was with rates %s', async (rates) => {
    const { sendMany, clock } = setUp();
    const outcomes = await sendMany(40, { longestWaitMs: 5 * MINUTE, rates });
    expect([outcomes.filter(({ sent }) => sent).length, clock.slept()]).toEqual([rates === 'off' ? 40 : 30, 0]);
  });

  it('leaves nothing waiting when all is done', async () => {
    const { sendMany, clock } = setUp();
    await sendMany(5, { longestWaitMs: 5 * MINUTE });
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.slept()).toBe(0);
  });

  it('is the same for group chats and robots', async () => {
    const { http } = fakeWecom();
    const clock = movableClock();
    const robot = createRobot<unknown>({ webhook: 'canary-key', http, clock });
    const toRobot = await Promise.allSettled(
      Array.from({ length: 50 }, () =>
        robot.send({ msgtype: 'text', text: { content: 'x' } }, { longestWaitMs: MINUTE }),
      ),
    );
    expect(toRobot.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    const { client } = setUp();
    const toChat = await Promise.allSettled(
      Array.from({ length: 50 }, () =>
        client.send({ chatid: 'C', msgtype: 'text', text: { content: 'x' } }, { longestWaitMs: MINUTE }),
      ),
    );
    expect(toChat.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  });
});
