import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { typesAt } from '../../core';
import { CREDENTIAL_TYPE, NODE_TYPE, runWorkflow, send, SEND, testNode } from './engine';
import { fillIn, itemWithFiles } from './fill-in';
import { credentialOf, hello, toZhangsan, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox();
useFastTime(world);
const HOUR = 3_600_000;
/** The app that sees the whole company, which WeCom demands for group chats. */
const CHATS = 1;

const attempt = async (parameters: INodeParameters, json: IDataObject = {}, app = 0) =>
  send({ credential: credentialOf(world.sandbox, app), items: [{ ...itemWithFiles, json }], parameters });
const run = async (parameters: INodeParameters, json: IDataObject = {}, app = 0) => {
  const result = await attempt(parameters, json, app);
  expect(result.last(SEND).error).toBeUndefined();
  return result.items(SEND)[0]!.json;
};
const failure = async (parameters: INodeParameters, json: IDataObject = {}, app = 0) =>
  (await attempt(parameters, json, app)).last(SEND).error;
const approval = {
  ...toZhangsan,
  touser: 'zhangsan, lisi',
  msgtype: 'button_interaction',
  main_title_title: 'Approve?',
  button_list: { entries: [{ text: 'Yes', key: 'yes' }] },
};
const update = { operation: 'updateCard', atall: true, replace_name: 'Approved' };
const shown = () =>
  world.sandbox
    .messages()
    .at(-1)!
    .updates.map(({ userids, shown: look }) => ({ userids, look: look as unknown as IDataObject }));

/** `Source → first → second`, the second as a person gets it who changes nothing but what is given. */
async function chain(first: INodeParameters, second: INodeParameters) {
  const node = (name: string, parameters: INodeParameters): INode => ({
    id: name,
    name,
    type: NODE_TYPE,
    typeVersion: 1,
    position: [0, 0],
    parameters,
    credentials: { [CREDENTIAL_TYPE]: { id: 'c1', name: 'WeCom' } },
  });
  const to = (name: string) => ({ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] });
  return runWorkflow({
    nodes: [
      { id: 's', name: 'Source', type: 'test.source', typeVersion: 1, position: [0, 0], parameters: {} },
      node('First', first),
      node('Second', second),
    ],
    connections: { Source: to('First'), First: to('Second') },
    types: { 'test.source': testNode(async () => [[{ json: {} }]]) },
    credentials: { c1: credentialOf(world.sandbox) },
  });
}

describe('recall', () => {
  test('takes back what the node before sent, without an expression by hand', async () => {
    const result = await chain(hello, { operation: 'recall' });
    const [message] = world.sandbox.messages();
    expect(result.items('Second').map(({ json }) => json)).toEqual([
      { errcode: 0, errmsg: 'ok', msgids: [message!.msgid] },
    ]);
    expect(message!.recalled).toBeTruthy();
  });

  test('takes back every message that a long text became', async () => {
    const result = await chain({ ...hello, content: 'a line of a long text\n'.repeat(300) }, { operation: 'recall' });
    expect(result.items('Second')).toHaveLength(1);
    expect(world.sandbox.messages().length).toBeGreaterThan(2);
    for (const { recalled } of world.sandbox.messages()) expect(recalled).toBe(true);
  });

  test('after 24 hours: the error says that it is too late', async () => {
    const { msgid } = await run(hello);
    world.sandbox.moveClock(25 * HOUR);
    expect(await failure({ operation: 'recall', msgids: msgid as string })).toMatchObject({
      name: 'NodeApiError',
      httpCode: '42052',
      message: expect.stringContaining('42052'),
      description: expect.stringMatching(/24 h/i),
    });
  });

  test('of nothing: the missing message ID is named', async () => {
    expect(await failure({ operation: 'recall' })).toMatchObject({
      message: expect.stringContaining('Message IDs (msgids)'),
      description: expect.stringContaining('Nothing was sent'),
    });
    expect(world.sandbox.calls()).toEqual({});
  });
});

describe('update card', () => {
  test('greys the buttons of the card the node before sent, without an expression by hand', async () => {
    const result = await chain(approval, update);
    expect(result.items('Second').map(({ json }) => json)).toEqual([
      { errcode: 0, errmsg: 'ok', invaliduser: [], warnings: [] },
    ]);
    expect(shown()).toEqual([
      { userids: ['zhangsan', 'lisi'], look: expect.objectContaining({ replace_text: 'Approved' }) },
    ]);
  });

  test.each(
    typesAt('update').flatMap((entry) => [0, 1, 2, 3].map((round) => [entry.type.name, round, entry] as const)),
  )('puts a %s with every field of the panel in its place, choices of round %d', async (name, round, { form }) => {
    const { response_code } = await run(approval);
    const { parameters, expected } = fillIn(form.panel.content, round, { appid: 'wx5a2d8b0c0000a001', keyname: 'Ref' });
    expect(
      await run({
        operation: 'updateCard',
        response_code: response_code as string,
        userids: 'lisi',
        change: 'template_card',
        card_type: name,
        ...parameters,
      }),
    ).toMatchObject({ errcode: 0, warnings: [] });
    const [change] = shown();
    expect(change!.userids).toEqual(['lisi']);
    for (const key of ['main_title', 'replace_text', 'sub_title_text'])
      expect(change!.look[key]).toEqual(expected[key]);
    expect(change!.look['card_type']).toBe(name);
  });

  test('puts a card in its place that is given as JSON', async () => {
    const { response_code } = await run(approval);
    const cardJson = JSON.stringify({
      card_type: 'text_notice',
      main_title: { title: 'Approved by 张三' },
      card_action: { type: 1, url: 'https://example.com' },
    });
    await run(
      {
        operation: 'updateCard',
        atall: true,
        change: 'template_card',
        card_type: 'text_notice',
        specifyCard: 'json',
        cardJson,
      },
      { response_code },
    );
    expect(shown()[0]!.look).toMatchObject({ card_type: 'text_notice', main_title: { title: 'Approved by 张三' } });
  });

  test('a response code that was used: the error says where a new one comes from', async () => {
    const { response_code } = await run(approval);
    await run(update, { response_code });
    expect(await failure(update, { response_code })).toMatchObject({
      name: 'NodeApiError',
      httpCode: '60140',
      description: expect.stringMatching(/once/),
    });
  });

  test('names who never had the card in the output, in a hint, and on request as an error', async () => {
    const targets = { operation: 'updateCard', userids: 'zhangsan, wangwu', replace_name: 'Done' };
    const first = await run(approval);
    const result = await attempt(targets, { response_code: first['response_code'] });
    expect(result.items(SEND)[0]!.json).toMatchObject({ invaliduser: ['wangwu'] });
    expect(result.last(SEND).hints).toEqual([
      expect.objectContaining({
        message:
          'The card did not change for everybody: members without the card wangwu. Name only members who got the card.',
      }),
    ]);
    const second = await run(approval);
    expect(
      await failure(
        { ...targets, options: { failOnInvalidRecipients: true } },
        { response_code: second['response_code'] },
      ),
    ).toMatchObject({ message: 'The card did not change for everybody: members without the card wangwu' });
  });

  test('nobody named and no code, or no text on the button: named before anything is sent, and nothing is sent', async () => {
    const error = await failure({ operation: 'updateCard', replace_name: 'Done' });
    for (const field of ['response_code', 'atall']) expect(error!.message).toContain(field);
    expect(
      (await failure({ ...update, replace_name: '={{ $json.nothing }}' }, { response_code: 'code' }))!.message,
    ).toContain('Button Text (button.replace_name) is missing');
    expect(world.sandbox.calls()).toEqual({});
  });
});

describe('group chats', () => {
  const create = {
    resource: 'chat',
    operation: 'createChat',
    userlist: 'zhangsan, lisi',
    name: 'Release 2.4',
    owner: 'lisi',
    chatid: 'release24',
  };

  test('are created, changed and looked up', async () => {
    expect(await run(create, {}, CHATS)).toEqual({ errcode: 0, errmsg: 'ok', chatid: 'release24' });
    const change = {
      resource: 'chat',
      operation: 'updateChat',
      chatid: 'release24',
      name: 'Release 2.5',
      add_user_list: '={{ ["wangwu", "alice"] }}',
      del_user_list: 'zhangsan',
    };
    expect(await run(change, {}, CHATS)).toMatchObject({ errcode: 0, chatid: 'release24' });
    expect(await run({ resource: 'chat', operation: 'getChat', chatid: 'release24' }, {}, CHATS)).toMatchObject({
      chatid: 'release24',
      name: 'Release 2.5',
      owner: 'lisi',
      userlist: ['lisi', 'wangwu', 'alice'],
    });
  });

  test('get an ID of their own when none is given', async () => {
    const { chatid: _, ...rest } = create;
    expect((await run(rest, {}, CHATS))['chatid']).toMatch(/^[0-9A-Za-z]{1,32}$/);
  });

  test('of an app that does not see the whole company are refused with what to do', async () => {
    expect(await failure(create)).toMatchObject({ httpCode: '48002', description: expect.stringMatching(/./) });
  });

  test('that were dismissed take no message, and the error says so', async () => {
    await run(create, {}, CHATS);
    world.sandbox.dismissChat('release24');
    expect(
      await failure({ sendTo: 'chat', chatid: 'release24', msgtype: 'text', content: 'hi' }, {}, CHATS),
    ).toMatchObject({
      httpCode: '49008',
      message: expect.stringMatching(/dismiss|dissolv|no longer/i),
      description: expect.stringMatching(/./),
    });
  });

  test.each([
    [{ resource: 'chat', operation: 'createChat', userlist: 'zhangsan' }, 'userlist'],
    [{ resource: 'chat', operation: 'createChat', userlist: '={{ $json.nobody }}' }, 'userlist'],
    [
      { resource: 'chat', operation: 'updateChat', chatid: 'release24' },
      'fill in Name or Owner or Add Members or Remove Members',
    ],
    [{ resource: 'chat', operation: 'getChat', chatid: 'release 24' }, 'chatid'],
    [{ sendTo: 'chat', msgtype: 'text', content: 'hi', chatid: '={{ $json.nothing }}' }, 'chatid'],
  ])('are not touched when a field is wrong: %j', async (parameters, field) => {
    expect((await failure(parameters as INodeParameters, {}, CHATS))!.message).toContain(field);
    expect(world.sandbox.calls()).toEqual({});
  });
});

describe('Retry On Fail', () => {
  test('does not create a chat or use a response code twice', async () => {
    world.sandbox.fault({ endpoint: 'appchat/create', kind: 'reset_after_read', times: 1 });
    const result = await send({
      credential: credentialOf(world.sandbox, CHATS),
      parameters: { resource: 'chat', operation: 'createChat', userlist: 'zhangsan, lisi' },
      settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
    });
    expect(result.last(SEND).error).toMatchObject({ description: expect.stringContaining('unknown') });
    expect(world.sandbox.calls()['appchat/create']).toBe(1);
  });
});

test('workflows that were saved before there were operations go on sending', async () => {
  expect(await run({ recipientsFrom: 'ids', touser: 'zhangsan', msgtype: 'text', content: 'hello' })).toMatchObject({
    errcode: 0,
  });
});
