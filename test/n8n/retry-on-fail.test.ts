import type { IDataObject, INode } from 'n8n-workflow';

import { inspectDeep, send, SEND } from './engine';
import type { Run } from './engine';
import { credentialOf, hello, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox();
useFastTime(world);
const retry: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const goOn: Partial<INode> = { onError: 'continueRegularOutput' };
const REFUSED = { endpoint: 'message/send', kind: 'errcode', errcode: 40058 } as const;
const toEach = { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'text', content: 'hello' };
const good = (...names: string[]): IDataObject[] => names.map((name) => ({ to: name }));
const sentTo = () => world.sandbox.messages().map(({ received }) => received['touser']);
const contents = () =>
  world.sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content);
/** Four messages long. */
const long = Array.from({ length: 100 }, (_, line) => `${String(line).padStart(3, '0')} ${'x'.repeat(60)}`).join('\n');
const lines = (texts: readonly string[]) => texts.join('\n').match(/^\d{3}/gm);
const pass = (times = 1) => world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 0, times });
const remembered = (run: Run) => run.data.data.executionData!.contextData[`node:${SEND}`];
const attempt = (options: Omit<Parameters<typeof send>[0], 'credential'>) =>
  send({ credential: credentialOf(world.sandbox), ...options });

describe('Retry On Fail', () => {
  test.each([
    ['stops on errors', retry],
    ['continues', { ...retry, ...goOn }],
  ])('sends of a long text only the parts that are missing, in a node that %s', async (_, settings) => {
    pass();
    world.sandbox.fault({ ...REFUSED });
    const run = await attempt({ parameters: { ...hello, content: long }, settings });
    expect(lines(contents())).toEqual(lines([long]));
    expect(run.items(SEND)[0]!.json).toMatchObject({
      errcode: 0,
      parts: contents().length,
      msgids: world.sandbox.messages().map(({ msgid }) => msgid),
    });
  });

  test('a part in doubt ends it: neither it nor the parts before are sent again', async () => {
    pass();
    world.sandbox.fault({ endpoint: 'message/send', kind: 'reset_after_read' });
    const { error } = (await attempt({ parameters: { ...hello, content: long }, settings: retry })).last(SEND);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^Part 2 of \d: No answer from WeCom/),
      context: { wecom: { delivery: 'unknown', failed: { part: 2 }, delivered: { msgids: [expect.any(String)] } } },
    });
    expect(contents()).toHaveLength(2);
  });

  test('40 items, some of which fail twice: each arrives once', async () => {
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
    const items = Array.from({ length: 40 }, (_, index) => ({ to: names[index % 10]!, index }));
    pass(7);
    world.sandbox.fault({ ...REFUSED });
    pass(9);
    world.sandbox.fault({ ...REFUSED });
    const run = await attempt({
      items,
      parameters: { ...toEach, content: '={{ "message " + $json.index }}' },
      settings: retry,
    });
    expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual(items.map(() => 0));
    expect(contents().sort()).toEqual(items.map(({ index }) => `message ${index}`).sort());
  });

  const card = {
    recipientsFrom: 'ids',
    touser: 'zhangsan',
    msgtype: 'button_interaction',
    main_title_title: 'Approve?',
    button_list: { entries: [{ text: 'Yes', key: 'yes' }] },
  };
  test.each([
    [
      'WeCom has forgotten it',
      { ...hello, options: { enable_duplicate_check: true, duplicate_check_interval: 1, timeout: 200 } },
    ],
    ['the repetition would be another card', { ...card, options: { enable_duplicate_check: true, timeout: 200 } }],
  ])(
    'a message in doubt is not repeated when %s',
    async (_, parameters) => {
      world.sandbox.fault({ endpoint: 'message/send', kind: 'no_answer', times: 9 });
      const run = await attempt({ parameters, settings: { ...retry, waitBetweenTries: 1100 } });
      expect(run.last(SEND).error!.description).toContain('Whether the message arrived is unknown');
      expect(world.sandbox.messages()).toHaveLength(1);
    },
    20_000,
  );

  test('a run that succeeded leaves nothing behind', async () => {
    world.sandbox.fault({ ...REFUSED });
    expect(remembered(await attempt({ items: good('lisi', 'alice'), parameters: toEach, settings: retry }))).toEqual(
      {},
    );
    expect(remembered(await attempt({ items: good('lisi', 'alice'), parameters: toEach }))).toEqual({});
    world.sandbox.fault({ ...REFUSED });
    expect(remembered(await attempt({ items: good('lisi', 'alice'), parameters: toEach, settings: goOn }))).toEqual({});
  });
});

describe('a failed execution that a person retries', () => {
  test('sends only what was not sent, and gives the results of all', async () => {
    pass(2);
    world.sandbox.fault({ ...REFUSED });
    const items = good('lisi', 'zhangsan', 'alice', 'wangwu');
    const parameters = { ...toEach, options: { messagesAtOnce: 1 } };
    const failed = await attempt({ items, parameters });
    expect(failed.data.status).toBe('error');
    const before = sentTo();
    expect(before.slice(0, 2)).toEqual(['lisi', 'zhangsan']);
    expect(failed.last(SEND).error!.description).toMatch(/ \d other items were sent(, 1 was not)?\.$/);
    const again = await attempt({ items, parameters, retryOf: failed });
    expect(again.data.status).toBe('success');
    expect(sentTo().sort()).toEqual(['alice', 'lisi', 'wangwu', 'zhangsan']);
    expect(again.items(SEND).map(({ json }) => json['errcode'])).toEqual([0, 0, 0, 0]);
    const msgids = new Map(world.sandbox.messages().map(({ received, msgid }) => [received['touser'], msgid]));
    expect(again.items(SEND).map(({ json }) => json['msgid'])).toEqual(items.map(({ to }) => msgids.get(to as string)));
    expect(remembered(again)).toEqual({});
  });

  test('sends of a long text only the parts that are missing', async () => {
    pass();
    world.sandbox.fault({ ...REFUSED });
    const failed = await attempt({ parameters: { ...hello, content: long } });
    expect(contents()).toHaveLength(1);
    await attempt({ parameters: { ...hello, content: long }, retryOf: failed });
    expect(lines(contents())).toEqual(lines([long]));
  });

  test('does not send the rest of another text than the one that was begun', async () => {
    pass();
    world.sandbox.fault({ ...REFUSED });
    const failed = await attempt({ parameters: { ...hello, content: long } });
    const again = await attempt({ parameters: { ...hello, content: long.replaceAll('x', 'y') }, retryOf: failed });
    expect(again.last(SEND).error!.message).toContain('is not the one that was begun');
    expect(contents()).toHaveLength(1);
  });

  test('does not send what is in doubt', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'reset_after_read' });
    const failed = await attempt({ parameters: hello });
    const again = await attempt({ parameters: hello, retryOf: failed });
    expect(again.last(SEND).error!.description).toContain('Whether the message arrived is unknown');
    expect(world.sandbox.messages()).toHaveLength(1);
  });
});

describe('an item that stops the node', () => {
  test('lets what comes before it arrive, starts nothing after it, and says what became of the others', async () => {
    const names = ['zhangsan', 'lisi', 'alice'];
    const items = Array.from({ length: 60 }, (_, index) => ({ to: index === 30 ? 'nobody!' : names[index % 3]! }));
    const { error } = (await attempt({ items, parameters: toEach })).last(SEND);
    expect(error).toMatchObject({
      message: expect.stringContaining('is not a user ID'),
      description: expect.stringMatching(/30 other items were sent, 29 were not\.$/),
      context: { itemIndex: 30, wecom: { otherItems: { sent: 30, inPart: 0, inDoubt: 0, notSent: 29 } } },
    });
    expect(world.sandbox.messages()).toHaveLength(30);
  });

  test('ends the waiting of the others for a rate', async () => {
    const items = Array.from({ length: 40 }, (_, index) => ({ to: index === 39 ? 'ghost' : 'zhangsan' }));
    world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 40058, times: 1 });
    const { error } = (await attempt({ items, parameters: toEach })).last(SEND);
    expect(error).toMatchObject({ context: { itemIndex: 0 } });
    expect(world.sandbox.messages().length).toBeLessThan(9);
  });

  test('is the first of those that failed, whichever failed first', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 300 });
    world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 40058 });
    const { error } = (await attempt({ items: good('ghost', 'lisi', 'alice'), parameters: toEach })).last(SEND);
    expect(error).toMatchObject({ context: { itemIndex: 0 }, httpCode: '81013' });
  });
});

test('nothing that is remembered holds a secret or a token', async () => {
  const credential = credentialOf(world.sandbox);
  const { access_token } = (await (
    await fetch(
      `${world.sandbox.url}/cgi-bin/gettoken?corpid=${credential['corpId'] as string}&corpsecret=${credential['secret'] as string}`,
    )
  ).json()) as { access_token: string };
  const seen: Run[] = [];
  for (const fault of [
    { kind: 'reset_after_read' },
    { kind: 'http', status: 500 },
    { kind: 'errcode', errcode: -1, times: 9 },
  ] as const) {
    pass();
    world.sandbox.fault({ endpoint: 'message/send', ...fault });
    seen.push(await attempt({ parameters: { ...hello, content: long } }));
  }
  seen.push(
    await attempt({
      items: Array.from({ length: 40 }, () => ({})),
      parameters: { ...hello, options: { rateLimits: 'fail' } },
    }),
  );
  const everything = seen.map((run) => inspectDeep(run)).join('\n');
  expect(everything).toContain('otherItems');
  for (const run of seen) expect(Object.keys(remembered(run) as object)).toEqual(['0']);
  for (const secret of [credential['secret'] as string, access_token]) expect(everything).not.toContain(secret);
});
