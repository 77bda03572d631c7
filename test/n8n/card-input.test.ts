import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { typesAt } from '../../core';
import type { Field } from '../../core';
import { send, SEND } from './engine';
import { fillIn, itemWithFiles } from './fill-in';
import { credentialOf, toZhangsan, useSandbox } from './sandbox';

const world = useSandbox();
const attempt = async (parameters: INodeParameters, json: IDataObject = {}) => {
  const run = await send({
    credential: credentialOf(world.sandbox),
    items: [{ ...itemWithFiles, json }],
    parameters: { ...toZhangsan, ...parameters },
    settings: { onError: 'continueRegularOutput' },
  });
  const output = run.items(SEND)[0]!.json;
  const details = output['details'] as
    { issues?: { path: string; message: string }[]; description: string } | undefined;
  return {
    error: output['error'] as string | undefined,
    issues: details?.issues ?? [],
    description: details?.description,
  };
};
/** A notice of which the test changes one thing. */
const notice = { main_title: { title: 'Build failed' }, card_action: { type: 1, url: 'https://example.com' } };
const asJson = (card: unknown, msgtype = 'text_notice') =>
  attempt({ msgtype, specifyCard: 'json', cardJson: typeof card === 'string' ? card : JSON.stringify(card) });
const buttons = (...keys: string[]) => ({
  main_title: { title: 'Approve?' },
  button_list: keys.map((key) => ({ text: key, key })),
});

afterEach(() => expect(world.sandbox.messages()).toEqual([]));

describe('a card as JSON', () => {
  test.each(['{ "main_title": ', 'main_title: Build failed', '{} {}'])(
    'that is no JSON is one clear error: %s',
    async (cardJson) => {
      const { error, description, issues } = await asJson(cardJson);
      expect(error).toMatch(/^The Card JSON cannot be read: /);
      expect(description).toContain('Correct the JSON');
      expect(issues).toEqual([]);
      expect(world.sandbox.calls()).toEqual({});
    },
  );

  test.each([
    [
      'an unknown key, with the one that was meant',
      { ...notice, main_titel: { title: 'x' } },
      'template_card.main_titel',
      /did you mean main_title\?/,
    ],
    [
      'an unknown key deep inside',
      { ...notice, source: { descr: 'x' } },
      'template_card.source.descr',
      /did you mean desc\?/,
    ],
    ['a field of another card', { ...notice, button_list: [] }, 'template_card.button_list', /is not a field here/],
    [
      'a link without an address',
      { ...notice, card_action: { type: 1 } },
      'template_card.card_action.url',
      /is needed when Opens is "Page"/,
    ],
    [
      'a type of card nobody knows',
      { ...notice, card_type: 'text_notise' },
      'template_card.card_type',
      /did you mean text_notice\?/,
    ],
    [
      'seven rows',
      { ...notice, horizontal_content_list: Array.from({ length: 7 }, () => ({ keyname: 'a' })) },
      'template_card.horizontal_content_list',
      /has 7 entries/,
    ],
    ['nothing to say', { card_action: notice.card_action }, 'template_card.main_title', /missing/],
    ['an empty object', {}, 'template_card.card_action', /missing/],
  ])('with %s is refused by name', async (_, card, path, message) => {
    const { issues, error } = await asJson(card);
    expect(issues.map((issue) => issue.path).some((found) => found.startsWith(path))).toBe(true);
    expect(error).toMatch(message);
    expect(world.sandbox.calls()).toEqual({});
  });

  test('that comes out of an expression as nothing names what is missing', async () => {
    const { error } = await attempt({ msgtype: 'text_notice', specifyCard: 'json', cardJson: '={{ $json.nothing }}' });
    expect(error).toContain('template_card.card_action');
    expect(world.sandbox.calls()).toEqual({});
  });

  test.each([
    [
      'the same key on two buttons',
      buttons('yes', 'yes'),
      'template_card.button_list[1].key',
      /the same as in entry 1/,
    ],
    ['no button', buttons(), 'template_card.button_list', /from 1 to 6/],
    ['seven buttons', buttons('a', 'b', 'c', 'd', 'e', 'f', 'g'), 'template_card.button_list', /has 7 entries/],
    ['a key of 1025 bytes', buttons('k'.repeat(1025)), 'template_card.button_list[0].key', /1,025 bytes/],
  ])('with %s is refused by name', async (_, card, path, message) => {
    const { issues, error } = await asJson(card, 'button_interaction');
    expect(issues.map((issue) => issue.path)).toContain(path);
    expect(error).toMatch(message);
  });
});

/** Everything in a type that must be filled in, at any depth, by the path the error must name. */
function requiredFields(
  fields: readonly Field[],
  path: string,
): { path: string; remove(card: Record<string, unknown>): void }[] {
  return fields.flatMap((field) => {
    const here = {
      path: `${path}.${field.name}`,
      remove: (card: Record<string, unknown>) => void delete card[field.name],
    };
    const inner = requiredFields(field.fields ?? [], field.control === 'list' ? `${here.path}[0]` : here.path).map(
      (entry) => ({
        path: entry.path,
        remove: (card: Record<string, unknown>) => {
          const value = card[field.name];
          const holder = Array.isArray(value) ? (value as unknown[])[0] : value;
          if (holder !== undefined) entry.remove(holder as Record<string, unknown>);
        },
      }),
    );
    // A group of fields that may all be empty is shown like one that is needed, but is not.
    const dispensable = field.control === 'group' && (field.fields ?? []).every((inside) => !inside.required);
    return [...(field.required && !field.when && !dispensable ? [here] : []), ...inner];
  });
}

test.each(
  typesAt('app')
    .filter(({ type }) => type.cardType !== undefined)
    .map((entry) => [entry.type.name, entry] as const),
)('%s: each required field that is missing is named', async (name, { form }) => {
  // The second choice of every drop-down, with which links open something.
  const whole = fillIn(
    form.panel.content.filter((field) => field.name !== 'horizontal_content_list'),
    1,
    { appid: 'wx5a2d8b0c0000a001' },
  ).expected;
  for (const { path, remove } of requiredFields(form.panel.content, 'template_card').filter(
    (entry) => !entry.path.includes('horizontal_content_list'),
  )) {
    const card = structuredClone(whole);
    remove(card);
    const { issues } = await asJson(card, name);
    expect({ path, found: issues.some((issue) => issue.path.startsWith(path)) }).toEqual({ path, found: true });
  }
  expect(world.sandbox.calls()).toEqual({});
});

test('a mini-program notice cannot go to everyone, and the error says who instead', async () => {
  const { error } = await attempt({
    sendTo: 'everyone',
    msgtype: 'miniprogram_notice',
    appid: 'wx1',
    title: 'Room booked',
    description: '',
  });
  expect(error).toContain('name members, departments or tags');
});

test('an app without a callback URL: the error says what cards with buttons need', async () => {
  const run = await send({
    credential: credentialOf(world.sandbox, 1),
    parameters: {
      ...toZhangsan,
      msgtype: 'button_interaction',
      main_title_title: 'Approve?',
      button_list: { entries: [{ text: 'Yes', key: 'yes' }] },
    },
  });
  expect(run.last(SEND).error).toMatchObject({
    httpCode: '43012',
    description: expect.stringMatching(/callback|接收消息/i),
  });
});
