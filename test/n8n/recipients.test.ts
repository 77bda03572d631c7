import type { INodeParameters } from 'n8n-workflow';

import { send, SEND } from './engine';
import { credentialOf, useSandbox } from './sandbox';

const world = useSandbox();
const sendTo = (parameters: INodeParameters, json = {}, settings = {}) =>
  send({
    credential: credentialOf(world.sandbox),
    items: [json],
    parameters: { msgtype: 'text', content: 'hello', ...parameters },
    settings,
  });
const fromLists = (parameters: INodeParameters, ...rest: [object?, object?]) =>
  sendTo({ recipientsFrom: 'lists', ...parameters }, ...rest);
const received = () =>
  world.sandbox.messages().map(({ received: { touser, toparty, totag } }) => ({ touser, toparty, totag }));

test('members, departments and tags chosen from lists', async () => {
  await fromLists({ touser_chosen: ['zhangsan', 'alice'], toparty_chosen: ['3'], totag_chosen: ['1'] });
  expect(received()).toEqual([{ touser: 'zhangsan|alice', toparty: '3', totag: '1' }]);
});

test('IDs in every usual notation, each person once', async () => {
  await sendTo({ recipientsFrom: 'ids', touser: 'zhangsan, lisi；ZhangSan\nwangwu|alice', toparty: '2 3' });
  expect(received()).toEqual([{ touser: 'zhangsan|lisi|wangwu|alice', toparty: '2|3', totag: undefined }]);
});

test.each([
  ['a list of texts', '={{ ["zhangsan", "lisi"] }}', 'zhangsan|lisi'],
  ['a joined text', '={{ "zhangsan|lisi" }}', 'zhangsan|lisi'],
  ['a list made of the item', '={{ $json.people.map((person) => person.id) }}', 'zhangsan|lisi'],
])('an expression that gives %s', async (_, touser, expected) => {
  await sendTo({ recipientsFrom: 'ids', touser }, { people: [{ id: 'zhangsan' }, { id: 'lisi' }] });
  expect(received()).toEqual([{ touser: expected }]);
});

test('an expression may give a number, and may stand in a list field too', async () => {
  await sendTo({ recipientsFrom: 'ids', toparty: '={{ 2 }}' });
  await fromLists({ toparty_chosen: '={{ [2, 3] }}' });
  expect(received()).toEqual([{ toparty: '2' }, { toparty: '2|3' }]);
});

test('everyone is sent only when chosen', async () => {
  await sendTo({ sendTo: 'everyone', touser_chosen: ['zhangsan'] });
  expect(received()).toEqual([{ touser: '@all' }]);
});

test.each([
  ['undefined', '={{ $json.nobody }}'],
  ['null', '={{ null }}'],
  ['an empty text', '={{ "" }}'],
  ['blanks', '={{ "  " }}'],
  ['an empty list', '={{ [] }}'],
  ['a list with an empty entry', '={{ ["zhangsan", ""] }}'],
  ['an object', '={{ {id: "zhangsan"} }}'],
])('an expression that comes out as %s is refused, also beside other recipients', async (_, expression) => {
  for (const parameters of [
    { recipientsFrom: 'ids', touser: expression, toparty: '2' },
    { touser_chosen: expression, toparty_chosen: ['2'] },
  ]) {
    const { error } = (await sendTo(parameters)).last(SEND);
    expect(error).toMatchObject({
      name: 'NodeOperationError',
      message: expect.stringContaining('Members (touser'),
      description: expect.stringContaining('Nothing was sent'),
      context: { itemIndex: 0 },
    });
  }
  expect(world.sandbox.calls()).toEqual({});
});

test('a node with no recipient at all says so', async () => {
  const { error } = (await sendTo({})).last(SEND);
  expect(error!.message).toContain('names nobody');
  expect(world.sandbox.calls()).toEqual({});
});

test('recipients who cannot be reached are in the output and in a hint, and the others got the message', async () => {
  const run = await sendTo({
    recipientsFrom: 'ids',
    touser: 'zhangsan, ghost, sunqi, emma',
    toparty: '2, 99',
    totag: '77',
  });
  expect(run.items(SEND)[0]!.json).toMatchObject({
    errcode: 0,
    invaliduser: ['ghost', 'emma'],
    invalidparty: ['99'],
    invalidtag: ['77'],
    unlicenseduser: ['sunqi'],
  });
  expect(run.last(SEND).hints).toEqual([
    {
      message: expect.stringMatching(
        /^The message did not reach everybody: unknown or invisible members ghost, emma; departments 99; tags 77; members without a licence \(基础接口许可\) sunqi\. .*可见范围/,
      ),
      type: 'warning',
      location: 'outputPane',
    },
  ]);
  expect(world.sandbox.messages()[0]!.delivered_to).toContain('zhangsan');
});

test('no hint when everybody was reached', async () => {
  expect((await fromLists({ touser_chosen: ['zhangsan'] })).last(SEND).hints ?? []).toEqual([]);
});

test('on request invalid recipients are an error that names them and says the others have the message', async () => {
  const { error } = (
    await fromLists({ touser_chosen: ['zhangsan', 'ghost'], options: { failOnInvalidRecipients: true } })
  ).last(SEND);
  expect(error).toMatchObject({
    name: 'NodeOperationError',
    message: 'The message did not reach everybody: unknown or invisible members ghost',
    description: expect.stringMatching(/^The others got it \(msgid [\w-]+\), so do not send it to them again\./),
    context: { itemIndex: 0 },
  });
  expect(world.sandbox.messages()).toHaveLength(1);

  const goOn = await fromLists(
    { touser_chosen: ['zhangsan', 'ghost'], options: { failOnInvalidRecipients: true } },
    {},
    { onError: 'continueRegularOutput' },
  );
  expect(goOn.items(SEND)[0]!.json).toMatchObject({
    details: { delivered: { msgid: expect.any(String), invaliduser: ['ghost'] } },
  });
});

test('nobody reached is an error of WeCom, in plain words', async () => {
  const { error } = (await fromLists({ touser_chosen: ['ghost'] })).last(SEND);
  expect(error).toMatchObject({
    name: 'NodeApiError',
    httpCode: '81013',
    message: expect.stringContaining('(WeCom error 81013)'),
  });
});
