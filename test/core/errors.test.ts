import { createWecom, parseMessage, WecomApiError, WecomInputError, WecomNetworkError } from '../../core';
import type { WecomError } from '../../core';
import { endpoints } from '../../core/api/endpoints';
import type { Endpoint } from '../../core/api/endpoints';
import { app, clock, failure, fakeWecom } from './fake-wecom';

const SENT = '/cgi-bin/message/send';
const networkError = (delivery: 'not-sent' | 'unknown' = 'unknown') =>
  new WecomNetworkError(delivery, { code: 'ECONNRESET', message: 'the line broke' }, SENT);

function failedAt<E extends WecomError>(
  error: E,
  failed: Partial<NonNullable<WecomError['failed']>>,
  delivered = false,
): E {
  return error.afterRequests(
    { part: 1, parts: 1, batch: 1, batches: 1, ...failed },
    delivered ? ({} as NonNullable<WecomError['delivered']>) : undefined,
  );
}

describe('an error says what happened and what to do', () => {
  it('when our checks said no', () => {
    const error = new WecomInputError([
      { path: 'a.b', label: { en: 'Label', zh: '标签' }, message: { en: 'is wrong', zh: '有误' } },
      { path: 'c', message: { en: 'is missing', zh: '缺失' } },
    ]);
    expect(error.message).toBe('Nothing was sent. Label (a.b) is wrong; c is missing.');
    expect(error.explain('en')).toEqual({
      title: 'Label (a.b) is wrong; c is missing.',
      advice: 'Nothing was sent. Correct the fields above and run again.',
    });
    expect(error.explain('zh')).toEqual({
      title: '标签（a.b）：有误；c：缺失。',
      advice: '消息未发送。请修改上述字段后重试。',
    });
    expect(error.name).toBe('WecomInputError');
  });

  it('when WeCom said no', () => {
    const error = new WecomApiError(999999, 'what?', endpoints.sendMessage);
    expect(error.message).toMatch(
      /^WeCom answered with error 999999 \(WeCom error 999999: what\?\)\. This code is not in our table\./,
    );
    expect(error.explain('en')).toEqual({
      title: 'WeCom answered with error 999999 (WeCom error 999999)',
      advice: error.hint.en,
    });
    expect(error.explain('zh')).toEqual({
      title: '企业微信返回错误 999999（企业微信错误码 999999）',
      advice: error.hint.zh,
    });
    expect(error.name).toBe('WecomApiError');
  });

  it.each([
    ['from ip: 203.0.113.7, more info', '203.0.113.7'],
    ['from ip:2001:db8::1.', '2001:db8::1'],
    ['from ip: nowhere', undefined],
    ['no address', undefined],
  ])('when the IP is not trusted (%j)', (errmsg, ip) => {
    const error = new WecomApiError(60020, errmsg, endpoints.sendMessage);
    expect(error.ip).toBe(ip);
    if (ip === undefined) expect(error.explain('en').advice).not.toContain('The IP to add');
    else {
      expect(error.explain('en').advice).toMatch(new RegExp(`The IP to add is ${ip}\\.$`));
      expect(error.explain('zh').advice).toContain(`需要添加的 IP：${ip}。`);
    }
    expect(new WecomApiError(40001, 'from ip: 203.0.113.7', endpoints.sendMessage).ip).toBeUndefined();
  });

  it('when there was no answer, and whether the message may have arrived', () => {
    expect(networkError().message).toBe(
      'No answer from WeCom: the line broke (ECONNRESET, /cgi-bin/message/send). Whether the message arrived is unknown. Check in WeCom before sending it again.',
    );
    expect(networkError().explain('en')).toEqual({
      title: 'No answer from WeCom: the line broke (ECONNRESET)',
      advice: 'Whether the message arrived is unknown. Check in WeCom before sending it again.',
    });
    expect(networkError().explain('zh')).toEqual({
      title: '未收到企业微信的应答：the line broke（ECONNRESET）',
      advice: '无法确定消息是否已送达。重新发送前请先在企业微信中确认。',
    });
    expect(networkError('not-sent').explain('en').advice).toMatch(/^The message was not sent\. Check the network/);
    expect(networkError('not-sent').explain('zh').advice).toMatch(/^消息未发送。请检查网络/);
  });
});

describe('an error of one request of several', () => {
  it.each<[object, string, string]>([
    [{ part: 2, parts: 3 }, 'Part 2 of 3: ', '第 2 条（共 3 条）：'],
    [{ batch: 2, batches: 3 }, 'Batch 2 of 3 of the recipients: ', '第 2 批接收人（共 3 批）：'],
    [
      { part: 2, parts: 3, batch: 4, batches: 5 },
      'Part 2 of 3, batch 4 of 5 of the recipients: ',
      '第 2 条（共 3 条），第 4 批接收人（共 5 批）：',
    ],
  ])('%j begins with which one', (failed, en, zh) => {
    expect(failedAt(networkError(), failed).explain('en').title).toBe(`${en}${networkError().explain('en').title}`);
    expect(failedAt(networkError(), failed).explain('zh').title).toBe(`${zh}${networkError().explain('zh').title}`);
  });

  it('says what became of the others', () => {
    const advice = (delivered: boolean, language: 'en' | 'zh') =>
      failedAt(networkError(), { part: 2, parts: 3 }, delivered)
        .explain(language)
        .advice.slice(networkError().explain(language).advice.length);
    expect(advice(false, 'en')).toBe(' What comes after it was not sent.');
    expect(advice(false, 'zh')).toBe('之后的部分未发送。');
    expect(advice(true, 'en')).toMatch(/^ What came before it was delivered .*do not send the whole message again\.$/);
    expect(advice(true, 'zh')).toMatch(/^此前的部分已送达.*请勿整条重发。$/);
  });
});

describe('an error after several tries', () => {
  it.each([
    networkError(),
    new WecomApiError(45009, 'too often', endpoints.sendMessage),
    new WecomInputError([{ path: 'a', message: { en: 'is wrong', zh: '有误' } }]),
  ])('is a new one that says how many and how long: %#', (error) => {
    const tried = error.afterTries(3, 2345);
    expect(tried).not.toBe(error);
    expect(tried).toBeInstanceOf(error.constructor);
    expect({ ...tried, tries: undefined, elapsedMs: undefined }).toEqual({
      ...error,
      tries: undefined,
      elapsedMs: undefined,
    });
    expect([tried.tries, tried.elapsedMs, tried.message]).toEqual([
      3,
      2345,
      `${error.message} Tried 3 times in 2.3 s.`,
    ]);
    expect(tried.explain('en').title).toBe(`${error.explain('en').title}, after 3 tries in 2.3 s`);
    expect(tried.explain('zh').title).toBe(`${error.explain('zh').title}（2.3 秒内尝试了 3 次）`);
    expect(error.message).not.toContain('Tried');
  });
});

describe('an error that is told more about', () => {
  it.each([
    networkError(),
    new WecomApiError(45009, 'too often', endpoints.sendMessage),
    new WecomInputError([{ path: 'a', message: { en: 'is wrong', zh: '有误' } }]),
  ])('stays as it was, and the new one keeps what was known: %#', (error) => {
    const before = [error.message, { ...error }];
    const tried = error.afterTries(2, 1000);
    const placed = failedAt(tried, { part: 2, parts: 3 }, true);
    expect([error.message, { ...error }]).toEqual(before);
    expect([tried.failed, tried.delivered]).toEqual([undefined, undefined]);
    expect(placed).toMatchObject({ tries: 2, elapsedMs: 1000, failed: { part: 2, parts: 3 }, delivered: {} });
    expect(placed.message).toBe(tried.message);
  });
});

describe('the cause of a missing answer', () => {
  it('is an error that says what broke, and where', () => {
    const { cause } = new WecomNetworkError(
      'unknown',
      {
        code: 'ECONNRESET',
        message: 'a\nb',
        zh: '中',
        stack: 'Error: a\nb\n    at connect (node:net:1:2)\n    at go (x:3)',
      },
      SENT,
    );
    expect(cause).toBeInstanceOf(Error);
    expect(cause).toMatchObject({ name: 'NetworkCause', code: 'ECONNRESET', message: 'a b', zh: '中' });
    expect(cause.stack).toBe('NetworkCause: a b\n    at connect (node:net:1:2)\n    at go (x:3)');
  });

  it('has a stack of its own when nothing below had one', () => {
    expect(networkError().cause.stack).toMatch(/^(NetworkCause|Error): the line broke\n {4}at /);
  });

  it('is short, however long the stack it stems from', () => {
    const stack = `Error: ${'x'.repeat(1_000_000)}\n${`    at ${'y'.repeat(5_000)}\n`.repeat(1_000)}`;
    const { cause } = new WecomNetworkError('unknown', { code: 'C', message: 'x', stack }, SENT);
    expect((cause.stack ?? '').length).toBeLessThan(12_000);
  });

  it('is the same one when more is told of the error', () => {
    const error = networkError();
    expect(error.afterTries(2, 1).cause).toBe(error.cause);
  });
});

describe('an error about very much that is wrong', () => {
  const wrong = { en: 'is wrong', zh: '有误' };
  const mistakes = (paths: readonly string[]) => new WecomInputError(paths.map((path) => ({ path, message: wrong })));
  const entries = (count: number, name = 'touser') => Array.from({ length: count }, (_, index) => `${name}[${index}]`);

  it('names every field, however many there are', () => {
    const fields = Array.from({ length: 300 }, (_, index) => `field_${index}`);
    const error = mistakes(fields);
    expect(error.issues.map(({ path }) => path)).toEqual(fields);
    expect(error.message).not.toContain('more');
  });

  it('names every field of a card of which everything is wrong, with its limit and its value', () => {
    const long = 'x'.repeat(2049);
    const card = {
      card_type: 'text_notice',
      source: { icon_url: 7, desc: 7, desc_color: 7 },
      main_title: { title: 7, desc: 7 },
      emphasis_content: { title: 7, desc: 7 },
      sub_title_text: 7,
      quote_area: { type: 1, url: `https://${long}`, title: 7, quote_text: 7 },
      horizontal_content_list: [
        { type: 9, keyname: 7 },
        { type: 1, keyname: 7, value: 7, url: 'x y' },
        { type: 2, keyname: 7 },
        { type: 3, keyname: 7 },
      ],
      jump_list: [
        { type: 9, title: 7 },
        { type: 1, title: 7, url: long },
      ],
      card_action: { type: 1, url: `https://${long}` },
      task_id: 'what?',
      nonsense: 1,
    };
    const error = inputError(() =>
      parseMessage(
        {
          touser: [{}, {}],
          msgtype: 'template_card',
          enable_id_trans: 7,
          enable_duplicate_check: 7,
          duplicate_check_interval: 99_999,
          template_card: card,
        },
        'app',
      ),
    );
    const named = error.issues.map(({ path }) => path.replace('template_card.', ''));
    expect(named).toEqual(
      expect.arrayContaining([
        'touser[0]',
        'touser[1]',
        'enable_id_trans',
        'enable_duplicate_check',
        'duplicate_check_interval',
        'source.icon_url',
        'source.desc',
        'main_title.title',
        'main_title.desc',
        'emphasis_content.title',
        'emphasis_content.desc',
        'sub_title_text',
        'quote_area.url',
        'quote_area.title',
        'quote_area.quote_text',
        'horizontal_content_list[0].keyname',
        'horizontal_content_list[1].keyname',
        'horizontal_content_list[2].keyname',
        'horizontal_content_list[3].keyname',
        'jump_list[0].title',
        'jump_list[1].title',
        'jump_list[1].url',
        'card_action.url',
        'task_id',
        'nonsense',
      ]),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(error.issues.find(({ path }) => path === 'template_card.quote_area.url')).toMatchObject({
      limit: 2048,
      actual: 2057,
    });
  });

  it('names the first 20 wrong entries of a list and says how many more there are, in both languages', () => {
    const error = mistakes(entries(10_000));
    expect(error.issues).toHaveLength(20);
    expect(error.message).toContain('touser[19] is wrong (and 9980 more).');
    expect(error.explain('zh').title).toContain('touser[19]：有误（另有 9980 处问题）。');
    expect(error.copy().message).toBe(error.message);
    expect(mistakes(entries(20)).message).not.toContain('more');
  });

  it('counts each list by itself, and hides no field behind one', () => {
    const error = mistakes([
      ...entries(1000),
      ...entries(30, 'toparty'),
      'safe',
      ...entries(21, 'totag'),
      'text.content',
    ]);
    expect(error.issues).toHaveLength(62);
    expect(error.message).toMatch(
      /touser\[19\] is wrong \(and 980 more\);.*toparty\[19\] is wrong \(and 10 more\); safe is wrong;.*totag\[19\] is wrong \(and 1 more\); text\.content is wrong\.$/,
    );
  });

  it('names all that is wrong in an entry, and counts the entries that are left out once', () => {
    const error = mistakes(entries(50, 'news.articles').flatMap((entry) => [`${entry}.title`, `${entry}.url`]));
    expect(error.issues.map(({ path }) => path).slice(-2)).toEqual([
      'news.articles[19].title',
      'news.articles[19].url',
    ]);
    expect(error.message).toContain('news.articles[19].url is wrong (and 30 more).');
  });

  it('does the same for lists in lists, which do not multiply', () => {
    const error = mistakes(
      entries(100, 'select_list').flatMap((entry) => [`${entry}.title`, ...entries(100, `${entry}.option_list`)]),
    );
    expect(error.issues).toHaveLength(40);
    expect(error.message).toContain('(and 1980 more)');
    expect(error.message).toContain('(and 80 more)');
  });

  it('does so for names that nothing has', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`unknown${index}`, 1]));
    for (const [where, message] of [
      ['', { text: { content: 'x' }, ...many }],
      ['text.', { text: { content: 'x', ...many } }],
    ] as const) {
      const error = inputError(() => parseMessage({ touser: 'zhangsan', msgtype: 'text', ...message }, 'app'));
      expect(error.issues).toHaveLength(20);
      expect(error.message).toContain(`${where}unknown19 is not a field here`);
      expect(error.message).toContain('(and 980 more)');
    }
  });

  it('says of a list of 100,000 objects that it is too long', () => {
    const card = {
      card_type: 'text_notice',
      main_title: { title: 'x' },
      card_action: { type: 1, url: 'https://x.test' },
      horizontal_content_list: Array.from({ length: 100_000 }, () => ({ a: 1 })),
    };
    const error = inputError(() =>
      parseMessage({ touser: 'zhangsan', msgtype: 'template_card', template_card: card }, 'app'),
    );
    expect(error.issues).toEqual([
      expect.objectContaining({ path: 'template_card.horizontal_content_list', limit: 6, actual: 100_000 }),
    ]);
  });

  it('is no longer for a million entries, and quotes no text of megabytes', () => {
    expect(mistakes(entries(1_000_000)).message.length).toBeLessThan(mistakes(entries(100)).message.length + 10);
    const text = 'x'.repeat(10_000_000);
    const error = new WecomInputError([{ path: text, message: { en: text, zh: text } }]);
    expect(error.message.length + error.explain('zh').title.length).toBeLessThan(5_000);
    expect(error.copy().message).toBe(error.message);
  });
});

describe('what an error quotes stands in one line, so that nobody forges a line of a log or colours a terminal', () => {
  const forged = 'A\n25 Nov 08:00:00 - [info] forged\r\n\u2028\u001b[2J\u0007\u0085\u202e';
  const inOneLine = /^[^\p{Cc}\p{Zl}\p{Zp}\u202e]*$/u;

  it.each([
    [
      'a wrong value or name of a field',
      new WecomInputError([
        { path: `articles[0].${forged}`, message: { en: `"${forged}" is wrong`, zh: `“${forged}”有误` } },
      ]),
    ],
    ['what WeCom says', new WecomApiError(40058, forged, endpoints.sendMessage)],
    ['what the network says', new WecomNetworkError('not-sent', { code: 'EPROTO', message: forged }, SENT)],
  ])('%s', (_name, error) => {
    const { title, advice } = error.explain('en');
    const inChinese = error.explain('zh');
    const errmsg = error instanceof WecomApiError ? error.errmsg : '';
    for (const text of [error.message, title, advice, inChinese.title, inChinese.advice, errmsg])
      expect(text).toMatch(inOneLine);
    expect(error.message).toContain('A 25 Nov 08:00:00 - [info] forged [2J');
  });

  it('and what WeCom says is cut, not megabytes long', () => {
    const error = new WecomApiError(
      60020,
      `not allow to access from your ip, from ip: 1.2.3.4, ${'x'.repeat(1_000_000)}`,
      endpoints.sendMessage,
    );
    expect([error.errmsg.length, error.ip, error.copy().ip]).toEqual([1001, '1.2.3.4', '1.2.3.4']);
    expect(error.message.length).toBeLessThan(2_000);
  });
});

test('what is no number is not called one', () => {
  for (const [value, name] of [
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
  ] as const) {
    const error = inputError(() =>
      parseMessage(
        { touser: 'zhangsan', msgtype: 'text', text: { content: 'x' }, duplicate_check_interval: value },
        'app',
      ),
    );
    expect(error.message).toContain(`(duplicate_check_interval) must be a number, but is ${name}.`);
  }
});

test('a success that must not be believed leaves open only what would have been delivered', () => {
  const delivery = (endpoint: Endpoint) => new WecomApiError(0, 'ok. Warning: wrong json format. ', endpoint).delivery;
  const { sendMessage, sendToChat, sendToRobot, updateTemplateCard, getToken, uploadMedia, uploadRobotMedia } =
    endpoints;
  expect([sendMessage, sendToChat, sendToRobot, updateTemplateCard].map(delivery)).toEqual(Array(4).fill('unknown'));
  expect([getToken, uploadMedia, uploadRobotMedia].map(delivery)).toEqual(Array(3).fill('not-sent'));
});

describe('what a server wrote', () => {
  it('is kept up to 1000 characters, by WeCom as by what else answers', () => {
    const text = `${'x'.repeat(999)}${'\u{1f600}'.repeat(500_000)}`;
    const error = new WecomApiError(40001, text, endpoints.sendMessage);
    expect([error.errmsg.length, error.errmsg.isWellFormed(), error.copy().errmsg === error.errmsg]).toEqual([
      1001,
      true,
      true,
    ]);
    expect(error.message.length).toBeLessThan(2_000);
    expect(new WecomApiError(40001, 'x'.repeat(1000), endpoints.sendMessage).errmsg).toBe('x'.repeat(1000));
  });

  it('is kept without a secret, also where it is cut', async () => {
    for (const [secret, at] of [
      ['canary-secret', 990],
      ['canary-secret', 5000],
    ] as const) {
      const { http } = fakeWecom({
        gettoken: { errcode: 40001, errmsg: `${'x'.repeat(at)}${secret}${'x'.repeat(2000)}` },
      });
      const error = await failure(
        createWecom({ app: { ...app, secret }, http, clock }).send({
          touser: 'a',
          msgtype: 'text',
          text: { content: 'x' },
        }),
        WecomApiError,
      );
      expect(error.errmsg).toHaveLength(1001);
      expect(error.message).not.toContain('canary');
    }
    const broken = fakeWecom({
      gettoken: Object.assign(new Error(`x${'y'.repeat(1_000_000)}`), { code: 'HPE_INVALID' }),
    });
    const error = await failure(
      createWecom({ app, http: broken.http, clock }).send({ touser: 'a', msgtype: 'text', text: { content: 'x' } }),
      WecomNetworkError,
    );
    expect(error.cause.message).toHaveLength(1001);
  });
});

/** What a check throws. */
function inputError(check: () => unknown): WecomInputError {
  try {
    check();
  } catch (error) {
    if (error instanceof WecomInputError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}
