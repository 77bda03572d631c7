import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { messageTypes } from '../../core';
import { readMessage } from '../../nodes/SendWecomMessage/read/read-message';
import type { Item } from '../../nodes/SendWecomMessage/read/read-fields';
import { loadPackage, send, SEND } from './engine';
import { credentialOf, useSandbox } from './sandbox';

const world = useSandbox();
const attempt = (parameters: INodeParameters, json: IDataObject = {}) =>
  send({
    credential: credentialOf(world.sandbox),
    items: [json],
    parameters: { msgtype: 'text', content: 'hello', ...parameters },
  });
/** How many people have the messages that arrived. */
const reached = () => world.sandbox.messages().reduce((people, { delivered_to }) => people + delivered_to.length, 0);
/** What the editor writes when a person presses "let the model define this parameter", with what the model answered. */
const byModel = (answer: string) => `={{ ${JSON.stringify(answer)} }}`;

test('everyone is reached by the choice, and the panel says what that means', async () => {
  await attempt({ sendTo: 'everyone' });
  expect(world.sandbox.messages()[0]!.received).toMatchObject({ touser: '@all' });
  expect(reached()).toBe(10);
  const { description } = (await loadPackage()).node;
  const notice = (sendTo: string) => {
    const values = NodeHelpers.getNodeParameters(
      description.properties,
      { sendTo },
      true,
      false,
      { typeVersion: 1 },
      description,
    )!;
    return description.properties
      .filter(
        (property: INodeProperties) =>
          property.type === 'notice' && NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description),
      )
      .map(({ displayName }) => displayName);
  };
  expect(notice('everyone')).toEqual([
    expect.stringMatching(/^Everyone in the app's visible range \(可见范围\) gets this message/),
  ]);
  for (const other of ['recipients', 'chat', 'robot']) expect(notice(other)).toEqual([]);
});

describe('everyone is not reached by @all', () => {
  test.each<[string, INodeParameters]>([
    ['that was typed', { touser: '@all' }],
    ['of an expression', { touser: '={{ $json.to }}' }],
    ['of an expression that gives a list', { touser: '={{ [$json.to] }}' }],
    ['of an expression, among others', { touser: '={{ "zhangsan," + $json.to }}' }],
    ['in capitals', { touser: '={{ $json.to.toUpperCase() }}' }],
    ['of a language model', { touser: byModel('@all') }],
    ['of a language model that is clever', { touser: byModel('＠ALL ') }],
    ['in the field for departments', { toparty: '={{ $json.to }}' }],
    ['in the field for tags', { totag: '={{ $json.to }}' }],
    ['in the list of names', { recipientsFrom: 'lists', touser_chosen: ['@all'] }],
    ['of an expression in the list of names', { recipientsFrom: 'lists', touser_chosen: '={{ [$json.to, "lisi"] }}' }],
  ])('%s: the field is named, and the way', async (_, parameters) => {
    const { error } = (await attempt(parameters, { to: '@all' })).last(SEND);
    expect(error).toMatchObject({
      name: 'NodeOperationError',
      message: expect.stringMatching(
        /(Members|Departments|Tags) \((touser|toparty|totag).*says @all: a text cannot reach everyone\. Choose "Everyone" under "Send To"/,
      ),
      context: { itemIndex: 0 },
    });
    expect([reached(), world.sandbox.calls()]).toEqual([0, {}]);
  });
});

describe('the choice cannot be made by an expression', () => {
  test.each([['={{ $json.to }}'], [byModel('everyone')], ["={{ $fromAI('to') }}"]])('%s', async (sendTo) => {
    // An expression that makes no sense outside of a tool is refused before the workflow runs.
    const outcome = await attempt({ sendTo }, { to: 'everyone' }).then(
      (run) => run.last(SEND).error,
      (error: Error) => error,
    );
    expect(outcome).toHaveProperty('message');
    expect(reached()).toBe(0);
  });

  test('not even in an n8n that would evaluate it', async () => {
    const raw: Record<string, unknown> = { sendTo: '={{ $json.to }}' };
    const values: Record<string, unknown> = { sendTo: 'everyone', msgtype: 'text', content: 'hello', options: {} };
    const context = { getNode: () => ({ name: SEND }) };
    const parameters = {
      read: (name: string, _item: number, fallback: unknown) => values[name] ?? fallback,
      raw: (name: string) => raw[name],
    };
    const item = { context, parameters, itemIndex: 0 } as unknown as Item;
    await expect(readMessage(item, messageTypes)).rejects.toMatchObject({
      message: '"Send To" came out of an expression as everyone',
      description: expect.stringContaining('Nothing was sent'),
    });
    raw['sendTo'] = 'everyone';
    await expect(readMessage(item, messageTypes)).resolves.toMatchObject({ everyone: true });
  });
});

test('JSON of a card that says everyone is JSON of a card', async () => {
  const cardJson = JSON.stringify({
    card_type: 'text_notice',
    main_title: { title: 'x' },
    card_action: { type: 1, url: 'https://example.com' },
    everyone: true,
    touser: '@all',
  });
  const { error } = (await attempt({ touser: 'zhangsan', msgtype: 'text_notice', specifyCard: 'json', cardJson })).last(
    SEND,
  );
  expect(error!.message).toContain('template_card.everyone');
  expect(reached()).toBe(0);
});

test('an option that an imported workflow made up does not choose everyone', async () => {
  const { error } = (await attempt({ touser: 'zhangsan', everyone: true, options: { everyone: true } })).last(SEND);
  expect(error).toBeUndefined();
  expect(reached()).toBe(1);
});
