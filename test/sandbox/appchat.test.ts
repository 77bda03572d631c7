import { connect, SECRETS, type Client, type Json } from './client';
import { amr, MP4, PNG } from './media-samples';

const DAY = 86_400_000;
let wecom: Client;
let token: string;
beforeAll(async () => void (wecom = await connect({ extraMembers: 2001 })));
beforeEach(async () => {
  wecom.sandbox.reset();
  token = await wecom.token(SECRETS.second);
});
afterAll(() => wecom.close());

const post = async (path: string, body: unknown): Promise<Json> =>
  (await wecom.post(`appchat/${path}`, body, { access_token: token })).json;
const create = (change: Record<string, unknown> = {}) =>
  post('create', { name: 'Team', userlist: ['zhangsan', 'lisi'], chatid: 'team', ...change });
const update = (change: Record<string, unknown>) => post('update', { chatid: 'team', ...change });
const get = async (chatid: string): Promise<Json> =>
  (await wecom.get('appchat/get', { access_token: token, chatid })).json;
const send = (change: Record<string, unknown> = {}) =>
  post('send', { chatid: 'team', msgtype: 'text', text: { content: 'hello' }, ...change });
const userids = (count: number) =>
  Array.from({ length: count }, (_, index) => `u${String(index + 1).padStart(5, '0')}`);
const newest = () => wecom.sandbox.messages().at(-1)!;

describe('appchat/create', () => {
  test('makes a chat that appchat/get tells of', async () => {
    expect(await create({ owner: 'LiSi' })).toEqual({ errcode: 0, errmsg: 'ok', chatid: 'team' });
    expect(await get('team')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      chat_info: { chatid: 'team', name: 'Team', owner: 'lisi', userlist: ['zhangsan', 'lisi'], chat_type: 0 },
    });
    expect(wecom.sandbox.chats()).toMatchObject([{ chatid: 'team', agentid: 1000003, dismissed: false }]);
  });

  test('makes up a chatid and an owner when there is none', async () => {
    const { chatid } = await create({ chatid: undefined });
    expect(chatid).toMatch(/^[0-9a-zA-Z]{1,32}$/);
    expect(['zhangsan', 'lisi']).toContain((await get(chatid))['chat_info'].owner);
  });

  test('cuts the name at 50 characters', async () => {
    await create({ name: '群'.repeat(51) });
    expect((await get('team'))['chat_info'].name).toBe('群'.repeat(50));
  });

  test('is for apps that see the root department: 48002', async () => {
    token = await wecom.token(SECRETS.main);
    expect(await create()).toMatchObject({ errcode: 48002 });
    expect(await update({})).toMatchObject({ errcode: 48002 });
    expect(await get('team')).toMatchObject({ errcode: 48002 });
    expect(await send()).toMatchObject({ errcode: 48002 });
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['a chatid of 32 characters', { chatid: 'x'.repeat(32) }, 0],
    ['a chatid of 33 characters', { chatid: 'x'.repeat(33) }, 86205],
    ['a chatid with other characters', { chatid: 'a-b' }, 86001],
    ['a chatid that is a number', { chatid: 42 }, 0],
    ['a chatid that is too large a number', { chatid: 2 ** 60 }, 86206],
    ['a name of blanks', { name: '  ' }, 86004],
    ['a name with a line break', { name: 'a\nb' }, 86004],
    ['no members', { userlist: [] }, 86204],
    ['members as one string', { userlist: 'zhangsan|lisi' }, 86204],
    ['1 member', { userlist: ['zhangsan'] }, 86006],
    ['the same member twice', { userlist: ['zhangsan', 'ZhangSan'] }, 86006],
    ['2000 members', { userlist: userids(2000) }, 0],
    ['2001 members', { userlist: userids(2001) }, 86006],
    ['an unknown member', { userlist: ['zhangsan', 'lisi', 'nobody'] }, 86007],
    ['an unknown owner', { owner: 'nobody' }, 86005],
    ['an owner who is no member', { owner: 'wangwu' }, 86207],
  ])('with %s', async (_what, change, errcode) => expect(await create(change)).toMatchObject({ errcode }));

  test('does not take a chatid twice: 86215', async () => {
    await create();
    expect(await create()).toMatchObject({ errcode: 86215 });
  });

  test('works 1000 times a day: 45009 after that', async () => {
    for (let count = 1; count <= 1000; count += 1)
      if ((await create({ chatid: `c${count}` }))['errcode'] !== 0) throw new Error(`at ${count}`);
    expect(await create()).toMatchObject({ errcode: 45009 });
    wecom.sandbox.moveClock(DAY);
    token = await wecom.token(SECRETS.second);
    expect(await create()).toMatchObject({ errcode: 0 });
  });
});

describe('appchat/update', () => {
  beforeEach(() => create({ userlist: ['zhangsan', 'lisi', 'alice'], owner: 'zhangsan' }));

  test('changes name, owner and members', async () => {
    const change = { name: 'New', owner: 'WangWu', add_user_list: ['wangwu', 'alice'], del_user_list: ['ZhangSan'] };
    expect(await update(change)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect((await get('team'))['chat_info']).toMatchObject({
      name: 'New',
      owner: 'wangwu',
      userlist: ['lisi', 'alice', 'wangwu'],
    });
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['no chatid', { chatid: '' }, 86201],
    ['an unknown chatid', { chatid: 'unknown' }, 86003],
    ['an empty name', { name: '' }, 86202],
    ['a name of blanks', { name: ' ' }, 86004],
    ['the owner removed and no new one', { del_user_list: ['zhangsan'] }, 86203],
    ['an unknown owner', { owner: 'nobody' }, 86005],
    ['an owner who is no member', { owner: 'wangwu' }, 86207],
    ['somebody unknown to add', { add_user_list: ['nobody'] }, 86216],
    ['somebody to remove who is not in the chat', { del_user_list: ['wangwu'] }, 86216],
    ['one member left', { del_user_list: ['lisi', 'alice'] }, 86006],
    ['2000 members in the end', { add_user_list: userids(1997) }, 0],
    ['2001 members in the end', { add_user_list: userids(1998) }, 86006],
  ])('with %s', async (_what, change, errcode) => expect(await update(change)).toMatchObject({ errcode }));

  test('works 1000 times an hour: 45009 after that', async () => {
    for (let count = 1; count <= 1000; count += 1)
      if ((await update({ name: `n${count}` }))['errcode'] !== 0) throw new Error(`at ${count}`);
    expect(await update({ name: 'x' })).toMatchObject({ errcode: 45009 });
    wecom.sandbox.moveClock(3_600_000);
    expect(await update({ name: 'x' })).toMatchObject({ errcode: 0 });
  });
});

test('appchat/get of no chat: 86201 without chatid, 86003 unknown', async () => {
  expect(await get('')).toMatchObject({ errcode: 86201 });
  expect(await get('unknown')).toMatchObject({ errcode: 86003 });
});

describe('a chat of another app', () => {
  test('is not for this one: 86008', async () => {
    await create();
    wecom.sandbox.company.apps[0]!.visible.parties.push(1);
    token = await wecom.token(SECRETS.main);
    const errmsg = expect.stringMatching(
      /^you has no privilege to access this chat, which is created by other agent\./,
    );
    expect(await send()).toMatchObject({ errcode: 86008, errmsg });
    expect(await update({ name: 'x' })).toMatchObject({ errcode: 86008 });
    expect(await get('team')).toMatchObject({ errcode: 86008 });
  });
});

describe('a dismissed chat', () => {
  test('takes nothing any more: 49008', async () => {
    await create();
    expect((await wecom.post('/sandbox/chats', { chatid: 'team' })).json).toMatchObject({
      chatid: 'team',
      dismissed: true,
    });
    expect(await send()).toMatchObject({ errcode: 49008 });
    expect(await update({ name: 'x' })).toMatchObject({ errcode: 49008 });
    expect(await get('team')).toMatchObject({ errcode: 49008 });
    wecom.sandbox.dismissChat('team', false);
    expect(await send()).toMatchObject({ errcode: 0 });
  });
});

describe('appchat/send', () => {
  beforeEach(() => create());

  test('brings a text to all members, with nothing but errcode and errmsg in the reply', async () => {
    expect(await send({ safe: 1 })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(newest()).toMatchObject({
      to: 'chat',
      chatid: 'team',
      agentid: 1000003,
      delivered_to: ['zhangsan', 'lisi'],
      safe: 1,
      shown: { content: 'hello' },
    });
  });

  test('mentions members and everybody', async () => {
    await send({ text: { content: 'x', mentioned_list: ['ZhangSan', '@all', 'nobody', 'zhangsan'] } });
    expect(newest().shown['mentioned_list']).toEqual(['zhangsan', '@all']);
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['no msgtype', { msgtype: undefined }, 40008],
    ['a template card', { msgtype: 'template_card' }, 40008],
    ['a mini-program notice', { msgtype: 'miniprogram_notice' }, 40008],
    ['markdown_v2', { msgtype: 'markdown_v2' }, 40008],
    ['no chatid', { chatid: undefined }, 86201],
    ['an unknown chatid', { chatid: 'unknown' }, 40050],
    ['no content', { text: {} }, 44004],
    ['a safe nobody knows', { safe: 2 }, 40058],
    ['markdown of 2048 bytes', { msgtype: 'markdown', markdown: { content: 'x'.repeat(2048) } }, 0],
    ['markdown of 2049 bytes', { msgtype: 'markdown', markdown: { content: 'x'.repeat(2049) } }, 45002],
    ['news without url', { msgtype: 'news', news: { articles: [{ title: 'T', appid: 'wx1', pagepath: 'p' }] } }, 41010],
    ['news without title', { msgtype: 'news', news: { articles: [{ url: 'https://example.com' }] } }, 41016],
    ['news with safe', { msgtype: 'news', safe: 1, news: { articles: [] } }, 40074],
    [
      '9 articles',
      { msgtype: 'news', news: { articles: Array(9).fill({ title: 'T', url: 'https://example.com' }) } },
      45008,
    ],
    ['news', { msgtype: 'news', news: { articles: [{ title: 'T', url: 'https://example.com' }] } }, 0],
    ['a text card', { msgtype: 'textcard', textcard: { title: 'T', description: 'D', url: 'https://example.com' } }, 0],
  ])('with %s', async (_what, change, errcode) => expect(await send(change)).toMatchObject({ errcode }));

  test('cuts a text at 2048 bytes', async () => {
    await send({ text: { content: 'x'.repeat(2049) } });
    expect(newest().shown['content']).toHaveLength(2048);
  });

  test.each([
    ['image', PNG],
    ['voice', amr(1)],
    ['video', MP4],
    ['file', Buffer.from('content')],
  ])('brings %s', async (msgtype, bytes) => {
    const { media_id } = (await wecom.upload(msgtype, bytes)).json;
    expect(await send({ msgtype, [msgtype]: { media_id } })).toMatchObject({ errcode: 0 });
    expect(newest()).toMatchObject({ msgtype, shown: { media_id } });
  });

  test('brings mpnews', async () => {
    const thumb_media_id = (await wecom.upload('image', PNG)).json['media_id'];
    const mpnews = { articles: [{ title: 'T', thumb_media_id, content: '<p>x</p>' }] };
    expect(await send({ msgtype: 'mpnews', mpnews, safe: 1 })).toMatchObject({ errcode: 0 });
    // The page of chats lists 0 and 1 only.
    expect(await send({ msgtype: 'mpnews', mpnews, safe: 2 })).toMatchObject({ errcode: 40058 });
  });

  test('shows nothing to a member without licence', async () => {
    await create({ chatid: 'other', userlist: ['zhangsan', 'sunqi'] });
    await send({ chatid: 'other' });
    expect(newest()).toMatchObject({ delivered_to: ['zhangsan'], unlicenseduser: ['sunqi'] });
  });

  test('reaches 20 000 people a minute: 45009 after that', async () => {
    await create({ chatid: 'all', userlist: userids(2000) });
    for (let count = 1; count <= 10; count += 1) expect(await send({ chatid: 'all' })).toMatchObject({ errcode: 0 });
    expect(await send()).toMatchObject({ errcode: 45009 });
    wecom.sandbox.moveClock(60_000);
    expect(await send()).toMatchObject({ errcode: 0 });
  });

  test('from the 201st of a minute on, a member gets nothing and nobody is told', async () => {
    for (let count = 1; count <= 200; count += 1) await send();
    expect(newest()).toMatchObject({ delivered_to: ['zhangsan', 'lisi'], dropped_for: [] });
    expect(await send()).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(newest()).toMatchObject({ delivered_to: [], dropped_for: ['zhangsan', 'lisi'] });
    // Each app has 200 of its own.
    wecom.sandbox.company.apps[0]!.visible.parties.push(1);
    const access_token = await wecom.token(SECRETS.main);
    await wecom.post('appchat/create', { chatid: 'other', userlist: ['zhangsan', 'lisi'] }, { access_token });
    await wecom.post('appchat/send', { chatid: 'other', msgtype: 'text', text: { content: 'x' } }, { access_token });
    expect(newest()).toMatchObject({ chatid: 'other', delivered_to: ['zhangsan', 'lisi'], dropped_for: [] });
    wecom.sandbox.moveClock(60_000);
    await send();
    expect(newest()).toMatchObject({ delivered_to: ['zhangsan', 'lisi'] });
  });
});
