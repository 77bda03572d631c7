import type { INode } from 'n8n-workflow';

import { send } from './engine';
import { credentialOf, hello, robotCredentialOf, useSandbox } from './sandbox';

const world = useSandbox();
const goOn: Partial<INode> = { onError: 'continueRegularOutput' };
const names = [
  'zhangsan',
  'lisi',
  'alice',
  'wangwu',
  'zhaoliu',
  'chenxi',
  'linyue',
  'bob.miller',
  'carol-n',
  'David_Wu',
];
const toEach = { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'text', content: 'hello' };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(10);
}

/** Cancels when the condition holds; gives the milliseconds until the execution had ended. */
async function cancelWhen(
  condition: () => boolean,
  options: Omit<Parameters<typeof send>[0], 'credential' | 'started'>,
): Promise<number> {
  let cancelledAt = 0;
  await send({
    credential: credentialOf(world.sandbox),
    robot: robotCredentialOf(world.sandbox),
    ...options,
    started: ({ cancel }) =>
      void waitFor(condition).then(() => {
        cancelledAt = Date.now();
        cancel();
      }),
  }).catch(() => undefined);
  return Date.now() - cancelledAt;
}

const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

/**
 * Sockets that have just closed may keep a timer for a moment; one of ours would be there for longer than this looks.
 */
async function timersAreGone(before: number): Promise<void> {
  for (const deadline = Date.now() + 1_000; timers() > before && Date.now() < deadline;) await pause(10);
  expect(timers()).toBeLessThanOrEqual(before);
}

describe('a cancelled execution ends at once and sends nothing more', () => {
  test.each([
    ['stops on errors', {}],
    ['continues', goOn],
  ])('while requests are under way, in a node that %s', async (_, settings) => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 20_000, times: 10 });
    const items = names.map((to) => ({ to }));
    expect(
      await cancelWhen(() => world.sandbox.calls()['message/send'] === 4, {
        items,
        parameters: { ...toEach, options: { messagesAtOnce: 4 } },
        settings,
      }),
    ).toBeLessThan(1500);
    await pause(100);
    expect(world.sandbox.calls()['message/send']).toBe(4);
  });

  test('while messages wait for a rate, and leaves no timer', async () => {
    const before = timers();
    const items = Array.from({ length: 40 }, () => ({}));
    expect(
      await cancelWhen(() => world.sandbox.messages().length === 30, { items, parameters: hello, settings: goOn }),
    ).toBeLessThan(1500);
    await pause(100);
    expect(world.sandbox.messages()).toHaveLength(30);
    await timersAreGone(before);
  });

  test('while a robot waits for its rate', async () => {
    const items = Array.from({ length: 25 }, () => ({}));
    expect(
      await cancelWhen(() => world.sandbox.messages().length === 20, {
        items,
        parameters: { sendTo: 'robot', msgtype: 'text', content: 'x' },
      }),
    ).toBeLessThan(1500);
    expect(world.sandbox.messages()).toHaveLength(20);
  });

  test('between two tries of a message', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: -1, times: 9 });
    const before = timers();
    expect(await cancelWhen(() => world.sandbox.calls()['message/send'] === 3, { parameters: hello })).toBeLessThan(
      1000,
    );
    await pause(100);
    expect(world.sandbox.calls()['message/send']).toBe(3);
    await timersAreGone(before);
  });

  test('while everybody waits for the token', async () => {
    world.sandbox.fault({ endpoint: 'gettoken', kind: 'delay', delay_ms: 20_000 });
    expect(
      await cancelWhen(() => world.sandbox.calls()['gettoken'] === 1, {
        items: names.map((to) => ({ to })),
        parameters: toEach,
      }),
    ).toBeLessThan(1500);
    expect(world.sandbox.calls()).toEqual({ gettoken: 1 });
  });
});
