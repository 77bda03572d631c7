import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { readStatusText, statusText } from '../../node-red/panel/status-text';
import { sendNodeWording } from '../../node-red/wording/send-node';
import { nodeRedWithSandbox, PLACE, str } from './flow-runner';
import type { FlowMessage, FlowNode } from './flow-runner';

const nodeRed = nodeRedWithSandbox();
const STATUS_NODE = [
  { id: 'status', type: 'status', z: 'flow', ...PLACE, scope: ['send'], wires: [['told']] },
  { id: 'told', type: 'helper', z: 'flow', ...PLACE },
];

/** What a Status node passes on. */
function told(): Record<string, unknown>[] {
  const seen: Record<string, unknown>[] = [];
  const node: FlowNode = nodeRed.getNode('told');
  node.on('input', (msg: FlowMessage) => void seen.push(msg['status'] as Record<string, unknown>));
  return seen;
}

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 8_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > deadline) throw new Error('it did not come to that');
}

/** A port at which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('every status is a key that editors translate, with what its words are filled with', async () => {
  const flow = await nodeRed.start({ send: { fields: { touser: str('zhangsan,nobody') } } });
  await flow.run({ payload: 'x' });
  nodeRed.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 60011, times: 1 });
  await flow.run({ payload: 'y' });
  for (const [{ text = '' }] of flow.node.status.args) {
    const { key, values } = readStatusText(text) ?? { key: text, values: {} };
    const name = key.replace('wecom-send.status.', '') as keyof typeof sendNodeWording.status;
    const needed = [...sendNodeWording.status[name].en.matchAll(/__(\w+)__/g)].map(([, value]) => value);
    expect(Object.keys(values)).toEqual(expect.arrayContaining(needed));
  }
});

test('a flow that reacts to a status has a code that stays, and a sentence', async () => {
  const flow = await nodeRed.start({ send: { fields: { touser: str('zhangsan,nobody') } }, more: STATUS_NODE });
  const seen = told();
  await flow.run({ payload: 'x' });
  await until(() => seen.length >= 2);
  expect(seen[0]).toMatchObject({ code: 'sending', message: 'sending', fill: 'blue' });
  expect(seen[1]).toMatchObject({ code: 'undelivered', message: '1 not reached', count: 1, fill: 'yellow' });
});

test('an error is told in a few words, with its code', async () => {
  const flow = await nodeRed.start({
    send: { msgtype: 'textcard', fields: { touser: str('zhangsan') } },
    more: STATUS_NODE,
  });
  const seen = told();
  await flow.run({ payload: 'x' });
  await until(() => seen.some(({ code }) => code === 'input-wrong'));
  expect(seen.at(-1)).toMatchObject({
    code: 'input-wrong',
    error: 'INVALID_INPUT',
    message: expect.stringMatching(/^Title is missing.* \(\+1\)$/),
  });
});

test('a status that lasts says since when, to the minute, so that ten messages a second are no ten statuses', async () => {
  const flow = await nodeRed.start();
  await flow.run({ payload: 'x' });
  const status = readStatusText(flow.node.status.args.at(-1)?.[0].text ?? '');
  const at = Number(status?.values['at']);
  expect(at % 60_000).toBe(0);
  expect(Math.abs(Date.now() - at)).toBeLessThan(120_000);
});

test('while WeCom is out of reach the status says so, and how often it was tried', async () => {
  const baseUrl = `http://127.0.0.1:${await deadPort()}`;
  const flow = await nodeRed.start({ app: { baseUrl }, more: STATUS_NODE });
  const seen = told();
  flow.node.receive({ payload: 'x' });
  await until(() => seen.filter(({ code }) => code === 'retrying').length >= 2);
  const [first, second] = seen.filter(({ code }) => code === 'retrying');
  expect(first).toMatchObject({ fill: 'yellow', reason: 'ECONNREFUSED' });
  expect(first?.['message']).toBe(`retrying (${String(first?.['tries'])}), connection refused`);
  expect(Number(second?.['tries'])).toBeGreaterThan(Number(first?.['tries']));
});

test('what is no status of ours is left alone', () => {
  expect(readStatusText('wecom-send.status.sent')).toBeUndefined();
  expect(readStatusText('hello {"a":1}')).toBeUndefined();
  expect(readStatusText('wecom-send.status.sent {broken}')).toBeUndefined();
  expect(readStatusText(statusText('wecom-send.status.told', { en: 'a "b" {c}', zh: '汉' }))).toEqual({
    key: 'wecom-send.status.told',
    values: { en: 'a "b" {c}', zh: '汉' },
  });
});
