import type { INode } from 'n8n-workflow';

import { send, SEND } from './engine';
import { credentialOf, hello, robotCredentialOf, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox({ extraMembers: 50 });
const time = useFastTime(world);
const goOn: Partial<INode> = { onError: 'continueRegularOutput' };
const items = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const numbered = { ...hello, content: '={{ "message " + $json.index }}' };
const attempt = (count: number, parameters: Parameters<typeof send>[0]['parameters'], settings: Partial<INode> = {}) =>
  send({
    credential: credentialOf(world.sandbox),
    robot: robotCredentialOf(world.sandbox),
    items: items(count),
    parameters,
    settings,
  });
const dropped = () => world.sandbox.messages().filter(({ dropped_for }) => dropped_for.length > 0);
const hints = (run: Awaited<ReturnType<typeof send>>) =>
  (run.last(SEND).hints ?? []).map(({ message, type, location }) => ({ message, type, location }));

describe('100 messages to one member', () => {
  test('all arrive: those above 30 a minute wait, and a hint says so', async () => {
    const run = await attempt(100, numbered);
    expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual(items(100).map(() => 0));
    expect(world.sandbox.messages({ member: 'zhangsan' })).toHaveLength(100);
    expect(dropped()).toEqual([]);
    expect(time.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(170_000);
    expect(hints(run)).toEqual([
      {
        message: expect.stringMatching(
          /^\d\d messages waited up to \d min to keep WeCom's limit of 30 messages a minute and 1,000 an hour per member\.$/,
        ),
        type: 'info',
        location: 'outputPane',
      },
    ]);
  });

  test('fail above 30 if somebody says so: an error of its own, nothing of it is sent', async () => {
    const run = await attempt(31, { ...numbered, options: { rateLimits: 'fail' } }, goOn);
    expect(world.sandbox.calls()['message/send']).toBe(30);
    expect(run.items(SEND).filter(({ json }) => json['errcode'] === 0)).toHaveLength(30);
    expect(run.items(SEND)[30]!.json).toEqual({
      error: expect.stringContaining('more than 30 messages in a minute'),
      details: {
        code: 'RATE_LIMIT',
        reason: 'member',
        waitMs: expect.any(Number),
        description: expect.stringMatching(/^Nothing was sent\. Send it again in \d+ s, or set Rate Limits to Wait\.$/),
      },
    });
    expect(time.waits).toEqual([]);
  });

  test('are sent at once if somebody says so, and WeCom drops what is above', async () => {
    await attempt(35, { ...numbered, options: { rateLimits: 'off' } });
    expect(time.waits).toEqual([]);
    expect(dropped()).toHaveLength(5);
  });
});

test.each([
  ['an app', numbered, 15],
  ['a robot', { sendTo: 'robot', msgtype: 'text', content: '={{ "message " + $json.index }}' }, 10],
] as const)('of two processes, each sends half of what WeCom takes from %s', async (_, parameters, share) => {
  const processes = 2;
  const run = await send({
    credential: { ...credentialOf(world.sandbox), processes },
    robot: { ...robotCredentialOf(world.sandbox), processes },
    items: items(20),
    parameters: { ...parameters, options: { rateLimits: 'fail' } },
    settings: goOn,
  });
  expect(run.items(SEND).filter(({ json }) => json['errcode'] === 0)).toHaveLength(share);
  expect(world.sandbox.messages()).toHaveLength(share);
});

describe('a message that would wait longer than it may', () => {
  const errors = (run: Awaited<ReturnType<typeof send>>) => run.items(SEND).filter(({ json }) => 'error' in json);

  test('fails after at most five minutes, unless somebody says so: what was reported as not sent never arrives', async () => {
    const run = await attempt(210, numbered, goOn);
    const sent = run
      .items(SEND)
      .filter(({ json }) => json['errcode'] === 0)
      .map(({ pairedItem }) => (pairedItem as { item: number }).item);
    expect(sent).toEqual(items(sent.length).map(({ index }) => index));
    expect(sent.length).toBeGreaterThanOrEqual(150);
    expect(sent.length).toBeLessThanOrEqual(180);
    expect(errors(run)).toHaveLength(210 - sent.length);
    for (const { json } of errors(run))
      expect(json['details']).toMatchObject({
        code: 'RATE_LIMIT',
        description: expect.stringMatching(/^Nothing was sent\./),
      });
    expect(world.sandbox.messages()).toHaveLength(sent.length);
    expect(dropped()).toEqual([]);
    expect(time.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(300_000);
  });

  test('fails at once if it is clear from the start', async () => {
    const run = await attempt(33, { ...numbered, options: { longestWait: 20 } }, goOn);
    expect(time.waits).toEqual([]);
    expect(errors(run)).toHaveLength(3);
    expect(errors(run)[0]!.json['details']).toMatchObject({
      code: 'RATE_LIMIT',
      reason: 'member',
      description: expect.stringMatching(/^Nothing was sent\. Send it again in \d+ s, or let it wait longer\.$/),
    });
    expect(world.sandbox.messages()).toHaveLength(30);
  });

  test('waits for half an hour if somebody says so', async () => {
    const run = await attempt(210, { ...numbered, options: { longestWait: 1800 } });
    expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual(items(210).map(() => 0));
    expect(dropped()).toEqual([]);
  });

  test('is told apart from those that were sent when the node stops', async () => {
    const run = await attempt(33, { ...numbered, options: { longestWait: 20 } });
    expect(run.last(SEND).error).toMatchObject({
      context: { wecom: { code: 'RATE_LIMIT', otherItems: { sent: 30, inPart: 0, inDoubt: 0, notSent: 2 } } },
    });
  });
});

test('messages to departments and everyone count for every member', async () => {
  await attempt(30, { ...numbered, sendTo: 'everyone' });
  expect(time.waits).toEqual([]);
  const run = await attempt(1, hello);
  expect(dropped()).toEqual([]);
  expect(hints(run)[0]!.message).toMatch(/^1 message waited up to \d+ s to keep WeCom's limit of 30 messages/);
});

test('a robot sends 20 a minute, and the others wait', async () => {
  const run = await attempt(45, { sendTo: 'robot', msgtype: 'text', content: '={{ "message " + $json.index }}' });
  expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual(items(45).map(() => 0));
  expect(world.sandbox.calls()).toEqual({ 'webhook/send': 45 });
  expect(world.sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content)).toEqual(
    items(45).map(({ index }) => `message ${index}`),
  );
  expect(hints(run)[0]!.message).toContain('20 messages a minute per group robot');
});

test('a pause that WeCom imposes is waited for', async () => {
  world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 45009 });
  const run = await attempt(1, hello);
  expect(run.items(SEND)[0]!.json).toMatchObject({ errcode: 0 });
  expect(hints(run).map(({ message }) => message)[0]).toContain('because WeCom took no calls for a while (45009)');
});

test('a message that was tried again says so', async () => {
  world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: -1, times: 2 });
  expect(hints(await attempt(1, hello))).toEqual([
    {
      message: expect.stringMatching(
        /^1 message was tried again, after up to \d\.\d s, because a call to WeCom failed\.$/,
      ),
      type: 'info',
      location: 'outputPane',
    },
  ]);
});

test('nothing is said when nothing had to wait', async () => {
  expect(hints(await attempt(5, numbered))).toEqual([]);
});

test('an error names how often it was tried', async () => {
  world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: -1, times: 9 });
  const [item] = (await attempt(1, hello, goOn)).items(SEND);
  expect(item!.json).toMatchObject({
    error: expect.stringMatching(/, after 4 tries in \d+\.\d s$/),
    details: { errcode: -1, tries: 4, elapsedMs: expect.any(Number) },
  });
});

test.each([
  [{ longestWait: '={{ "long" }}' }, 'Longest Wait must be a number of seconds, 0 or more'],
  [{ longestWait: -1 }, 'Longest Wait must be a number of seconds, 0 or more'],
  [{ rateLimits: '={{ "sometimes" }}' }, 'Rate Limits must be wait, fail or off'],
  [{ messagesAtOnce: '={{ 0 }}' }, 'Messages at Once must be a whole number from 1 to 64'],
  [{ messagesAtOnce: '={{ 65 }}' }, 'Messages at Once must be a whole number from 1 to 64'],
  [{ messagesAtOnce: '={{ "many" }}' }, 'Messages at Once must be a whole number from 1 to 64'],
])('an option that is none is refused: %j', async (options, message) => {
  const { error } = (await attempt(1, { ...hello, options })).last(SEND);
  expect(error).toMatchObject({ message, description: expect.stringContaining('Nothing was sent. Correct Options →') });
  expect(world.sandbox.calls()).toEqual({});
});
