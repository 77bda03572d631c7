import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { send, SEND } from './engine';
import { credentialOf, fileItem, hello, robotCredentialOf, toZhangsan, useSandbox } from './sandbox';

const world = useSandbox();
const run = (parameters: INodeParameters, more: Partial<Parameters<typeof send>[0]> = {}) =>
  send({ credential: credentialOf(world.sandbox), robot: robotCredentialOf(world.sandbox), parameters, ...more });
const checking = { options: { checkOnly: true } };
const bodies = (json: IDataObject) => (json['requests'] as { body: IDataObject }[]).map(({ body }) => body);

test('Check Only shows the requests of each item as they are sent without it, and sends nothing', async () => {
  const text = { ...hello, content: '={{ $json.text }}' };
  const items = ['short', '企业微信消息。'.repeat(200)].map((content) => ({ json: { text: content } }));
  const checked = await run({ ...text, ...checking }, { items });
  expect(world.sandbox.calls()).toEqual({});
  const output = checked.items(SEND).map(({ json }) => json);
  expect(output.map(({ parts, warnings }) => [parts, warnings])).toEqual([
    [1, []],
    [3, []],
  ]);
  expect(checked.last(SEND).hints?.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Nothing was sent: .*Check Only/),
  ]);

  await run(text, { items });
  expect(world.sandbox.messages().map(({ received }) => received)).toEqual(output.flatMap(bodies));
});

test('files are named with their size and kind, and not uploaded', async () => {
  const parameters = { ...toZhangsan, msgtype: 'file', media_id_binary: 'data', ...checking };
  const [item] = (await run(parameters, { items: [fileItem(Buffer.from('the report'), 'report.txt')] })).items(SEND);
  expect(item!.json['requests']).toMatchObject([
    { body: { file: { media_id: { filename: 'report.txt', size: 10, type: 'file' } } } },
  ]);
  expect(world.sandbox.calls()).toEqual({});
});

test('a robot checks without its key in the output', async () => {
  const [item] = (await run({ ...hello, sendTo: 'robot', ...checking })).items(SEND);
  expect(item!.json['requests']).toEqual([
    { path: '/cgi-bin/webhook/send', body: { msgtype: 'text', text: { content: 'hello' } } },
  ]);
});

test('what is only checked does not count as sent: errors say so', async () => {
  const failing = await run(
    { ...hello, touser: '={{ $json.to }}', ...checking },
    { items: [{ json: { to: 'zhangsan' } }, { json: { to: '' } }] },
  );
  const { error } = failing.last(SEND);
  expect(error).toMatchObject({ description: expect.stringMatching(/^Nothing was sent.*No other item was sent\.$/) });
});
