import { appNode, from, nodeRedWithSandbox, SECRET, sendNode, str } from './flow-runner';

const red = nodeRedWithSandbox();
const HOUR = 3_600_000;
const ALERTS = { app: { agentId: '1000003' }, secret: 'sandbox-secret-1000003' };
const yes = { type: 'bool', value: 'true' };

const approval = {
  id: 'first',
  msgtype: 'button_interaction',
  fields: {
    touser: str('zhangsan'),
    'button_interaction.main_title': { type: 'group', value: { title: str('Approve?') } },
    'button_interaction.button_list': { type: 'list', value: [{ text: str('Yes'), key: str('yes') }] },
  },
  wires: [['send']],
};
const greyButton = {
  operation: 'updateCard',
  fields: { 'updateCard.atall': yes, 'updateCard.button': { type: 'group', value: { replace_name: str('Approved') } } },
};

/** Two nodes, one wired to the other. */
async function chain(first: object, second: object) {
  const flow = await red.load(
    [appNode(red.sandbox), sendNode({ id: 'first', wires: [['send']], ...first }), sendNode(second)],
    { app: { secret: SECRET } },
  );
  return { ...flow, begin: (msg: object) => red.getNode('first').receive(msg) };
}

describe('a node wired to the one that sent', () => {
  test('recalls the message without any setting', async () => {
    const flow = await chain({}, { operation: 'recall', fields: {} });
    flow.begin({ payload: 'oops' });
    await flow.settled(1);
    expect(flow.sent[0]?.payload).toMatchObject({ errcode: 0, msgids: [red.lastMessage().msgid] });
    expect(red.lastMessage().recalled).toBe(true);
    expect(flow.statuses().slice(-2)).toEqual([
      'blue dot wecom-send.status.working',
      'green dot wecom-send.status.done',
    ]);
  });

  test('greys the buttons of the card', async () => {
    const flow = await chain(approval, greyButton);
    flow.begin({});
    await flow.settled(1);
    expect(flow.caught).toEqual([]);
    expect(JSON.stringify(red.sandbox.messages({ member: 'zhangsan' })[0]?.shown)).toContain('Approved');
  });

  test('puts another card in its place, given as JSON', async () => {
    const card = {
      card_type: 'text_notice',
      main_title: { title: 'Done' },
      card_action: { type: 1, url: 'https://example.com' },
    };
    const flow = await chain(approval, {
      operation: 'updateCard',
      updateAs: 'card',
      cardAs: 'json',
      msgtype: 'button_interaction',
      fields: { 'updateCard.userids': str('zhangsan'), 'card.json': { type: 'json', value: JSON.stringify(card) } },
    });
    flow.begin({});
    await flow.settled(1);
    expect(flow.caught).toEqual([]);
    expect(red.sandbox.messages({ member: 'zhangsan' })[0]?.shown).toMatchObject(card);
  });
});

test('the plain ID as msg.payload, or from anywhere else, recalls as well', async () => {
  const sender = await red.start();
  const results = [await sender.run({ payload: 'one' }), await sender.run({ payload: 'two' })].map(
    ({ payload }) => (payload as { msgid: string }).msgid,
  );
  await red.unload();
  await (await red.start({ send: { operation: 'recall', fields: {} } })).run({ payload: results[0] });
  await red.unload();
  await (
    await red.start({ send: { operation: 'recall', fields: { 'recall.msgids': from('msg', 'old') } } })
  ).run({ old: results[1] });
  expect(red.sandbox.messages().map(({ recalled }) => recalled)).toEqual([true, true]);
});

describe('an error says what to do', () => {
  test('when a message is recalled after 24 hours', async () => {
    const { payload } = await (await red.start()).run({ payload: 'x' });
    await red.unload();
    red.sandbox.moveClock(25 * HOUR);
    const { error } = await (await red.start({ send: { operation: 'recall' } })).run({ payload });
    expect(error).toMatchObject({ code: 42052, cause: { hint: expect.stringMatching(/24 hours/) } });
  });

  test('when a response_code is used twice', async () => {
    const { payload } = await (await red.start({ send: { ...approval, id: 'send', wires: [['out']] } })).run({});
    await red.unload();
    const update = await red.start({ send: greyButton });
    await update.run({ payload });
    const { error } = await update.run({ payload });
    expect(error).toMatchObject({ code: 60140, cause: { hint: expect.stringMatching(/once/) } });
  });

  test.each([
    ['nothing to recall', { operation: 'recall', fields: {} }, /Message IDs.*(missing|names 0)/],
    ['an update without targets and text', { operation: 'updateCard', fields: {} }, /Members|For Everybody|atall/],
    [
      'a group of one',
      { operation: 'createChat', fields: { 'createChat.userlist': str('zhangsan') } },
      /at least|from 2/,
    ],
    ['a change that changes nothing', { operation: 'updateChat', fields: { 'updateChat.chatid': str('abc') } }, /Name/],
    ['an operation that does not exist', { operation: 'explode', fields: {} }, /operation is not one of/],
    ['no group chat', { to: 'chat', fields: {} }, /chatid/i],
  ])('for %s, before anything is sent', async (_name, send, reason) => {
    const { error } = await (await red.start({ send })).run({});
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(reason) });
    expect(red.sandbox.calls()).toEqual({});
  });

  test('when the group chat was dismissed', async () => {
    const flow = await red.start({
      ...ALERTS,
      send: { operation: 'createChat', fields: { 'createChat.userlist': str('zhangsan, lisi') } },
    });
    const { chatid } = (await flow.run({})).payload as { chatid: string };
    red.sandbox.dismissChat(chatid);
    await red.unload();
    const { error } = await (
      await red.start({ ...ALERTS, send: { to: 'chat', fields: { chatid: str(chatid) } } })
    ).run({ payload: 'x' });
    expect(error).toMatchObject({ code: 49008, cause: { hint: expect.stringMatching(/\w{4}/) } });
  });

  test('when the app may not make group chats', async () => {
    const { error } = await (
      await red.start({ send: { operation: 'createChat', fields: { 'createChat.userlist': str('zhangsan, lisi') } } })
    ).run({});
    expect(error).toMatchObject({ code: 48002, cause: { hint: expect.stringMatching(/\w{4}/) } });
  });
});

test('a group chat is created, changed, looked at and written to', async () => {
  const create = await red.start({
    ...ALERTS,
    send: {
      operation: 'createChat',
      fields: {
        'createChat.userlist': from('msg', 'members'),
        'createChat.name': str('Release'),
        'createChat.owner': str('zhangsan'),
      },
    },
  });
  const { chatid } = (await create.run({ members: ['zhangsan', 'lisi'] })).payload as { chatid: string };
  await red.unload();
  const change = await red.start({
    ...ALERTS,
    send: {
      operation: 'updateChat',
      fields: {
        'updateChat.chatid': str(chatid),
        'updateChat.name': str('Release 2'),
        'updateChat.add_user_list': str('wangwu'),
      },
    },
  });
  expect((await change.run({})).payload).toMatchObject({ chatid });
  await red.unload();
  const get = await red.start({
    ...ALERTS,
    send: { operation: 'getChat', fields: { 'getChat.chatid': from('msg', 'payload.chatid') } },
  });
  expect((await get.run({ payload: { chatid } })).payload).toMatchObject({
    chatid,
    name: 'Release 2',
    owner: 'zhangsan',
    userlist: ['zhangsan', 'lisi', 'wangwu'],
  });
  await red.unload();
  const send = await red.start({
    ...ALERTS,
    send: { to: 'chat', fields: { chatid: str(chatid), 'text.mentioned_list': str('wangwu') } },
  });
  await send.run({ payload: 'Hello' });
  expect(red.lastMessage()).toMatchObject({ to: 'chat', chatid, delivered_to: ['zhangsan', 'lisi', 'wangwu'] });
});
