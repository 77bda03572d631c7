import { from, nodeRedWithSandbox, str } from './flow-runner';
import type { FlowMessage } from './flow-runner';

const red = nodeRedWithSandbox();
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const start = (fields: object = { touser: str('zhangsan') }, send: object = {}) =>
  red.start({ send: { msgtype: 'any', fields, ...send } });
const issues = async (fields: object | undefined, msg: FlowMessage, send: object = {}) => {
  const flow = await start(fields, send);
  const { error } = await flow.run(msg);
  expect(red.sandbox.messages()).toEqual([]);
  await red.unload();
  return (error?.cause['issues'] as { path: string; message: string }[]).map(
    ({ path, message }) => `${path} ${message}`,
  );
};

describe('one node sends what the message of the flow says', () => {
  test('a text, then a picture out of a Buffer, then a card', async () => {
    const flow = await start();
    const card = {
      card_type: 'text_notice',
      main_title: { title: 'Title' },
      card_action: { type: 1, url: 'https://example.com' },
    };
    for (const payload of [
      { msgtype: 'text', text: { content: 21.5 }, safe: 1 },
      { msgtype: 'image', image: { media_id: PNG } },
      { msgtype: 'template_card', template_card: card },
    ])
      await flow.run({ payload });
    expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
    expect(red.sandbox.messages().map(({ msgtype }) => msgtype)).toEqual(['text', 'image', 'template_card']);
    expect(red.sandbox.messages()[0]?.received).toMatchObject({
      text: { content: '21.5' },
      safe: 1,
      touser: 'zhangsan',
    });
  });

  test.each([
    ['a property that one chooses', from('msg', 'message'), { message: { msgtype: 'text', text: { content: 'x' } } }],
    ['JSON as a text', undefined, { payload: '{ "msgtype": "text", "text": { "content": "x" } }' }],
    ['JSON that was typed in', from('json', '{ "msgtype": "text", "text": { "content": "x" } }'), {}],
    ['JSONata', from('jsonata', '{ "msgtype": "text", "text": { "content": payload } }'), { payload: 'x' }],
  ])('%s', async (_name, stored, msg) => {
    const flow = await start({ touser: str('zhangsan'), ...(stored && { 'message.json': stored }) });
    await flow.run(msg);
    expect(red.lastMessage().received).toMatchObject({ touser: 'zhangsan', text: { content: 'x' } });
  });

  test('to the group of a robot', async () => {
    const robot = await start({}, { to: 'robot' });
    await robot.run({ payload: { msgtype: 'markdown_v2', markdown_v2: { content: '# x' } } });
    expect(robot.caught.map(({ error }) => error?.message)).toEqual([]);
    expect(red.lastMessage()).toMatchObject({ to: 'robot', msgtype: 'markdown_v2' });
  });

  test('to those whom it names, if the node names nobody', async () => {
    const flow = await start({});
    await flow.run({ payload: { touser: 'lisi', msgtype: 'text', text: { content: 'x' } } });
    expect(red.lastMessage().received).toMatchObject({ touser: 'lisi' });
    await flow.redeploy({ fields: { touser: str('zhangsan') } });
    await flow.run({ payload: { touser: 'lisi', toparty: '3', msgtype: 'text', text: { content: 'x' } } });
    expect(red.lastMessage().received).toMatchObject({ touser: 'zhangsan' });
    expect(red.lastMessage().received).not.toHaveProperty('toparty');
  });
});

describe('it is judged as a message whose fields were filled in', () => {
  const text = { msgtype: 'text', text: { content: 'x' } };

  test.each<[string, unknown, string[]]>([
    ['a field that nothing has', { ...text, text: { contents: 'x' } }, ['text.content', 'text.contents']],
    ['a type that nothing is', { msgtype: 'txt' }, ['msgtype']],
    ['no type', { text: { content: 'x' } }, ['msgtype']],
    ['no JSON', 'Hello', ['message']],
    ['no object', [text], ['message']],
    ['nothing', undefined, ['message']],
    ['everyone', { ...text, everyone: true }, ['everyone']],
    ['a picture that is a text', { msgtype: 'image', image: { media_id: {} } }, ['message']],
  ])('%s is an error that says so', async (_name, payload, paths) => {
    const found = await issues({ touser: str('zhangsan') }, { payload });
    expect(found.map((issue) => issue.split(' ')[0]).sort()).toEqual(paths);
  });

  test('a group chat has to be named, here or there', async () => {
    expect(await issues({}, { payload: text }, { to: 'chat' })).toEqual([expect.stringContaining('chatid')]);
  });

  test('nobody, everyone by @all and an empty recipient are refused', async () => {
    expect(await issues({}, { payload: text })).toEqual([expect.stringContaining('touser')]);
    expect(await issues({}, { payload: { ...text, touser: '@all' } })).toEqual([expect.stringContaining('touser')]);
    expect(await issues({}, { payload: { ...text, touser: '', toparty: '3' } })).toEqual([
      expect.stringContaining('touser'),
    ]);
    expect(await issues({ touser: from('msg', 'who') }, { payload: { ...text, touser: 'lisi' } })).toEqual([
      expect.stringContaining('touser'),
    ]);
  });

  test('everyone is reached by the choice of the panel', async () => {
    const flow = await start({}, { to: 'everyone' });
    await flow.run({ payload: { ...text, touser: 'lisi' } });
    expect(red.lastMessage().received).toMatchObject({ touser: '@all' });
  });
});
