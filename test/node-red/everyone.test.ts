import { from, nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();
/** How many people have the messages that arrived. */
const reached = () => red.sandbox.messages().reduce((people, { delivered_to }) => people + delivered_to.length, 0);

test('everyone is reached by the choice of the panel', async () => {
  const flow = await red.start({ send: { to: 'everyone' } });
  await flow.run({ payload: 'x' });
  expect(red.lastMessage().received['touser']).toBe('@all');
  expect(reached()).toBe(10);
});

describe('everyone is not reached by @all', () => {
  test.each([
    ['that was typed', str('@all')],
    ['that was typed as JSON', from('json', '["@all"]')],
    ['of msg', from('msg', 'to')],
    ['in a list of msg', from('msg', 'list')],
    ['of JSONata', from('jsonata', '"zhangsan," & to')],
    ['of the environment', from('env', 'WECOM_TEST_TO')],
    ['of the flow', from('flow', 'to')],
    ['of the global context', from('global', 'to')],
  ])('%s: the field is named, and the way', async (_name, who) => {
    process.env['WECOM_TEST_TO'] = '@all';
    for (const field of ['touser', 'toparty', 'totag']) {
      const flow = await red.start({ send: { fields: { [field]: who } } });
      const context = (
        flow.node as unknown as { context(): Record<'flow' | 'global', { set(key: string, value: unknown): void }> }
      ).context();
      context.flow.set('to', '@ALL');
      context.global.set('to', '＠all');
      const { error } = await flow.run({ payload: 'x', to: '@all', list: ['zhangsan', ' @all '] });
      expect(error).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(
          new RegExp(`\\(${field}.*says @all: a text cannot reach everyone\\. Choose "Everyone" under "Send To"`),
        ),
      });
      await red.unload();
    }
    expect([reached(), red.sandbox.calls()]).toEqual([0, {}]);
  });
});

describe('everyone is not reached by a message that says so', () => {
  const claims = {
    everyone: true,
    to: 'everyone',
    touser: '@all',
    fields: { everyone: true },
    payload: { everyone: true, touser: '@all', text: { content: 'x' } },
  };

  test('to members', async () => {
    const flow = await red.start({ send: { fields: { touser: str('zhangsan'), 'text.content': str('x') } } });
    await flow.run(claims);
    expect(red.lastMessage().received).toEqual({
      touser: 'zhangsan',
      agentid: 1000002,
      msgtype: 'text',
      text: { content: 'x' },
    });
  });

  test('as recipients', async () => {
    const flow = await red.start({ send: { fields: { touser: from('msg', 'payload'), 'text.content': str('x') } } });
    expect((await flow.run(claims)).error).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('as a card', async () => {
    const flow = await red.start({
      send: {
        msgtype: 'text_notice',
        cardAs: 'json',
        fields: { touser: str('zhangsan'), 'card.json': from('msg', 'payload') },
      },
    });
    const card = {
      main_title: { title: 'x' },
      card_action: { type: 1, url: 'https://example.com' },
      everyone: true,
      touser: '@all',
    };
    expect((await flow.run({ ...claims, payload: card })).error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('template_card.everyone'),
    });
  });

  test.each([
    ['a value of msg', from('msg', 'everyone')],
    ['a switch', from('bool', 'true')],
    ['bare true', true],
  ])('in a field that a flow written by hand has: %s', async (_name, everyone) => {
    for (const fields of [{ everyone }, { everyone, touser: str('zhangsan') }]) {
      const flow = await red.start({ send: { fields: { ...fields, 'text.content': str('x') } } });
      expect((await flow.run(claims)).error).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('everyone cannot be a value: choose "Everyone" under "Send To"'),
      });
      await red.unload();
    }
  });

  test.each(['everyone', 'touser'])('as a message type called %s', async (msgtype) => {
    const flow = await red.start({
      send: { msgtype, fields: { touser: str('zhangsan'), [`${msgtype}.x`]: from('msg', 'everyone') } },
    });
    expect((await flow.run(claims)).error).toMatchObject({ code: 'INVALID_INPUT' });
  });

  afterEach(() => expect(reached()).toBeLessThanOrEqual(1));
});
