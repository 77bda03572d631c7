/**
 * What the matrix cannot say as "a fault of a call": WeCom that goes away, clocks that jump, texts that nobody expects.
 */
import { WecomInputError } from '../../core';
import type { Clock } from '../../core';
import { startSandbox } from '../../sandbox';
import type { Sandbox, SandboxMessage } from '../../sandbox';
import { failure, movableClock } from '../core/fake-wecom';
import { coreSender, quickHttp, toldBy } from './core-sender';
import { FLAWLESS, judge } from './judge';
import { receivedBy, sentAs } from './sandbox-side';
import type { Post } from './matrix';

const EXTRA = 5200;
const DAY = 86_400_000;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ extraMembers: EXTRA });
});
afterEach(() => sandbox.close());

const number = (index: number) => String(index).padStart(5, '0');
const posts = (count: number, members: number): Post[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `m${index}`,
    target: { member: `u${number((index % members) + 1)}` },
    kind: 'text',
    text: `#m${index} hello`,
    duplicateCheck: false,
  }));

describe('gettoken that falls silent, when the token has just died', () => {
  async function silentFor(calls: number, count: number) {
    const { send } = coreSender(sandbox, { http: quickHttp(500), clock: movableClock(Date.now()) });
    const all = posts(count, count / 4);
    const sending = Promise.all(all.map((post) => toldBy(post.id, send(post))));
    while (sandbox.messages({ limit: 1000 }).length < count / 3) await new Promise((resolve) => setImmediate(resolve));
    const asked = sandbox.calls()['gettoken'] ?? 0;
    sandbox.revoke();
    sandbox.fault({ endpoint: 'gettoken', kind: 'no_answer', times: calls });
    const told = await sending;
    return {
      verdict: judge(sentAs(all, sandbox), told, receivedBy(sandbox.messages({ limit: 1000 }))),
      failed: told.filter((report) => report.outcome === 'failed'),
      gettokens: (sandbox.calls()['gettoken'] ?? 0) - asked,
    };
  }

  it('twice in the middle of 1000 messages: all arrive, in order, and then it is asked once more', async () => {
    const { verdict, failed, gettokens } = await silentFor(2, 1000);
    expect(verdict).toEqual(FLAWLESS);
    expect(failed).toEqual([]);
    expect(gettokens).toBe(3);
  });
});

describe('WeCom, or a relay before it, that is killed in the middle of 200 messages', () => {
  /** Of each of them one message at most is on its way. */
  const MEMBERS = 25;

  /**
   * Kills the sandbox when 60 messages have arrived; it comes back at the same address after so many milliseconds of
   * core's time.
   */
  async function killedAndBack(awayMs: number) {
    const port = Number(new URL(sandbox.url).port);
    let passed = 0;
    let killedAt: number | undefined;
    let change: Promise<unknown> | undefined;
    const arrived: SandboxMessage[] = [];
    const base = movableClock(Date.now(), (ms) => {
      passed += ms;
      if (killedAt === undefined || passed < killedAt + awayMs) return;
      killedAt = undefined;
      change = startSandbox({ port, extraMembers: EXTRA }).then((back) => (sandbox = back));
    });
    // Nobody wakes up before the sandbox is back, if it is time for it.
    const clock: Clock = {
      ...base,
      sleep: (ms, signal) =>
        base
          .sleep(ms, signal)
          .then(() => change)
          .then(() => undefined),
    };
    const { send } = coreSender(sandbox, { http: quickHttp(2_000), clock });
    const all = posts(200, MEMBERS);
    const sending = Promise.all(all.map((post) => toldBy(post.id, send(post))));
    while (sandbox.messages().length < 60) await new Promise((resolve) => setImmediate(resolve));
    const closing = sandbox.close();
    killedAt = passed;
    arrived.push(...sandbox.messages());
    await closing;
    const told = await sending;
    await change;
    if (change) arrived.push(...sandbox.messages());
    return {
      verdict: judge(sentAs(all, sandbox), told, receivedBy(arrived)),
      failed: told.filter((report) => report.outcome === 'failed'),
      arrived,
    };
  }

  it('and comes back after 30 s: all others arrive in order; only those that were on their way are in doubt, and say so', async () => {
    const { verdict, failed, arrived } = await killedAndBack(30_000);
    expect(verdict).toEqual(FLAWLESS);
    expect(failed.length).toBeLessThanOrEqual(MEMBERS);
    expect(failed.every(({ claim }) => claim === 'unknown')).toBe(true);
    expect(arrived.length).toBeGreaterThanOrEqual(200 - failed.length);
  });

  it('and does not come back: every message that did not arrive is reported', async () => {
    const { verdict, failed, arrived } = await killedAndBack(DAY);
    expect(verdict).toEqual(FLAWLESS);
    expect(failed.length).toBeGreaterThanOrEqual(200 - arrived.length);
    expect(failed.filter(({ claim }) => claim === 'unknown').length).toBeLessThanOrEqual(MEMBERS);
  });
});

it.each([
  ['a day ahead', [DAY]],
  ['a day back', [-DAY]],
  ['a day ahead and back again', [DAY, -DAY]],
  ['to 1970 and back', [-1_700_000_000_000, 1_700_000_000_000]],
])('a clock that jumps %s in the middle, tokens and uploads in hand, loses nothing', async (_, jumps) => {
  const clock = movableClock(Date.now());
  const { send } = coreSender(sandbox, { http: quickHttp(5_000), clock });
  const all = posts(120, 10).map((post, index): Post => (index % 10 === 0 ? { ...post, kind: 'video' } : post));
  let count = 0;
  const told = await Promise.all(
    all.map(async (post) => {
      const report = await toldBy(post.id, send(post));
      count += 1;
      if (count % 20 === 0) clock.move(jumps[(count / 20) % jumps.length] as number);
      return report;
    }),
  );
  expect(judge(sentAs(all, sandbox), told, receivedBy(sandbox.messages()))).toEqual(FLAWLESS);
  expect(told.every(({ outcome }) => outcome === 'sent')).toBe(true);
});

describe('input that nobody expects', () => {
  const setUp = () =>
    coreSender(sandbox, {
      http: quickHttp(20_000),
      clock: movableClock(Date.now(), (ms) => void sandbox.moveClock(ms)),
    });
  const shown = () =>
    sandbox
      .messages()
      .map(({ received }) => (received['text'] ?? received['markdown']) as { content: string })
      .map(({ content }) => content);

  it('10 000 recipients, half of them twice and in other letters: six requests, everybody once', async () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `u${number(index + 1)}`);
    const touser = [...ids, ...[...ids].reverse().map((id) => id.toUpperCase()), 'zhangsan'];
    const result = await setUp().wecom.send({ touser, msgtype: 'text', text: { content: 'all of you' } });
    expect(result).toMatchObject({ invaliduser: [], parts: 1 });
    expect(result.msgids).toHaveLength(6);
    const got = sandbox.messages().flatMap(({ delivered_to }) => delivered_to);
    expect(got).toHaveLength(5_001);
    expect(new Set(got).size).toBe(5_001);
  });

  it('a batch of recipients that fails is named, and those before it are not sent to again', async () => {
    const { wecom } = setUp();
    sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 0, times: 2 });
    sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 60020 });
    const progress = { sent: [] };
    const message = {
      touser: Array.from({ length: 5_000 }, (_, index) => `u${number(index + 1)}`),
      msgtype: 'text',
      text: { content: 'all of you' },
    };
    await expect(wecom.send(message, { progress })).rejects.toMatchObject({
      errcode: 60020,
      failed: { batch: 3, batches: 5 },
    });
    expect(sandbox.messages()).toHaveLength(2);
    expect((await wecom.send(message, { progress })).msgids).toHaveLength(5);
    const got = sandbox.messages().flatMap(({ delivered_to }) => delivered_to);
    expect([got.length, new Set(got).size]).toEqual([5_000, 5_000]);
  });

  it('a single word of 1 MB: every byte arrives, in order', async () => {
    const word = Array.from({ length: 1_048_576 / 8 }, (_, index) => index.toString(36).padStart(8, 'x')).join('');
    const { wecom } = setUp();
    const { parts } = await wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: word } });
    expect(parts).toBe(512);
    expect(shown().join('') === word).toBe(true);
    expect(sandbox.messages().flatMap(({ dropped_for }) => dropped_for)).toEqual([]);
  }, 20_000);

  /**
   * Equal parts are numbered, because WeCom drops the second of two equal messages. Blanks at the cuts are left out;
   * NUL and lone surrogates become U+FFFD.
   */
  const bare = (text: string) => text.toWellFormed().replaceAll(nul, '\uFFFD').replace(/\s/g, '');
  const content = () =>
    bare(
      shown()
        .map((part) => part.replace(/^\(\d+\/\d+\)\n/, ''))
        .join(''),
    );
  const nul = String.fromCharCode(0);
  it.each([
    ['NUL bytes', `a${nul}b `.repeat(1500)],
    ['right-to-left text', 'שלום עולם، مرحبا بالعالم. '.repeat(150)],
    ['emoji families', '👨‍👩‍👧‍👦🏳️‍🌈👍🏽'.repeat(150)],
    ['combining marks without end', `e${'́'.repeat(3000)}`],
    ['nothing but line breaks and a word', `${'\n'.repeat(5000)}end`],
  ])('%s, too long for one message: the parts are the text', async (_, text) => {
    const { parts } = await setUp().wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: text } });
    expect(parts).toBe(shown().length);
    expect(content()).toBe(bare(text));
    for (const part of shown()) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2048);
    expect(
      sandbox
        .messages()
        .every(
          (message) =>
            (message.shown as { content: string }).content ===
            (message.received['text'] as { content: string }).content,
        ),
    ).toBe(true);
  });

  it('emoji families stay families', async () => {
    await setUp().wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: '👨‍👩‍👧‍👦'.repeat(300) } });
    for (const part of shown()) expect(part.replaceAll('👨‍👩‍👧‍👦', '')).toMatch(/^(\(\d+\/\d+\)\n)?$/);
  });

  it.each([
    ['short', 'a\ud800b'],
    ['in a text of three parts', `\udc00${'word '.repeat(1000)}\ud800`],
  ])('lone surrogates, %s, arrive as what stands for them', async (_, text) => {
    await setUp().wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: text } });
    expect(content()).toBe(bare(text));
  });

  it.each([
    ['a font colour that never ends', `<font color="warning">${'urgent words '.repeat(500)}`],
    ['bold that never ends', `**${'bold words '.repeat(500)}`],
    ['a link that never ends', `[${'a name '.repeat(500)}](https://example.com/${'path/'.repeat(300)}`],
    ['a code span that never ends', `\`${'code '.repeat(1000)}`],
    ['tags in the wrong order', `<font color="info">**${'x '.repeat(1500)}</font>**`.repeat(2)],
    ['nothing but opening tags', '<font color="info">'.repeat(400)],
  ])('markdown with %s: a clear error, or messages that hold every word', async (_, text) => {
    const { wecom } = setUp();
    const sending = wecom.send({ touser: 'zhangsan', msgtype: 'markdown', markdown: { content: text } });
    const outcome = await sending.catch((error: unknown) => error);
    if (outcome instanceof WecomInputError) expect(sandbox.messages()).toEqual([]);
    else {
      expect(outcome).toMatchObject({ errcode: 0 });
      for (const part of shown()) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2048);
      const words = (marked: string) => marked.replace(/<[^>]*>?|[*`[\]()\s]/g, '');
      expect(words(content())).toBe(words(text));
    }
  });

  it('a message of megabytes in a field that cannot be divided is one clear error', async () => {
    const { wecom } = setUp();
    const error = await failure(
      wecom.send({
        touser: 'zhangsan',
        msgtype: 'textcard',
        textcard: { title: 'x'.repeat(3_000_000), description: 'd', url: 'https://example.com' },
      }),
      WecomInputError,
    );
    expect(error.message.length).toBeLessThan(1_000);
    expect(sandbox.messages()).toEqual([]);
  });
});
