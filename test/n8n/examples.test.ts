import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { IConnections, IDataObject, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { typesAt } from '../../core';
import { NODE_TYPE, PROJECT, runWorkflow, testNode } from './engine';
import { credentialOf, robotCredentialOf, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox();
const time = useFastTime(world);
const FOLDER = path.join(PROJECT, 'examples', 'n8n');
interface Example {
  readonly name: string;
  readonly nodes: INode[];
  readonly connections: IConnections;
}
const read = (file: string) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Example;

/** n8n's own nodes as far as the examples use them; `npm run start:n8n` runs the examples with the real ones. */
const properties = (...names: string[]) =>
  names.map((name) => ({ displayName: name, name, type: 'string' as const, default: '' }));
const withProperties = (type: INodeType, ...names: string[]): INodeType => ({
  ...type,
  description: { ...type.description, properties: properties(...names) },
});
const STANDARD_NODES: Record<string, INodeType> = {
  'n8n-nodes-base.manualTrigger': testNode(async () => [[{ json: {} }]]),
  'n8n-nodes-base.stickyNote': testNode(async () => [[]]),
  'n8n-nodes-base.set': withProperties(
    testNode(async function () {
      return [
        this.getInputData().map((_, item) => {
          const output = this.getNodeParameter('jsonOutput', item) as string | IDataObject;
          return {
            json: typeof output === 'string' ? (JSON.parse(output) as IDataObject) : output,
            pairedItem: { item },
          };
        }),
      ];
    }),
    'mode',
    'jsonOutput',
    'options',
  ),
  'n8n-nodes-base.convertToFile': withProperties(
    testNode(async function () {
      return [
        this.getInputData().map(({ json }, item) => {
          const { fileName, mimeType } = this.getNodeParameter('options', item) as {
            fileName: string;
            mimeType: string;
          };
          const [source, field] = ['sourceProperty', 'binaryPropertyName'].map(
            (name) => this.getNodeParameter(name, item) as string,
          ) as [string, string];
          return {
            json: {},
            binary: { [field]: { data: json[source] as string, fileName, mimeType } },
            pairedItem: { item },
          };
        }),
      ];
    }),
    'operation',
    'sourceProperty',
    'binaryPropertyName',
    'options',
  ),
  'n8n-nodes-base.code': withProperties(
    testNode(async function () {
      return [
        JSON.parse(
          JSON.stringify(runInNewContext(`(() => { ${this.getNodeParameter('jsCode', 0) as string} })()`)),
        ) as INodeExecutionData[],
      ];
    }),
    'jsCode',
  ),
  'n8n-nodes-base.if': withProperties(
    testNode(async function () {
      const [yes, no]: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
      for (const [item, data] of this.getInputData().entries()) {
        const { conditions } = this.getNodeParameter('conditions', item) as {
          conditions: [{ leftValue: unknown; rightValue: unknown }];
        };
        (conditions[0].leftValue === conditions[0].rightValue ? yes : no).push({ ...data, pairedItem: { item } });
      }
      return [yes, no];
    }),
    'conditions',
    'options',
  ),
  'n8n-nodes-base.wait': withProperties(
    testNode(async function () {
      const { amount, unit } = {
        amount: this.getNodeParameter('amount', 0) as number,
        unit: this.getNodeParameter('unit', 0),
      };
      if (unit === 'seconds') time.pass(amount * 1000);
      return [this.getInputData()];
    }),
    'resume',
    'amount',
    'unit',
  ),
};

async function runExample(file: string) {
  const { nodes, connections } = read(file);
  // The trigger first: that is where a person presses "Execute workflow".
  const ordered = [...nodes].sort((a, b) => Number(b.type.endsWith('Trigger')) - Number(a.type.endsWith('Trigger')));
  const credentials = {
    wecomApp: credentialOf(world.sandbox),
    wecomChatApp: credentialOf(world.sandbox, 1),
    wecomRobot: robotCredentialOf(world.sandbox),
  };
  return runWorkflow({ nodes: ordered, connections, types: STANDARD_NODES, credentials });
}

test.each(readdirSync(FOLDER))(
  '%s can be imported: known nodes, one connection for each, nothing of the author’s instance',
  (file) => {
    const { name, nodes, connections } = read(file);
    expect(name).toMatch(/^WeCom: /);
    const names = nodes.map((node) => node.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { type } of nodes) expect([NODE_TYPE, ...Object.keys(STANDARD_NODES)]).toContain(type);
    for (const [from, { [NodeConnectionTypes.Main]: outputs }] of Object.entries(connections)) {
      expect(names).toContain(from);
      for (const { node } of (outputs ?? []).flat() as { node: string }[]) expect(names).toContain(node);
    }
    expect(JSON.stringify(nodes)).not.toMatch(/secret|127\.0\.0\.1/i);
  },
);

test('every-message-type.json sends one message of each type to everything that takes it', async () => {
  const run = await runExample('every-message-type.json');
  expect(run.data.data.resultData.error).toBeUndefined();
  expect(run.data.status).toBe('success');
  for (const place of ['app', 'chat', 'robot'] as const) {
    const arrived = world.sandbox.messages({ to: place });
    const types = arrived.map(
      ({ msgtype, received }) => (received['template_card'] as IDataObject | undefined)?.['card_type'] ?? msgtype,
    );
    const missing = typesAt(place).filter(({ type }) => !types.includes(type.name));
    expect(
      missing.map(
        ({ type }) => `no node sends ${type.name} to ${place}: add one to examples/n8n/every-message-type.json`,
      ),
    ).toEqual([]);
    expect(types).toHaveLength(typesAt(place).length);
    for (const { delivered_to } of arrived) expect(delivered_to).toContain('zhangsan');
  }
});

test('build-failed-card.json', async () => {
  const run = await runExample('build-failed-card.json');
  const [message] = world.sandbox.messages();
  expect(message!.received['template_card']).toEqual({
    card_type: 'text_notice',
    source: { desc: 'Build server', desc_color: 2 },
    main_title: { title: 'Build 42 failed', desc: 'on main' },
    emphasis_content: { title: '3', desc: 'tests failed' },
    sub_title_text: 'The first of them: checkout › totals are rounded once',
    horizontal_content_list: [
      { type: 0, keyname: 'Commit', value: '9f3c2e1' },
      { type: 3, keyname: 'By', value: 'lisi', userid: 'lisi' },
      { type: 1, keyname: 'Log', value: 'Open', url: 'https://example.com/builds/42/log' },
    ],
    jump_list: [{ type: 1, title: 'All builds', url: 'https://example.com/builds' }],
    card_action: { type: 1, url: 'https://example.com/builds/42' },
  });
  expect(run.items('Send card')[0]!.json['warnings']).toEqual([expect.stringContaining('keyname')]);
});

test('daily-report.json: the picture is uploaded, the figures are in the article', async () => {
  await runExample('daily-report.json');
  const [message] = world.sandbox.messages();
  expect(message!.received).toMatchObject({
    safe: 2,
    mpnews: {
      articles: [
        {
          title: 'Orders of 2026-11-20: 1204',
          thumb_media_id: expect.any(String),
          content: expect.stringContaining('<li>华东 East: 742</li>'),
        },
      ],
    },
  });
  expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 1 });
});

test('approval-card.json asks, and takes the buttons away with the code of the message', async () => {
  const run = await runExample('approval-card.json');
  expect(run.data.status).toBe('success');
  const [message] = world.sandbox.messages();
  expect(message!.received['template_card']).toMatchObject({
    card_type: 'button_interaction',
    main_title: { title: 'Approve PO-1042?' },
    button_list: [{ key: 'approve' }, { key: 'refuse' }],
  });
  expect(
    message!.updates.map(({ userids, shown }) => [userids, (shown as unknown as IDataObject)['replace_text']]),
  ).toEqual([[['zhangsan'], 'Approved']]);
});

test('robot-alarm.json mentions whoever is on duty, as text and as Markdown', async () => {
  await runExample('robot-alarm.json');
  expect(world.sandbox.messages({ to: 'robot' }).map(({ received }) => received)).toEqual([
    { msgtype: 'text', text: { content: 'Disk of db-1 is 97 % full', mentioned_list: ['zhangsan'] } },
    { msgtype: 'markdown', markdown: { content: expect.stringContaining('> On duty: <@zhangsan>') } },
  ]);
});

test('file-to-department.json reaches everybody in the department', async () => {
  await runExample('file-to-department.json');
  const [message] = world.sandbox.messages();
  expect(message!.received).toMatchObject({ toparty: '2', msgtype: 'file' });
  expect(message!.delivered_to).toEqual(expect.arrayContaining(['zhangsan', 'alice', 'lisi', 'bob.miller']));
  expect(JSON.stringify(message!.shown)).toContain('订单报表.csv');
});

test('language-model-markdown.json shows what a model wrote, without a warning', async () => {
  const run = await runExample('language-model-markdown.json');
  expect(run.items('Send answer')[0]!.json['warnings']).toEqual([]);
  const { content } = world.sandbox.messages()[0]!.received['markdown'] as { content: string };
  expect(content).toContain('• **Faster checkout**: totals are rounded once');
  expect(content).toContain('**Checkout** Before: 1.8 s · After: 0.9 s');
  expect(content).toContain('[Response times](https://example.com/times.png)');
  for (const sign of ['```', '![', '| ---', '\n- ', '*Written']) expect(content).not.toContain(sign);
});

test('send-text.json', async () => {
  await runExample('send-text.json');
  expect(world.sandbox.messages()[0]!.received['text']).toEqual({
    content: 'Build 42 of main is done after 93 s\n<a href="https://example.com/builds/42">Open the log</a>',
  });
});

test('send-picture.json', async () => {
  await runExample('send-picture.json');
  expect(world.sandbox.messages()).toEqual([expect.objectContaining({ msgtype: 'image', delivered_to: ['zhangsan'] })]);
});

test('error-output.json tells the admin what could not be sent, and why', async () => {
  const run = await runExample('error-output.json');
  expect(run.data.status).toBe('success');
  const received = world.sandbox
    .messages()
    .map(({ msgtype, received: body }) => (msgtype === 'text' ? (body['text'] as IDataObject)['content'] : msgtype));
  expect(received).toHaveLength(2);
  expect(received).toEqual(
    expect.arrayContaining([
      'textcard',
      expect.stringMatching(
        /^Could not send "Expense report approved": Members \(touser\) is blank: it must name somebody\.\nNothing was sent\./,
      ),
    ]),
  );
});

test('continue-with-result.json goes on with who was not reached', async () => {
  const run = await runExample('continue-with-result.json');
  expect(run.items('Summary').map(({ json }) => json)).toEqual([
    { msgid: world.sandbox.messages()[0]!.msgid, notReached: ['nobody.with.this.id'] },
  ]);
});

test('wait-outside.json: what is above the rate comes back at once, waits outside the node, and arrives', async () => {
  const run = await runExample('wait-outside.json');
  expect(run.data.status).toBe('success');
  expect(time.waits).toEqual([]);
  const arrived = world.sandbox.messages({ member: 'zhangsan' });
  expect(arrived.map(({ received }) => (received['text'] as IDataObject)['content'])).toEqual(
    Array.from({ length: 40 }, (_, index) => `Order ${index + 1} was paid`),
  );
  expect(arrived.filter(({ dropped_for }) => dropped_for.length > 0)).toEqual([]);
  expect(run.items('Wait outside')).toHaveLength(10);
  // Shorter waits n8n makes in memory, where they hold the place of the execution.
  const { amount } = read('wait-outside.json').nodes.find(({ type }) => type === 'n8n-nodes-base.wait')!.parameters;
  expect(amount).toBeGreaterThanOrEqual(65);
});
