import { ExecuteContext } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';

import { send } from './engine';
import { credentialOf, robotCredentialOf, useSandbox } from './sandbox';

const world = useSandbox({ extraMembers: 60 });
const member = (index: number) => `u${String(index + 1).padStart(5, '0')}`;

/** How often n8n is asked for a parameter of the panel, which prepares all that an expression might name. */
async function readings(items: number, parameters: INodeParameters): Promise<number> {
  const read = jest.spyOn(ExecuteContext.prototype as unknown as { _getNodeParameter(): unknown }, '_getNodeParameter');
  try {
    await send({
      credential: credentialOf(world.sandbox),
      robot: robotCredentialOf(world.sandbox),
      items: Array.from({ length: items }, (_, index) => ({
        to: member(index),
        text: `message ${index}`,
        seconds: 60 + index,
      })),
      parameters,
    });
    return read.mock.calls.length;
  } finally {
    read.mockRestore();
  }
}

const toEach = { recipientsFrom: 'ids', touser: '={{ $json.to }}' };

test.each<[number, string, INodeParameters]>([
  [
    0,
    'a message without expressions',
    { recipientsFrom: 'ids', touser: 'zhangsan', msgtype: 'text', content: 'hello' },
  ],
  [
    0,
    'a text that is a field of the item, to a member who is one',
    { ...toEach, msgtype: 'text', content: '={{ $json.text }}', options: { rateLimits: 'off' } },
  ],
  [
    2,
    'a text and a member that are worked out of fields',
    { recipientsFrom: 'ids', touser: '={{ $json.to.trim() }}', msgtype: 'text', content: '={{ $json.text }}.' },
  ],
  [
    1,
    'options with expressions among them',
    {
      ...toEach,
      msgtype: 'text',
      content: 'hello',
      options: { enable_duplicate_check: true, duplicate_check_interval: '={{ $json.seconds }}' },
    },
  ],
  [
    1,
    'a card with an expression deep inside',
    {
      ...toEach,
      msgtype: 'text_notice',
      main_title_title: 'hello',
      card_action_url: 'https://example.com',
      horizontal_content_list: { entries: [{ keyname: 'a', value: '={{ $json.text }}' }] },
    },
  ],
  [0, 'a message to a robot', { sendTo: 'robot', msgtype: 'text', content: '={{ $json.text }}' }],
])(
  'each further item asks n8n for as many parameters as have expressions that are more than a field: %d for %s',
  async (expected, _, parameters) => {
    const few = await readings(5, parameters);
    const more = await readings(15, parameters);
    expect((more - few) / 10).toBe(expected);
  },
);

test('an expression deep inside is worked out for each item', async () => {
  await readings(3, {
    ...toEach,
    msgtype: 'text',
    content: 'hello',
    options: { enable_duplicate_check: true, duplicate_check_interval: '={{ $json.seconds }}' },
  });
  expect(
    world.sandbox
      .messages()
      .map(({ received }) => received['duplicate_check_interval'])
      .sort(),
  ).toEqual([60, 61, 62]);
});
