import { connect, SECRETS, type Client } from './client';

let wecom: Client;
beforeAll(async () => void (wecom = await connect({ extraMembers: 1001 })));
beforeEach(() => wecom.sandbox.reset());
afterAll(() => wecom.close());

const send = (recipients: Record<string, unknown>) =>
  wecom.send({ msgtype: 'text', text: { content: 'hello' }, touser: '', ...recipients });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join('|');
const userids = (count: number) =>
  Array.from({ length: count }, (_, index) => `u${String(index + 1).padStart(5, '0')}`).join('|');
const delivered = () => wecom.sandbox.messages().at(-1)?.delivered_to;

test('a message to nobody answers 82001', async () => {
  expect((await send({})).json['errcode']).toBe(82001);
  expect((await send({ touser: ' | ', toparty: '', totag: '' })).json['errcode']).toBe(82001);
  expect(wecom.sandbox.messages()).toEqual([]);
});

test.each([
  ['1000 members', { touser: userids(1000) }, 0],
  ['1001 members', { touser: userids(1001) }, 40032],
  ['100 departments', { toparty: numbers(100) }, 0],
  ['101 departments', { toparty: numbers(101) }, 82002],
  ['100 tags', { totag: numbers(100) }, 0],
  ['101 tags', { totag: numbers(101) }, 82003],
])('%s in one request', async (_what, recipients, errcode) => {
  expect((await send(recipients)).json['errcode']).toBe(errcode);
});

test('members are found in any case of letters', async () => {
  expect((await send({ touser: 'ZhangSan|david_wu' })).json).toMatchObject({ errcode: 0, invaliduser: '' });
  expect(delivered()).toEqual(['zhangsan', 'David_Wu']);
});

test('blanks around the bar do no harm', async () => {
  await send({ touser: 'zhangsan | lisi' });
  expect(delivered()).toEqual(['zhangsan', 'lisi']);
});

test('a department brings the members of its sub-departments, everybody once', async () => {
  await send({ touser: 'lisi', toparty: '2', totag: '3' });
  expect(delivered()?.sort()).toEqual(['alice', 'bob.miller', 'lisi', 'zhangsan', 'zhaoliu']);
});

test('a tag brings its members as far as the app sees them', async () => {
  await send({ totag: '2' });
  expect(delivered()).toEqual(['alice', 'chenxi']);
});

test('@all reaches everybody in the visible range with a licence, and toparty is ignored', async () => {
  const { json } = await send({ touser: '@all', toparty: '999' });
  expect(json).toMatchObject({ errcode: 0, invalidparty: '', unlicenseduser: 'sunqi' });
  expect(delivered()).toHaveLength(10 + 1001);
  expect(delivered()).not.toContain('emma');
});

test('who is unknown or outside the visible range comes back in lower case, the others get the message', async () => {
  const { json } = await send({ touser: 'Nobody|zhangsan|Emma', toparty: '6|99|x', totag: '1|77' });
  expect(json).toMatchObject({ errcode: 0, errmsg: 'ok', invaliduser: 'nobody|emma', invalidparty: '6|99|x', invalidtag: '77' });
  expect(json['msgid']).toMatch(/^\w{40,}$/);
  expect(delivered()).toEqual(['zhangsan', 'bob.miller']);
});

test('a member without licence comes back in unlicenseduser and gets nothing', async () => {
  expect((await send({ touser: 'zhangsan|SunQi' })).json).toMatchObject({ errcode: 0, unlicenseduser: 'sunqi', invaliduser: '' });
  expect(delivered()).toEqual(['zhangsan']);
});

test('when nobody can be reached the answer is 81013, with the lists', async () => {
  const { json } = await send({ touser: 'nobody|sunqi', toparty: '99', totag: '77' });
  expect(json).toMatchObject({ errcode: 81013, invaliduser: 'nobody', unlicenseduser: 'sunqi', invalidparty: '99', invalidtag: '77' });
  expect(wecom.sandbox.messages()).toEqual([]);
});

test('an app that sees the whole company reaches whom another does not', async () => {
  await wecom.send({ agentid: 1000003, touser: 'emma', msgtype: 'text', text: { content: 'x' } }, SECRETS.second);
  expect(delivered()).toEqual(['emma']);
});
