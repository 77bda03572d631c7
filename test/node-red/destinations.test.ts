import { isActive, typesAt } from '../../core';
import type { Destination, Field } from '../../core';
import { text } from '../../core/schema/fields';
import { messageType } from '../../core/messages/message-type';
import { editorPanels, localeFiles } from '../../node-red/catalogue';
import { needsSandboxFor } from '../fixtures/known-to-sandbox';
import { amr, mp4, png } from '../fixtures/media';
import { appNode, from, nodeRedWithSandbox, PLACE, robotNode, robotWebhook, sendNode, str } from './flow-runner';

const red = nodeRedWithSandbox();
const ALERTS = { app: { agentId: '1000003' }, secret: 'sandbox-secret-1000003' };
const MINI_PROGRAM = 'wx5a2d8b0c0000a001';
const FILES: Readonly<Record<string, Buffer>> = {
  image: png(64),
  voice: amr(2),
  video: mp4(64),
  file: Buffer.from('the report'),
};

/** A panel filled in field by field, every field that counts, the way the editor stores it. */
function entered(fields: readonly Field[], index = 0): Record<string, unknown> {
  const plain = Object.fromEntries(
    fields.map((field) => [field.name, field.choices?.[index % field.choices.length]?.value]),
  );
  const articles = fields.some(({ name }) => name === 'picurl') ? ['appid', 'pagepath'] : [];
  return Object.fromEntries(
    fields
      .filter((field) => isActive(field, fields, plain) && !articles.includes(field.name))
      .map((field) => [field.name, enteredField(field, index)]),
  );
}

function enteredField(field: Field, index: number): unknown {
  const { name, control, media, choices, fields = [], min = 0, max = 1 } = field;
  if (media) return { type: 'msg', value: `files.${media}`, source: 'data' };
  if (choices)
    return {
      type: typeof choices[0]?.value === 'number' ? 'num' : 'str',
      value: String(choices[index % choices.length]?.value),
    };
  if (control === 'list')
    return { type: 'list', value: Array.from({ length: Math.min(max, 3) }, (_, entry) => entered(fields, entry)) };
  if (control === 'group') return { type: 'group', value: entered(fields) };
  if (control === 'switch') return { type: 'bool', value: 'true' };
  if (control === 'number') return { type: 'num', value: String((min + max) / 2) };
  if (control === 'url') return str('https://example.com/');
  if (control === 'ids' || name === 'userid') return str('zhangsan');
  if (name === 'appid') return str(MINI_PROGRAM);
  if (name === 'selected_id') return str('word 0');
  if (name === 'task_id') return from('msg', 'task');
  return str(field.maxCharacters !== undefined && field.maxCharacters < 6 ? 'More' : `word ${index}`);
}

function panelOf(name: string, fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entered(fields)).map(([field, value]) => [`${name}.${field}`, value]));
}

const cases = (destination: Destination) =>
  typesAt(destination).map(({ type, form }) => [type.name, type, form] as const);
const msg = (number = 0) => ({ files: FILES, task: `task-${number}` });

describe('every type with every field of its panel arrives', () => {
  test.each(cases('app'))('at a member: %s', async (name, type, form) => {
    needsSandboxFor(type, 'app');
    const flow = await red.start({
      send: { msgtype: name, fields: { touser: str('zhangsan'), ...panelOf(name, form.panel.content) } },
    });
    const { error } = await flow.run(msg());
    expect(error?.message).toBeUndefined();
    expect(red.lastMessage()).toMatchObject({
      to: 'app',
      msgtype: type.msgtype,
      delivered_to: ['zhangsan'],
      ...(type.cardType && { received: { template_card: { card_type: type.cardType } } }),
    });
  });

  test.each(cases('chat'))('in a group chat: %s', async (name, type, form) => {
    needsSandboxFor(type, 'chat');
    const flow = await red.load(
      [
        appNode(red.sandbox, ALERTS.app),
        sendNode({ operation: 'createChat', fields: { 'createChat.userlist': str('zhangsan, lisi') } }),
      ],
      { app: { secret: ALERTS.secret } },
    );
    const { payload } = await flow.run({});
    await red.unload();
    const chat = await red.start({
      ...ALERTS,
      send: {
        to: 'chat',
        msgtype: name,
        fields: { chatid: from('msg', 'made.chatid'), ...panelOf(name, form.panel.content) },
      },
    });
    const { error } = await chat.run({ ...msg(), made: payload });
    expect(error?.message).toBeUndefined();
    expect(red.lastMessage()).toMatchObject({ to: 'chat', msgtype: type.msgtype });
  });

  test.each(cases('robot'))('in the group of a robot: %s', async (name, type, form) => {
    needsSandboxFor(type, 'robot');
    const flow = await red.start({
      send: { app: '', to: 'robot', msgtype: name, fields: panelOf(name, form.panel.content) },
    });
    const { error } = await flow.run(msg());
    expect(error?.message).toBeUndefined();
    expect(red.lastMessage()).toMatchObject({ to: 'robot', msgtype: type.msgtype, robot: { id: 'build' } });
    expect(red.sandbox.calls()['gettoken']).toBeUndefined();
  });

  test.each(cases('update'))('in place of a sent card: %s', async (name, type, form) => {
    needsSandboxFor(type, 'update');
    const fields = { 'updateCard.atall': { type: 'bool', value: 'true' }, ...panelOf(name, form.panel.content) };
    const flow = await red.load(
      [
        appNode(red.sandbox),
        sendNode({
          id: 'first',
          msgtype: 'button_interaction',
          fields: {
            touser: str('zhangsan'),
            'button_interaction.main_title': { type: 'group', value: { title: str('Approve?') } },
            'button_interaction.button_list': { type: 'list', value: [{ text: str('Yes'), key: str('yes') }] },
          },
          wires: [['send']],
        }),
        sendNode({ operation: 'updateCard', updateAs: 'card', msgtype: name, fields }),
      ],
      { app: { secret: 'sandbox-secret-1000002' } },
    );
    red.getNode('first').receive(msg());
    await flow.settled(1);
    expect(flow.caught.map(({ error }) => error?.message)).toEqual([]);
    expect(red.sandbox.messages({ member: 'zhangsan' })[0]?.shown).toMatchObject({ card_type: type.cardType });
  });
});

describe('the type list of the editor', () => {
  const names = (destination: Destination) => editorPanels().destinations[destination].map(({ name }) => name);

  test('shows what each destination takes', () => {
    for (const destination of ['app', 'chat', 'robot', 'update'] as const) {
      const taken = typesAt(destination);
      expect(names(destination)).toEqual(taken.map(({ type }) => type.name));
      expect(editorPanels().destinations[destination].map(({ everyone }) => everyone)).toEqual(
        taken.map(({ form }) => form.everyone),
      );
    }
  });

  test('has a type that was made up in one place, with its words in both languages and the panel of each destination', () => {
    const telegram = messageType({
      msgtype: 'telegram',
      label: { en: 'Telegram', zh: '电报' },
      summary: { en: 'Short words', zh: '简短的文字' },
      shownInWechat: false,
      app: {
        content: {
          words: text({
            label: { en: 'Words', zh: '电文' },
            help: { en: 'No more than needed', zh: '言简意赅' },
            maxBytes: 80,
          }),
        },
      },
      robot: {
        content: {
          words: text({
            label: { en: 'Words', zh: '电文' },
            help: { en: 'No more than needed', zh: '言简意赅' },
            maxBytes: 40,
          }),
        },
      },
    });
    const { destinations } = editorPanels([telegram]);
    expect(destinations).toMatchObject({
      app: [{ name: 'telegram', words: 'types.telegram.app', content: [{ name: 'words', maxBytes: 80 }] }],
      robot: [{ name: 'telegram', words: 'types.telegram.app', content: [{ name: 'words', maxBytes: 40 }] }],
      chat: [],
      update: [],
    });
    for (const [language, label] of [
      ['en', 'Words'],
      ['zh', '电文'],
    ] as const) {
      expect(localeFiles(language, [telegram])['wecom-send']).toMatchObject({
        'wecom-send': { types: { telegram: { app: { content: { words: { label } } } } } },
      });
    }
  });
});

describe('what a panel no longer shows', () => {
  const leftOver = {
    touser: str('lisi'),
    chatid: str('oldchat'),
    safe: { type: 'num', value: '1' },
    enable_duplicate_check: { type: 'bool', value: 'true' },
    'text.mentioned_mobile_list': str('13800138001'),
    'recall.msgid': str('x'),
    'card.json': { type: 'json', value: '{' },
  };

  test('of recipients, options and fields stays away from a robot', async () => {
    await (await red.start({ send: { to: 'robot', fields: leftOver } })).run({ payload: 'x' });
    expect(red.lastMessage().received).toEqual({
      msgtype: 'text',
      text: { content: 'x', mentioned_mobile_list: ['13800138001'] },
    });
  });

  test('of a robot stays away from members', async () => {
    await (await red.start({ send: { fields: leftOver } })).run({ payload: 'x' });
    expect(red.lastMessage().received).toEqual({
      touser: 'lisi',
      agentid: 1000002,
      msgtype: 'text',
      text: { content: 'x' },
      safe: 1,
      enable_duplicate_check: 1,
    });
  });

  test('because of a value that comes from the flow stays away too', async () => {
    const button = { text: str('Open'), type: from('msg', 'does'), key: str('open'), url: str('https://example.com') };
    const fields = {
      touser: str('zhangsan'),
      'button_interaction.main_title': { type: 'group', value: { title: str('T') } },
      'button_interaction.button_list': { type: 'list', value: [button] },
    };
    const flow = await red.start({ send: { msgtype: 'button_interaction', fields } });
    const sent: unknown[] = [];
    for (const does of [0, '1', undefined]) {
      await flow.run({ does });
      sent.push((red.lastMessage().received['template_card'] as { button_list: unknown[] }).button_list[0]);
    }
    expect(flow.caught).toEqual([]);
    expect(sent).toEqual([
      { text: 'Open', type: 0, key: 'open' },
      { text: 'Open', type: 1, url: 'https://example.com' },
      { text: 'Open', key: 'open' },
    ]);
  });
});

test('a node of an earlier version, which knows members and everyone only, sends as before', async () => {
  const flow = await red.load(
    [
      appNode(red.sandbox),
      {
        id: 'send',
        type: 'wecom-send',
        z: 'flow',
        ...PLACE,
        app: 'app',
        to: 'everyone',
        msgtype: 'text',
        fields: {},
        failOnUndelivered: false,
        wires: [['out']],
      },
    ],
    { app: { secret: 'sandbox-secret-1000002' } },
  );
  await flow.run({ payload: 'Hello' });
  expect(red.lastMessage().received).toEqual({
    touser: '@all',
    agentid: 1000002,
    msgtype: 'text',
    text: { content: 'Hello' },
  });
});

describe('what is worth a remark', () => {
  const fields = { touser: str('zhangsan'), 'markdown.content': from('msg', 'payload') };

  test('is in msg.payload.warnings, and the node turns yellow', async () => {
    const flow = await red.start({ send: { msgtype: 'markdown', fields } });
    const { payload } = await flow.run({ payload: '| a | b |\n|---|---|\n| 1 | 2 |' });
    expect((payload as { warnings: string[] }).warnings).toEqual([expect.stringMatching(/tables/)]);
    expect(flow.statuses().at(-1)).toBe('yellow dot wecom-send.status.warned');
  });

  test('is nothing once the Markdown was adapted', async () => {
    const flow = await red.start({
      send: { msgtype: 'markdown', fields: { ...fields, convert_markdown: { type: 'bool', value: 'true' } } },
    });
    expect((await flow.run({ payload: '- one\n- two' })).payload).toMatchObject({ warnings: [] });
    expect(red.lastMessage().received['markdown']).toEqual({ content: '• one\n• two' });
  });
});

describe('a robot', () => {
  const send = { app: '', to: 'robot' };

  test.each([
    ['with a wrong key', { webhook: 'wrong-key' }, undefined, 93000],
    ['that was removed', {}, 'removed', 93000],
    ['that was disabled', {}, 'disabled', 93004],
  ] as const)('%s says what to do', async (_name, start, state, errcode) => {
    const flow = await red.load([robotNode({ baseUrl: red.sandbox.url }), sendNode({ robot: 'robot', ...send })], {
      robot: { webhook: robotWebhook(red.sandbox), ...start },
    });
    if (state) red.sandbox.setRobot('build', state);
    const { error } = await flow.run({ payload: 'x' });
    expect(error).toMatchObject({
      code: errcode,
      cause: { kind: 'api', hint: expect.stringMatching(/robot|webhook/i) },
    });
  });

  test('without a key starts, shows it and fails clearly', async () => {
    const flow = await red.start({ send, webhook: '' });
    expect(flow.statuses()).toEqual(['red ring wecom-send.status.robot-wrong']);
    expect((await flow.run({ payload: 'x' })).error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/Webhook URL or Key.*missing/),
    });
    expect(flow.statuses().at(-1)).toBe('red ring wecom-send.status.robot-wrong');
  });

  test('keeps its key to itself: no output, error, status or log holds it', async () => {
    const { key } = red.sandbox.company.robots[0] as { key: string };
    const flow = await red.start({ send });
    await flow.run({ payload: 'x' });
    red.sandbox.setRobot('build', 'removed');
    await flow.run({ payload: 'x' });
    let statuses = JSON.stringify(flow.statuses());
    await red.unload();
    red.sandbox.setRobot('build', 'active');
    const broken = await red.start({ send });
    red.sandbox.fault({ endpoint: 'webhook/send', kind: 'reset_before_read' });
    await broken.run({ payload: 'x' });
    expect(broken.caught[0]?.error?.cause).toMatchObject({ kind: 'network' });
    await red.unload();
    const closed = await red.load([robotNode(), sendNode({ robot: 'robot', ...send })], {
      robot: { webhook: `http://127.0.0.1:9/cgi-bin/webhook/send?key=${key}` },
    });
    closed.node.receive({ payload: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 700));
    statuses += JSON.stringify(closed.statuses());
    await closed.redeploy(null);
    // What waited when its node was removed went to Catch.
    expect(red.logged()).toContain('node.catch.send');
    for (const shown of [
      JSON.stringify([flow.sent, flow.caught, broken.caught, closed.caught]),
      statuses,
      red.logged(),
    ])
      expect(shown).not.toContain(key);
  });
});
