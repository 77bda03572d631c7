import { createWecom, operations, TokenCache, WecomInputError, WecomNetworkError } from '../../core';
import { app, failure, fakeWecom, movableClock } from './fake-wecom';

function setUp(answers?: Parameters<typeof fakeWecom>[0]) {
  const wecom = fakeWecom(answers);
  const client = createWecom<unknown>({ app, http: wecom.http, clock: movableClock() });
  const queries = (endpoint: string) =>
    wecom.to(endpoint).map(({ url }) => Object.fromEntries(new URL(url).searchParams));
  return { ...wecom, client, queries };
}

describe('what is no message', () => {
  it.each([[null], [undefined], ['text'], [7]])('is refused as such: %j', async (message) => {
    const { client, requests } = setUp();
    expect((await failure(client.send(message), WecomInputError)).issues.map(({ path }) => path)).toEqual(['message']);
    expect(requests).toEqual([]);
  });
});

describe('the test of an app', () => {
  it('asks for the app that was set up, and calls it by its number when WeCom gives no name', async () => {
    for (const name of [undefined, 7, null]) {
      const { client, queries } = setUp({ 'agent/get': { errcode: 0, errmsg: 'ok', name } });
      expect(await client.test()).toEqual({ name: '1000002' });
      expect(queries('agent/get')).toEqual([{ agentid: '1000002', access_token: 'canary-token-1' }]);
    }
  });
});

describe('what can be cancelled', () => {
  const cancelled = { delivery: 'not-sent', cause: { code: 'ABORT_ERR' } };
  const operation = (name: string) => operations.find((entry) => entry.name === name)!;
  const calls: Record<
    string,
    (client: ReturnType<typeof createWecom>, options?: { signal: AbortSignal }) => Promise<unknown>
  > = {
    'the test of an app': (client, options) => client.test(options),
    'the list of members': (client, options) => client.listMembers(options),
    'the list of departments': (client, options) => client.listDepartments(options),
    'the list of tags': (client, options) => client.listTags(options),
    'an operation': (client, options) => client.perform(operation('getChat'), { chatid: 'C' }, options),
    'the update of a card': (client, options) =>
      client.updateCard({ response_code: 'R', atall: true, button: { replace_name: 'Done' } }, options),
  };

  it.each(Object.keys(calls))('is %s; without a signal it goes through', async (name) => {
    const { client, requests } = setUp();
    const call = calls[name]!;
    expect(await failure(call(client, { signal: AbortSignal.abort() }), WecomNetworkError)).toMatchObject(cancelled);
    expect(requests.filter(({ url }) => !url.includes('gettoken'))).toEqual([]);
    await call(client);
    expect(requests.filter(({ url }) => !url.includes('gettoken')).length).toBeGreaterThan(0);
  });
});

describe('a group chat of many messages', () => {
  it('is looked up by its ID, with the token of the app', async () => {
    const { client, queries } = setUp({ 'appchat/get': { errcode: 0, chat_info: { userlist: ['zhangsan'] } } });
    for (let message = 0; message < 11; message += 1)
      await client.send({ chatid: 'C', msgtype: 'text', text: { content: 'x' } });
    expect(queries('appchat/get')).toEqual([{ chatid: 'C', access_token: 'canary-token-1' }]);
  });
});

describe('clients for the same app', () => {
  it('share a token when they are given the same memory of tokens, and ask for one each otherwise', async () => {
    const { http, to } = fakeWecom();
    const clock = movableClock();
    const tokens = new TokenCache({ clock });
    for (let count = 0; count < 2; count += 1) await createWecom<unknown>({ app, http, clock, tokens }).listTags();
    expect(to('gettoken')).toHaveLength(1);
    for (let count = 0; count < 2; count += 1) await createWecom<unknown>({ app, http, clock }).listTags();
    expect(to('gettoken')).toHaveLength(3);
  });
});
