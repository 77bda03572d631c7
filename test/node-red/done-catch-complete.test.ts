import { nodeRedWithSandbox, from, str } from './flow-runner';

const red = nodeRedWithSandbox();

describe('a message that was sent', () => {
  test('goes on once, with the result in msg.payload, and triggers Complete but not Catch', async () => {
    const flow = await red.start();
    const msg = await flow.run({ payload: 'Build 42 is done', topic: 'kept' });
    expect(red.lastMessage()).toMatchObject({
      msgtype: 'text',
      received: { touser: 'zhangsan', text: { content: 'Build 42 is done' } },
      delivered_to: ['zhangsan'],
    });
    expect(msg.payload).toEqual({
      errcode: 0,
      errmsg: 'ok',
      msgid: expect.any(String),
      msgids: [expect.any(String)],
      parts: 1,
      invaliduser: [],
      invalidparty: [],
      invalidtag: [],
      unlicenseduser: [],
      response_code: '',
      warnings: [],
    });
    expect(msg['topic']).toBe('kept');
    expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([1, 1, 0]);
    expect(flow.statuses()).toEqual(['blue dot wecom-send.status.sending', 'green dot wecom-send.status.sent']);
  });
});

describe('a message that was refused', () => {
  test('goes to Catch once, and neither on nor to Complete', async () => {
    const flow = await red.start({ send: { fields: { touser: str('nobody-here') } } });
    const msg = await flow.run({ payload: 'hello' });
    expect(msg.error).toMatchObject({
      code: 81013,
      source: { id: 'send' },
      cause: { kind: 'api', errcode: 81013, endpoint: '/cgi-bin/message/send', hint: expect.any(String) },
    });
    expect(msg.payload).toBe('hello');
    expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([0, 0, 1]);
    expect(flow.statuses().at(-1)).toBe('red dot wecom-send.status.failed');
  });

  test('by its own fields is not sent, and the error names all of them with limit and size', async () => {
    const flow = await red.start({
      send: {
        msgtype: 'textcard',
        fields: {
          touser: str('zhangsan'),
          'textcard.title': str('汉'.repeat(43)),
          'textcard.description': from('msg', 'nothing'),
          'textcard.url': str('ftp://x'),
        },
      },
    });
    const msg = await flow.run({});
    expect(msg.error?.code).toBe('INVALID_INPUT');
    expect(msg.error?.cause['issues']).toEqual([
      expect.objectContaining({ path: 'textcard.title', limit: 128, actual: 129 }),
      expect.objectContaining({ path: 'textcard.description' }),
      expect.objectContaining({ path: 'textcard.url' }),
    ]);
    expect(red.sandbox.calls()['message/send'] ?? 0).toBe(0);
    expect(flow.statuses().at(-1)).toBe('red dot wecom-send.status.input-wrong');
  });
});
