import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { appNode, from, PLACE, SECRET, sendNode } from '../node-red/flow-runner';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { startNodeRedProcess } from './node-red-process';
import type { NodeRedProcess } from './node-red-process';

let sandbox: Sandbox;
let nodeRed: NodeRedProcess;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
beforeEach(async () => {
  sandbox.reset();
  nodeRed = await startNodeRedProcess(
    [
      { id: 'flow', type: 'tab', label: 'test' },
      appNode(sandbox, { timeout: '9' }),
      {
        id: 'in',
        type: 'http in',
        z: 'flow',
        ...PLACE,
        url: '/hook',
        method: 'post',
        upload: false,
        wires: [['accepted', 'send']],
      },
      { id: 'accepted', type: 'http response', z: 'flow', ...PLACE, statusCode: '202', wires: [] },
      {
        ...sendNode(),
        fields: { touser: from('msg', 'payload.who'), 'text.content': from('msg', 'payload.text') },
        wires: [['sent']],
      },
      says('sent', 'FLOW SENT'),
      { id: 'on-complete', type: 'complete', z: 'flow', ...PLACE, scope: ['send'], wires: [['completed']] },
      says('completed', 'FLOW COMPLETED'),
      { id: 'on-error', type: 'catch', z: 'flow', ...PLACE, scope: ['send'], wires: [['caught']] },
      says('caught', 'FLOW CAUGHT'),
    ],
    { app: { secret: SECRET } },
  );
}, 60_000);
afterEach(() => nodeRed.clear());
afterAll(() => sandbox.close());

function says(id: string, text: string): object {
  return { id, type: 'function', z: 'flow', ...PLACE, func: `node.warn(${JSON.stringify(text)});`, wires: [] };
}

async function post(who: string, text: string): Promise<void> {
  const response = await fetch(`${nodeRed.url}/hook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ who, text }),
  });
  expect(response.status).toBe(202);
}

const times = (text: RegExp) => nodeRed.log().match(text)?.length ?? 0;

test('SIGTERM: the log has one line for each message that was on its way or waited, and says what became of it', async () => {
  await post('zhangsan', 'warm');
  await nodeRed.printed('FLOW COMPLETED');
  sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 5_000 });
  await post('zhangsan', 'arrives while it stops');
  sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 20_000 });
  await post('lisi', 'gets no answer');
  sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 5_000 });
  await post('nobody-here', 'is refused while it stops');
  await Promise.all(Array.from({ length: 60 }, () => post('zhangsan', 'waits')));

  expect(await nodeRed.end('SIGTERM')).toBe(0);
  expect(times(/^sent: touser zhangsan msgid \S+ \(message \w+\)$/gm)).toBe(1);
  expect(times(/^unknown whether it was sent \[ETIMEDOUT\]: touser lisi \(message \w+\)$/gm)).toBe(1);
  expect(times(/^not sent \[81013\]: touser nobody-here \(message \w+\)$/gm)).toBe(1);
  expect(times(/^not sent: touser zhangsan \(message \w+\)$/gm)).toBe(60);
  expect(times(/before 63 messages were done/g)).toBe(1);
  expect(nodeRed.log()).not.toMatch(/waits\b.*waits\b|arrives while|gets no answer/);
  // Node-RED closes Catch, Complete and what is behind them in the same moment: nothing can reach them any more. Only
  // the first message did.
  expect([times(/FLOW SENT/g), times(/FLOW COMPLETED/g), times(/FLOW CAUGHT/g)]).toEqual([1, 1, 0]);
  expect(sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content)).toEqual(
    expect.arrayContaining(['warm', 'arrives while it stops']),
  );

  await nodeRed.startAgain();
  await nodeRed.printed(/60 messages were waiting/);
}, 90_000);

test('kill -9: the next start says how many messages were waiting, once, and what they were is nowhere on disk', async () => {
  for (let count = 0; count < 50; count += 1) await post('zhangsan', 'words that must not be on disk');
  const counted = async () => (await readdir(nodeRed.userDir)).includes('.wecom-waiting.json');
  for (const deadline = Date.now() + 20_000; !(await counted()) && Date.now() < deadline;) await sleep(100);
  // 30 a minute to a member: 20 wait.
  await sleep(2_500);
  await nodeRed.end('SIGKILL');

  await nodeRed.startAgain();
  await nodeRed.printed(/When Node-RED ended last time, 20 messages were waiting to be sent to WeCom/);
  await sleep(2_000);
  expect(await counted()).toBe(false);
  await nodeRed.end('SIGKILL');
  await nodeRed.startAgain();
  expect(nodeRed.log()).not.toContain('messages were waiting');
}, 120_000);

test('a stop with nothing to do leaves nothing to say', async () => {
  await post('zhangsan', 'warm');
  await nodeRed.printed('FLOW COMPLETED');
  expect(await nodeRed.end('SIGTERM')).toBe(0);
  expect(nodeRed.log()).not.toContain('were done');
  await nodeRed.startAgain();
  expect(nodeRed.log()).not.toContain('were waiting');
}, 90_000);
