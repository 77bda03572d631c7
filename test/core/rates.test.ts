import { ANYBODY, ChatPace, MemberPace, RobotPace } from '../../core/delivery/pace';
import type { Pace } from '../../core/delivery/pace';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Sends as soon as the pace allows, and tells when. */
function send(pace: Pace, now: number): number {
  for (;;) {
    const wait = pace.wait(now);
    if (typeof wait !== 'number') throw new Error('nothing has to be looked up here');
    if (wait <= 0) break;
    now += wait;
  }
  pace.begin(now);
  pace.end(now, true);
  return now;
}

describe('messages of an app to a member', () => {
  it('go at once up to 30 a minute; the 31st waits until the first is a minute old', () => {
    const pace = new MemberPace().of(['zhangsan']);
    for (let index = 0; index < 30; index += 1) expect(send(pace, 1000 + index)).toBe(1000 + index);
    expect(pace.wait(2000)).toBe(1000 + MINUTE - 2000);
    expect(send(pace, 2000)).toBe(1000 + MINUTE);
    expect(send(pace, 2000 + MINUTE)).toBe(2000 + MINUTE);
  });

  it('are at most 1000 in any hour', () => {
    const pace = new MemberPace().of(['zhangsan']);
    let now = 0;
    const times = Array.from({ length: 1001 }, () => (now = send(pace, now + 2500)));
    expect(times[999]).toBe(2500 * 1000);
    expect(times[1000]).toBe(2500 + HOUR);
  });

  it('do not slow down those to others', () => {
    const pace = new MemberPace();
    for (let index = 0; index < 30; index += 1) send(pace.of(['zhangsan']), 0);
    expect(pace.of(['lisi']).wait(0)).toBe(0);
    expect(pace.of(['lisi', 'zhangsan']).wait(0)).toBe(MINUTE);
  });

  it('to departments, tags and everyone count for every member, and every member for them', () => {
    const pace = new MemberPace();
    for (let index = 0; index < 20; index += 1) send(pace.of(['zhangsan']), index);
    for (let index = 0; index < 10; index += 1) send(pace.of(ANYBODY), 100 + index);
    expect(pace.of(['zhangsan']).wait(200)).toBe(MINUTE - 200);
    expect(pace.of(ANYBODY).wait(200)).toBe(MINUTE - 200);
    expect(pace.of(['lisi']).wait(200)).toBe(0);
    for (let index = 0; index < 20; index += 1) send(pace.of(['lisi']), 200);
    // Of the last 30 that lisi got, the first ten came to everyone.
    expect(pace.of(['lisi']).wait(200)).toBe(100 + MINUTE - 200);
    expect(pace.of(['lisi']).wait(105 + MINUTE)).toBe(0);
  });

  it('that are on their way count, and what WeCom refused does not', () => {
    const pace = new MemberPace().of(['zhangsan']);
    for (let index = 0; index < 30; index += 1) {
      expect(pace.wait(0)).toBe(0);
      pace.begin(0);
    }
    expect(pace.wait(0)).toBeGreaterThan(0);
    pace.end(10, false);
    expect(pace.wait(10)).toBe(0);
  });

  it('count from their answer on, which is later than WeCom counted them', () => {
    const pace = new MemberPace().of(['zhangsan']);
    for (let index = 0; index < 30; index += 1) pace.begin(0);
    for (let index = 0; index < 30; index += 1) pace.end(4000, true);
    expect(pace.wait(5000)).toBe(4000 + MINUTE - 5000);
  });

  it('are forgotten when they are old: 100 000 members leave nothing behind', () => {
    const pace = new MemberPace();
    for (let index = 0; index < 100_000; index += 1) send(pace.of([`member${index}`]), index * 100);
    // An hour is 36 000 of them; tidying happens when as many have come again.
    expect((pace as unknown as { members: Map<string, unknown> }).members.size).toBeLessThan(75_000);
  });
});

describe('messages of a group robot', () => {
  it('are at most 20 in any minute', () => {
    const pace = new RobotPace().of();
    let now = 0;
    const times = Array.from({ length: 41 }, () => (now = send(pace, now)));
    expect([times[19], times[20], times[39], times[40]]).toEqual([0, MINUTE, MINUTE, 2 * MINUTE]);
  });
});

describe('messages to group chats', () => {
  const sizes: Record<string, number> = { team: 20, hall: 2000 };
  const lookUps: string[] = [];
  const lookUp = async (chatid: string) => {
    lookUps.push(chatid);
    return sizes[chatid];
  };
  beforeEach(() => void lookUps.splice(0));

  async function sendToChat(pace: ChatPace, chatid: string, now: number): Promise<number> {
    const own = pace.of(chatid, lookUp);
    for (;;) {
      const wait = own.wait(now);
      if (typeof wait === 'number' && wait <= 0) break;
      if (typeof wait === 'number') now += wait;
      else await wait;
    }
    own.begin(now);
    own.end(now, true);
    return now;
  }

  it('need no look-up up to ten a minute, however large the chats are', async () => {
    const pace = new ChatPace();
    for (let index = 0; index < 10; index += 1) expect(await sendToChat(pace, 'hall', 0)).toBe(0);
    expect(lookUps).toEqual([]);
  });

  it('keep 20 000 person-times a minute: ten to 2000 people', async () => {
    const pace = new ChatPace();
    const times = [];
    for (let index = 0; index < 21; index += 1) times.push(await sendToChat(pace, 'hall', 0));
    expect([times[9], times[10], times[20]]).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(lookUps).toEqual(['hall']);
  });

  it('keep 200 a minute to small chats, because a member may be in all of them', async () => {
    const pace = new ChatPace();
    const times = [];
    for (let index = 0; index < 201; index += 1) times.push(await sendToChat(pace, 'team', 0));
    expect([times[199], times[200]]).toEqual([0, MINUTE]);
  });

  it('keep 10 000 a day, because a member may be in all of them', async () => {
    const pace = new ChatPace();
    const DAY = 24 * HOUR;
    const times = [];
    for (let index = 0; index < 10_002; index += 1) times.push(await sendToChat(pace, 'team', index * 500));
    expect([times[9999], times[10_000], times[10_001]]).toEqual([9999 * 500, DAY, DAY + 500]);
  });

  it('of unknown size count as the largest there can be', async () => {
    const pace = new ChatPace();
    const times = [];
    for (let index = 0; index < 11; index += 1) times.push(await sendToChat(pace, 'nobody knows', 0));
    expect(times[10]).toBe(MINUTE);
  });
});
