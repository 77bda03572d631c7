import { setTimeout as sleep } from 'node:timers/promises';

import { appNode, from, nodeRedWithSandbox, PLACE, SECRET, sendNode, str } from './flow-runner';
import type { FlowPart, RunningFlow } from './flow-runner';

const MEMBERS = 50;
const red = nodeRedWithSandbox({ extraMembers: MEMBERS });
const toMember = { fields: { touser: from('msg', 'who') } };
const contents = (who?: string) =>
  red.sandbox
    .messages(who ? { member: who } : {})
    .map(({ received }) => (received['text'] as { content: string }).content);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

/** One message that WeCom takes its time for, and others behind it. */
async function withAQueue(flow: RunningFlow, count: number, delayMs = 500): Promise<void> {
  await flow.run({ payload: 'warm', who: 'zhangsan' });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: delayMs });
  flow.node.receive({ payload: 'slow', who: 'zhangsan' });
  await sleep(50);
  for (const text of numbers(count)) flow.node.receive({ payload: text, who: 'zhangsan' });
}

/** Every message came to WeCom once, in order, and out of the node once. */
function expectExactlyOnce(flow: RunningFlow, texts: readonly string[]): void {
  expect(contents('zhangsan')).toEqual(texts);
  expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([texts.length, texts.length, 0]);
}

describe('a deploy', () => {
  test.each(['full', 'nodes'] as const)(
    '(%s) loses nothing and sends nothing twice: what was on its way goes on with its result, what waited is sent in order',
    async (type) => {
      const flow = await red.start({ send: toMember });
      await withAQueue(flow, 10);
      await flow.redeploy({ name: 'changed' }, type);
      flow.node.receive({ payload: 'new', who: 'zhangsan' });
      await flow.settled(13);
      expectExactlyOnce(flow, ['warm', 'slow', ...numbers(10), 'new']);
      expect(red.logged()).toMatch(/10 messages wait: they are sent when the flows have started again/);
    },
  );

  test('a second deploy soon after does no harm', async () => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 10, 300);
    await flow.redeploy({ name: 'one' });
    await flow.redeploy({ name: 'two' });
    await flow.settled(12);
    expectExactlyOnce(flow, ['warm', 'slow', ...numbers(10)]);
  });

  describe('in the very turn of the event loop in which a result leaves the node', () => {
    const MESSAGES = ['one', 'two', 'three'];

    test('the new node tells it, once', async () => {
      const flow = await red.start({ send: toMember });
      const stopped = flow.stopWith('send');
      flow.node.receive({ payload: 'one', who: 'zhangsan' });
      await stopped;
      for (const text of MESSAGES.slice(1)) flow.node.receive({ payload: text, who: 'zhangsan' });
      await flow.settled(3);
      expectExactlyOnce(flow, MESSAGES);
    });

    test('Catch hears of an error, once', async () => {
      const flow = await red.start({ send: toMember });
      const stopped = flow.stopWith('on-error');
      flow.node.receive({ payload: 'refused', who: 'nobody-here' });
      await stopped;
      await flow.settled(1);
      expect(flow.caught.map(({ payload, error }) => [payload, error?.code])).toEqual([['refused', 81013]]);
      expect([flow.sent.length, flow.completed.length]).toEqual([0, 0]);
    });

    test('it is not told again when the next node closes slowly and has taken it', async () => {
      const flow = await red.start({ send: toMember });
      const out = red.getNode('out');
      out.on('close', (_removed: boolean, done: () => void) => setTimeout(done, 50));
      const stopped = flow.stopWith('send');
      flow.node.receive({ payload: 'one', who: 'zhangsan' });
      await stopped;
      await flow.settled(1);
      expect([contents('zhangsan'), flow.sent.length]).toEqual([['one'], 1]);
    });

    test('the log has it when Node-RED ends', async () => {
      const flow = await red.start({ send: toMember });
      const stopped = flow.stopWith('send', false);
      flow.node.receive({ payload: 'one', who: 'zhangsan' });
      await stopped;
      expect(red.logged().match(/sent: touser zhangsan msgid \S+ \(message/g)).toHaveLength(1);
      expect(flow.sent).toEqual([]);
    });
  });

  test('a message that arrives meanwhile is sent after those that waited', async () => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 3);
    const old = flow.node;
    const deployed = flow.redeploy({ name: 'changed' });
    await sleep(100);
    old.receive({ payload: 'meanwhile', who: 'zhangsan' });
    await deployed;
    await flow.settled(6);
    expectExactlyOnce(flow, ['warm', 'slow', ...numbers(3), 'meanwhile']);
  });

  test('messages keep what was read when they arrived', async () => {
    const flow = await red.start({
      send: { fields: { touser: str('zhangsan'), 'text.content': from('global', 'text') } },
      more: [],
    });
    const context = (
      flow.node as unknown as { context(): { global: { set(key: string, value: unknown): void } } }
    ).context().global;
    context.set('text', 'warm');
    await flow.run({});
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 500 });
    for (const text of ['slow', 'first', 'second']) {
      context.set('text', text);
      flow.node.receive({});
      await sleep(20);
    }
    await flow.redeploy({ name: 'changed' });
    context.set('text', 'not this');
    await flow.settled(4);
    expectExactlyOnce(flow, ['warm', 'slow', 'first', 'second']);
  });

  test('but a node that does something else now reads them anew', async () => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 1);
    await flow.redeploy({ to: 'robot', robot: 'robot', fields: {} });
    await flow.settled(3);
    expect(
      red.sandbox
        .messages()
        .map(({ received }) => [received['touser'], (received['text'] as { content: string }).content]),
    ).toEqual([
      ['zhangsan', 'warm'],
      ['zhangsan', 'slow'],
      [undefined, '0'],
    ]);
  });

  test('a text of which parts were sent goes on with the missing ones', async () => {
    const text = Array.from({ length: 4 }, (_, index) => String(index).repeat(1500)).join('\n\n');
    const flow = await red.start({ send: { fields: { touser: str('zhangsan') } } });
    await flow.run({ payload: 'warm' });
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 1 });
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 500 });
    flow.node.receive({ payload: text });
    await sleep(150);
    expect(contents()).toHaveLength(3);
    await flow.redeploy({ name: 'changed' });
    await flow.settled(2);
    expect(flow.caught).toEqual([]);
    const [, ...parts] = contents();
    expect(parts.join('').replace(/\n/g, '')).toBe(text.replace(/\n/g, ''));
    expect(flow.sent[1]?.payload).toMatchObject({
      parts: parts.length,
      msgids: parts.map(() => expect.any(String) as unknown),
    });
  });

  test('a reset that came before the deploy counts, and one that comes later drops what was handed over', async () => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 3);
    await flow.redeploy({ name: 'changed' });
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 400 });
    flow.node.receive({ payload: 'later', who: 'zhangsan' });
    flow.node.receive({ reset: true });
    await sleep(1_500);
    const came = contents('zhangsan');
    expect(came.slice(0, 2)).toEqual(['warm', 'slow']);
    expect(came).not.toContain('later');
    // warm, slow, the one that was on its way again, and the reset itself.
    expect(flow.completed).toHaveLength(4);
    expect(flow.caught.map(({ error }) => error?.code)).toEqual(Array(3).fill('RESET'));
  });

  test('a node in a subflow, which gets a new ID with every deploy, loses nothing either', async () => {
    const flow = await red.load(
      [
        appNode(red.sandbox),
        {
          id: 'sub',
          type: 'subflow',
          name: 'sub',
          in: [{ ...PLACE, wires: [{ id: 'inner' }] }],
          out: [{ ...PLACE, wires: [{ id: 'inner', port: 0 }] }],
        },
        { ...sendNode({ id: 'inner', wires: [[]] }), ...toMember, z: 'sub' },
        { id: 'send', type: 'subflow:sub', z: 'flow', ...PLACE, name: '', wires: [['out']] },
      ],
      { app: { secret: SECRET } },
    );
    const receive = (msg: object) => flow.node.receive(msg);
    receive({ payload: 'warm', who: 'zhangsan' });
    await flow.settled(1);
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 400 });
    receive({ payload: 'slow', who: 'zhangsan' });
    await sleep(50);
    for (const text of numbers(3)) receive({ payload: text, who: 'zhangsan' });
    await sleep(20);
    await flow.redeploy({ name: 'changed' });
    await flow.settled(5);
    expect(contents('zhangsan')).toEqual(['warm', 'slow', ...numbers(3)]);
  });
});

type Change = (flow: readonly FlowPart[]) => readonly object[];
const without =
  (...ids: string[]): Change =>
  (flow) =>
    flow.filter(({ id, z }) => !ids.includes(id ?? '') && !ids.includes(z ?? ''));
const disabled: Change = (flow) => flow.map((part) => (part.id === 'send' ? { ...part, d: true } : part));
const flowDisabled: Change = (flow) => flow.map((part) => (part.id === 'flow' ? { ...part, disabled: true } : part));
const DEPLOYS = ['full', 'flows', 'nodes'] as const;

describe('a node that is removed', () => {
  const ways = DEPLOYS.flatMap((type) =>
    (
      [
        ['removed', without('send')],
        ['disabled', disabled],
      ] as const
    ).map(([how, change]) => [how, type, change] as const),
  );

  test.each(ways)(
    '(%s, %s deploy) tells Catch of each message that waited; what was on its way arrives and goes on',
    async (_how, type, change) => {
      const flow = await red.start({ send: toMember });
      await withAQueue(flow, 3, 300);
      await flow.redeploy(change, type);
      await flow.settled(5);
      expect(contents('zhangsan')).toEqual(['warm', 'slow']);
      expect(flow.caught.map(({ payload, error }) => [payload, error?.code, error?.cause['kind']])).toEqual(
        numbers(3).map((text) => [text, 'NODE_REMOVED', 'cancelled']),
      );
      expect([flow.sent.length, flow.completed.length]).toEqual([2, 2]);
    },
  );

  test.each(ways)(
    '(%s, %s deploy) tells Catch of what was on its way and was refused or lost',
    async (_how, type, change) => {
      const flow = await red.start({ send: { fields: { touser: from('msg', 'who') } }, app: { timeout: '2' } });
      await flow.run({ payload: 'warm', who: 'zhangsan' });
      red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 400 });
      flow.node.receive({ payload: 'refused', who: 'nobody-here' });
      red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 5_000 });
      flow.node.receive({ payload: 'lost', who: 'lisi' });
      await sleep(100);
      await flow.redeploy(change, type);
      await flow.settled(3);
      const told = Object.fromEntries(
        flow.caught.map(({ payload, error }) => [payload, [error?.code, error?.cause['delivery']]]),
      );
      expect(told).toEqual({ refused: [81013, 'not-sent'], lost: ['ETIMEDOUT', 'unknown'] });
      expect([flow.sent.length, flow.completed.length]).toEqual([1, 1]);
    },
  );

  test.each(DEPLOYS)(
    '(%s deploy) leaves one line in the log for each message when there is no Catch node that hears of it',
    async (type) => {
      const flow = await red.start({ send: toMember });
      await flow.redeploy(without('on-error'), 'full');
      await withAQueue(flow, 2, 300);
      flow.node.receive({ payload: 'secret words', who: 'zhangsan\nforged line', _msgid: 'abc' });
      await flow.redeploy(without('send'), type);
      await sleep(100);
      const log = red.logged();
      expect(log.match(/not sent \[NODE_REMOVED\]: touser zhangsan/g)).toHaveLength(3);
      expect(log).toMatch(/not sent \[NODE_REMOVED\]: touser zhangsan forged line \(message abc\)/);
      expect(log).not.toContain('secret words');
    },
  );

  test.each([
    ['removed', without('flow')],
    ['disabled', flowDisabled],
  ] as const)(
    'with its whole flow (%s) leaves one line in the log for each message: sent, not sent, unknown',
    async (_how, change) => {
      const flow = await red.start({ send: toMember, app: { timeout: '2' } });
      await withAQueue(flow, 3, 300);
      red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 5_000 });
      flow.node.receive({ payload: 'lost', who: 'lisi' });
      await sleep(50);
      await flow.redeploy(change, 'full');
      await sleep(200);
      const log = red.logged();
      expect(log).toMatch(/what became of 5 messages/);
      expect(log.match(/sent: touser zhangsan msgid \S+ \(message/g)).toHaveLength(1);
      expect(log.match(/not sent \[NODE_REMOVED\]: touser zhangsan/g)).toHaveLength(3);
      expect(log.match(/unknown whether it was sent \[\w+\]: touser lisi/g)).toHaveLength(1);
      expect(contents('zhangsan')).toEqual(['warm', 'slow']);
    },
  );

  test('in a subflow that stays tells the Catch node in there', async () => {
    const flow = await red.load(
      [
        appNode(red.sandbox),
        {
          id: 'sub',
          type: 'subflow',
          name: 'sub',
          in: [{ ...PLACE, wires: [{ id: 'inner' }] }],
          out: [
            {
              ...PLACE,
              wires: [
                { id: 'inner', port: 0 },
                { id: 'inner-catch', port: 0 },
              ],
            },
          ],
        },
        { ...sendNode({ id: 'inner', wires: [[]] }), ...toMember, z: 'sub' },
        { id: 'inner-catch', type: 'catch', z: 'sub', ...PLACE, scope: null, wires: [[]] },
        { id: 'send', type: 'subflow:sub', z: 'flow', ...PLACE, name: '', wires: [['out']] },
      ],
      { app: { secret: SECRET } },
    );
    flow.node.receive({ payload: 'warm', who: 'zhangsan' });
    await flow.settled(1);
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 400 });
    for (const text of ['slow', '0', '1']) flow.node.receive({ payload: text, who: 'zhangsan' });
    await sleep(50);
    await flow.redeploy((parts) => parts.map((part) => (part.id === 'inner' ? { ...part, d: true } : part)));
    await flow.settled(4);
    expect(flow.sent.slice(1).map(({ error }) => error?.code)).toEqual([undefined, 'NODE_REMOVED', 'NODE_REMOVED']);
  });

  test('leaves no timer and no socket, with messages that wait for a rate, for another try and for an answer', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;
    const port = Number(new URL(red.sandbox.url).port);
    const sockets = () =>
      (process as unknown as { _getActiveHandles(): { remotePort?: number }[] })
        ._getActiveHandles()
        .filter(({ remotePort }) => remotePort === port).length;
    const [timersBefore, socketsBefore] = [timers(), sockets()];
    const flow = await red.start({ send: toMember });
    for (let index = 0; index < 32; index += 1) flow.node.receive({ payload: 'rate', who: 'zhangsan' });
    await flow.settled(30);
    red.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: -1, times: 2 });
    flow.node.receive({ payload: 'retry', who: 'lisi' });
    await sleep(50);
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 200 });
    flow.node.receive({ payload: 'slow', who: 'wangwu' });
    await sleep(50);
    await flow.redeploy(without('send', 'app', 'robot'));
    await flow.settled(30 + 4);
    await red.unload();
    for (
      const deadline = Date.now() + 3_000;
      (timers() > timersBefore || sockets() > socketsBefore) && Date.now() < deadline;
    )
      await sleep(50);
    expect([Math.max(timers(), timersBefore), Math.max(sockets(), socketsBefore)]).toEqual([
      timersBefore,
      socketsBefore,
    ]);
  });

  test('a message of which parts were sent says so', async () => {
    const flow = await red.start({ send: { fields: { touser: str('zhangsan') } } });
    await flow.run({ payload: 'warm' });
    red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 300 });
    flow.node.receive({ payload: `${'a'.repeat(2000)}\n\n${'b'.repeat(2000)}` });
    await sleep(100);
    await flow.redeploy(null, 'nodes');
    await sleep(100);
    expect(contents()).toHaveLength(2);
    expect(flow.caught[0]?.error).toMatchObject({
      code: 'NODE_REMOVED',
      message: expect.stringMatching(/Parts of the message were sent/),
      cause: { kind: 'cancelled', delivered: { msgids: [expect.any(String)], requests: 1 } },
    });
  });
});

test('no secret and no token appears while messages wait, are handed over and are given up', async () => {
  const flow = await red.start({ send: toMember });
  await withAQueue(flow, 5, 300);
  let shown = JSON.stringify(flow.statuses());
  await flow.redeploy({ name: 'changed' });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 400 });
  flow.node.receive({ payload: 'x', who: 'zhangsan' });
  flow.node.receive({ payload: 'y', who: 'zhangsan' });
  await sleep(700);
  shown += JSON.stringify(flow.statuses());
  flow.node.receive({ reset: true });
  await flow.redeploy(null, 'nodes');
  await sleep(100);
  const { access_token: token } = (await (
    await fetch(`${red.sandbox.url}/cgi-bin/gettoken?corpid=${red.sandbox.company.corpId}&corpsecret=${SECRET}`)
  ).json()) as { access_token: string };
  shown += JSON.stringify([
    flow.sent,
    flow.caught.map(({ error, ...msg }) => [msg, { ...error }, error?.message]),
    red.logged(),
  ]);
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain(token);
});

test('no socket is left when everything is closed', async () => {
  const port = Number(new URL(red.sandbox.url).port);
  const sockets = () =>
    (process as unknown as { _getActiveHandles(): { remotePort?: number }[] })
      ._getActiveHandles()
      .filter(({ remotePort }) => remotePort === port);
  const before = sockets();
  const flow = await red.start({ send: toMember });
  await withAQueue(flow, 5, 200);
  await sleep(600);
  await flow.redeploy(null, 'full');
  await red.unload();
  await sleep(50);
  expect(sockets().filter((socket) => !before.includes(socket))).toEqual([]);
});
