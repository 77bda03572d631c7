import { setTimeout as sleep } from 'node:timers/promises';

import { appNode, from, nodeRedWithSandbox, PLACE, SECRET, sendNode, str } from './flow-runner';
import type { RunningFlow } from './flow-runner';

const MEMBERS = 50;
const red = nodeRedWithSandbox({ extraMembers: MEMBERS });
const toMember = { fields: { touser: from('msg', 'who') } };
const contents = (who?: string) => red.sandbox.messages(who ? { member: who } : {}).map(({ received }) => (received['text'] as { content: string }).content);
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
  test.each(['full', 'nodes'] as const)('(%s) loses nothing and sends nothing twice: what was on its way goes on with its result, what waited is sent in order', async (type) => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 10);
    await flow.redeploy({ name: 'changed' }, type);
    flow.node.receive({ payload: 'new', who: 'zhangsan' });
    await flow.settled(13);
    expectExactlyOnce(flow, ['warm', 'slow', ...numbers(10), 'new']);
    expect(red.logged()).toMatch(/10 messages wait: they are sent when the flows have started again/);
  });

  test('a second deploy soon after does no harm', async () => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 10, 300);
    await flow.redeploy({ name: 'one' });
    // What Node-RED carries from node to node at the moment of a deploy is lost on the way, whoever sent it.
    await sleep(20);
    await flow.redeploy({ name: 'two' });
    await flow.settled(12);
    expectExactlyOnce(flow, ['warm', 'slow', ...numbers(10)]);
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
    const flow = await red.start({ send: { fields: { touser: str('zhangsan'), 'text.content': from('global', 'text') } }, more: [] });
    const context = (flow.node as unknown as { context(): { global: { set(key: string, value: unknown): void } } }).context().global;
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
    expect(red.sandbox.messages().map(({ received }) => [received['touser'], (received['text'] as { content: string }).content])).toEqual([['zhangsan', 'warm'], ['zhangsan', 'slow'], [undefined, '0']]);
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
    expect(flow.sent[1]?.payload).toMatchObject({ parts: parts.length, msgids: parts.map(() => expect.any(String) as unknown) });
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
    // warm, slow, 3 that waited, the one that came later, and the reset.
    expect(flow.completed).toHaveLength(7);
  });

  test('a node in a subflow, which gets a new ID with every deploy, loses nothing either', async () => {
    const flow = await red.load([
      appNode(red.sandbox),
      { id: 'sub', type: 'subflow', name: 'sub', in: [{ ...PLACE, wires: [{ id: 'inner' }] }], out: [{ ...PLACE, wires: [{ id: 'inner', port: 0 }] }] },
      { ...sendNode({ id: 'inner', wires: [[]] }), ...toMember, z: 'sub' },
      { id: 'send', type: 'subflow:sub', z: 'flow', ...PLACE, name: '', wires: [['out']] },
    ], { app: { secret: SECRET } });
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

describe('a node that is removed', () => {
  test.each([['removed', null], ['disabled', { d: true }]] as const)('(%s) reports what waited, and what was on its way arrives', async (_how, changes) => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 3, 300);
    await flow.redeploy(changes, 'nodes');
    await sleep(400);
    expect(contents('zhangsan')).toEqual(['warm', 'slow']);
    expect(flow.caught.map(({ error }) => [error?.code, error?.cause['kind']])).toEqual(Array(3).fill(['NODE_REMOVED', 'cancelled']));
    expect(red.logged()).toMatch(/3 messages were not sent/);
  });

  test('(whole flow) says in the log how many messages were not sent, even if nobody catches errors any more', async () => {
    const flow = await red.start({ send: toMember });
    await withAQueue(flow, 3, 300);
    await flow.redeploy(null, 'full');
    await sleep(100);
    expect(red.logged()).toMatch(/3 messages were not sent/);
    expect(contents('zhangsan')).toEqual(['warm', 'slow']);
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
    expect(flow.caught[0]?.error).toMatchObject({ code: 'NODE_REMOVED', message: expect.stringMatching(/Parts of the message were sent/), cause: { kind: 'cancelled', delivered: { msgids: [expect.any(String)], requests: 1 } } });
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
  const { access_token: token } = (await (await fetch(`${red.sandbox.url}/cgi-bin/gettoken?corpid=${red.sandbox.company.corpId}&corpsecret=${SECRET}`)).json()) as { access_token: string };
  shown += JSON.stringify([flow.sent, flow.caught.map(({ error, ...msg }) => [msg, { ...error }, error?.message]), red.logged()]);
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain(token);
});

test('no socket is left when everything is closed', async () => {
  const port = Number(new URL(red.sandbox.url).port);
  const sockets = () => (process as unknown as { _getActiveHandles(): { remotePort?: number }[] })._getActiveHandles().filter(({ remotePort }) => remotePort === port);
  const before = sockets();
  const flow = await red.start({ send: toMember });
  await withAQueue(flow, 5, 200);
  await sleep(600);
  await flow.redeploy(null, 'full');
  await red.unload();
  await sleep(50);
  expect(sockets().filter((socket) => !before.includes(socket))).toEqual([]);
});
