import { connect, SECRETS, type Client, type Json } from './client';

let wecom: Client;
beforeAll(async () => void (wecom = await connect()));
beforeEach(() => wecom.sandbox.moveClock(60_000));
afterAll(() => wecom.close());

const APPID = 'wx5a2d8b0c0000a001';
const send = async (change: Record<string, unknown> = {}, more = {}, secret?: string): Promise<Json> =>
  (
    await wecom.send(
      { msgtype: 'miniprogram_notice', miniprogram_notice: { appid: APPID, title: '会议室预订', ...change }, ...more },
      secret,
    )
  ).json;
const items = (count: number) => Array.from({ length: count }, () => ({ key: '地点', value: '402' }));

test('a mini-program notice arrives, without agentid as in the sample', async () => {
  expect(
    await send({ page: 'pages/a', content_item: items(1), emphasis_first_item: true }, { agentid: undefined }),
  ).toMatchObject({ errcode: 0 });
  expect(wecom.sandbox.messages().at(-1)).toMatchObject({
    agentid: 1000002,
    shown: {
      appid: APPID,
      page: 'pages/a',
      title: '会议室预订',
      description: '',
      emphasis_first_item: true,
      content_item: items(1),
    },
  });
});

test('an agentid, when there is one, must be the own', async () => {
  expect(await send({}, { agentid: 1000003 })).toMatchObject({ errcode: 301002 });
});

test('an app without mini-program may not send any: 48002', async () => {
  expect(await send({}, { agentid: 1000003 }, SECRETS.second)).toMatchObject({ errcode: 48002 });
});

test('@all is refused', async () => expect(await send({}, { touser: '@all' })).toMatchObject({ errcode: 40058 }));

test.each<[string, Record<string, unknown>, number]>([
  ['no appid', { appid: '' }, 90200],
  ['an appid that is none', { appid: 'wx123' }, 90207],
  ['an appid the corp is not linked to', { appid: 'wx0000000000000000' }, 90206],
  ['an appid another app is bound to', { appid: 'wx5a2d8b0c0000a002' }, 90208],
  ['a page of 1024 bytes', { page: 'x'.repeat(1024) }, 0],
  ['a page of 1025 bytes', { page: 'x'.repeat(1025) }, 90204],
  ['no title', { title: '' }, 41016],
  ['a title of 3 characters', { title: '会议室' }, 40058],
  ['a title of 4 characters', { title: '会议通知' }, 0],
  ['a title of 12 characters', { title: '长'.repeat(12) }, 0],
  ['a title of 13 characters', { title: '长'.repeat(13) }, 40058],
  ['a description of 3 characters', { description: '会议室' }, 40058],
  ['a description of 12 characters', { description: '长'.repeat(12) }, 0],
  ['a description of 13 characters', { description: '长'.repeat(13) }, 40058],
  ['10 items', { content_item: items(10) }, 0],
  ['11 items', { content_item: items(11) }, 90201],
  ['a key of 10 characters', { content_item: [{ key: '长'.repeat(10), value: 'x' }] }, 0],
  ['a key of 11 characters', { content_item: [{ key: '长'.repeat(11), value: 'x' }] }, 90202],
  ['a value without key', { content_item: [{ value: 'x' }] }, 0],
  ['a value of 30 characters', { content_item: [{ key: 'k', value: '长'.repeat(30) }] }, 0],
  ['a value of 31 characters', { content_item: [{ key: 'k', value: '长'.repeat(31) }] }, 90203],
  ['a key without value', { content_item: [{ key: 'k', value: '' }] }, 0],
])('%s: %j', async (_what, change, errcode) => expect(await send(change)).toMatchObject({ errcode }));

test('an item with neither key nor value is not shown', async () => {
  await send({ content_item: [{ key: '', value: '' }, ...items(1)] });
  expect(wecom.sandbox.messages().at(-1)?.shown['content_item']).toEqual(items(1));
});

test('ids become names in title, description and values', async () => {
  const id = '$userName=lisi$';
  await send(
    { title: `${id}的会议`, description: `请${id}参加`, content_item: [{ key: 'k', value: id }] },
    { enable_id_trans: 1 },
  );
  expect(wecom.sandbox.messages().at(-1)?.shown).toMatchObject({
    title: '李四的会议',
    description: '请李四参加',
    content_item: [{ value: '李四' }],
  });
});
