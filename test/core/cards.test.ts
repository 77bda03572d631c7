import { WecomInputError } from '../../core';
import { parseMessage } from '../../core/messages/parse-message';

/** The smallest card of each type, by the field matrix of section 2.12. */
const smallest: Record<string, Record<string, unknown>> = {
  text_notice: { main_title: { title: 'Build failed' }, card_action: { type: 1, url: 'https://example.com' } },
  news_notice: {
    main_title: { title: 'Report' },
    card_image: { url: 'https://example.com/a.png' },
    card_action: { type: 1, url: 'https://example.com' },
  },
  button_interaction: { main_title: { title: 'Approve?' }, button_list: [{ text: 'Yes', key: 'yes' }] },
  vote_interaction: {
    main_title: { title: 'Lunch' },
    checkbox: { question_key: 'q', option_list: [{ id: 'a', text: 'Rice' }] },
    submit_button: { text: 'Send', key: 'submit' },
  },
  multiple_interaction: {
    main_title: { title: 'Order' },
    select_list: [{ question_key: 'size', option_list: [{ id: 's', text: 'S' }] }],
    submit_button: { text: 'Send', key: 'submit' },
  },
};
const robotCards = ['text_notice', 'news_notice'];

const card = (type: string, changes: object = {}) => ({
  msgtype: 'template_card',
  template_card: { card_type: type, ...smallest[type], ...changes },
});
const toApp = (message: object) => ({ touser: 'zhangsan', ...message });

function parse(message: object, destination: 'app' | 'robot' = 'app') {
  return parseMessage(destination === 'app' ? toApp(message) : message, destination);
}

function issues(message: object, destination: 'app' | 'robot' = 'app'): string[] {
  try {
    parse(message, destination);
    return [];
  } catch (error) {
    if (!(error instanceof WecomInputError)) throw error;
    return error.issues.map((issue) => `${issue.path.replace(/^template_card\./, '')}: ${issue.message.en}`);
  }
}

const content = (message: object) => parse(message).content;
const many = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index));

describe.each(Object.keys(smallest))('%s', (type) => {
  it('is accepted in its smallest form', () => {
    expect(issues(card(type))).toEqual([]);
    expect(content(card(type))).toMatchObject({ card_type: type, ...smallest[type] });
  });

  it('names each required part that is missing', () => {
    for (const name of Object.keys(smallest[type]!)) {
      // Of these, one of two is needed, and the message names both.
      expect(issues(card(type, { [name]: undefined }))).toContainEqual(
        expect.stringMatching(new RegExp(`^${name}.*: is missing`)),
      );
    }
  });

  it('names an unknown field with the right one', () => {
    expect(issues(card(type, { main_titel: { title: 'x' } }))).toEqual([
      'main_titel: is not a field here; did you mean main_title?',
    ]);
  });

  it('gets a task_id of its own exactly where WeCom needs one', () => {
    const needs = !robotCards.includes(type);
    const made = [0, 1].map(() => content(card(type))['task_id']);
    expect(made.every((id) => (needs ? /^[0-9A-Za-z_@-]{1,128}$/.test(String(id)) : id === undefined))).toBe(true);
    expect(new Set(made).size).toBe(needs ? 2 : 1);
    expect(content(card(type, { task_id: 'mine-1' }))['task_id']).toBe('mine-1');
  });

  it.each([
    ['has blanks', 'a b'],
    ['is too long', 'a'.repeat(129)],
    ['is Chinese', '任务'],
  ])('refuses a task_id that %s', (_, task_id) => {
    expect(issues(card(type, { task_id }))).toEqual([
      expect.stringMatching(/^task_id: (may hold letters|is \d+ bytes)/),
    ]);
  });
});

describe('the field matrix', () => {
  // Section 2.12: which part belongs to which card.
  const parts: Record<string, unknown> = {
    action_menu: { action_list: [{ text: 'Mute', key: 'mute' }] },
    quote_area: { quote_text: 'q' },
    emphasis_content: { title: '3' },
    sub_title_text: 'text',
    image_text_area: { image_url: 'https://example.com/a.png' },
    card_image: { url: 'https://example.com/a.png' },
    vertical_content_list: [{ title: 'v' }],
    horizontal_content_list: [{ keyname: 'k' }],
    jump_list: [{ type: 1, title: 'j', url: 'https://example.com' }],
    card_action: { type: 1, url: 'https://example.com' },
    button_selection: { question_key: 'q', option_list: [{ id: 'a', text: 'A' }] },
    button_list: [{ text: 'b', key: 'b' }],
    checkbox: { question_key: 'q', option_list: [{ id: 'a', text: 'A' }] },
    select_list: [{ question_key: 'q', option_list: [{ id: 'a', text: 'A' }] }],
    submit_button: { text: 's', key: 's' },
  };
  const takes: Record<string, string[]> = {
    text_notice: [
      'action_menu',
      'quote_area',
      'emphasis_content',
      'sub_title_text',
      'horizontal_content_list',
      'jump_list',
      'card_action',
    ],
    news_notice: [
      'action_menu',
      'quote_area',
      'image_text_area',
      'card_image',
      'vertical_content_list',
      'horizontal_content_list',
      'jump_list',
      'card_action',
    ],
    button_interaction: [
      'action_menu',
      'quote_area',
      'sub_title_text',
      'horizontal_content_list',
      'card_action',
      'button_selection',
      'button_list',
    ],
    vote_interaction: ['checkbox', 'submit_button'],
    multiple_interaction: ['select_list', 'submit_button'],
  };

  it.each(Object.entries(takes))('%s takes its parts and refuses all others', (type, own) => {
    for (const [name, value] of Object.entries(parts)) {
      const found = issues(card(type, { [name]: value }));
      if (own.includes(name)) expect(found).toEqual([]);
      else expect(found).toEqual([expect.stringMatching(new RegExp(`^${name}: is not a field here`))]);
    }
  });

  it.each(Object.keys(smallest))('group robots take %s only if it is a notice', (type) => {
    const found = issues(card(type), 'robot');
    if (robotCards.includes(type)) expect(found).toEqual([]);
    else
      expect(found).toEqual([`card_type: "${type}" is not available for group robots, only text_notice, news_notice`]);
  });

  it('of a robot has no action menu, and its news notice needs the large picture', () => {
    expect(issues(card('text_notice', { action_menu: parts['action_menu'] }), 'robot')).toEqual([
      expect.stringContaining('action_menu: is not a field here'),
    ]);
    expect(
      issues(card('news_notice', { card_image: undefined, image_text_area: parts['image_text_area'] }), 'robot'),
    ).toEqual(['card_image: is missing or empty']);
    expect(issues(card('news_notice', { card_image: undefined, image_text_area: parts['image_text_area'] }))).toEqual(
      [],
    );
  });

  it('of a robot has a main title in any case, while an app may send a text notice of text alone', () => {
    const textOnly = { main_title: undefined, sub_title_text: 'text' };
    expect(issues(card('text_notice', textOnly))).toEqual([]);
    expect(issues(card('text_notice', textOnly), 'robot')).toEqual(['main_title: is missing or empty']);
  });

  it('has no such card as anything else', () => {
    expect(issues(toApp({ msgtype: 'template_card', template_card: { card_type: 'vote_interacton' } }))).toEqual([
      expect.stringContaining('did you mean vote_interaction?'),
    ]);
    expect(issues(toApp({ msgtype: 'template_card', template_card: {} }))).toEqual([
      expect.stringContaining('card_type: is missing'),
    ]);
  });
});

describe('lists', () => {
  const option = (index: number) => ({ id: `o${index}`, text: 'x' });
  const limits: [string, string, (entries: object[]) => object, (index: number) => object, number, number][] = [
    [
      'text_notice',
      'horizontal_content_list',
      (horizontal_content_list) => ({ horizontal_content_list }),
      () => ({ keyname: 'k' }),
      0,
      6,
    ],
    [
      'text_notice',
      'jump_list',
      (jump_list) => ({ jump_list }),
      () => ({ type: 1, title: 't', url: 'https://example.com' }),
      0,
      3,
    ],
    [
      'text_notice',
      'action_menu.action_list',
      (action_list) => ({ action_menu: { desc: 'd', action_list } }),
      (index) => ({ text: 't', key: `k${index}` }),
      1,
      3,
    ],
    [
      'news_notice',
      'vertical_content_list',
      (vertical_content_list) => ({ vertical_content_list }),
      () => ({ title: 't' }),
      0,
      4,
    ],
    [
      'button_interaction',
      'button_list',
      (button_list) => ({ button_list }),
      (index) => ({ text: 't', key: `k${index}` }),
      1,
      6,
    ],
    [
      'button_interaction',
      'button_selection.option_list',
      (option_list) => ({ button_selection: { question_key: 'q', option_list } }),
      option,
      1,
      10,
    ],
    [
      'vote_interaction',
      'checkbox.option_list',
      (option_list) => ({ checkbox: { question_key: 'q', option_list } }),
      option,
      1,
      20,
    ],
    [
      'multiple_interaction',
      'select_list',
      (select_list) => ({ select_list }),
      (index) => ({ question_key: `q${index}`, option_list: [option(0)] }),
      1,
      3,
    ],
    [
      'multiple_interaction',
      'select_list[0].option_list',
      (option_list) => ({ select_list: [{ question_key: 'q', option_list }] }),
      option,
      1,
      10,
    ],
  ];

  it.each(limits)('%s %s: from empty to one too long', (type, path, place, make, min, max) => {
    expect(issues(card(type, place(many(max, make))))).toEqual([]);
    expect(issues(card(type, place(many(max + 1, make))))).toEqual([
      `${path}: has ${max + 1} entries, but must have from ${min} to ${max}`,
    ]);
    expect(issues(card(type, place([])))).toEqual(
      min === 0 ? [] : [expect.stringMatching(/: (has 0 entries|is missing)/)],
    );
  });

  it.each([
    [
      'text_notice',
      'action_menu.action_list[1].key',
      {
        action_menu: {
          action_list: [
            { text: 'a', key: 'k' },
            { text: 'b', key: 'k' },
          ],
        },
      },
    ],
    [
      'button_interaction',
      'button_list[1].key',
      {
        button_list: [
          { text: 'a', key: 'k' },
          { text: 'b', key: 'k' },
        ],
      },
    ],
    [
      'button_interaction',
      'button_selection.option_list[1].id',
      { button_selection: { question_key: 'q', option_list: [option(0), option(0)] } },
    ],
    [
      'vote_interaction',
      'checkbox.option_list[1].id',
      { checkbox: { question_key: 'q', option_list: [option(0), option(0)] } },
    ],
    [
      'multiple_interaction',
      'select_list[1].question_key',
      {
        select_list: [
          { question_key: 'q', option_list: [option(0)] },
          { question_key: 'q', option_list: [option(0)] },
        ],
      },
    ],
  ])('%s: the same %s twice is refused', (type, path, changes) => {
    expect(issues(card(type, changes))).toEqual([`${path}: is the same as in entry 1: it must be unique`]);
  });

  it.each([
    [
      'text_notice',
      'action_menu.action_list[0].key',
      1024,
      (key: string) => ({ action_menu: { action_list: [{ text: 't', key }] } }),
    ],
    ['button_interaction', 'button_list[0].key', 1024, (key: string) => ({ button_list: [{ text: 't', key }] })],
    [
      'vote_interaction',
      'checkbox.question_key',
      1024,
      (question_key: string) => ({ checkbox: { question_key, option_list: [option(0)] } }),
    ],
    [
      'vote_interaction',
      'checkbox.option_list[0].id',
      128,
      (id: string) => ({ checkbox: { question_key: 'q', option_list: [{ id, text: 't' }] } }),
    ],
    ['vote_interaction', 'submit_button.key', 1024, (key: string) => ({ submit_button: { text: 't', key } })],
  ])('%s: %s has at most %i bytes', (type, path, limit, place) => {
    expect(issues(card(type, place('a'.repeat(limit))))).toEqual([]);
    expect(issues(card(type, place(`${'中'.repeat(Math.floor(limit / 3))}aaaa`)))).toEqual([
      expect.stringContaining(`${path}: is `),
    ]);
  });
});

describe('fields that depend on others', () => {
  it.each([
    [{ type: 1 }, 'card_action.url: is missing: it is needed when Opens is "Page" (1)'],
    [{ type: 2 }, 'card_action.appid: is missing: it is needed when Opens is "Mini-Program" (2)'],
    [{ type: 0 }, 'card_action.type: must be one of 1, 2'],
    [{ type: 9, url: 'https://a.b' }, 'card_action.type: must be one of 1, 2'],
  ])('the link of a notice: %j', (card_action, message) => {
    expect(issues(card('text_notice', { card_action }))).toContain(message);
  });

  it.each([
    [{ keyname: 'k', type: 1 }, 'url'],
    [{ keyname: 'k', type: 2 }, 'media_id'],
    [{ keyname: 'k', type: 3 }, 'userid'],
  ])('a row %j needs %s', (row, name) => {
    expect(issues(card('text_notice', { horizontal_content_list: [row] }))).toContainEqual(
      expect.stringContaining(`horizontal_content_list[0].${name}: is missing`),
    );
  });

  it('buttons call back with a key or open a page', () => {
    expect(issues(card('button_interaction', { button_list: [{ text: 'a' }] }))).toEqual([
      expect.stringContaining('button_list[0].key: is missing: it is needed when Tap Action is "Call Back" (0)'),
    ]);
    expect(issues(card('button_interaction', { button_list: [{ text: 'a', type: 1 }] }))).toEqual([
      expect.stringContaining('button_list[0].url: is missing'),
    ]);
    expect(issues(card('button_interaction', { button_list: [{ text: 'a', type: '1', url: 'https://a.b' }] }))).toEqual(
      [],
    );
  });

  it('a text notice needs a title or a text', () => {
    expect(issues(card('text_notice', { main_title: { desc: 'd' } }))).toEqual([
      'main_title.title: is missing: fill in Title or Text',
    ]);
    expect(issues(card('text_notice', { main_title: { desc: 'd' }, sub_title_text: 't' }))).toEqual([]);
  });

  it('an article opens a page or a mini-program, which needs both of its fields', () => {
    const news = (article: object) =>
      issues(toApp({ msgtype: 'news', news: { articles: [{ title: 't', ...article }] } }));
    expect(news({ appid: 'wx', pagepath: 'p' })).toEqual([]);
    expect(news({ appid: 'wx' })).toEqual([
      expect.stringContaining('news.articles[0].pagepath: is missing: it goes together with'),
    ]);
    expect(news({ url: 'https://a.b', pagepath: 'p' })).toEqual([
      expect.stringContaining('news.articles[0].appid: is missing'),
    ]);
    expect(news({})).toEqual(['news.articles[0].url: is missing: fill in URL or Mini-Program App ID']);
  });

  it('parts that were only looked at in a panel are left out', () => {
    const touched = {
      source: { icon_url: '', desc: '', desc_color: 0 },
      quote_area: { type: 0 },
      action_menu: { desc: '', action_list: [] },
      horizontal_content_list: [],
      emphasis_content: {},
    };
    expect(Object.keys(content(card('text_notice', touched)))).toEqual(['card_type', 'main_title', 'card_action']);
  });

  it('the aspect ratio is a number from 1.3 to 2.25', () => {
    expect(issues(card('news_notice', { card_image: { url: 'https://a.b', aspect_ratio: '1.6' } }))).toEqual([]);
    expect(issues(card('news_notice', { card_image: { url: 'https://a.b', aspect_ratio: 3 } }))).toEqual([
      'card_image.aspect_ratio: is 3, but must be from 1.3 to 2.25',
    ]);
  });

  it('a choice of a vote is written out as not checked', () => {
    expect(content(card('vote_interaction'))).toMatchObject({
      checkbox: { option_list: [{ id: 'a', text: 'Rice', is_checked: false }] },
    });
  });
});

describe('advised lengths', () => {
  it.each([
    ['app', 'text_notice', { main_title: { title: '标'.repeat(37) } }, 'main_title.title', 36],
    ['robot', 'text_notice', { main_title: { title: '标'.repeat(27) } }, 'main_title.title', 26],
    ['app', 'text_notice', { sub_title_text: 'a'.repeat(161) }, 'sub_title_text', 160],
    ['robot', 'text_notice', { sub_title_text: 'a'.repeat(113) }, 'sub_title_text', 112],
    ['app', 'vote_interaction', { main_title: { title: '标'.repeat(17) } }, 'main_title.title', 16],
  ] as const)('warn, but do not refuse: %s %s %j', (destination, type, changes, path, limit) => {
    const [advice] = parse(card(type, changes), destination).advice;
    expect(advice).toMatchObject({ path: `template_card.${path}` });
    expect(advice?.message.en).toContain(`about ${limit}`);
    expect(advice?.message.zh).toContain(`${limit} 个字`);
  });

  it('give no warning when kept', () => {
    expect(parse(card('text_notice', { main_title: { title: '标'.repeat(36) } })).advice).toEqual([]);
  });
});

describe('mini-program notices', () => {
  const notice = (changes: object = {}) => ({
    msgtype: 'miniprogram_notice',
    miniprogram_notice: { appid: 'wx1', title: '会议提醒', ...changes },
  });

  it('are accepted and carry no agent ID', () => {
    expect(issues(notice())).toEqual([]);
    expect(parse(notice()).form.agentid).toBe(false);
    expect(content(notice({ content_item: [{ key: '时间', value: '14:00' }] }))).toMatchObject({
      emphasis_first_item: false,
      content_item: [{ key: '时间', value: '14:00' }],
    });
  });

  it('keep their limits and never go to everyone', () => {
    expect(issues(notice({ title: '会议' }))).toEqual([
      'miniprogram_notice.title: has 2 characters, but needs at least 4',
    ]);
    expect(issues(notice({ title: '会'.repeat(13) }))).toEqual([
      'miniprogram_notice.title: has 13 characters, but at most 12 fit',
    ]);
    expect(issues(notice({ content_item: many(11, () => ({ key: 'k', value: 'v' })) }))).toEqual([
      'miniprogram_notice.content_item: has 11 entries, but must have from 0 to 10',
    ]);
    expect(issues(notice({ content_item: [{ key: '长'.repeat(11), value: '长'.repeat(31) }] }))).toHaveLength(2);
    expect(() => parseMessage({ everyone: true, ...notice() }, 'app')).toThrow(/everyone cannot be chosen/);
  });
});

test.each([undefined, {}, { title: '' }])('a text notice with a text needs no main title: %j', (main_title) => {
  const message = card('text_notice', { main_title, sub_title_text: 'Two tests failed' });
  expect(issues(message)).toEqual([]);
  expect(content(message)).not.toHaveProperty('main_title');
});

test('an empty group that a card needs has its missing fields named, once', () => {
  expect(issues(card('button_interaction', { main_title: {} }))).toEqual(['main_title.title: is missing or empty']);
  expect(issues(card('text_notice', { main_title: undefined }))).toEqual([
    expect.stringMatching(/^main_title\.title: is missing: fill in Title or Text/),
  ]);
});
