import { connect, SECRETS, type Client, type Json } from './client';

let wecom: Client;
beforeAll(async () => void (wecom = await connect({ extraMembers: 1001 })));
beforeEach(() => wecom.sandbox.reset());
afterAll(() => wecom.close());

const send = (recipients: Record<string, unknown>) =>
  wecom.send({ msgtype: 'text', text: { content: 'hello' }, touser: '', ...recipients });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join('|');
const userids = (count: number) =>
  Array.from({ length: count }, (_, index) => `u${String(index + 1).padStart(5, '0')}`).join('|');
async function several(count: number, call: () => Promise<{ json: Json }>): Promise<Json[]> {
  const answers: Json[] = [];
  for (let done = 0; done < count; done += 1) answers.push((await call()).json);
  return answers;
}
/** Which fields the answers have. */
const shapes = (answers: Json[]) => new Set(answers.map((answer) => Object.keys(answer).sort().join()));
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
  expect((await send({ touser: 'ZhangSan|david_wu' })).json).toMatchObject({ errcode: 0 });
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
  expect(json).toMatchObject({ errcode: 0, unlicenseduser: 'sunqi' });
  expect(json['invalidparty'] ?? '').toBe('');
  expect(delivered()).toHaveLength(10 + 1001);
  expect(delivered()).not.toContain('emma');
});

test('who is unknown or outside the visible range comes back in lower case, the others get the message', async () => {
  const { json } = await send({ touser: 'Nobody|zhangsan|Emma', toparty: '6|99|x', totag: '1|77' });
  expect(json).toMatchObject({
    errcode: 0,
    errmsg: 'ok',
    invaliduser: 'nobody|emma',
    invalidparty: '6|99|x',
    invalidtag: '77',
  });
  expect(json['msgid']).toMatch(/^[\w-]{86}$/);
  expect(delivered()).toEqual(['zhangsan', 'bob.miller']);
});

test('a member without licence comes back in unlicenseduser and gets nothing', async () => {
  expect((await send({ touser: 'zhangsan|SunQi' })).json).toMatchObject({ errcode: 0, unlicenseduser: 'sunqi' });
  expect(delivered()).toEqual(['zhangsan']);
});

test('when nobody can be reached the answer is 81013, sometimes with the lists', async () => {
  const answers = await several(20, () => send({ touser: 'nobody|sunqi', toparty: '99', totag: '77' }));
  const lists = { invaliduser: 'nobody', unlicenseduser: 'sunqi', invalidparty: '99', invalidtag: '77' };
  const { errcode, errmsg } = answers[0];
  expect({ errcode, errmsg }).toMatchObject({
    errcode: 81013,
    errmsg: expect.stringMatching(/^user & party & tag all invalid/),
  });
  expect(shapes(answers)).toEqual(
    new Set(['errcode,errmsg', 'errcode,errmsg,invalidparty,invalidtag,invaliduser,unlicenseduser']),
  );
  expect(answers.filter((answer) => 'invaliduser' in answer)).toEqual(
    expect.arrayContaining([expect.objectContaining(lists)]),
  );
  expect(wecom.sandbox.messages()).toEqual([]);
});

test('an app that sees the whole company reaches whom another does not', async () => {
  await wecom.send({ agentid: 1000003, touser: 'emma', msgtype: 'text', text: { content: 'x' } }, SECRETS.second);
  expect(delivered()).toEqual(['emma']);
});

describe('the answers to messages that reached everybody', () => {
  const toOne = () => send({ touser: 'zhangsan' });
  const withoutIds = (answers: Json[]) => answers.map((answer) => Object.keys(answer).join());

  test('mostly have no lists, some an empty invaliduser, a few all of them empty', async () => {
    const answers = await several(60, toOne);
    const count = (fields: string) => answers.filter((answer) => Object.keys(answer).sort().join() === fields).length;
    expect(shapes(answers).size).toBe(3);
    expect(count('errcode,errmsg,msgid')).toBeGreaterThan(30);
    expect(count('errcode,errmsg,invaliduser,msgid')).toBeGreaterThan(0);
    expect(count('errcode,errmsg,invalidparty,invalidtag,invaliduser,msgid,unlicenseduser')).toBeGreaterThan(0);
  });

  test('have a msgid of 86 letters, digits, - and _, each time another', async () => {
    const msgids = (await several(30, toOne)).map(({ msgid }) => msgid as string);
    expect(new Set(msgids).size).toBe(30);
    for (const msgid of msgids) expect(msgid).toMatch(/^[\w-]{86}$/);
    expect(msgids.join()).toMatch(/-/);
    expect(msgids.join()).toMatch(/_/);
  });

  test('are the same again with the same seed, and others with another one', async () => {
    const withSeed = async (seed: number) => {
      wecom.sandbox.reset({ seed });
      return withoutIds(await several(25, toOne));
    };
    const first = await withSeed(7);
    expect(await withSeed(7)).toEqual(first);
    expect(await withSeed(8)).not.toEqual(first);
    wecom.sandbox.reset({ seed: 1 });
  });
});
