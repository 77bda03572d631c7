import { request } from 'undici';
import { connect, type Client, type Json } from './client';

let wecom: Client;
beforeEach(async () => void (wecom = await connect()));
afterEach(() => wecom.close());

const send = (touser: string, msgtype: 'text' | 'markdown' = 'text') =>
  wecom.send({ touser, msgtype, [msgtype]: { content: `for ${touser}` } });
const list = async (query = {}) => (await wecom.get('/sandbox/messages', query)).json;

test('GET /sandbox/company tells what is needed to try', async () => {
  const { json } = await wecom.get('/sandbox/company');
  expect(json).toEqual(wecom.sandbox.company);
  expect(json['apps'][0]).toMatchObject({ agentid: 1000002, secret: 'sandbox-secret-1000002' });
});

test('GET /sandbox/messages lists newest last, by member and type', async () => {
  await send('zhangsan');
  await send('lisi|zhangsan', 'markdown');
  await send('lisi');
  const members = (messages: Json) => messages.map((message: Json) => message.received.touser);
  expect(members(await list())).toEqual(['zhangsan', 'lisi|zhangsan', 'lisi']);
  expect(members(await list({ member: 'ZhangSan' }))).toEqual(['zhangsan', 'lisi|zhangsan']);
  expect(members(await list({ member: 'lisi', msgtype: 'text' }))).toEqual(['lisi']);
  expect(members(await list({ msgtype: 'markdown', member: '' }))).toEqual(['lisi|zhangsan']);
  expect(members(await list({ limit: 1 }))).toEqual(['lisi']);
  expect(await list()).toEqual(wecom.sandbox.messages());
});

test('GET /sandbox/calls counts by endpoint, refused calls too', async () => {
  await send('zhangsan');
  await wecom.post('message/send', {}, { access_token: 'wrong' });
  expect((await wecom.get('/sandbox/calls')).json).toEqual({ gettoken: 1, 'message/send': 2 });
  expect(wecom.sandbox.calls()).toEqual({ gettoken: 1, 'message/send': 2 });
});

test('GET /sandbox/messages tells apart what came from apps, to chats and from robots', async () => {
  const access_token = await wecom.token('sandbox-secret-1000003');
  await wecom.post('appchat/create', { chatid: 'team', userlist: ['zhangsan', 'lisi'] }, { access_token });
  await wecom.post('appchat/send', { chatid: 'team', msgtype: 'text', text: { content: 'x' } }, { access_token });
  await wecom.push({ msgtype: 'text', text: { content: 'x' } });
  await send('lisi');
  const ways = (messages: Json) => messages.map((message: Json) => message.to);
  expect(ways(await list())).toEqual(['chat', 'robot', 'app']);
  expect(ways(await list({ to: 'robot' }))).toEqual(['robot']);
  expect(ways(await list({ chatid: 'team' }))).toEqual(['chat']);
  expect(ways(await list({ robot: 'build' }))).toEqual(['robot']);
  expect(await list({ robot: 'sales' })).toEqual([]);
  expect(ways(await list({ member: 'zhangsan' }))).toEqual(['chat', 'robot']);
  expect((await wecom.get('/sandbox/chats')).json).toEqual(wecom.sandbox.chats());
});

test('POST /sandbox/response_codes gives another code for a card, as a tap would', async () => {
  await send('zhangsan');
  const { msgid } = (await list())[0];
  expect((await wecom.post('/sandbox/response_codes', { msgid })).json).toEqual({ response_code: expect.any(String) });
});

test('POST /sandbox/revoke ends all tokens', async () => {
  const access_token = await wecom.token();
  expect((await wecom.post('/sandbox/revoke', undefined)).json).toEqual({ revoked: 1 });
  expect((await wecom.get('tag/list', { access_token })).json['errcode']).toBe(40014);
});

test('POST /sandbox/clock moves time forth and back', async () => {
  const access_token = await wecom.token();
  const ask = async () => (await wecom.get('tag/list', { access_token })).json['errcode'];
  await wecom.post('/sandbox/clock', { advance_ms: 7_200_000 });
  expect(await ask()).toBe(42001);
  const { json } = await wecom.post('/sandbox/clock', { advance_ms: -7_200_000 });
  expect(Math.abs(Date.parse(json['now']) - Date.now())).toBeLessThan(3_600_000);
  expect(await ask()).toBe(0);
});

test('POST /sandbox/faults makes trouble', async () => {
  const reply = await wecom.post('/sandbox/faults', { endpoint: 'message/send', kind: 'errcode', errcode: 45009 });
  expect(reply.json).toEqual({ endpoint: 'message/send', kind: 'errcode', errcode: 45009, times: 1 });
  expect((await send('zhangsan')).json['errcode']).toBe(45009);
});

test('POST /sandbox/reset forgets everything', async () => {
  const access_token = await wecom.token();
  await send('zhangsan');
  wecom.sandbox.moveClock(60_000);
  wecom.sandbox.fault({ endpoint: 'message/send', kind: 'http', status: 500 });
  expect((await wecom.post('/sandbox/reset', { extra_members: 2 })).status).toBe(200);
  expect(await list()).toEqual([]);
  expect((await wecom.get('tag/list', { access_token })).json['errcode']).toBe(40014);
  expect((await send('u00002')).json['errcode']).toBe(0);
});

test('POST /sandbox/reset takes another seed and account limit; GET /sandbox/seed tells the seed', async () => {
  expect((await wecom.get('/sandbox/seed')).json).toEqual({ seed: 1 });
  expect((await wecom.post('/sandbox/reset', { seed: 42, account_limit: 300 })).json).toEqual({ seed: 42 });
  expect((await wecom.get('/sandbox/seed')).json).toEqual({ seed: 42 });
  expect(wecom.sandbox).toMatchObject({ seed: 42, company: { accountLimit: 300 } });
  expect((await wecom.post('/sandbox/reset', {})).json).toEqual({ seed: 42 });
});

describe('input that makes no sense is answered with 400 and what is wrong', () => {
  test.each([
    ['faults', { endpoint: 'nowhere', kind: 'no_answer' }, 'message/send'],
    ['faults', { endpoint: 'message/send', kind: 'explode' }, 'kind'],
    ['faults', { endpoint: 'message/send', kind: 'errcode' }, 'errcode'],
    ['faults', { endpoint: 'message/send', kind: 'errcode', errcode: 0 }, 'errcode'],
    ['faults', { endpoint: 'message/send', kind: 'http', status: 200 }, 'status'],
    ['faults', { endpoint: 'message/send', kind: 'delay', delay_ms: -1 }, 'delay_ms'],
    ['faults', { endpoint: 'message/send', kind: 'no_answer', times: 0 }, 'times'],
    ['faults', { endpoint: 'message/send', kind: 'no_answer', tiems: 2 }, 'tiems'],
    ['clock', { advance_ms: '1' }, 'advance_ms'],
    ['clock', undefined, 'advance_ms'],
    ['reset', { extra_members: -1 }, 'extra_members'],
    ['reset', { seed: -1 }, 'seed'],
    ['reset', { account_limit: 0 }, 'account_limit'],
    ['reset', '{broken', 'not JSON'],
    ['robots', { robot: 'nobody', state: 'removed' }, 'build, sales'],
    ['robots', { robot: 'build', state: 'gone' }, 'state'],
    ['chats', { chatid: 'nowhere' }, 'nowhere'],
    ['chats', {}, 'chatid'],
    ['response_codes', { msgid: 'nothing' }, 'nothing'],
  ])('POST /sandbox/%s %j', async (path, body, words) => {
    const { status, json } = await wecom.post(`/sandbox/${path}`, body);
    expect(status).toBe(400);
    expect(json['error']).toContain(words);
  });

  test('GET /sandbox/messages?membr=', async () => {
    const { status, json } = await wecom.get('/sandbox/messages', { membr: 'lisi' });
    expect(status).toBe(400);
    expect(json['error']).toContain('membr');
  });
});

describe('GET /sandbox/events', () => {
  /** Collects what the stream says until it has so many events. */
  async function listen(count: number, act: () => Promise<unknown>): Promise<{ event: string; data: Json }[]> {
    const { body, headers } = await request(`${wecom.sandbox.url}/sandbox/events`);
    expect(headers['content-type']).toMatch(/^text\/event-stream/);
    const acting = act();
    let text = '';
    const parse = () =>
      [...text.matchAll(/event: (.+)\ndata: (.+)\n\n/g)].map(([, event, data]) => ({
        event: event!,
        data: JSON.parse(data!),
      }));
    for await (const chunk of body) {
      text += chunk;
      if (parse().length >= count) break;
    }
    await acting;
    return parse();
  }

  test('tells of messages as they come, and of a reset', async () => {
    const events = await listen(3, async () => {
      await send('zhangsan');
      wecom.sandbox.reset();
      await send('lisi');
    });
    expect(events.map(({ event }) => event)).toEqual(['message', 'reset', 'message']);
    expect(events[2]!.data).toEqual(wecom.sandbox.messages()[0]);
  });

  test('tells of recalled and repeated messages, and of new chats', async () => {
    const events = await listen(5, async () => {
      await send('zhangsan');
      const access_token = await wecom.token();
      await wecom.post('message/recall', { msgid: wecom.sandbox.messages()[0]!.msgid }, { access_token });
      const twice = { touser: 'lisi', msgtype: 'text', text: { content: 'x' }, enable_duplicate_check: 1 };
      await wecom.send(twice);
      await wecom.send(twice);
      const second = await wecom.token('sandbox-secret-1000003');
      await wecom.post('appchat/create', { chatid: 'team', userlist: ['zhangsan', 'lisi'] }, { access_token: second });
    });
    expect(events.map(({ event }) => event)).toEqual(['message', 'changed', 'message', 'changed', 'chats']);
    expect(events[1]!.data).toMatchObject({ recalled: true });
    expect(events[3]!.data).toMatchObject({ duplicates: 1 });
    expect(events[4]!.data).toEqual(wecom.sandbox.chats());
  });

  test('does not keep the sandbox from closing', async () => {
    const { body } = await request(`${wecom.sandbox.url}/sandbox/events`);
    const ended = body.text().catch(() => 'broken');
    await wecom.sandbox.close();
    await ended;
  });
});
