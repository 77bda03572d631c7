import { operations, recipientFields, updateCard } from '../../core';
import { expectedOf, filledSample, meaning, PAGES, PICTURE, samplesOf, typeOf } from '../fixtures/official-samples';
import type { Sample } from '../fixtures/official-samples';
import { storedFrom } from './fill-in';
import { nodeRedWithSandbox, str } from './flow-runner';

const red = nodeRedWithSandbox();
const NOTIFIER = 0;
const CHATS = 1;
const ALERTS = { app: { agentId: '1000003' }, secret: 'sandbox-secret-1000003' };

async function run(send: object, msg: object = {}, app: object = {}) {
  const flow = await red.start({ ...app, send });
  const { payload, error } = await flow.run({ picture: PICTURE, ...msg });
  expect(error?.message).toBeUndefined();
  await red.unload();
  return payload as Record<string, unknown>;
}
const received = () => meaning(red.lastMessage().received);
const agentid = (app: number) => red.sandbox.company.apps[app]!.agentid;
const contentOf = (message: Record<string, unknown>) =>
  message[message['template_card'] === undefined ? (message['msgtype'] as string) : 'template_card'] as Record<
    string,
    unknown
  >;
const create = {
  operation: 'createChat',
  fields: { 'createChat.userlist': str('zhangsan, lisi'), 'createChat.chatid': str('CHATID') },
};

/** The panel of the node, filled in with what the sample says. */
function panelOf(sample: Sample, message: Record<string, unknown>, address: object) {
  const { type, form } = typeOf(sample);
  return {
    msgtype: type.name,
    fields: {
      ...address,
      ...storedFrom(form.panel.content, contentOf(message), `${type.name}.`),
      ...storedFrom(form.panel.options, message),
    },
  };
}

describe('the samples of the documentation, filled in field by field', () => {
  test.each(samplesOf(PAGES.app))('to members: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: red.sandbox, app: NOTIFIER });
    expect(await run(panelOf(sample, message, storedFrom(recipientFields, message)))).toMatchObject({ errcode: 0 });
    expect(received()).toEqual(meaning(expectedOf(message, sample, agentid(NOTIFIER))));
  });

  test.each(samplesOf(PAGES.chat))('to a group chat: %s', async (_, sample) => {
    await run(create, {}, ALERTS);
    const message = await filledSample(sample, { sandbox: red.sandbox, app: CHATS });
    await run({ to: 'chat', ...panelOf(sample, message, { chatid: str('CHATID') }) }, {}, ALERTS);
    expect(received()).toEqual(meaning(expectedOf(message, sample, agentid(CHATS))));
  });

  test.each(samplesOf(PAGES.robot))('by a robot: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: red.sandbox, app: NOTIFIER });
    await run({ app: '', to: 'robot', ...panelOf(sample, message, {}) });
    expect(received()).toEqual(expectedOf(message, sample, undefined));
  });
});

describe('the cards of the documentation, as JSON', () => {
  const cards = (page: string) => samplesOf(page).filter(([, { json }]) => json['template_card'] !== undefined);

  test.each(cards(PAGES.app))('typed in, to members: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: red.sandbox, app: NOTIFIER });
    const result = await run({
      msgtype: typeOf(sample).type.name,
      cardAs: 'json',
      fields: {
        touser: str('zhangsan'),
        'card.json': { type: 'json', value: JSON.stringify(message['template_card']) },
      },
    });
    expect(received()['template_card']).toEqual(expectedOf(message, sample, agentid(NOTIFIER))['template_card']);
    expect((result['warnings'] as string[]).filter((warning) => warning.includes('is left out'))).toHaveLength(
      sample.ignored.length,
    );
  });

  test.each(cards(PAGES.robot))('out of msg, by a robot: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: red.sandbox, app: NOTIFIER });
    await run(
      {
        app: '',
        to: 'robot',
        msgtype: typeOf(sample).type.name,
        cardAs: 'json',
        fields: { 'card.json': { type: 'msg', value: 'payload' } },
      },
      { payload: message['template_card'] },
    );
    expect(received()).toEqual(expectedOf(message, sample, undefined));
  });
});

test.each(samplesOf(PAGES.update))('the card updates of the documentation: %s', async (_, sample) => {
  const asked = await run({
    msgtype: 'button_interaction',
    fields: {
      touser: str('zhangsan, lisi'),
      ...storedFrom(
        typeOf(samplesOf(PAGES.app).find(([name]) => name.includes('button'))![1]).form.panel.content,
        { main_title: { title: 'x' }, button_list: [{ text: 'Yes', key: 'yes' }] },
        'button_interaction.',
      ),
    },
  });
  const update = await filledSample(
    sample,
    { sandbox: red.sandbox, app: NOTIFIER },
    { response_code: asked['response_code'] as string },
  );
  const { type, form } = typeOf(sample) ?? {};
  const card = update['template_card'] as Record<string, unknown> | undefined;
  const fields = {
    ...storedFrom(updateCard.fields, update, 'updateCard.'),
    ...(type &&
      form &&
      card && { ...storedFrom(form.panel.content, card, `${type.name}.`), ...storedFrom(form.panel.options, update) }),
  };
  await run({
    operation: 'updateCard',
    updateAs: card ? 'card' : 'button',
    ...(type && { msgtype: type.name }),
    fields,
  });
  const { userids, shown } = red.lastMessage().updates.at(-1)!;
  expect([...userids].sort()).toEqual(['lisi', 'zhangsan']);
  expect(shown).toMatchObject(
    card
      ? { card_type: card['card_type'], main_title: { title: '欢迎使用企业微信' } }
      : { replace_text: 'replace_name' },
  );
});

test('the operations of the documentation', async () => {
  const perform = async (name: string, page: string, values: Record<string, unknown> = {}) => {
    const sample = { ...(await filledSample(samplesOf(page)[0]![1], { sandbox: red.sandbox, app: CHATS })), ...values };
    return run(
      {
        operation: name,
        fields: storedFrom(operations.find((operation) => operation.name === name)!.fields, sample, `${name}.`),
      },
      {},
      ALERTS,
    );
  };
  expect(await perform('createChat', '90245')).toMatchObject({ chatid: 'CHATID' });
  await run(
    {
      operation: 'updateChat',
      fields: { 'updateChat.chatid': str('CHATID'), 'updateChat.add_user_list': str('wangwu') },
    },
    {},
    ALERTS,
  );
  await perform('updateChat', '98913');
  expect(await run({ operation: 'getChat', fields: { 'getChat.chatid': str('CHATID') } }, {}, ALERTS)).toMatchObject({
    name: 'NAME',
    owner: 'lisi',
    userlist: ['zhangsan', 'lisi'],
  });
  const { msgid } = await run({ fields: { touser: str('zhangsan'), 'text.content': str('x') } }, {}, ALERTS);
  await perform('recall', '94867', { msgids: [msgid] });
  expect(red.lastMessage().recalled).toBe(true);
});
