import { TokenCache, tokenKey, WecomApiError, WecomNetworkError } from '../../core';
import type { TokenRecord, TokenStore } from '../../core';
import { endpoints } from '../../core/api/endpoints';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

const MINUTE = 60_000;

function setUp(answers?: Parameters<typeof fakeWecom>[0], store?: TokenStore) {
  const wecom = fakeWecom(answers);
  const clock = movableClock();
  const cache = new TokenCache({ clock, ...(store && { store }) });
  const get = async (of = app) => cache.get(of, { http: wecom.http, baseUrl: of.baseUrl, timeoutMs: 1000 });
  return { cache, clock, get, gettokens: () => wecom.to('gettoken').length };
}

/** message/send says that the token has expired. */
const refuse = (cache: TokenCache, token: string) =>
  cache.refused(
    app,
    token,
    endpoints.sendMessage,
    new WecomApiError(42001, 'access_token expired', endpoints.sendMessage),
  );

/** A few turns of the event loop: an exchange with the fake WeCom takes one. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('the token cache', () => {
  it('asks once for any number of callers at the same time', async () => {
    const { get, gettokens } = setUp();
    expect(new Set(await Promise.all(Array.from({ length: 1000 }, () => get())))).toEqual(new Set(['canary-token-1']));
    expect(gettokens()).toBe(1);
  });

  it('serves a token until its last minute, refreshing in the background before', async () => {
    const { get, clock, gettokens } = setUp();
    await get();
    clock.move(114 * MINUTE);
    expect(await get()).toBe('canary-token-1');
    expect(gettokens()).toBe(1);
    clock.move(2 * MINUTE);
    expect(await get()).toBe('canary-token-1'); // still the old one, nobody waits
    await settled();
    expect(gettokens()).toBe(2);
    expect(await get()).toBe('canary-token-2');
  });

  it('does not use a token in its last minute', async () => {
    const { get, clock } = setUp();
    await get();
    clock.move(119 * MINUTE + 1);
    expect(await get()).toBe('canary-token-2');
  });

  it('keeps serving the old token when a background refresh fails', async () => {
    const { get, clock } = setUp({
      gettoken: [
        { errcode: 0, access_token: 'first', expires_in: 7200 },
        new Error('down'),
        { errcode: 0, access_token: 'second', expires_in: 7200 },
      ],
    });
    await get();
    clock.move(116 * MINUTE);
    expect(await get()).toBe('first');
    await settled();
    clock.move(10_000);
    expect(await get()).toBe('first');
    await settled();
    expect(await get()).toBe('second');
  });

  it('does not hammer gettoken when WeCom keeps handing out the same token', async () => {
    const { get, clock, gettokens } = setUp({
      gettoken: () => ({ errcode: 0, access_token: 'same', expires_in: 7200 }),
    });
    await get();
    clock.move(115 * MINUTE);
    for (let second = 0; second < 239; second += 1) {
      clock.move(1000);
      await get();
      await settled();
    }
    expect(gettokens()).toBeLessThan(6);
  });

  it('drops a refused token only while it is still the current one', async () => {
    const { cache, get, gettokens } = setUp();
    const first = await get();
    for (let caller = 0; caller < 100; caller += 1) refuse(cache, first);
    expect(await Promise.all(Array.from({ length: 100 }, () => get()))).toContain('canary-token-2');
    refuse(cache, first); // somebody slow reports the old one again
    expect(await get()).toBe('canary-token-2');
    expect(gettokens()).toBe(2);
  });

  it('shares a failure with everybody who waits, and does not keep it', async () => {
    const { get, gettokens } = setUp({
      gettoken: [new Error('down'), { errcode: 0, access_token: 'T', expires_in: 7200 }],
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => get()));
    expect(
      outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason instanceof WecomNetworkError),
    ).toBe(true);
    expect(gettokens()).toBe(1);
    expect(await get()).toBe('T');
  });

  it.each([40001, 40013])(
    'remembers a wrong secret (%i) for a minute, because repeating it gets the IP blocked',
    async (errcode) => {
      const { get, clock, gettokens } = setUp({ gettoken: () => ({ errcode, errmsg: 'invalid' }) });
      for (let attempt = 0; attempt < 20; attempt += 1)
        expect((await failure(get(), WecomApiError)).errcode).toBe(errcode);
      expect(gettokens()).toBe(1);
      clock.move(MINUTE + 1);
      await failure(get(), WecomApiError);
      expect(gettokens()).toBe(2);
    },
  );

  it('asks again at once after a person corrected something and pressed Test', async () => {
    const { cache, get } = setUp({
      gettoken: [
        { errcode: 40001, errmsg: 'invalid credential' },
        { errcode: 0, access_token: 'T', expires_in: 7200 },
      ],
    });
    await failure(get(), WecomApiError);
    cache.forget(app);
    expect(await get()).toBe('T');
  });

  it('distrusts every age after the clock went backwards', async () => {
    const { get, clock } = setUp();
    await get();
    clock.move(100 * MINUTE);
    await get();
    clock.move(-90 * MINUTE);
    expect(await get()).toBe('canary-token-2');
  });

  it('ignores the small steps of a synchronised clock', async () => {
    const { get, clock, gettokens } = setUp();
    await get();
    clock.move(-500);
    await get();
    expect(gettokens()).toBe(1);
  });

  it('keeps apps, companies, secrets and base URLs apart', async () => {
    const { get, gettokens } = setUp();
    const others = [
      app,
      { ...app, secret: 'other' },
      { ...app, corpId: 'other' },
      { ...app, baseUrl: 'https://relay.test/wecom' },
    ];
    expect(new Set(await Promise.all(others.map((other) => get(other)))).size).toBe(4);
    await get({ ...app, agentId: 7 }); // the agent ID is no part of the key: a token belongs to the secret
    expect(gettokens()).toBe(4);
  });

  it('has keys that do not hold the secret', () => {
    expect(tokenKey(app)).toMatch(/^[0-9a-f]{64}$/);
    expect(tokenKey(app)).not.toBe(tokenKey({ ...app, secret: 'other' }));
  });

  it('survives an answer without a token', async () => {
    const { get } = setUp({ gettoken: { errcode: 0, errmsg: 'ok' } });
    expect((await failure(get(), WecomNetworkError)).message).toContain('no access_token');
  });
});

describe('a token store', () => {
  const memoryStore = () => {
    const records = new Map<string, TokenRecord>();
    return {
      records,
      store: {
        load: async (key: string) => records.get(key),
        save: async (key: string, _: string, record: TokenRecord) => void records.set(key, record),
      },
    };
  };

  it('saves a restart its gettoken', async () => {
    const { store } = memoryStore();
    await setUp(undefined, store).get();
    const restarted = setUp(undefined, store);
    expect(await restarted.get()).toBe('canary-token-1');
    expect(restarted.gettokens()).toBe(0);
  });

  it.each([
    ['dead', -120 * MINUTE],
    ['from the future', MINUTE],
  ])('does not revive a token that is %s', async (_, offset) => {
    const { store, records } = memoryStore();
    const { get, clock, gettokens } = setUp(undefined, store);
    records.set(tokenKey(app), { token: 'stored', fetchedAt: clock.now() + offset, lifetimeMs: 120 * MINUTE });
    expect(await get()).toBe('canary-token-1');
    expect(gettokens()).toBe(1);
  });

  it('is not asked again for a token that was refused', async () => {
    const { store, records } = memoryStore();
    const { cache, get, clock } = setUp(undefined, store);
    records.set(tokenKey(app), { token: 'stored', fetchedAt: clock.now(), lifetimeMs: 120 * MINUTE });
    refuse(cache, await get());
    expect(await get()).toBe('canary-token-1');
  });

  it('that fails costs a gettoken, never a message', async () => {
    const broken = {
      load: () => Promise.reject(new Error('disk')),
      save: () => Promise.reject(new Error('disk full')),
    };
    expect(await setUp(undefined, broken).get()).toBe('canary-token-1');
  });
});
