import { appNode, from, nodeRedWithSandbox, PLACE, SECRET, sendNode, str } from './flow-runner';
import type { FlowMessage } from './flow-runner';

const red = nodeRedWithSandbox();

/** Sends a text that was typed in, and gives what WeCom received. */
async function sent(typed: string, msg: FlowMessage): Promise<unknown> {
  const flow = await red.start({ send: { fields: { touser: str('zhangsan'), 'text.content': str(typed) } } });
  await flow.run(msg);
  expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
  return (red.lastMessage().received['text'] as { content: string }).content;
}

describe('a text that is typed in takes values of the message', () => {
  test.each([
    ['a property', 'Build {{payload.nr}} failed', { payload: { nr: 42 } }, 'Build 42 failed'],
    ['the payload itself', '{{payload}} °C', { payload: 21.5 }, '21.5 °C'],
    ['signs of HTML as they are', '{{payload}}', { payload: '<b>"A" & \'B\'</b>' }, '<b>"A" & \'B\'</b>'],
    [
      'each entry of a list',
      '{{#payload}}- {{name}}\n{{/payload}}',
      { payload: [{ name: 'a' }, { name: 'b' }] },
      '- a\n- b\n',
    ],
    ['nothing for what is missing', 'a{{payload.b.c}}{{nobody}}z', { payload: 1 }, 'az'],
    ['a value with braces as it is', '{{payload}}', { payload: '{{topic}}', topic: 'x' }, '{{topic}}'],
    [
      'braces, once other signs stand for them',
      '{{=<% %>=}}{{name}} of <%payload%>',
      { payload: 'x' },
      '{{name}} of x',
    ],
  ])('%s', async (_name, typed, msg, expected) => {
    expect(await sent(typed, msg)).toBe(expected);
  });

  test('of the flow, of all flows and of the environment', async () => {
    process.env['WECOM_TEST_TEXT'] = 'environment';
    const flow = await red.start({
      send: {
        fields: { touser: str('zhangsan'), 'text.content': str('{{flow.a.b}} {{global.c}} {{env.WECOM_TEST_TEXT}}') },
      },
    });
    const context = (
      flow.node as unknown as { context(): Record<'flow' | 'global', { set(key: string, value: unknown): void }> }
    ).context();
    context.flow.set('a', { b: 'flow' });
    context.global.set('c', 'global');
    await flow.run({ payload: 'x' });
    expect(red.lastMessage().received['text']).toEqual({ content: 'flow global environment' });
  });

  test('in every field, also in lists and in the name of a file', async () => {
    const flow = await red.start({
      send: {
        msgtype: 'news',
        fields: {
          touser: str('{{payload.who}}'),
          'news.articles': {
            type: 'list',
            value: [{ title: str('Order {{payload.nr}}'), url: str('https://example.com/{{payload.nr}}') }],
          },
        },
      },
    });
    await flow.run({ payload: { who: 'zhangsan, lisi', nr: 7 } });
    expect(red.lastMessage().received).toMatchObject({
      touser: 'zhangsan|lisi',
      news: { articles: [{ title: 'Order 7', url: 'https://example.com/7' }] },
    });
    await flow.redeploy({
      msgtype: 'file',
      fields: {
        touser: str('zhangsan'),
        'file.media_id': { type: 'str', value: 'day,{{payload}}', source: 'text', filename: str('{{payload}}.csv') },
      },
    });
    await flow.run({ payload: 'Monday' });
    expect(red.lastMessage().shown).toMatchObject({ filename: 'Monday.csv' });
  });
});

/** Node-RED's own template node is asked as well; it escapes HTML unless braces are tripled. */
test.each([
  ['{{payload.a}}|{{payload.b.c}}|{{topic}}', { payload: { a: 1, b: { c: true } }, topic: 'T' }],
  ['{{#payload}}{{.}},{{/payload}}{{^payload}}none{{/payload}}', { payload: [1, 2, 3] }],
  ['{{#payload}}{{.}},{{/payload}}{{^payload}}none{{/payload}}', { payload: [] }],
  ['{{! said to nobody }}{{payload.length}} {{payload.0}}', { payload: ['first', 'second'] }],
  [
    '{{#payload}}{{topic}} {{name}} {{global.c}};{{/payload}}',
    { payload: [{ name: 'a', topic: 'b' }, {}], topic: 'T' },
  ],
  ['{{=<% %>=}}<% payload %> {{payload}}', { payload: 'x' }],
  ['{{payload}} {{missing.deep}}.', { payload: { an: 'object' } }],
])('"%s" becomes what the template node of Node-RED makes of it', async (typed, msg) => {
  const flow = await red.load(
    [
      appNode(red.sandbox),
      { id: 'theirs', type: 'template', z: 'flow', ...PLACE, field: 'made', template: typed, wires: [['send']] },
      sendNode({ fields: { touser: str('zhangsan'), 'text.content': str(typed) } }),
    ],
    { app: { secret: SECRET } },
  );
  red.getNode('theirs').receive({ ...msg });
  await flow.settled(1);
  const made = flow.sent[0]?.['made'] as string;
  expect(made).not.toBe('');
  expect(red.lastMessage().received['text']).toEqual({ content: made.trim() });
});

describe('what cannot be filled in', () => {
  test.each(['Hello {{payload', '{{#payload}}a', '{{/payload}}'])(
    '"%s" is an error that says how {{ is sent',
    async (typed) => {
      const flow = await red.start({ send: { fields: { touser: str('zhangsan'), 'text.content': str(typed) } } });
      const { error } = await flow.run({ payload: 'x' });
      expect(error?.cause['issues']).toEqual([
        expect.objectContaining({ path: 'text.content', message: expect.stringContaining('{{=<% %>=}}') }),
      ]);
      expect(red.sandbox.messages()).toEqual([]);
    },
  );

  test('a recipient that comes out empty is refused, alone and beside another one', async () => {
    for (const typed of ['{{payload.who}}', 'lisi, {{payload.who}}', 'lisi, {{{payload.who}}}']) {
      const flow = await red.start({ send: { fields: { touser: str(typed), 'text.content': str('x') } } });
      const { error } = await flow.run({ payload: {} });
      expect(error?.cause['issues']).toEqual([expect.objectContaining({ path: 'touser' })]);
      await red.unload();
    }
    expect(red.sandbox.messages()).toEqual([]);
  });

  test('everyone is not reached through a value', async () => {
    const flow = await red.start({ send: { fields: { touser: str('{{payload}}'), 'text.content': str('x') } } });
    expect((await flow.run({ payload: '@all' })).error?.cause['kind']).toBe('input');
    expect(red.sandbox.messages()).toEqual([]);
  });

  test('a message that does not let itself be read is an error of the field', async () => {
    const flow = await red.start({
      send: { fields: { touser: str('zhangsan'), 'text.content': str('{{payload.a}}') } },
    });
    const payload = Object.defineProperty({}, 'a', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    const { error } = await flow.run({ payload });
    expect(error?.cause['issues']).toEqual([expect.objectContaining({ path: 'text.content' })]);
  });
});

test('a list ten times as long is read ten times as often, not more', async () => {
  const flow = await red.start({
    send: { fields: { touser: str('zhangsan'), 'text.content': str('{{#payload}}{{a}}{{/payload}}') } },
  });
  const reads = async (length: number) => {
    let count = 0;
    const payload = Array.from({ length }, () =>
      Object.defineProperty({}, 'a', { get: () => ((count += 1), 'x'), enumerable: true }),
    );
    await flow.run({ payload });
    return count;
  };
  const [few, many] = [await reads(20), await reads(200)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThanOrEqual(10);
});

test('what a field out of the flow holds is no template', async () => {
  const flow = await red.start({
    send: { fields: { touser: str('zhangsan'), 'text.content': from('msg', 'payload') } },
  });
  await flow.run({ payload: '{{topic}} {{', topic: 'x' });
  expect(red.lastMessage().received['text']).toEqual({ content: '{{topic}} {{' });
});
