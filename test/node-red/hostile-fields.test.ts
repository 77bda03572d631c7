/** Every property that the node reads from a message, with every value that nobody expects there. */
import { from, nodeRedWithSandbox } from './flow-runner';
import type { FlowMessage } from './flow-runner';

const red = nodeRedWithSandbox();
const escaped: unknown[] = [];
const escape = (error: unknown) => void escaped.push(error);
beforeAll(() => void process.on('unhandledRejection', escape).on('uncaughtException', escape));
afterAll(() => void process.off('unhandledRejection', escape).off('uncaughtException', escape));

const boom = () => {
  throw new Error('no access');
};
const cyclic = () => {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
};
const closed = () =>
  new Proxy({}, { get: boom, has: boom, ownKeys: boom, getOwnPropertyDescriptor: boom, getPrototypeOf: boom });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const values: Record<string, () => unknown> = {
  'a closed Proxy': closed,
  'a revoked Proxy': revoked,
  'a list of closed Proxies': () => [closed(), closed()],
  'a circle': cyclic,
  'a circle in a list': () => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  },
  'a BigInt': () => 10n,
  'a Symbol': () => Symbol('x'),
  'a list of Symbols': () => [Symbol('x')],
  'a function': () => () => 'x',
  'a class': () => class X {},
  'an object whose toString throws': () => ({ toString: boom, valueOf: boom }),
  'an object with Symbol.toPrimitive that throws': () => ({ [Symbol.toPrimitive]: boom }),
  'a list whose entry throws': () => Object.defineProperty(['a', 'b'], 1, { get: boom, enumerable: true }),
  'a list with holes': () => [, 'a'],
  'a 10 MB string': () => 'x'.repeat(10_000_000),
  '100,000 entries': () => Array.from({ length: 100_000 }, (_, index) => `user${index}|`),
  '100,000 objects': () => Array.from({ length: 100_000 }, () => ({ a: 1 })),
  'a lone surrogate': () => '\ud800',
  NaN: () => NaN,
  Infinity: () => Infinity,
  'a Date that is none': () => new Date(NaN),
  'a Promise that is refused': () => {
    const promise = Promise.reject(new Error('x'));
    promise.catch(() => undefined);
    return promise;
  },
  'a thenable': () => ({ then: boom }),
  'a Map': () => new Map([['a', 1]]),
  'a detached buffer': () => {
    const view = new Uint8Array(8);
    structuredClone(view, { transfer: [view.buffer] });
    return view;
  },
  'an object with __proto__': () => JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{"x":1}}}') as unknown,
};

const places: Record<string, { send: object; message: (value: unknown) => FlowMessage; field: RegExp }> = {
  'payload of a text': { send: {}, message: (value) => ({ payload: value }), field: /Content|Text|内容|文本/i },
  recipients: {
    send: { fields: { touser: from('msg', 'who') } },
    message: (value) => ({ payload: 'x', who: value }),
    field: /Members|成员/,
  },
  'an option': {
    send: { fields: { touser: { type: 'str', value: 'zhangsan' }, duplicate_check_interval: from('msg', 'seconds') } },
    message: (value) => ({ payload: 'x', seconds: value }),
    field: /duplicate_check_interval/,
  },
  'a card': {
    send: {
      msgtype: 'text_notice',
      cardAs: 'json',
      fields: { touser: { type: 'str', value: 'zhangsan' }, 'card.json': from('msg', 'card') },
    },
    message: (value) => ({ card: value }),
    field: /card|卡片/i,
  },
  'a list in a card': {
    send: {
      msgtype: 'text_notice',
      cardAs: 'json',
      fields: { touser: { type: 'str', value: 'zhangsan' }, 'card.json': from('msg', 'card') },
    },
    message: (value) => ({
      card: {
        main_title: { title: 'x' },
        card_action: { type: 1, url: 'https://x.test' },
        horizontal_content_list: value,
      },
    }),
    field: /./,
  },
  'a file': {
    send: {
      msgtype: 'file',
      fields: {
        touser: { type: 'str', value: 'zhangsan' },
        'file.media_id': { ...from('msg', 'file'), source: 'data' },
      },
    },
    message: (value) => ({ file: value }),
    field: /File|文件/,
  },
  'a path': {
    send: {
      msgtype: 'file',
      fields: {
        touser: { type: 'str', value: 'zhangsan' },
        'file.media_id': { ...from('msg', 'file'), source: 'path' },
      },
    },
    message: (value) => ({ file: value }),
    field: /File|文件/,
  },
  reset: { send: {}, message: (value) => ({ payload: 'x', reset: value }), field: /./ },
  'topic and _msgid': { send: {}, message: (value) => ({ payload: 'x', topic: value, _msgid: value }), field: /./ },
};

test.each([
  [
    'a path',
    {
      msgtype: 'file',
      fields: {
        touser: { type: 'str', value: 'zhangsan' },
        'file.media_id': { ...from('msg', 'value'), source: 'path' },
      },
    },
    (text: string) => text,
  ],
  ['a recipient', { fields: { touser: from('msg', 'value') } }, (text: string) => text],
  [
    'the name of a field',
    { msgtype: 'news', fields: { touser: { type: 'str', value: 'zhangsan' }, 'news.articles': from('msg', 'value') } },
    (text: string) => [{ title: 'x', url: 'https://x.test', [text]: 1 }],
  ],
])('%s forges no line of the log and colours no terminal', async (_name, send, valueOf) => {
  const flow = await red.start({ send });
  const { error } = await flow.run({ value: valueOf('x!\n25 Nov 08:00:00 - [info]\u2028forged\u001b[2J') });
  expect(error?.message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]*forged[^\p{Cc}\p{Zl}\p{Zp}]*$/u);
  expect(JSON.stringify(error?.cause)).not.toMatch(/\\n|\\u001b|\u2028/);
});

test('a list with a hole where a recipient belongs sends to nobody', async () => {
  const flow = await red.start({ send: { fields: { touser: from('msg', 'who') } } });
  flow.node.receive({ payload: 'x', who: [, 'zhangsan'] });
  await flow.settled(1);
  expect(flow.caught[0]?.error?.message).toMatch(/touser\[0\].*undefined/);
  expect(red.sandbox.messages()).toEqual([]);
});

test.each(Object.entries(places))(
  '%s',
  async (place, { send, message, field }) => {
    const flow = await red.start({ send });
    const wrong: string[] = [];
    for (const [name, value] of Object.entries(values)) {
      // That is 5,000 messages to one member, which take hours; everything else would wait behind them.
      if (name === 'a 10 MB string' && place === 'payload of a text') continue;
      const before = [flow.sent.length, flow.caught.length, flow.completed.length] as const;
      flow.node.receive(message(value()));
      try {
        await flow.settled(before[0] + before[1] + 1, place === 'reset' ? 200 : 8_000);
      } catch {
        if (place !== 'reset') wrong.push(`${name}: no end`);
        continue;
      }
      await new Promise((resolve) => setImmediate(resolve));
      const [sent, caught, completed] = [
        flow.sent.length - before[0],
        flow.caught.length - before[1],
        flow.completed.length - before[2],
      ];
      if (sent + caught !== 1 || completed !== sent)
        wrong.push(`${name}: sent ${sent}, caught ${caught}, completed ${completed}`);
      const error = caught > 0 ? flow.caught.at(-1)?.error : undefined;
      if (!error) continue;
      if (error.code === 'INTERNAL') wrong.push(`${name}: INTERNAL ${error.message.slice(0, 150)}`);
      if (!field.test(error.message)) wrong.push(`${name}: names no field: ${error.message.slice(0, 150)}`);
      if (error.message.length > 3_000) wrong.push(`${name}: an error of ${error.message.length} characters`);
      if (JSON.stringify(error.cause ?? '').length > 20_000)
        wrong.push(`${name}: a cause of ${JSON.stringify(error.cause).length} characters`);
      try {
        structuredClone(error.cause);
      } catch (problem) {
        wrong.push(`${name}: cannot be cloned: ${String(problem)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(escaped.splice(0)).toEqual([]);
  },
  120_000,
);
