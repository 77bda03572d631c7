import { TokenCache, tokenKey, WecomApiError, WecomNetworkError } from '../../core';
import type { TokenRecord, TokenStore } from '../../core';
import { endpoints } from '../../core/api/endpoints';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function setUp(gettoken?: unknown, store?: TokenStore) {
  const wecom = fakeWecom(gettoken === undefined ? {} : { gettoken: gettoken as object });
  const clock = movableClock();
  const cache = new TokenCache({ clock, ...(store && { store }) });
  const now = () => cache.get(app, { http: wecom.http, baseUrl: app.baseUrl, timeoutMs: 1000 });
  return { cache, clock, now, get: async () => now(), gettokens: () => wecom.to('gettoken').length };
}

/** A few turns of the event loop: an exchange with the fake WeCom takes one. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const token = (name: string, expires_in: unknown = 7200) => ({ errcode: 0, access_token: name, expires_in });

describe('a token', () => {
  it('that is there is given at once, so that messages need not wait', async () => {
    const { now, get } = setUp();
    await get();
    expect(now()).toBe('canary-token-1');
  });

  it('is replaced in the background from its last five minutes on, to the millisecond', async () => {
    const { get, clock, gettokens } = setUp();
    await get();
    clock.move(115 * MINUTE - 1);
    await get();
    await settled();
    expect(gettokens()).toBe(1);
    clock.move(1);
    expect(await get()).toBe('canary-token-1');
    await settled();
    expect(gettokens()).toBe(2);
  });

  it('is not used from its last minute on, to the millisecond', async () => {
    const { get, clock } = setUp([token('first'), new Error('down'), token('second')]);
    await get();
    clock.move(119 * MINUTE - 1);
    expect(await get()).toBe('first');
    await settled();
    clock.move(1);
    expect(await get()).toBe('second');
  });

  it('with a short life is used for half of it', async () => {
    const { get, clock, gettokens } = setUp(() => token('short', 60));
    await get();
    clock.move(29 * SECOND);
    await get();
    await settled();
    expect(gettokens()).toBe(1);
    clock.move(SECOND);
    await get();
    expect(gettokens()).toBe(2);
  });

  it('with a life of some minutes is replaced in the background after half of it', async () => {
    const { get, clock, gettokens } = setUp([token('a', 400), token('b', 400)]);
    await get();
    clock.move(200 * SECOND - 1);
    await get();
    await settled();
    expect(gettokens()).toBe(1);
    clock.move(1);
    expect(await get()).toBe('a');
    await settled();
    expect(await get()).toBe('b');
  });

  it.each([[undefined], [0], [-5], ['soon'], ['7200'], [null], [true], [[60]], [''], ['-1']])(
    'whose life is given as %j lives two hours',
    async (expires_in) => {
      const { get, clock, gettokens } = setUp([
        { errcode: 0, access_token: 'a', ...(expires_in !== undefined && { expires_in }) },
        token('b'),
      ]);
      await get();
      clock.move(115 * MINUTE - 1);
      expect(await get()).toBe('a');
      await settled();
      expect(gettokens()).toBe(1);
    },
  );

  it('that WeCom hands out again does not live longer for it', async () => {
    const { get, clock, gettokens } = setUp([token('same'), token('same'), token('new')]);
    await get();
    clock.move(116 * MINUTE);
    await get();
    await settled();
    clock.move(MINUTE);
    await get();
    await settled();
    expect(gettokens()).toBe(2);
    clock.move(2 * MINUTE);
    expect(await get()).toBe('new');
  });

  it('that WeCom hands out again in its last minute is taken at its word, or it would be asked for with every message', async () => {
    const { get, clock, gettokens } = setUp([token('same'), token('same'), token('new')]);
    await get();
    clock.move(119 * MINUTE);
    expect(await get()).toBe('same');
    clock.move(MINUTE);
    expect(await get()).toBe('same');
    expect(gettokens()).toBe(2);
  });

  it('that WeCom hands out again with less time lives that long only', async () => {
    const { get, clock } = setUp([token('same'), token('same', 100), token('new')]);
    await get();
    clock.move(115 * MINUTE);
    await get();
    await settled();
    clock.move(50 * SECOND);
    expect(await get()).toBe('new');
  });

  it('that was never there can be reported as refused', () => {
    expect(() =>
      setUp().cache.refused(app, 'x', endpoints.sendMessage, new WecomApiError(42001, '', endpoints.sendMessage)),
    ).not.toThrow();
  });
});

describe('a wrong secret', () => {
  const refusing = () => setUp([{ errcode: 40001, errmsg: 'invalid credential' }, token('good'), token('next')]);

  it('is remembered for a minute, to the millisecond', async () => {
    const { get, clock, gettokens } = refusing();
    await failure(get(), WecomApiError);
    clock.move(MINUTE - 1);
    await failure(get(), WecomApiError);
    expect(gettokens()).toBe(1);
    clock.move(1);
    expect(await get()).toBe('good');
  });

  it('is not remembered when the clock went back beyond it', async () => {
    const { get, clock } = refusing();
    await failure(get(), WecomApiError);
    clock.move(-1);
    expect(await get()).toBe('good');
  });

  it('is forgotten with the first token', async () => {
    const { get, clock, cache } = refusing();
    await failure(get(), WecomApiError);
    clock.move(MINUTE);
    cache.refused(app, await get(), endpoints.sendMessage, new WecomApiError(42001, '', endpoints.sendMessage));
    clock.move(-30 * SECOND);
    expect(await get()).toBe('next');
  });

  it('is the only failure that is remembered', async () => {
    const { get } = setUp([{ errcode: 45009, errmsg: 'api freq out of limit' }, token('good')]);
    await failure(get(), WecomApiError);
    expect(await get()).toBe('good');
  });
});

describe('the clock', () => {
  it('may go back by a second, again and again', async () => {
    const { get, clock, gettokens } = setUp();
    clock.move(MINUTE);
    await get();
    for (let step = 0; step < 5; step += 1) {
      clock.move(-1000);
      expect(await get()).toBe('canary-token-1');
    }
    expect(gettokens()).toBe(1);
    clock.move(-1001);
    expect(await get()).toBe('canary-token-2');
  });
});

describe('what a store holds', () => {
  const store = (record?: TokenRecord) => {
    const calls: unknown[][] = [];
    const load = async (...given: unknown[]) => {
      calls.push(['load', ...given]);
      return record;
    };
    return { calls, load, save: async (...given: unknown[]) => void calls.push(['save', ...given]) };
  };

  it('is asked for once, and gets what was fetched', async () => {
    const { calls, ...port } = store();
    const { get, clock, cache } = setUp([token('a', 600), token('b', 600)], port);
    await get();
    cache.refused(app, 'a', endpoints.sendMessage, new WecomApiError(42001, '', endpoints.sendMessage));
    await get();
    const saved = (name: string) => [
      'save',
      tokenKey(app),
      app.secret,
      { token: name, fetchedAt: clock.now(), lifetimeMs: 600_000 },
    ];
    expect(calls).toEqual([['load', tokenKey(app), app.secret], saved('a'), saved('b')]);
  });

  it.each([
    [0, 'stored'],
    [119 * MINUTE - 1, 'stored'],
    [119 * MINUTE, 'canary-token-1'],
  ])('at an age of %i ms gives %s', async (age, given) => {
    const start = movableClock().now();
    const { calls, ...port } = store({ token: 'stored', fetchedAt: start - age, lifetimeMs: 120 * MINUTE });
    expect(await setUp(undefined, port).get()).toBe(given);
    expect(calls).toHaveLength(given === 'stored' ? 1 : 2);
  });
});

test('a token that was served before is in no error of the next gettoken', async () => {
  const { get, clock } = setUp([token('canary-token-old'), new Error('canary-token-old and canary-secret-7f3a')]);
  await get();
  clock.move(120 * MINUTE);
  expect((await failure(get(), WecomNetworkError)).message).toMatch(/No answer from WeCom: \*\*\* and \*\*\* /);
});

test.each([
  [{ errcode: 0, access_token: '', expires_in: 7200 }],
  [{ errcode: 0, errmsg: 'ok' }],
  [{ errcode: 0, access_token: 7 }],
])('an answer without a token, %j, is not one of WeCom, and nothing was sent', async (answer) => {
  const error = await failure(setUp(answer).get(), WecomNetworkError);
  expect(error).toMatchObject({
    delivery: 'not-sent',
    endpoint: '/cgi-bin/gettoken',
    cause: { code: 'BAD_ANSWER', message: expect.stringContaining('no access_token') },
  });
  expect(error.explain('en').advice).toMatch(/not sent.*base URL/);
  expect(error.explain('zh').title).toContain('应答中没有 access_token');
});

test.each([
  [1, 30],
  [0.001, 30],
  [1e300, 86_100],
  ['99999999999', 86_100],
])(
  'a token that is said to live for %p s is replaced after %i s, whatever that does to its last messages',
  async (expires_in, seconds) => {
    const { get, clock, gettokens } = setUp([token('a', expires_in), token('b')]);
    await get();
    clock.move(seconds * SECOND - 1);
    expect(await get()).toBe('a');
    await settled();
    expect(gettokens()).toBe(1);
    clock.move(1);
    await get();
    await settled();
    expect(gettokens()).toBe(2);
  },
);

test.each([[undefined], [0], [-5], [1], ['soon'], [1e300], [null]])(
  '40 messages need one gettoken when expires_in is %p',
  async (expires_in) => {
    const { get, clock, gettokens } = setUp(() => ({
      errcode: 0,
      access_token: 'T',
      ...(expires_in !== undefined && { expires_in }),
    }));
    for (let message = 0; message < 40; message += 1) {
      await get();
      clock.move(500);
    }
    await settled();
    expect(gettokens()).toBe(1);
  },
);

test('a refresh in the background that fails is not tried again with every message', async () => {
  const { get, clock, gettokens } = setUp([token('first'), new Error('down'), new Error('down'), token('second')]);
  await get();
  clock.move(116 * MINUTE);
  for (let message = 0; message < 40; message += 1) {
    expect(await get()).toBe('first');
    await settled();
    clock.move(450);
  }
  expect(gettokens()).toBe(3);
  clock.move(10 * SECOND);
  await get();
  await settled();
  expect(await get()).toBe('second');
});
