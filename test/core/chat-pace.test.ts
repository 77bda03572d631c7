import { ChatPace } from '../../core/delivery/pace';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ten messages to a chat of 2000 are all that a minute holds. */
function setUp(members: (chatid: string) => number | undefined = () => 2000) {
  const pace = new ChatPace();
  const lookUps: string[] = [];
  const of = (chatid: string) =>
    pace.of(chatid, async (id) => {
      lookUps.push(id);
      return members(id);
    });
  const send = (chatid: string, now: number, counts = true) => {
    const message = of(chatid);
    message.begin(now);
    message.end(now, counts);
  };
  /** Looks the sizes up when asked to, as a sender does. */
  const wait = async (chatid: string, now: number): Promise<number> => {
    const found = of(chatid).wait(now);
    if (typeof found === 'number') return found;
    await found;
    return of(chatid).wait(now) as number;
  };
  return { lookUps, of, send, wait };
}

describe('messages to group chats', () => {
  it('wait until the oldest of ten to 2000 people is a minute old, to the millisecond', async () => {
    const { send, wait } = setUp();
    for (let message = 0; message < 10; message += 1) send('big', 1000 + message);
    expect(await wait('big', 5000)).toBe(1000 + MINUTE - 5000);
    expect(await wait('big', 1000 + MINUTE - 1)).toBe(1);
    expect(await wait('big', 1000 + MINUTE)).toBe(0);
  });

  it('that WeCom surely did not see do not count, and those on their way do', async () => {
    const { of, send, wait } = setUp();
    for (let message = 0; message < 10; message += 1) send('big', 1000, false);
    expect(await wait('big', 1000)).toBe(0);
    // How long they count shows when they have ended; until then it is looked at again.
    for (let message = 0; message < 10; message += 1) of('big').begin(1000);
    expect(await wait('big', 1000)).toBe(250);
  });

  it('are forgotten after a minute also while nobody asks how long to wait', () => {
    const pace = new ChatPace();
    const message = pace.of('big', async () => 2000);
    for (let index = 0; index < 10_000; index += 1) {
      message.begin(index * 100);
      message.end(index * 100, true);
    }
    expect((pace as unknown as { sent: unknown[] }).sent.length).toBeLessThanOrEqual(1000);
  });

  it('still count when older ones are forgotten', async () => {
    const { send, of, lookUps } = setUp();
    for (let message = 0; message < 1000; message += 1) send('small', 0);
    for (let message = 0; message < 10; message += 1) send('big', MINUTE + message);
    await of('big').wait(MINUTE + 20);
    expect(lookUps).toEqual(['big']);
    expect(of('big').wait(MINUTE + 20)).toBe(MINUTE - 20);
  });

  it('on their way count with the size of their chat: as many as a minute holds go at once, and none more', async () => {
    const { of, wait } = setUp();
    for (let message = 0; message < 9; message += 1) of('big').begin(0);
    expect(of('big').wait(0)).toBe(0);
    of('big').begin(0);
    expect(await wait('big', 0)).toBe(250);
    const known = setUp(() => 3);
    for (let message = 0; message < 10; message += 1) known.send('small', 0);
    expect(await known.wait('small', 0)).toBe(0);
    for (let message = 0; message < 50; message += 1) known.of('small').begin(0);
    expect(known.of('small').wait(0)).toBe(0);
    expect(known.lookUps).toEqual(['small']);
  });

  it('that are a minute old are not asked about', async () => {
    const { lookUps, send, wait } = setUp();
    send('old', 0);
    for (let message = 0; message < 10; message += 1) send('big', 10);
    expect(await wait('big', MINUTE)).toBe(10);
    expect(lookUps).toEqual(['big']);
  });

  it('count with the size of each chat, which is believed for an hour', async () => {
    const { lookUps, send, wait } = setUp((chatid) => (chatid === 'small' ? 3 : 2000));
    for (let message = 0; message < 10; message += 1) send(message < 8 ? 'big' : 'small', 0);
    expect(await wait('big', 0)).toBe(0);
    expect(lookUps).toEqual(['big', 'small']);
    for (let message = 0; message < 10; message += 1) send('big', HOUR - 1);
    expect(await wait('big', HOUR - 1)).toBe(MINUTE);
    expect(lookUps).toHaveLength(2);
    expect(await wait('big', HOUR)).toBe(MINUTE - 1);
    expect(lookUps).toEqual(['big', 'small', 'big']);
  });
});
