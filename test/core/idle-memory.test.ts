/** What is held of apps, companies and robots that nobody sends with any more: nothing. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createRobot, createWecom, MediaUploads, SendQueues, TokenCache, WecomRateError } from '../../core';
import { ChatPace } from '../../core/delivery/pace';
import { EvictingMap } from '../../core/api/evicting-map';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are needed. Collecting takes long in a process that has run many tests. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const text = { touser: 'zhangsan', msgtype: 'text', text: { content: 'x' } };
const toChat = { chatid: 'C', msgtype: 'text', text: { content: 'x' } };
const toGroup = { msgtype: 'text', text: { content: 'x' } };
const file = {
  touser: 'lisi',
  msgtype: 'file',
  file: { media_id: { filename: 'a.txt', data: Buffer.from('some text') } },
};

function setUp(answers: Parameters<typeof fakeWecom>[0] = {}) {
  const clock = movableClock();
  const wecom = fakeWecom(answers);
  const shared = { tokens: new TokenCache({ clock }), uploads: new MediaUploads(clock), queues: new SendQueues() };
  const parts = { http: wecom.http, clock, ...shared };
  return {
    ...wecom,
    clock,
    client: (agentId = app.agentId, corpId = app.corpId) =>
      createWecom<unknown>({ ...parts, app: { ...app, agentId, corpId, secret: `secret of ${corpId} ${agentId}` } }),
    robot: (key: string) => createRobot<unknown>({ ...parts, webhook: key }),
    /** Others send, so often that whatever is idle has been come across. */
    async others(count: number, name = 'other') {
      for (let index = 0; index < count; index += 1) {
        await createWecom<unknown>({ ...parts, app: { ...app, corpId: `${name}${index}` } }).send(text);
        await createRobot<unknown>({ ...parts, webhook: `${name}${index}` }).send(toGroup);
      }
      wecom.requests.length = 0;
    },
  };
}

describe('a server that sends for ever more companies', () => {
  it('holds those of the last day, however many there were before', async () => {
    const { clock, client, robot, requests } = setUp();
    const held: number[] = [];
    const [FIRST, LAST] = [3, 8];
    for (let day = 0; day <= LAST; day += 1) {
      for (let index = 0; index < 400; index += 1) {
        const tenant = client(1, `company ${day} ${index}`);
        await tenant.send(text);
        await tenant.send(toChat);
        await robot(`robot-${day}-${index}`).send(toGroup);
        await tenant.send(file);
      }
      requests.length = 0;
      await clock.sleep(4 * DAY);
      if (day === FIRST - 1 || day === LAST) held.push(heapUsed());
    }
    // 2400 companies and robots of the days since then had left 15 MB.
    expect((held[1]! - held[0]!) / 2 ** 20).toBeLessThan(3);
  });

  it('asks again for the token and the upload of one that comes back', async () => {
    const { clock, client, others, to } = setUp();
    await client().send(file);
    await clock.sleep(4 * DAY);
    await others(10);
    await client().send(file);
    expect([to('gettoken').length, to('media/upload').length]).toEqual([1, 1]);
  });
});

it('a company that makes a new group chat for everything keeps the sizes of those of the last hour', async () => {
  const pace = new ChatPace();
  const held: number[] = [];
  for (let hour = 0; hour < 30; hour += 1) {
    for (let index = 0; index < 1000; index += 1) {
      const chat = pace.of(`chat ${hour} ${index}`, async () => 1);
      const now = hour * 2 * HOUR + index * 1000;
      const sizes = chat.wait(now);
      if (typeof sizes !== 'number') await sizes;
      chat.begin(now);
      chat.end(now, true);
    }
    if (hour === 9 || hour === 29) held.push(heapUsed());
  }
  // 20,000 sizes had left 2 MB.
  expect((held[1]! - held[0]!) / 2 ** 20).toBeLessThan(1);
});

describe('an app that was forgotten', () => {
  it('has one queue again, also for a client that was there before', async () => {
    const open = { now: 0, most: 0 };
    const { clock, client, others } = setUp({
      'message/send': async () => {
        open.most = Math.max(open.most, (open.now += 1));
        await new Promise((resolve) => setImmediate(resolve));
        open.now -= 1;
        return { errcode: 0, errmsg: 'ok', msgid: 'm' };
      },
    });
    const before = client();
    await before.send(text);
    await clock.sleep(2 * DAY);
    await others(10);
    const clients = [before, client()];
    open.most = 0;
    const begun = clock.slept();
    await Promise.all(Array.from({ length: 31 }, (_, index) => clients[index % 2]!.send(text)));
    expect([open.most, clock.slept() - begun]).toEqual([1, MINUTE]);
  });

  it('has one queue for a robot again, and one for the group chats of a company', async () => {
    const { clock, client, robot, others } = setUp();
    const [first, group] = [client(), robot('key')];
    await Promise.all([first.send(toChat), group.send(toGroup)]);
    await clock.sleep(2 * DAY);
    await others(10);
    for (const [sends, message, most] of [
      [[first, client(7)], toChat, 10],
      [[group, robot('key')], toGroup, 20],
    ] as const) {
      const begun = clock.slept();
      for (let index = 0; index <= most; index += 1) await sends[index % 2]!.send(message);
      expect(clock.slept() - begun).toBe(MINUTE);
    }
  });
});

describe('what still matters is not forgotten', () => {
  it('the messages of the last hour to a member', async () => {
    const { clock, client, others } = setUp();
    const thousand = async () => {
      for (let index = 0; index < 1000; index += 1) await client().send(text);
    };
    await thousand();
    await clock.sleep(HOUR - clock.slept() - MINUTE);
    await others(10);
    expect(await failure(client().send(text, { rates: 'fail' }), WecomRateError)).toMatchObject({ reason: 'member' });
  });

  it('the last minute of a robot, and of the group chats of a company', async () => {
    const { clock, client, robot, others } = setUp();
    for (let index = 0; index < 20; index += 1) await robot('key').send(toGroup);
    for (let index = 0; index < 10; index += 1) await client(index).send(toChat);
    await clock.sleep(MINUTE - 1);
    await others(20);
    expect(await failure(robot('key').send(toGroup, { rates: 'fail' }), WecomRateError)).toMatchObject({
      reason: 'robot',
      waitMs: 1,
    });
    expect(await failure(client(99).send(toChat, { rates: 'fail' }), WecomRateError)).toMatchObject({
      reason: 'chat',
      waitMs: 1,
    });
  });

  it('a pause of WeCom, though it lasts for the rest of the day, and that there was one', async () => {
    const { clock, client } = setUp({ 'message/send': { errcode: 45009, errmsg: 'api freq out of limit' } });
    const refuses = (reason: string) =>
      failure(client().send(text, { rates: 'fail' }), Error).then((error) =>
        expect(error).toMatchObject(reason === '45009' ? { errcode: 45009 } : { reason }),
      );
    const refusesOthers = async () => {
      for (let index = 0; index < 20; index += 1)
        await failure(client(1, `other${clock.slept()}${index}`).send(text, { rates: 'fail' }), Error);
    };
    for (const pause of [MINUTE, HOUR]) {
      await refuses('45009');
      await refuses('pause');
      await clock.sleep(pause);
      await refusesOthers();
    }
    await refuses('45009');
    await clock.sleep(2 * HOUR);
    await refusesOthers();
    await refuses('pause');
  });

  it('a message under way, however long it takes, and what waits behind it', async () => {
    const answers: (() => void)[] = [];
    const { clock, client, to, others } = setUp({
      'message/send': (request) =>
        (request.body as string).includes('slow')
          ? new Promise<object>((resolve) => answers.push(() => resolve({ errcode: 0, errmsg: 'ok', msgid: 'm' })))
          : { errcode: 0, errmsg: 'ok', msgid: 'm' },
    });
    const slow = client().send({ ...text, text: { content: 'slow' } });
    while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.sleep(2 * DAY);
    await others(10);
    const behind = client().send(text);
    await others(10);
    expect(to('message/send')).toEqual([]);
    answers[0]!();
    await Promise.all([slow, behind]);
    expect(to('message/send')).toHaveLength(1);
  });

  it('a token that is valid, and a secret that is wrong', async () => {
    const { clock, client, to, others } = setUp({
      gettoken: (request) =>
        request.url.includes('wrong')
          ? { errcode: 40001, errmsg: 'invalid credential' }
          : { errcode: 0, errmsg: 'ok', access_token: 'canary-token', expires_in: 86_400 },
    });
    await client().send(text);
    await clock.sleep(20 * HOUR);
    await others(10);
    await client().send(text);
    await failure(client(1, 'wrong').send(text), Error);
    expect(to('gettoken')).toHaveLength(1);
    await failure(client(1, 'wrong').send(text), Error);
    expect(to('gettoken')).toHaveLength(1);
  });
});

describe('forgetting', () => {
  it('looks at two with each use, however many there are', () => {
    for (const count of [100, 400, 1600]) {
      let looks = 0;
      const map = new EvictingMap<object>(() => {
        looks += 1;
        return false;
      });
      for (let index = 0; index < count; index += 1) map.getOrAdd(String(index), 0, () => ({}));
      for (let index = 0; index < count; index += 1) map.getOrAdd(String(index), 0, () => ({}));
      expect(looks).toBeLessThanOrEqual(4 * count);
      expect(map.size).toBe(count);
    }
  });

  it('gets through all of them with half as many uses, and goes round again', () => {
    const map = new EvictingMap<{ readonly until: number }>(({ until }, now) => now >= until);
    for (let index = 0; index < 100; index += 1) map.getOrAdd(String(index), 0, () => ({ until: 1 + (index % 2) }));
    const use = (now: number) => map.getOrAdd('used', now, () => ({ until: Infinity }));
    for (const [now, left] of [
      [1, 51],
      [2, 1],
    ] as const) {
      for (let uses = 0; uses < 102; uses += 1) use(now);
      expect(map.size).toBe(left);
    }
  });

  it('gives what it still has, and keeps it until another one is asked for', () => {
    const map = new EvictingMap<object>(() => true);
    const one = map.getOrAdd('one', 0, () => ({}));
    for (let uses = 0; uses < 10; uses += 1)
      expect(map.getOrAdd('one', 0, () => ({})) === one && map.get('one') === one).toBe(true);
    map.getOrAdd('another', 0, () => ({}));
    expect(map.get('one')).toBeUndefined();
  });
});
