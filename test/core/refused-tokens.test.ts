import { createWecom, SendQueues, TokenCache, WecomApiError, WecomNetworkError } from '../../core';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

const SECOND = 1000;
const refuses = (errcode: number) => () => ({ errcode, errmsg: 'no' });
const accepts = () => ({ errcode: 0, errmsg: 'ok', msgid: 'M' });

function setUp(answers: Record<string, () => object | Promise<object>>, rates: 'off' | 'wait' | 'fail' = 'off') {
  const script = { ...answers };
  const wecom = fakeWecom(
    Object.fromEntries(
      Object.keys(script).map((endpoint) => [
        endpoint,
        async () => (script[endpoint] as () => object | Promise<object>)(),
      ]),
    ),
  );
  const clock = movableClock();
  const client = createWecom({
    app,
    http: wecom.http,
    clock,
    tokens: new TokenCache({ clock }),
    queues: new SendQueues(),
  });
  let count = 0;
  const send = () =>
    client.send({ touser: `member${(count += 1)}`, msgtype: 'text', text: { content: 'x' } }, { rates });
  return {
    script,
    client,
    clock,
    send,
    gettokens: () => wecom.to('gettoken').length,
    sends: () => wecom.to('message/send').length,
  };
}

const errors = async (sending: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(sending)).map((outcome) =>
    outcome.status === 'rejected' ? (outcome.reason as WecomApiError) : undefined,
  );

describe('messages that wait', () => {
  it.each([
    [1, 3],
    [6, 4],
  ])('sit out what refuses every new token for %i s, with %i tokens in all', async (seconds, tokens) => {
    const { send, script, clock, gettokens } = setUp({ 'message/send': refuses(42001) }, 'wait');
    const sent = Array.from({ length: 100 }, () => send());
    void clock.sleep(seconds * SECOND).then(() => (script['message/send'] = accepts));
    expect((await Promise.all(sent)).every(({ msgid }) => msgid === 'M')).toBe(true);
    expect(gettokens()).toBe(tokens);
  });

  it('fail when it does not pass, and by then have asked for four tokens', async () => {
    const { send, gettokens } = setUp({ 'message/send': refuses(42001) }, 'wait');
    const all = await errors(Array.from({ length: 100 }, () => send()));
    expect(all.every((error) => error?.errcode === 42001 && error.delivery === 'not-sent')).toBe(true);
    expect(gettokens()).toBe(4);
  });

  it.each(['off', 'fail'] as const)('but not those that are not to wait (%s)', async (rates) => {
    const { send, gettokens, clock } = setUp({ 'message/send': refuses(42001) }, rates);
    const before = clock.monotonic();
    const all = await errors(Array.from({ length: 100 }, () => send()));
    expect(all.every((error) => error?.errcode === 42001)).toBe(true);
    expect([gettokens(), clock.monotonic() - before]).toEqual([2, 0]);
  });
});

describe('an endpoint that refuses every token', () => {
  it.each([42001, 40014, 40001])(
    '(%i) makes 300 messages at once ask for two, and each is told why',
    async (errcode) => {
      const { send, gettokens, sends } = setUp({ 'message/send': refuses(errcode) });
      const all = await errors(Array.from({ length: 300 }, () => send()));
      expect(all.every((error) => error?.errcode === errcode)).toBe(true);
      expect(gettokens()).toBe(2);
      expect(sends()).toBeLessThan(30);
      expect(all.at(-1)?.explain('en')).toEqual({
        title: `WeCom refuses access tokens it has only just given (WeCom error ${errcode})`,
        advice: expect.stringMatching(/^Nothing was sent, and no new token is fetched for 5 s/),
      });
      expect(all.at(-1)?.explain('zh')).toEqual({
        title: `企业微信拒绝了刚刚获取的 access_token（企业微信错误码 ${errcode}）`,
        advice: expect.stringMatching(/^消息未发送；.*5 秒内不再获取新的 access_token/),
      });
      expect(all.at(-1)?.copy().explain('en')).toEqual(all.at(-1)?.explain('en'));
    },
  );

  it('is asked again after pauses that double, up to ten minutes, for as long as it goes on', async () => {
    const { send, gettokens, clock } = setUp({ 'message/send': refuses(42001) });
    await errors([send(), send()]);
    const before = gettokens();
    for (let second = 0; second < 3600; second += 1) {
      clock.move(SECOND);
      await errors([send()]);
    }
    // After 5, 10, 20, 40, 80, 160, 320 s, and then every 600 s.
    expect(gettokens() - before).toBe(11);
  });

  it('gets a new token at the end of the pause, to the millisecond, and is well again when it takes it', async () => {
    const { send, script, clock, gettokens } = setUp({ 'message/send': refuses(42001) });
    await errors([send(), send()]);
    script['message/send'] = accepts;
    clock.move(5 * SECOND - 1);
    await failure(send(), WecomApiError);
    clock.move(1);
    expect(await send()).toMatchObject({ msgid: 'M' });
    const before = gettokens();
    // The count begins anew: one refused token costs one gettoken and no message.
    let refused = 0;
    script['message/send'] = () => ((refused += 1) === 1 ? refuses(42001)() : accepts());
    expect(await send()).toMatchObject({ msgid: 'M' });
    expect(gettokens()).toBe(before + 1);
  });

  it('holds up no other endpoint, and is not excused by one that takes the tokens', async () => {
    const { send, client, gettokens } = setUp({
      'message/send': refuses(42001),
      'agent/get': () => ({ errcode: 0, agentid: 1, name: 'app' }),
      'tag/list': () => ({ errcode: 0, taglist: [] }),
    });
    for (let message = 0; message < 40; message += 1) {
      await errors([send()]);
      expect(await client.listTags()).toEqual([]);
    }
    expect(gettokens()).toBe(3);
  });

  it('is asked at once by a person who presses Test', async () => {
    const { send, client, script, gettokens } = setUp({
      'message/send': refuses(42001),
      'agent/get': () => ({ errcode: 0, agentid: 1, name: 'app' }),
    });
    await errors([send(), send()]);
    script['message/send'] = accepts;
    const before = gettokens();
    expect(await client.test()).toEqual({ name: 'app' });
    expect(await send()).toMatchObject({ msgid: 'M' });
    expect(gettokens()).toBe(before + 1);
  });

  it('is asked at once after the clock went backwards: nobody knows how long the pause has lasted', async () => {
    const { send, script, clock } = setUp({ 'message/send': refuses(42001) });
    await errors([send(), send()]);
    script['message/send'] = accepts;
    clock.move(-2 * SECOND);
    expect(await send()).toMatchObject({ msgid: 'M' });
  });
});

describe('gettoken that accepts and never answers', () => {
  const TIMEOUT = 10 * SECOND;

  function silentUntil(until: number) {
    const held: { clock?: ReturnType<typeof movableClock> } = {};
    const made = setUp(
      {
        'message/send': accepts,
        gettoken: async () => {
          const clock = held.clock!;
          if (clock.monotonic() >= until) return { errcode: 0, access_token: 'token', expires_in: 7200 };
          await clock.sleep(TIMEOUT);
          throw Object.assign(new Error('no answer'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
        },
      },
      'wait',
    );
    held.clock = made.clock;
    return made;
  }

  it('is waited for by many of 1000 messages together, not by each in its turn', async () => {
    const { send, gettokens } = silentUntil(Infinity);
    const all = (await Promise.allSettled(Array.from({ length: 1000 }, () => send()))).map(
      (outcome) => outcome.status === 'rejected' && (outcome.reason as WecomNetworkError),
    );
    expect(all.every((error) => error instanceof WecomNetworkError && error.delivery === 'not-sent')).toBe(true);
    // 8 of them at a time at first, as nothing was answered yet.
    expect(gettokens()).toBeLessThanOrEqual(1000 / 8 + 10);
  });

  it('is forgotten when it answers again: all go out', async () => {
    const { send, gettokens } = silentUntil(25 * SECOND);
    const all = await Promise.all(Array.from({ length: 1000 }, () => send()));
    expect(all.every(({ msgid }) => msgid === 'M')).toBe(true);
    expect(gettokens()).toBeLessThanOrEqual(4);
  });

  it('is asked at once by a person who presses Test', async () => {
    const { send, client, gettokens } = silentUntil(Infinity);
    void send().catch(() => undefined);
    const before = await client.test().then(
      () => 0,
      () => gettokens(),
    );
    await client.test().catch(() => undefined);
    expect(gettokens()).toBeGreaterThan(before);
  });
});

it('a token that dies once a minute costs one gettoken each time, and no message', async () => {
  const { send, script, clock, gettokens } = setUp({ 'message/send': accepts });
  await send();
  for (let minute = 1; minute <= 10; minute += 1) {
    clock.move(60 * SECOND);
    let calls = 0;
    script['message/send'] = () => ((calls += 1) === 1 ? refuses(42001)() : accepts());
    expect(await send()).toMatchObject({ msgid: 'M' });
    expect(gettokens()).toBe(minute + 1);
  }
});
