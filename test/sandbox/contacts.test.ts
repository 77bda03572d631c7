import { connect, SECRETS, type Client, type Json } from './client';

let wecom: Client;
beforeAll(async () => void (wecom = await connect({ extraMembers: 3 })));
afterAll(() => wecom.close());

async function ask(path: string, query: Record<string, string | number> = {}, secret?: string): Promise<Json> {
  return (await wecom.get(path, { access_token: await wecom.token(secret), ...query })).json;
}
async function listIds(body: unknown, secret = SECRETS.contactsSync): Promise<Json> {
  return (await wecom.post('user/list_id', body, { access_token: await wecom.token(secret) })).json;
}

test('get_api_domain_ip lists addresses, for any token', async () => {
  expect(await ask('get_api_domain_ip')).toEqual({ errcode: 0, errmsg: 'ok', ip_list: ['127.0.0.1'] });
  expect(await ask('get_api_domain_ip', {}, SECRETS.contactsSync)).toMatchObject({ errcode: 0 });
});

test('getcallbackip lists addresses and ranges, for any token', async () => {
  expect(await ask('getcallbackip')).toEqual({ errcode: 0, errmsg: 'ok', ip_list: ['127.0.0.1', '127.0.0.*'] });
  expect(await ask('getcallbackip', {}, SECRETS.contactsSync)).toMatchObject({ errcode: 0 });
});

test.each(['department/list', 'user/simplelist', 'user/get'])(
  '%s is refused with 48009 to contacts sync',
  async (path) => {
    const reply = await ask(path, { department_id: 2, userid: 'zhangsan' }, SECRETS.contactsSync);
    expect(reply['errcode']).toBe(48009);
  },
);

test('agent/list has the app of the token only', async () => {
  expect(await ask('agent/list')).toMatchObject({
    errcode: 0,
    agentlist: [{ agentid: 1000002, name: '自动通知 Notifier', square_logo_url: '' }],
  });
  expect((await ask('agent/list', {}, SECRETS.second))['agentlist']).toHaveLength(1);
  expect(await ask('agent/list', {}, SECRETS.contactsSync)).toMatchObject({ errcode: 48002, agentlist: [] });
});

describe('department/simplelist', () => {
  test('has ids without names, of what the app sees', async () => {
    const { department_id } = await ask('department/simplelist');
    expect(department_id.map(({ id }: { id: number }) => id)).toEqual([2, 3, 4, 5, 7]);
    expect(department_id[2]).toEqual({ id: 4, parentid: 2, order: 70 });
  });
  test('has all departments for contacts sync', async () => {
    expect((await ask('department/simplelist', {}, SECRETS.contactsSync))['department_id']).toHaveLength(7);
  });
  test('has one department and what is below it, or refuses', async () => {
    expect((await ask('department/simplelist', { id: 2 }))['department_id']).toHaveLength(2);
    expect(await ask('department/simplelist', { id: 6 })).toMatchObject({ errcode: 60011, department_id: [] });
    expect(await ask('department/simplelist', { id: 99 })).toMatchObject({ errcode: 60003, department_id: [] });
  });
});

describe('user/get', () => {
  test('tells of one member what new apps may read', async () => {
    const member = await ask('user/get', { userid: 'WangWu' });
    expect(member).toMatchObject({
      errcode: 0,
      userid: 'wangwu',
      name: '王五',
      alias: 'Wayne',
      department: [3],
      main_department: 3,
      status: 1,
    });
    for (const secret of ['mobile', 'email', 'avatar', 'gender', 'qr_code', 'biz_mail', 'address'])
      expect(member).not.toHaveProperty(secret);
  });
  test.each([
    ['no userid', '', 41009],
    ['somebody unknown', 'nobody', 60111],
    ['somebody out of sight', 'emma', 60111],
  ])('refuses %s', async (_what, userid, errcode) =>
    expect((await ask('user/get', { userid }))['errcode']).toBe(errcode),
  );
});

describe('agent/get', () => {
  test('tells name and visible range of the own app', async () => {
    expect(await ask('agent/get', { agentid: 1000002 })).toMatchObject({
      errcode: 0,
      agentid: 1000002,
      name: '自动通知 Notifier',
      allow_partys: { partyid: [2, 3, 5, 7] },
      allow_userinfos: { user: [] },
      allow_tags: { tagid: [] },
    });
  });
  test.each([
    ['of another app', 1000003, 301002],
    ['of no app', 5, 40056],
    ['that is missing', '', 41011],
  ])('refuses an agentid %s', async (_what, agentid, errcode) => {
    expect((await ask('agent/get', { agentid }))['errcode']).toBe(errcode);
  });
});

describe('department/list', () => {
  test('lists the departments the app sees', async () => {
    const { department } = await ask('department/list');
    expect(department.map(({ id }: { id: number }) => id)).toEqual([2, 3, 4, 5, 7]);
    expect(department[2]).toEqual({
      id: 4,
      name: '平台组',
      name_en: 'Platform',
      parentid: 2,
      order: 70,
      department_leader: [],
    });
  });
  test('lists one department and what is below it', async () => {
    const { department } = await ask('department/list', { id: 2 });
    expect(department.map(({ id }: { id: number }) => id)).toEqual([2, 4]);
  });
  test('refuses departments out of sight (60011) and unknown ones (60003), with an empty list', async () => {
    expect(await ask('department/list', { id: 6 })).toMatchObject({ errcode: 60011, department: [] });
    expect(await ask('department/list', { id: 99 })).toMatchObject({ errcode: 60003, department: [] });
  });
});

describe('user/simplelist', () => {
  const ids = (reply: Json) => reply['userlist'].map(({ userid }: { userid: string }) => userid);

  test('lists the members of a department', async () => {
    const reply = await ask('user/simplelist', { department_id: 2 });
    expect(reply['userlist']).toEqual([
      { userid: 'zhangsan', name: '张三', department: [2] },
      { userid: 'alice', name: 'Alice Chen', department: [2] },
    ]);
  });
  test('brings sub-departments with fetch_child=1', async () => {
    expect(ids(await ask('user/simplelist', { department_id: 2, fetch_child: 1 }))).toEqual([
      'zhangsan',
      'alice',
      'lisi',
      'zhaoliu',
      'bob.miller',
    ]);
  });
  test('has the generated members in their own department', async () => {
    expect(ids(await ask('user/simplelist', { department_id: 7 }))).toEqual(['u00001', 'u00002', 'u00003']);
  });
  test.each([
    ['no department', '', 60123],
    ['an unknown one', 99, 60003],
    ['one out of sight', 6, 60011],
  ])('refuses %s', async (_what, department_id, errcode) => {
    expect((await ask('user/simplelist', { department_id }))['errcode']).toBe(errcode);
  });
});

describe('user/list_id', () => {
  test('gives all userids page by page, a member of two departments twice', async () => {
    const seen: { userid: string; department: number }[] = [];
    let cursor = '';
    do {
      const page = await listIds({ cursor, limit: 5 });
      expect(page['errcode']).toBe(0);
      expect(page['dept_user'].length).toBeLessThanOrEqual(5);
      seen.push(...page['dept_user']);
      cursor = page['next_cursor'];
    } while (cursor);
    expect(seen).toHaveLength(12 + 1 + 3);
    expect(seen.filter(({ userid }) => userid === 'zhaoliu').map(({ department }) => department)).toEqual([3, 4]);
  });
  test('gives up to 10 000 at once', async () => expect((await listIds({}))['next_cursor']).toBe(''));
  test('is for contacts sync only', async () => {
    expect(await listIds({}, SECRETS.main)).toMatchObject({ errcode: 48002, dept_user: [] });
  });
  test.each([
    ['limit 0', { limit: 0 }, 40058],
    ['limit 10001', { limit: 10_001 }, 40058],
    ['a made-up cursor', { cursor: 'x' }, 50100],
  ])('refuses %s', async (_what, body, errcode) => expect((await listIds(body))['errcode']).toBe(errcode));
});

describe('tags', () => {
  test('are all listed', async () => {
    const { taglist } = await ask('tag/list');
    expect(taglist).toHaveLength(3);
    expect(taglist[0]).toEqual({ tagid: 1, tagname: '值班 On duty' });
  });
  test('have members and departments, as far as the app sees them', async () => {
    expect(await ask('tag/get', { tagid: 2 })).toMatchObject({
      tagname: '管理者 Managers',
      userlist: [
        { userid: 'alice', name: 'Alice Chen' },
        { userid: 'chenxi', name: '陈曦' },
      ],
      partylist: [],
    });
    expect(await ask('tag/get', { tagid: 3 })).toMatchObject({ userlist: [], partylist: [2] });
  });
  test('must be named (41017) and known (40068)', async () => {
    expect((await ask('tag/get'))['errcode']).toBe(41017);
    expect((await ask('tag/get', { tagid: 9 }))['errcode']).toBe(40068);
  });
});
