import type * as timers from 'node:timers/promises';

import { nodeRedWithSandbox, str } from './flow-runner';

/** Time runs so much faster for the node; that of the sandbox is moved along. */
const SPEED = 25;

jest.mock('node:timers/promises', () => {
  const actual = jest.requireActual<typeof timers>('node:timers/promises');
  return { ...actual, setTimeout: (ms: number, ...rest: []) => actual.setTimeout(ms / 25, ...rest) };
});

const { setTimeout: sleep } = jest.requireActual<typeof timers>('node:timers/promises');
const red = nodeRedWithSandbox();
const MINUTE = 60_000;
const fields = { touser: str('zhangsan') };
const received = () => red.sandbox.messages().map(({ received: { text } }) => (text as { content: string }).content);
const delivered = () => red.sandbox.messages().filter((message) => message.delivered_to.length > 0).length;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

beforeEach(() => {
  const real = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => real() * SPEED);
});
afterEach(() => jest.restoreAllMocks());

describe('more than 30 messages a minute to one member', () => {
  test('wait, are shown as waiting, and arrive in order', async () => {
    const flow = await red.start({ send: { fields } });
    for (const text of numbers(40)) flow.node.receive({ payload: text });
    await flow.settled(30);
    expect(received()).toEqual(numbers(30));
    await flow.shown('blue ring wecom-send.status.held');
    red.sandbox.moveClock(MINUTE + 1_000);
    await flow.settled(40);
    expect(received()).toEqual(numbers(40));
    expect([delivered(), flow.caught.length]).toEqual([40, 0]);
  }, 15_000);

  test('keep their rate across a deploy', async () => {
    const flow = await red.start({ send: { fields } });
    for (const text of numbers(32)) flow.node.receive({ payload: text });
    await flow.settled(30);
    await flow.redeploy({ name: 'changed' });
    await sleep(100);
    expect(received()).toHaveLength(30);
    red.sandbox.moveClock(MINUTE + 1_000);
    await flow.settled(32);
    expect([delivered(), received()]).toEqual([32, numbers(32)]);
  }, 15_000);

  test('fail on request, with the time after which they may go, and nothing is sent', async () => {
    const flow = await red.start({ send: { fields, rateLimits: 'fail' } });
    for (const text of numbers(32)) flow.node.receive({ payload: text });
    await flow.settled(32);
    expect([delivered(), flow.sent.length, flow.caught.length]).toEqual([30, 30, 2]);
    const [{ error }] = flow.caught as [(typeof flow.caught)[number]];
    expect(error).toMatchObject({
      code: 'RATE_LIMIT',
      message: expect.stringMatching(/30 messages in a minute.*Rate Limits/),
      cause: { kind: 'rate', reason: 'member', waitMs: expect.any(Number) },
    });
    expect(error?.cause['waitMs']).toBeGreaterThan(30_000);
    expect(flow.statuses().at(-1)).toMatch(/rate-limit|sent/);
  });

  test('are sent on request, and then WeCom drops them', async () => {
    const flow = await red.start({ send: { fields, rateLimits: 'off' } });
    for (const text of numbers(32)) flow.node.receive({ payload: text });
    await flow.settled(32);
    expect([delivered(), received().length, flow.caught.length]).toEqual([30, 32, 0]);
  });
});

test('of two processes, each sends half of what WeCom takes', async () => {
  const flow = await red.start({ app: { processes: '2' }, send: { fields, rateLimits: 'fail' } });
  for (const text of numbers(20)) flow.node.receive({ payload: text });
  await flow.settled(20);
  expect([delivered(), flow.caught.length]).toEqual([15, 5]);
});

test('a robot sends 20 messages a minute, and the 21st waits', async () => {
  const flow = await red.start({ send: { to: 'robot', robot: 'robot', fields: {} } });
  for (const text of numbers(22)) flow.node.receive({ payload: text });
  await flow.settled(20);
  await sleep(100);
  expect(received()).toHaveLength(20);
  red.sandbox.moveClock(MINUTE + 1_000);
  await flow.settled(22);
  expect([received(), flow.caught]).toEqual([numbers(22), []]);
}, 15_000);

test('45009: the endpoint is left alone for a minute, then the message arrives', async () => {
  const flow = await red.start({ send: { fields } });
  red.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 45009 });
  flow.node.receive({ payload: 'refused first' });
  await sleep(300);
  flow.node.receive({ payload: 'behind it' });
  await sleep(200);
  expect(red.sandbox.calls()['message/send']).toBe(1);
  await flow.settled(2);
  expect(received()).toEqual(['refused first', 'behind it']);
  expect(flow.caught).toEqual([]);
});
