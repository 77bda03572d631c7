import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { operations, updateCard } from '../../core';
import { expectedOf, filledSample, meaning, PAGES, PICTURE, samplesOf, typeOf } from '../fixtures/official-samples';
import type { Sample } from '../fixtures/official-samples';
import { send, SEND } from './engine';
import { fillFrom } from './fill-in';
import { credentialOf, robotCredentialOf, toZhangsan, useSandbox } from './sandbox';

const world = useSandbox();
const NOTIFIER = 0;
const CHATS = 1;

const item = (json: IDataObject = {}): INodeExecutionData => ({
  json,
  binary: { image: { data: PICTURE.toString('base64'), mimeType: 'image/png', fileName: 'a.png' } },
});
async function run(parameters: INodeParameters, app = NOTIFIER, json: IDataObject = {}) {
  const result = await send({
    credential: credentialOf(world.sandbox, app),
    robot: robotCredentialOf(world.sandbox),
    items: [item(json)],
    parameters,
  });
  expect(result.last(SEND).error).toBeUndefined();
  return result.items(SEND)[0]!.json;
}
const received = () => meaning(world.sandbox.messages().at(-1)!.received);
const agentid = (app: number) => world.sandbox.company.apps[app]!.agentid;
const contentOf = (message: Record<string, unknown>) =>
  message[message['template_card'] === undefined ? (message['msgtype'] as string) : 'template_card'] as Record<
    string,
    unknown
  >;

/** The panel of the node, filled in with what the sample says. */
function panelOf(sample: Sample, message: Record<string, unknown>): INodeParameters {
  const { type, form } = typeOf(sample);
  return {
    msgtype: type.name,
    ...fillFrom(form.panel.content, contentOf(message)),
    options: fillFrom(form.panel.options, message),
  };
}

describe('the samples of the documentation, filled in field by field', () => {
  test.each(samplesOf(PAGES.app))('to members: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: world.sandbox, app: NOTIFIER });
    const { touser, toparty, totag } = message as Record<string, string>;
    const output = await run({ touser: touser!, toparty: toparty!, totag: totag!, ...panelOf(sample, message) });
    expect(received()).toEqual(meaning(expectedOf(message, sample, agentid(NOTIFIER))));
    expect(output).toMatchObject({ errcode: 0 });
  });

  test.each(samplesOf(PAGES.chat))('to a group chat: %s', async (_, sample) => {
    await run({ resource: 'chat', operation: 'createChat', userlist: 'zhangsan, lisi', chatid: 'CHATID' }, CHATS);
    const message = await filledSample(sample, { sandbox: world.sandbox, app: CHATS });
    await run({ sendTo: 'chat', chatid: 'CHATID', ...panelOf(sample, message) }, CHATS);
    expect(received()).toEqual(meaning(expectedOf(message, sample, agentid(CHATS))));
  });

  test.each(samplesOf(PAGES.robot))('by a robot: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: world.sandbox, app: NOTIFIER });
    await run({ sendTo: 'robot', ...panelOf(sample, message) });
    expect(received()).toEqual(meaning(expectedOf(message, sample, undefined)));
  });
});

describe('the cards of the documentation, as JSON', () => {
  const cards = (page: string) => samplesOf(page).filter(([, { json }]) => json['template_card'] !== undefined);

  test.each(cards(PAGES.app))('to members: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: world.sandbox, app: NOTIFIER });
    const output = await run({
      ...toZhangsan,
      msgtype: typeOf(sample).type.name,
      specifyCard: 'json',
      cardJson: JSON.stringify(message['template_card'], null, 1),
    });
    expect(received()['template_card']).toEqual(expectedOf(message, sample, agentid(NOTIFIER))['template_card']);
    expect((output['warnings'] as string[]).filter((warning) => warning.includes('is left out'))).toHaveLength(
      sample.ignored.length,
    );
  });

  test.each(cards(PAGES.robot))('by a robot: %s', async (_, sample) => {
    const message = await filledSample(sample, { sandbox: world.sandbox, app: NOTIFIER });
    await run(
      { sendTo: 'robot', msgtype: typeOf(sample).type.name, specifyCard: 'json', cardJson: '={{ $json.card }}' },
      NOTIFIER,
      { card: message['template_card'] as IDataObject },
    );
    expect(received()).toEqual(expectedOf(message, sample, undefined));
  });
});

describe('the card updates of the documentation', () => {
  const ask = () =>
    run({
      touser: 'zhangsan, lisi',
      msgtype: 'button_interaction',
      main_title_title: 'x',
      button_list: { entries: [{ text: 'Yes', key: 'yes' }] },
    });
  const updated = () => world.sandbox.messages().at(-1)!.updates.at(-1)!;

  test.each(samplesOf(PAGES.update))('%s', async (_, sample) => {
    const asked = await ask();
    const update = await filledSample(
      sample,
      { sandbox: world.sandbox, app: NOTIFIER },
      { response_code: asked['response_code'] as string },
    );
    const { form } = typeOf(sample) ?? {};
    const targets = fillFrom(
      updateCard.fields.filter(({ control }) => control !== 'group'),
      update,
    );
    const card = update['template_card'] as Record<string, unknown> | undefined;
    const change = card
      ? {
          change: 'template_card',
          card_type: card['card_type'] as string,
          ...fillFrom(form.panel.content, card),
          options: fillFrom(form.panel.options, update),
        }
      : {
          change: 'button',
          ...fillFrom(
            [{ name: 'replace_name', control: 'line', required: true, label: { en: '', zh: '' } }],
            update['button'] as Record<string, unknown>,
          ),
        };
    await run({ operation: 'updateCard', ...targets, ...change });
    expect(updated().userids.sort()).toEqual(['lisi', 'zhangsan']);
    expect(updated().shown).toMatchObject(
      card
        ? { card_type: card['card_type'], main_title: { title: '欢迎使用企业微信' } }
        : { replace_text: 'replace_name' },
    );
  });
});

test('the operations of the documentation', async () => {
  const perform = async (
    name: string,
    page: string,
    more: Record<string, string> = {},
    values: Record<string, unknown> = {},
  ) => {
    const sample = {
      ...(await filledSample(samplesOf(page)[0]![1], { sandbox: world.sandbox, app: CHATS }, more)),
      ...values,
    };
    return run(
      {
        resource: name === 'recall' ? 'message' : 'chat',
        operation: name,
        ...fillFrom(operations.find((operation) => operation.name === name)!.fields, sample),
      },
      CHATS,
    );
  };
  expect(await perform('createChat', '90245')).toMatchObject({ chatid: 'CHATID' });
  await run({ resource: 'chat', operation: 'updateChat', chatid: 'CHATID', add_user_list: 'wangwu' }, CHATS);
  await perform('updateChat', '98913');
  expect(await run({ resource: 'chat', operation: 'getChat', chatid: 'CHATID' }, CHATS)).toMatchObject({
    name: 'NAME',
    owner: 'lisi',
    userlist: ['zhangsan', 'lisi'],
  });
  const { msgid } = await run({ ...toZhangsan, msgtype: 'text', content: 'x' }, CHATS);
  await perform('recall', '94867', {}, { msgids: [msgid] });
  expect(world.sandbox.messages().at(-1)!.recalled).toBe(true);
});
