import { setTimeout as sleep } from 'node:timers/promises';

import { from, nodeRedWithSandbox, str } from './flow-runner';
import type { RunningFlow } from './flow-runner';

const MEMBERS = 100;
const red = nodeRedWithSandbox({ extraMembers: MEMBERS });
const member = (index: number) => `u${String((index % MEMBERS) + 1).padStart(5, '0')}`;
const toMember = { fields: { touser: from('msg', 'who') } };

const contents = (who?: string) =>
  red.sandbox
    .messages(who ? { member: who } : {})
    .map(({ received }) => (received['text'] as { content: string }).content);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

/** A message that waits: WeCom takes its time for the one before it. */
async function behindASlowOne(flow: RunningFlow, delayMs = 1_500): Promise<void> {
  await flow.run({ payload: 'warm', who: 'zhangsan' });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: delayMs });
  flow.node.receive({ payload: 'slow', who: 'zhangsan' });
  await sleep(50);
}

describe('order', () => {
  test('messages to the same member arrive in the order in which they came, those to others do not wait for them', async () => {
    const flow = await red.start({ send: toMember });
    await behindASlowOne(flow, 600);
    for (const text of numbers(10)) flow.node.receive({ payload: text, who: 'zhangsan' });
    for (const text of numbers(10)) flow.node.receive({ payload: text, who: 'lisi' });
    await flow.settled(11);
    expect(contents('lisi')).toEqual(numbers(10));
    expect(contents('zhangsan')).toEqual(['warm', 'slow']);
    await flow.settled(22);
    expect(contents('zhangsan')).toEqual(['warm', 'slow', ...numbers(10)]);
    expect(flow.caught).toEqual([]);
  });

  test('a message whose values take long to read is not overtaken', async () => {
    const flow = await red.start({
      send: {
        fields: {
          touser: str('zhangsan'),
          'text.content': from(
            'jsonata',
            '(slow ? $reduce([1..20000], function($sum, $each) { $sum + $each }); payload)',
          ),
        },
      },
    });
    for (const text of numbers(6)) flow.node.receive({ payload: text, slow: text === '0' || text === '3' });
    await flow.settled(6);
    expect(contents()).toEqual(numbers(6));
  });

  test('a message that cannot be read does not stop the others', async () => {
    const flow = await red.start({
      send: {
        fields: { touser: str('zhangsan'), 'text.content': from('jsonata', 'bad ? $error("broken") : payload') },
      },
    });
    for (const text of numbers(4)) flow.node.receive({ payload: text, bad: text === '1' });
    await flow.settled(4);
    expect(contents()).toEqual(['0', '2', '3']);
    expect(flow.caught.map(({ error }) => error?.code)).toEqual(['INVALID_INPUT']);
  });

  test('no more are open side by side than the node says, and 8 as long as none of them is answered', async () => {
    for (const [send, expected] of [
      [{}, 8],
      [{ atOnce: '2' }, 2],
      [{ atOnce: 0 }, 8],
      [{ atOnce: 'many' }, 8],
    ] as const) {
      const flow = await red.start({ send: { ...toMember, ...send } });
      await flow.run({ payload: 'warm', who: 'lisi' });
      red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 300, times: 20 });
      for (let index = 0; index < 20; index += 1) flow.node.receive({ payload: 'x', who: member(index) });
      await sleep(150);
      expect(red.sandbox.messages()).toHaveLength(1 + expected);
      await red.unload();
      red.sandbox.reset({ extraMembers: MEMBERS });
    }
  }, 15_000);
});

describe('a queue that is full', () => {
  test('refuses a message with limit and count, and sends all that it took', async () => {
    const flow = await red.start({ send: { ...toMember, queueLength: '3' } });
    await behindASlowOne(flow, 400);
    for (const text of numbers(5)) flow.node.receive({ payload: text, who: 'zhangsan' });
    await flow.settled(7);
    expect(contents('zhangsan')).toEqual(['warm', 'slow', '0', '1', '2']);
    expect(flow.caught).toHaveLength(2);
    expect(flow.caught[0]?.error).toMatchObject({
      code: 'QUEUE_FULL',
      message: expect.stringMatching(/3 messages wait .* queue holds 3/),
      cause: { kind: 'queue', limit: 3, waiting: 3 },
    });
    expect(flow.completed).toHaveLength(5);
  });

  test('holds 1000 when a flow was saved before there were queues', async () => {
    const flow = await red.start({ send: toMember });
    await behindASlowOne(flow, 300);
    for (let index = 0; index < 1001; index += 1) flow.node.receive({ payload: 'x', who: 'zhangsan' });
    await sleep(50);
    expect(flow.caught).toHaveLength(1);
    flow.node.receive({ reset: true });
    await sleep(50);
  });
});

describe('msg.reset', () => {
  test('drops what waits, not what is on its way; Catch hears of each message that it drops, and Complete of none; it is not sent itself', async () => {
    const flow = await red.start({ send: toMember });
    await behindASlowOne(flow, 400);
    for (const text of numbers(5)) flow.node.receive({ payload: text, who: 'zhangsan' });
    flow.node.receive({ reset: true, payload: 'not a message', who: 'zhangsan' });
    await sleep(50);
    // warm and the reset itself; a flow that acknowledges what was sent must not acknowledge what was dropped.
    expect([flow.completed.length, flow.sent.length]).toEqual([2, 1]);
    expect(flow.caught.map(({ payload, error }) => [payload, error?.code, error?.cause['kind']])).toEqual(
      numbers(5).map((text) => [text, 'RESET', 'cancelled']),
    );
    expect(flow.statuses().at(-1)).toBe('grey ring wecom-send.status.dropped');
    await flow.settled(7);
    await flow.run({ payload: 'next', who: 'zhangsan' });
    expect(contents('zhangsan')).toEqual(['warm', 'slow', 'next']);
  });

  test('counts when it is set, not when it is there', async () => {
    const flow = await red.start();
    await flow.run({ payload: 'x', reset: false });
    await flow.run(Object.assign(Object.create({ reset: true }) as object, { payload: 'y' }));
    expect(contents()).toEqual(['x', 'y']);
  });

  test('also drops what is still being read', async () => {
    const flow = await red.start({
      send: {
        fields: {
          touser: str('zhangsan'),
          'text.content': from('jsonata', '$reduce([1..2000], function($sum, $each) { $sum + $each }) > 0 ? payload'),
        },
      },
    });
    for (const text of numbers(3)) flow.node.receive({ payload: text });
    flow.node.receive({ reset: 1 });
    await flow.settled(3, 15_000);
    expect([contents().length, flow.completed.length, flow.caught.length]).toEqual([0, 1, 3]);
  });
});

describe('the status', () => {
  test('shows how many wait, and never one status per message', async () => {
    const flow = await red.start({ send: toMember });
    await behindASlowOne(flow, 1_200);
    for (let index = 0; index < 200; index += 1) flow.node.receive({ payload: `${index}`, who: 'zhangsan' });
    await flow.shown('blue ring wecom-send.status.queued');
    flow.node.receive({ reset: true });
    await flow.settled(2);
    await sleep(600);
    expect(flow.statuses().length).toBeLessThan(12);
  });

  test('a burst of failures is not a burst of statuses, and the last one stays', async () => {
    const flow = await red.start({ send: { fields: { touser: from('msg', 'who') } } });
    for (let index = 0; index < 300; index += 1)
      flow.node.receive({ payload: index % 2 === 0 ? 'x' : '', who: member(index) });
    await flow.settled(300);
    await sleep(600);
    expect(flow.statuses().length).toBeLessThan(16);
    expect(['green dot wecom-send.status.sent', 'red dot wecom-send.status.input-wrong']).toContain(
      flow.statuses().at(-1),
    );
  });
});
