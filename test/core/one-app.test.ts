/** What counts as one app, and how several processes share it. */
import { createRobot, createWecom, MediaUploads, SendQueues, TokenCache } from '../../core';
import { sameServer } from '../../core/api/base-url';
import { ChatPace, MemberPace, RobotPace } from '../../core/delivery/pace';
import type { Pace } from '../../core/delivery/pace';
import { app, fakeWecom, movableClock } from './fake-wecom';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const text = { touser: 'zhangsan', msgtype: 'text', text: { content: 'x' } };
const file = {
  touser: 'lisi',
  msgtype: 'file',
  file: { media_id: { filename: 'a.txt', data: Buffer.from('some text') } },
};

/** When each of so many messages may go. */
function times(pace: Pace, count: number): number[] {
  let now = 0;
  return Array.from({ length: count }, () => {
    for (let wait = pace.wait(now); wait !== 0; wait = pace.wait(now)) {
      if (typeof wait !== 'number') throw new Error('nothing has to be looked up here');
      now += wait;
    }
    pace.begin(now);
    pace.end(now, true);
    return now;
  });
}

describe('an app that several processes send with', () => {
  it.each([
    [1, 30],
    [2, 15],
    [4, 7],
    [7, 4],
    [30, 1],
    [31, 1],
    [500, 1],
  ])('keeps its part of 30 messages a minute to a member: %d processes, %d messages', (processes, share) => {
    const sent = times(new MemberPace().of(['zhangsan'], processes), share + 1);
    expect([sent[share - 1], sent[share]]).toEqual([0, MINUTE]);
    const everybody = times(new MemberPace().of('anybody', processes), share + 1);
    expect([everybody[share - 1], everybody[share]]).toEqual([0, MINUTE]);
  });

  it('keeps its part of 1000 an hour, and of the 20 a minute of a robot', () => {
    const hour = times(new MemberPace().of(['zhangsan'], 4), 251);
    expect([hour[250]! >= HOUR, hour[249]! < HOUR]).toEqual([true, true]);
    const robot = times(new RobotPace().of(3), 7);
    expect([robot[5], robot[6]]).toEqual([0, MINUTE]);
  });

  it('keeps its part of the person-times of group chats, and sends to a chat that is larger than it', async () => {
    const of = (processes: number) => new ChatPace().of('hall', async () => 2000, processes);
    for (const [processes, share] of [
      [2, 5],
      [10, 1],
      [100, 1],
    ] as const) {
      const pace = of(processes);
      for (let index = 0; index < share; index += 1) {
        expect(pace.wait(0)).toBe(0);
        pace.begin(0);
        expect(index + 1 < share || typeof pace.wait(0) !== 'number' || (pace.wait(0) as number) > 0).toBe(true);
        pace.end(0, true);
      }
      await pace.wait(0);
      expect(pace.wait(0)).toBe(MINUTE);
      expect(pace.wait(MINUTE)).toBe(0);
    }
  });

  it('is counted by the setting of each client, which says how many there are', async () => {
    for (const processes of [1, 2] as const) {
      const { http } = fakeWecom();
      const clock = movableClock();
      const wecom = createWecom<unknown>({ app: { ...app, processes }, http, clock });
      for (let index = 0; index < 60; index += 1) await wecom.send(text);
      expect(clock.slept()).toBe(MINUTE * (2 * processes - 1));
      const robot = createRobot<unknown>({ webhook: 'key', processes, http, clock });
      const before = clock.slept();
      for (let index = 0; index < 20; index += 1) await robot.send({ msgtype: 'text', text: { content: 'x' } });
      expect(clock.slept() - before).toBe(MINUTE * (processes - 1));
    }
  });
});

describe('one server', () => {
  it.each([
    [
      'https://relay.test',
      'https://RELAY.test',
      'https://relay.test/',
      'https://relay.test:443',
      'https://relay.test.',
      'HTTPS://relay.test//',
    ],
    [
      'http://localhost:8080/wecom',
      'http://127.0.0.1:8080/wecom',
      'http://[::1]:8080/wecom/',
      'http://localhost.:8080/wecom',
      'http://[::ffff:127.0.0.1]:8080/wecom',
      'HTTP://LocalHost:8080/wecom',
    ],
  ])('is the same however it is spelled: %s', (...spellings) => {
    expect(new Set(spellings.map(sameServer)).size).toBe(1);
  });

  it('is another with another port, path, scheme or name', () => {
    const addresses = [
      'https://relay.test',
      'http://relay.test',
      'https://relay.test:8443',
      'https://relay.test/a',
      'https://relay.test/A',
      'https://relay2.test',
      'http://127.0.0.2',
      'http://127.0.0.1',
      'http://localhost.test',
    ];
    expect(new Set(addresses.map(sameServer)).size).toBe(addresses.length);
  });

  it('has one token, one upload and one rate for an app, and gets requests at the address as it was written', async () => {
    const { http, to } = fakeWecom();
    const clock = movableClock();
    const shared = { tokens: new TokenCache({ clock }), uploads: new MediaUploads(clock), queues: new SendQueues() };
    const spellings = ['http://localhost:8080', 'http://127.0.0.1:8080', 'HTTP://[::1]:8080/'];
    const clients = spellings.map((baseUrl) =>
      createWecom<unknown>({ app: { ...app, baseUrl }, http, clock, ...shared }),
    );
    for (let index = 0; index < 30; index += 1) await clients[index % 3]!.send(text);
    for (const client of clients) await client.send(file);
    expect([to('gettoken').length, to('media/upload').length, clock.slept()]).toEqual([1, 1, 0]);
    expect(new Set(to('message/send').map(({ url }) => url.slice(0, url.indexOf('/cgi-bin'))))).toEqual(
      new Set(['http://localhost:8080', 'http://127.0.0.1:8080', 'HTTP://[::1]:8080']),
    );
    await clients[1]!.send(text);
    expect(clock.slept()).toBe(MINUTE);
  });

  it('has one rate for a robot', async () => {
    const { http } = fakeWecom();
    const clock = movableClock();
    const queues = new SendQueues();
    const robots = ['http://localhost:8080', 'http://127.0.0.1:8080/'].map((baseUrl) =>
      createRobot<unknown>({ webhook: 'key', baseUrl, http, clock, queues }),
    );
    const whole = createRobot<unknown>({
      webhook: 'http://[::1]:8080/cgi-bin/webhook/send?key=key',
      http,
      clock,
      queues,
    });
    for (let index = 0; index < 21; index += 1)
      await [...robots, whole][index % 3]!.send({ msgtype: 'text', text: { content: 'x' } });
    expect(clock.slept()).toBe(MINUTE);
  });
});
