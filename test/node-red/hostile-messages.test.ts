import { setTimeout as sleep } from 'node:timers/promises';

import { from, nodeRedWithSandbox, PLACE, str } from './flow-runner';
import type { FlowMessage, RunningFlow } from './flow-runner';

const red = nodeRedWithSandbox();
const contents = () => red.sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content);

// What escapes from a node ends Node-RED; in a test it would only fail some other one.
const escaped: unknown[] = [];
const escape = (error: unknown) => void escaped.push(error);
beforeAll(() => void process.on('unhandledRejection', escape).on('uncaughtException', escape));
afterAll(() => void process.off('unhandledRejection', escape).off('uncaughtException', escape));
afterEach(() => expect(escaped.splice(0)).toEqual([]));

/** The node goes on after it, whatever it was. */
async function goesOn(flow: RunningFlow): Promise<void> {
  const before = flow.sent.length + flow.caught.length;
  flow.node.receive({ payload: 'next' });
  await flow.settled(before + 1);
  await sleep(20);
  expect(contents().at(-1)).toBe('next');
}

const deep = (levels: number) => {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
};
const cyclic = () => {
  const value: Record<string, unknown> = { name: 'around' };
  value['self'] = value;
  return value;
};
const throwing = (name: string, rest: object = {}) =>
  Object.defineProperty({ ...rest }, name, {
    enumerable: true,
    get: () => {
      throw new Error('no access');
    },
  }) as FlowMessage;

describe('a message that cannot be sent, and cannot be copied for the Catch node either, reaches it without what is in the way', () => {
  test.each<[string, () => FlowMessage]>([
    ['objects 20000 deep', () => ({ payload: deep(20_000), topic: 'kept' })],
    [
      'lists 20000 deep',
      () => ({ payload: Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], 0), topic: 'kept' }),
    ],
    ['a getter that throws as payload', () => throwing('payload', { topic: 'kept' })],
    ['a getter that throws in the payload', () => ({ payload: throwing('inner'), topic: 'kept' })],
    [
      'a list with a getter that throws',
      () => ({
        payload: Object.defineProperty([1, 2], 1, {
          get: () => {
            throw new Error('no access');
          },
        }),
        topic: 'kept',
      }),
    ],
    [
      'a payload that refuses everything',
      () => ({
        payload: new Proxy(
          {},
          {
            get: () => {
              throw new Error('no');
            },
            ownKeys: () => {
              throw new Error('no');
            },
            getPrototypeOf: () => {
              throw new Error('no');
            },
          },
        ),
        topic: 'kept',
      }),
    ],
    ['a circle', () => ({ payload: cyclic(), topic: 'kept' })],
    [
      'a toJSON that throws',
      () => ({
        payload: {
          toJSON: () => {
            throw new Error('not as JSON');
          },
        },
        topic: 'kept',
      }),
    ],
    ['a million entries', () => ({ payload: Array.from({ length: 1_000_000 }, (_, index) => index), topic: 'kept' })],
    ['a Symbol', () => ({ payload: Symbol('x'), topic: 'kept' })],
    ['an object without a prototype', () => ({ payload: Object.create(null) as unknown, topic: 'kept' })],
  ])(
    '%s',
    async (_name, message) => {
      const flow = await red.start();
      flow.node.receive(message());
      await flow.settled(1);
      expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([0, 0, 1]);
      expect(flow.caught[0]).toMatchObject({
        topic: 'kept',
        error: { code: expect.stringMatching(/INVALID_INPUT|INTERNAL/), source: { id: 'send' } },
      });
      expect(red.sandbox.messages()).toEqual([]);
      await goesOn(flow);
    },
    20_000,
  );

  test('a message that is a Proxy and gives nothing away', async () => {
    const flow = await red.start();
    const traps = {
      get: (_: object, key: string | symbol) => {
        if (key === '_msgid') return 'id';
        throw new Error('closed');
      },
      has: () => {
        throw new Error('closed');
      },
      ownKeys: () => {
        throw new Error('closed');
      },
      getOwnPropertyDescriptor: () => {
        throw new Error('closed');
      },
    };
    flow.node.receive(new Proxy({}, traps));
    await flow.settled(1);
    expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([0, 0, 1]);
    await goesOn(flow);
  });

  test('a reset that throws when it is read', async () => {
    const flow = await red.start();
    flow.node.receive(throwing('reset', { payload: 'hello' }));
    await flow.settled(1);
    expect(flow.sent.length + flow.caught.length).toBe(1);
    await goesOn(flow);
  });

  test('a value in a card that throws only when the message is built', async () => {
    let reads = 0;
    const sly = Object.defineProperty({}, 'title', {
      enumerable: true,
      get: () => {
        if ((reads += 1) > 1) throw new Error('not twice');
        return 'title';
      },
    });
    const flow = await red.start({
      send: { msgtype: 'text_notice', cardAs: 'json', fields: { touser: str('zhangsan'), card: from('msg', 'card') } },
    });
    flow.node.receive({ card: { main_title: sly } });
    await flow.settled(1);
    expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([0, 0, 1]);
  });
});

describe('a message that was sent is reported as sent', () => {
  test.each<[string, () => FlowMessage]>([
    ['is frozen', () => Object.freeze({ _msgid: 'frozen', payload: 'hello', topic: 'kept' })],
    [
      'has a payload that cannot be changed',
      () => Object.defineProperty({ topic: 'kept' }, 'payload', { value: 'hello', enumerable: true }),
    ],
    [
      'has a payload with a getter and no setter',
      () => Object.defineProperty({ topic: 'kept' }, 'payload', { get: () => 'hello', enumerable: true }),
    ],
    [
      'is a Proxy that takes nothing',
      () => new Proxy({ _msgid: 'proxy', payload: 'hello', topic: 'kept' }, { set: () => false }),
    ],
    [
      'is a Proxy whose set throws',
      () =>
        new Proxy(
          { _msgid: 'proxy', payload: 'hello', topic: 'kept' },
          {
            set: () => {
              throw new Error('read only');
            },
          },
        ),
    ],
    ['has a property that throws', () => throwing('other', { payload: 'hello', topic: 'kept' })],
    ['has a property 20000 deep', () => ({ payload: 'hello', topic: 'kept', other: deep(20_000) })],
    ['has a circle in it', () => ({ payload: 'hello', topic: 'kept', other: cyclic() })],
  ])('that %s', async (_what, message) => {
    const flow = await red.start();
    flow.node.receive(message());
    await flow.settled(1);
    expect(contents()).toEqual(['hello']);
    expect([flow.sent.length, flow.completed.length, flow.caught.length]).toEqual([1, 1, 0]);
    expect(flow.sent[0]).toMatchObject({ topic: 'kept', payload: { errcode: 0, msgid: expect.any(String) } });
    expect(flow.completed[0]).toMatchObject({ topic: 'kept' });
    await goesOn(flow);
  });

  test('that cannot be copied for the second wire: the error says that it was delivered', async () => {
    const flow = await red.start({
      send: { wires: [['out', 'second']] },
      more: [{ id: 'second', type: 'helper', z: 'flow', ...PLACE }],
    });
    flow.node.receive({ payload: 'hello', other: deep(20_000) });
    await flow.settled(2);
    expect(contents()).toEqual(['hello']);
    expect(flow.completed).toEqual([]);
    expect(flow.caught[0]?.error).toMatchObject({
      code: 'NOT_PASSED_ON',
      cause: { kind: 'internal', delivered: { errcode: 0, msgid: expect.any(String) } },
    });
  });
});
