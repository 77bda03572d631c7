import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { typesAt } from '../../core';
import { needsSandboxFor } from '../fixtures/known-to-sandbox';
import { send, SEND } from './engine';
import { fillIn, itemWithFiles } from './fill-in';
import { credentialOf, robotCredentialOf, toZhangsan, useSandbox } from './sandbox';

const world = useSandbox();
/** The app that may create group chats; robots need none. */
const CHATS = 1;
const APPID = 'wx5a2d8b0c0000a001';
/** A mini-program the sandbox knows, and a name of a row that no client shortens. */
const special = { appid: APPID, keyname: 'Ref' };

async function run(parameters: INodeParameters, app = 0, json: IDataObject = {}) {
  const result = await send({
    credential: credentialOf(world.sandbox, app),
    robot: robotCredentialOf(world.sandbox),
    items: [{ ...itemWithFiles, json }],
    parameters,
  });
  expect(result.last(SEND).error).toBeUndefined();
  return result.items(SEND)[0]!.json;
}
const lastMessage = () => world.sandbox.messages().at(-1)!;
const chat = () =>
  run(
    { resource: 'chat', operation: 'createChat', userlist: 'zhangsan, lisi', name: 'Releases', chatid: 'releases' },
    CHATS,
  );

const places = [
  ['members', 'app', toZhangsan, 0],
  ['everyone', 'app', { sendTo: 'everyone' }, 0],
  ['a group chat', 'chat', { sendTo: 'chat', chatid: 'releases' }, CHATS],
  ['a group robot', 'robot', { sendTo: 'robot' }, 0],
] as const;

/** Every drop-down of cards has at most four choices, so four rounds see all of them. */
const cases = places.flatMap(([place, destination, address, app]) =>
  typesAt(destination)
    .filter(({ form }) => place !== 'everyone' || form.everyone)
    .flatMap((entry) =>
      (entry.type.cardType === undefined ? [0] : [0, 1, 2, 3]).map(
        (round) => [entry.type.name, place, round, entry, address, app] as const,
      ),
    ),
);

test.each(cases)(
  '%s to %s arrives with every field of the panel, choices of round %d',
  async (name, place, round, { type, form }, address, app) => {
    needsSandboxFor(type, places.find(([title]) => title === place)![1]);
    if (place === 'a group chat') await chat();
    const { parameters, expected } = fillIn(form.panel.content, round, special);
    const output = await run({ ...address, msgtype: name, ...parameters }, app);
    const { received } = lastMessage();
    expect(received['msgtype']).toBe(type.msgtype);
    const card = type.cardType === undefined ? {} : { card_type: type.cardType };
    expect(received[type.msgtype]).toEqual({
      ...card,
      ...expected,
      ...(expected['base64'] !== undefined && { base64: expect.any(String) }),
    });
    // With everything filled in, an article opens a mini-program, for which WeCom ignores the page.
    const ignored = form.panel.content.flatMap(({ rules }) => rules?.ignored ?? []);
    expect(output).toMatchObject({
      errcode: 0,
      warnings: ignored.map(({ field }) => expect.stringMatching(new RegExp(`${field}\\) is left out`)) as unknown),
    });
  },
);

test.each(cases.filter(([, , round, { type }]) => round === 0 && type.cardType !== undefined))(
  '%s to %s as JSON arrives as it is',
  async (name, _place, _round, { type, form }, address, app) => {
    const { expected } = fillIn(
      form.panel.content.filter(({ name: field }) => field !== 'horizontal_content_list'),
      1,
      special,
    );
    const written = (task_id: string): IDataObject => ({
      ...(expected as IDataObject),
      ...(expected['task_id'] !== undefined && { task_id }),
    });
    const ways: [string, IDataObject][] = [
      [JSON.stringify(written('a'), null, 2), {}],
      [JSON.stringify({ card_type: type.cardType, ...written('b') }), {}],
      ['={{ $json.card }}', { card: written('c') }],
    ];
    for (const [cardJson, json] of ways) {
      await run({ ...address, msgtype: name, specifyCard: 'json', cardJson }, app, json);
      expect(lastMessage().received['template_card']).toEqual({
        ...expected,
        card_type: type.cardType,
        ...(expected['task_id'] !== undefined && { task_id: expect.any(String) }),
      });
    }
  },
);

test('the options of a group chat and of a robot go along, those of members stay in the panel', async () => {
  await chat();
  const options = { safe: 1, enable_duplicate_check: true, enable_id_trans: true };
  await run(
    { sendTo: 'chat', chatid: 'releases', msgtype: 'text', content: 'hi', mentioned_list: '@all', options },
    CHATS,
  );
  expect(lastMessage().received).toEqual({
    chatid: 'releases',
    msgtype: 'text',
    text: { content: 'hi', mentioned_list: ['@all'] },
    safe: 1,
  });
  await run({
    sendTo: 'robot',
    msgtype: 'text',
    content: 'hi',
    mentioned_list: '={{ ["zhangsan", "lisi"] }}',
    mentioned_mobile_list: '13800138001',
    options,
  });
  expect(lastMessage().received).toEqual({
    msgtype: 'text',
    text: { content: 'hi', mentioned_list: ['zhangsan', 'lisi'], mentioned_mobile_list: ['13800138001'] },
  });
});

test('a card that calls back gets a task ID of its own, and its output what an update needs', async () => {
  const buttons = { entries: [{ text: 'Yes', key: 'yes' }] };
  const card = { ...toZhangsan, msgtype: 'button_interaction', main_title_title: 'Approve?', button_list: buttons };
  const [first, second] = [await run(card), await run(card)];
  const ids = world.sandbox.messages().map(({ received }) => (received['template_card'] as IDataObject)['task_id']);
  expect(new Set(ids).size).toBe(2);
  expect(first).toMatchObject({ msgid: expect.stringMatching(/./), response_code: expect.stringMatching(/./) });
  expect(second['response_code']).not.toBe(first['response_code']);
});

test('common Markdown becomes what WeCom shows; without that, a hint says what it does not show', async () => {
  const content = '# Report\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |';
  const result = await send({
    credential: credentialOf(world.sandbox),
    parameters: { ...toZhangsan, msgtype: 'markdown', content },
  });
  expect(result.items(SEND)[0]!.json['warnings']).toEqual([expect.stringContaining('tables, lists')]);
  expect(result.last(SEND).hints).toEqual([
    {
      message: expect.stringMatching(/^Sent, but: Content \(markdown\.content\) has tables, lists/),
      type: 'warning',
      location: 'outputPane',
    },
  ]);
  const adapted = await send({
    credential: credentialOf(world.sandbox),
    parameters: { ...toZhangsan, msgtype: 'markdown', content, options: { convert_markdown: true } },
  });
  expect(lastMessage().received).toEqual({
    touser: 'zhangsan',
    agentid: 1000002,
    msgtype: 'markdown',
    markdown: { content: '# Report\n• one\n• two\n\n**1** b: 2' },
  });
  expect(adapted.last(SEND).hints ?? []).toEqual([]);
});

test('what clients shorten is a hint, once for all items', async () => {
  const parameters = {
    ...toZhangsan,
    msgtype: 'text_notice',
    main_title_title: '长'.repeat(40),
    card_action_url: 'https://example.com',
  };
  const result = await send({ credential: credentialOf(world.sandbox), items: [{}, {}], parameters });
  expect(result.last(SEND).hints).toEqual([
    expect.objectContaining({
      message:
        'Sent, but: Title (template_card.main_title.title) has 40 characters; WeCom shows about 36 and shortens the rest.',
    }),
  ]);
});
