import { from, nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();

interface Checked {
  readonly requests: { readonly path: string; readonly body: Record<string, unknown> }[];
  readonly parts: number;
  readonly warnings: string[];
}

test('a node that checks only passes on what would be sent, and sends nothing', async () => {
  const fields = { touser: str('zhangsan') };
  const text = '企业微信消息。'.repeat(200);
  const checking = await red.start({ send: { fields, checkOnly: true } });
  const { payload } = await checking.run({ payload: text, topic: 'stays' });
  const { requests, parts, warnings } = payload as Checked;
  expect([red.sandbox.calls(), checking.completed.length, checking.caught.length]).toEqual([{}, 1, 0]);
  expect([requests.length, parts, warnings]).toEqual([3, 3, []]);
  expect(checking.statuses().at(-1)).toBe('grey dot wecom-send.status.checked');
  await red.unload();

  const sending = await red.start({ send: { fields } });
  await sending.run({ payload: text });
  expect(red.sandbox.messages().map(({ received }) => received)).toEqual(requests.map(({ body }) => body));
});

test('files are named, read and not uploaded', async () => {
  const flow = await red.start({
    send: { msgtype: 'file', checkOnly: true, fields: { touser: str('zhangsan') } },
  });
  const { payload } = await flow.run({ payload: Buffer.from('the report'), filename: 'report.txt' });
  expect((payload as Checked).requests).toMatchObject([
    {
      path: '/cgi-bin/message/send',
      body: { msgtype: 'file', file: { media_id: { filename: 'report.txt', size: 10, type: 'file' } } },
    },
  ]);
  expect(red.sandbox.calls()).toEqual({});
});

test('a robot that checks only does not show its key', async () => {
  const flow = await red.start({ send: { to: 'robot', checkOnly: true } });
  const { payload } = await flow.run({ payload: 'hello' });
  expect((payload as Checked).requests).toEqual([
    { path: '/cgi-bin/webhook/send', body: { msgtype: 'text', text: { content: 'hello' } } },
  ]);
});

test('mistakes are errors as when it is sent', async () => {
  const flow = await red.start({ send: { checkOnly: true, fields: { touser: from('msg', 'to') } } });
  expect((await flow.run({ payload: '', to: '' })).error).toMatchObject({
    code: 'INVALID_INPUT',
    cause: { issues: [{ path: 'touser' }, { path: 'text.content' }] },
  });
});

test('other operations are carried out, whatever a flow file says of checking', async () => {
  const flow = await red.start({ send: { operation: 'recall', checkOnly: true } });
  await flow.run({ payload: 'MSGID' });
  expect(red.sandbox.calls()['message/recall']).toBe(1);
});
