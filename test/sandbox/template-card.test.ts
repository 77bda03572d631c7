import { card, CARDS, newTaskId } from './card-samples';
import { connect, SECRETS, type Client, type Json } from './client';
import { PNG } from './media-samples';

let wecom: Client;
let media_id: string;
beforeAll(async () => {
  wecom = await connect();
  media_id = (await wecom.upload('file', Buffer.from('content'))).json['media_id'];
});
beforeEach(() => wecom.sandbox.moveClock(60_000));
afterAll(() => wecom.close());

const send = async (template_card: unknown, more = {}, secret?: string): Promise<Json> =>
  (await wecom.send({ msgtype: 'template_card', template_card, ...more }, secret)).json;
const errcodeOf = async (template_card: unknown) => (await send(template_card))['errcode'];
async function shown(type: string, change: Record<string, unknown> = {}, more = {}): Promise<Json> {
  const json = await send(card(type, change), more);
  expect(json).toMatchObject({ errcode: 0, errmsg: 'ok' });
  return wecom.sandbox.messages().at(-1)!.shown;
}
const list = (length: number, entry: (index: number) => unknown) => Array.from({ length }, (_, index) => entry(index));
const options = (length: number) => list(length, (index) => ({ id: `o${index}`, text: 'x' }));
const url = 'https://example.com';
const long = (bytes: number) => '中'.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3);

describe.each(Object.keys(CARDS))('%s', (type) => {
  test('with the least it needs arrives', async () => {
    expect(await shown(type)).toMatchObject({ card_type: type, main_title: { title: CARDS[type].main_title.title } });
  });

  test('without any title is refused with 41016', async () => {
    expect(await errcodeOf(card(type, { main_title: undefined }))).toBe(41016);
    expect(await errcodeOf(card(type, { main_title: { title: '', desc: 'words' } }))).toBe(41016);
  });

  test('is not refused for words longer than advised', async () => {
    const title = '长'.repeat(300);
    expect((await shown(type, { main_title: { title, desc: title }, source: { desc: title } }))['main_title']).toEqual({
      title,
      desc: title,
    });
  });
});

test.each(['text', 'toString'])('card_type %j is refused with 42031', async (card_type) => {
  expect(await errcodeOf({ card_type })).toBe(42031);
});
test.each([undefined, ''])(
  'card_type %j is refused as on the real server, with 41016 for a missing title',
  async (card_type) => {
    expect(await errcodeOf(card('text_notice', { card_type }))).toBe(41016);
  },
);
test('no card at all is refused with 41016', async () => expect(await errcodeOf(undefined)).toBe(41016));

test('a text notice needs a title or sub_title_text, not both', async () => {
  expect(await shown('text_notice', { main_title: undefined, sub_title_text: 'only this' })).toMatchObject({
    sub_title_text: 'only this',
  });
});

test('a news notice needs card_image or image_text_area', async () => {
  const image_text_area = { image_url: `${url}/x.png`, title: 'T' };
  expect(await shown('news_notice', { card_image: undefined, image_text_area })).toMatchObject({
    image_text_area: { ...image_text_area, type: 0 },
  });
  expect(await errcodeOf(card('news_notice', { card_image: undefined }))).toBe(42044);
});

test('fields a card does not have are ignored', async () => {
  const seen = await shown('vote_interaction', {
    emphasis_content: { title: '3' },
    jump_list: list(9, () => ({})),
    source: { desc: 's', desc_color: 2 },
  });
  expect(seen['emphasis_content']).toBeUndefined();
  expect(seen['source']).toMatchObject({ desc_color: 0 });
});

// Everything the field matrix and the nested tables enforce, one wrong thing at a time.
describe.each<[string, string, Record<string, unknown>, number]>([
  // source
  ['text_notice', 'a source colour of 4', { source: { desc: 'x', desc_color: 4 } }, 40058],
  ['text_notice', 'an icon without scheme', { source: { icon_url: 'x.png' } }, 45034],
  // action_menu
  ['text_notice', 'an action menu without entries', { action_menu: { action_list: [] } }, 40058],
  [
    'text_notice',
    'an action menu of 4',
    { action_menu: { action_list: list(4, (key) => ({ text: 'x', key: `${key}` })) } },
    40058,
  ],
  ['text_notice', 'an action without text', { action_menu: { action_list: [{ key: 'a' }] } }, 42020],
  ['news_notice', 'an action without key', { action_menu: { action_list: [{ text: 'x' }] } }, 42019],
  [
    'news_notice',
    'an action key of 1025 bytes',
    { action_menu: { action_list: [{ text: 'x', key: long(1025) }] } },
    42018,
  ],
  [
    'button_interaction',
    'an action key twice',
    { action_menu: { action_list: list(2, () => ({ text: 'x', key: 'a' })) } },
    42051,
  ],
  // quote_area
  ['text_notice', 'a quote of type 1 without url', { quote_area: { type: 1 } }, 42028],
  ['news_notice', 'a quote of type 2 without appid', { quote_area: { type: 2, pagepath: 'x' } }, 42030],
  ['button_interaction', 'a quote of type 3', { quote_area: { type: 3 } }, 40058],
  // horizontal_content_list
  ['text_notice', '7 rows', { horizontal_content_list: list(7, () => ({ keyname: 'k' })) }, 42035],
  ['news_notice', 'a row without keyname', { horizontal_content_list: [{ value: 'v' }] }, 42027],
  ['text_notice', 'a row of type 1 without url', { horizontal_content_list: [{ keyname: 'k', type: 1 }] }, 42028],
  ['text_notice', 'a row of type 2 without media_id', { horizontal_content_list: [{ keyname: 'k', type: 2 }] }, 42029],
  [
    'text_notice',
    'a row with an unknown media_id',
    { horizontal_content_list: [{ keyname: 'k', type: 2, media_id: 'x' }] },
    40007,
  ],
  [
    'button_interaction',
    'a row of type 3 without userid',
    { horizontal_content_list: [{ keyname: 'k', type: 3 }] },
    42050,
  ],
  [
    'text_notice',
    'a row with an unknown userid',
    { horizontal_content_list: [{ keyname: 'k', type: 3, userid: 'nobody' }] },
    42050,
  ],
  ['text_notice', 'a row of type 4', { horizontal_content_list: [{ keyname: 'k', type: 4 }] }, 40058],
  // jump_list
  ['text_notice', '4 jumps', { jump_list: list(4, () => ({ title: 't' })) }, 42042],
  ['text_notice', 'a jump without title', { jump_list: [{ type: 1, url }] }, 42033],
  ['news_notice', 'a jump of type 1 without url', { jump_list: [{ type: 1, title: 't' }] }, 42028],
  ['news_notice', 'a jump of type 2 without appid', { jump_list: [{ type: 2, title: 't' }] }, 42030],
  // card_action
  ['text_notice', 'no card_action', { card_action: undefined }, 42045],
  ['news_notice', 'a card_action of type 0', { card_action: { type: 0 } }, 42045],
  ['text_notice', 'a card_action of type 1 without url', { card_action: { type: 1 } }, 42028],
  ['text_notice', 'a card_action whose url has no scheme', { card_action: { type: 1, url: 'example.com' } }, 45034],
  ['news_notice', 'a card_action of type 2 without appid', { card_action: { type: 2 } }, 42030],
  ['button_interaction', 'a card_action of type 3', { card_action: { type: 3 } }, 42045],
  // pictures and paragraphs
  ['news_notice', 'a card_image without url', { card_image: { aspect_ratio: 1.3 } }, 42044],
  ['news_notice', 'a card_image whose url has no scheme', { card_image: { url: 'x.png' } }, 42044],
  ['news_notice', 'an image_text_area without image_url', { image_text_area: { title: 't' } }, 40058],
  ['news_notice', 'an image_text_area of type 1 without url', { image_text_area: { type: 1, image_url: url } }, 42028],
  ['news_notice', '5 paragraphs', { vertical_content_list: list(5, () => ({ title: 't' })) }, 42036],
  ['news_notice', 'a paragraph without title', { vertical_content_list: [{ desc: 'd' }] }, 42033],
  // button_selection and button_list
  ['button_interaction', 'a selector without question_key', { button_selection: { option_list: options(1) } }, 42043],
  [
    'button_interaction',
    'a question_key of 1025 bytes',
    { button_selection: { question_key: long(1025), option_list: options(1) } },
    42043,
  ],
  [
    'button_interaction',
    'a selector without options',
    { button_selection: { question_key: 'q', option_list: [] } },
    42037,
  ],
  [
    'button_interaction',
    'a selector of 11 options',
    { button_selection: { question_key: 'q', option_list: options(11) } },
    42037,
  ],
  [
    'button_interaction',
    'an option without id',
    { button_selection: { question_key: 'q', option_list: [{ text: 'x' }] } },
    42040,
  ],
  [
    'button_interaction',
    'an option id of 129 bytes',
    { button_selection: { question_key: 'q', option_list: [{ id: long(129), text: 'x' }] } },
    42040,
  ],
  [
    'button_interaction',
    'an option id twice',
    { button_selection: { question_key: 'q', option_list: [...options(2), ...options(1)] } },
    42040,
  ],
  [
    'button_interaction',
    'an option without text',
    { button_selection: { question_key: 'q', option_list: [{ id: 'a' }] } },
    42041,
  ],
  ['button_interaction', 'no buttons', { button_list: [] }, 42038],
  ['button_interaction', '7 buttons', { button_list: list(7, (key) => ({ text: 'x', key: `${key}` })) }, 40058],
  ['button_interaction', 'a button without text', { button_list: [{ key: 'a' }] }, 42038],
  ['button_interaction', 'a button without key', { button_list: [{ text: 'x' }] }, 42039],
  ['button_interaction', 'a button key of 1025 bytes', { button_list: [{ text: 'x', key: long(1025) }] }, 42039],
  ['button_interaction', 'a button key twice', { button_list: list(2, () => ({ text: 'x', key: 'a' })) }, 42039],
  ['button_interaction', 'a button of type 1 without url', { button_list: [{ text: 'x', type: 1 }] }, 42028],
  ['button_interaction', 'a button of type 2', { button_list: [{ text: 'x', type: 2 }] }, 40058],
  // checkbox
  ['vote_interaction', 'no checkbox', { checkbox: undefined }, 42043],
  ['vote_interaction', 'a checkbox without options', { checkbox: { question_key: 'q' } }, 42037],
  [
    'vote_interaction',
    'a checkbox of 21 options',
    { checkbox: { question_key: 'q', option_list: options(21) } },
    42037,
  ],
  [
    'vote_interaction',
    'a checkbox of mode 2',
    { checkbox: { question_key: 'q', mode: 2, option_list: options(1) } },
    40058,
  ],
  [
    'vote_interaction',
    'a checkbox option without id',
    { checkbox: { question_key: 'q', option_list: [{ text: 'x' }] } },
    42040,
  ],
  [
    'vote_interaction',
    'a checkbox option without text',
    { checkbox: { question_key: 'q', option_list: [{ id: 'x' }] } },
    42041,
  ],
  // select_list
  ['multiple_interaction', 'no selector', { select_list: [] }, 42047],
  [
    'multiple_interaction',
    '4 selectors',
    { select_list: list(4, (key) => ({ question_key: `${key}`, option_list: options(1) })) },
    42047,
  ],
  [
    'multiple_interaction',
    'a question_key twice',
    { select_list: list(2, () => ({ question_key: 'q', option_list: options(1) })) },
    42043,
  ],
  [
    'multiple_interaction',
    'a selector of 11 options',
    { select_list: [{ question_key: 'q', option_list: options(11) }] },
    42037,
  ],
  // submit_button
  ['vote_interaction', 'no submit_button', { submit_button: undefined }, 42049],
  ['multiple_interaction', 'a submit_button without text', { submit_button: { key: 'a' } }, 42049],
  ['multiple_interaction', 'a submit_button without key', { submit_button: { text: 'x' } }, 42046],
  ['vote_interaction', 'a submit_button key of 1025 bytes', { submit_button: { text: 'x', key: long(1025) } }, 42046],
])('%s with %s', (type, _what, change, errcode) => {
  test(`is refused with ${errcode}`, async () => expect(await errcodeOf(card(type, change))).toBe(errcode));
});

test.each([0, 5, -1])('a button of style %i counts as style 1', async (style) => {
  expect(await shown('button_interaction', { button_list: [{ text: 'x', key: 'a', style }] })).toMatchObject({
    button_list: [{ style: 1 }],
  });
});

describe('as much as is allowed arrives:', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['text_notice', '6 rows', { horizontal_content_list: list(6, () => ({ keyname: 'k' })) }],
    ['text_notice', 'no rows', { horizontal_content_list: [] }],
    ['text_notice', '3 jumps', { jump_list: list(3, () => ({ title: 't', type: 1, url })) }],
    [
      'text_notice',
      '3 actions',
      { action_menu: { action_list: list(3, (key) => ({ text: 'x', key: `${key}`.padEnd(1024, 'k') })) } },
    ],
    ['news_notice', '4 paragraphs', { vertical_content_list: list(4, () => ({ title: 't' })) }],
    ['news_notice', 'the aspect ratio of the sample', { card_image: { url, aspect_ratio: 2.25 } }],
    [
      'button_interaction',
      '6 buttons',
      { button_list: list(6, (key) => ({ text: 'x', key: `${key}`.padEnd(1024, 'k') })) },
    ],
    ['button_interaction', '10 options', { button_selection: { question_key: long(1024), option_list: options(10) } }],
    [
      'vote_interaction',
      '20 options',
      { checkbox: { question_key: long(1024), option_list: [...options(19), { id: long(128), text: 'x' }] } },
    ],
    [
      'multiple_interaction',
      '3 selectors',
      { select_list: list(3, (key) => ({ question_key: `${key}`, option_list: options(10) })) },
    ],
    ['multiple_interaction', 'a key of 1024 bytes', { submit_button: { text: 'x', key: long(1024) } }],
  ])('%s with %s', async (type, _what, change) => void (await shown(type, change)));
});

describe('what members see', () => {
  test('a row may show a link, a file, a member', async () => {
    const { horizontal_content_list } = await shown('text_notice', {
      horizontal_content_list: [
        { keyname: 'a', value: 'link', type: 1, url },
        { keyname: 'b', value: 'test.bin', type: 2, media_id },
        { keyname: 'c', value: 'Li', type: 3, userid: 'LiSi' },
        { keyname: 'd' },
      ],
    });
    expect(horizontal_content_list).toEqual([
      { keyname: 'a', value: 'link', type: 1, url },
      { keyname: 'b', value: 'test.bin', type: 2, media_id, filename: 'test.bin', size: 7 },
      { keyname: 'c', value: 'Li', type: 3, userid: 'lisi' },
      { keyname: 'd', value: '', type: 0 },
    ]);
  });

  test('a wrong selected_id, or none, chooses the first option', async () => {
    const select_list = ['x', undefined, 'o1'].map((selected_id, key) => ({
      question_key: `${key}`,
      selected_id,
      option_list: options(2),
    }));
    const seen = await shown('multiple_interaction', { select_list });
    expect(seen['select_list'].map((one: Json) => one.selected_id)).toEqual(['o0', 'o0', 'o1']);
  });

  test('ids become names where the documentation says so, and nowhere else', async () => {
    const id = '$userName=zhangsan$';
    const change = {
      source: { desc: id },
      main_title: { title: id, desc: id },
      sub_title_text: id,
      horizontal_content_list: [{ keyname: id, value: id }],
      emphasis_content: { title: id },
    };
    expect(await shown('text_notice', change, { enable_id_trans: 1 })).toMatchObject({
      source: { desc: '张三' },
      main_title: { title: '张三', desc: '张三' },
      sub_title_text: '张三',
      horizontal_content_list: [{ keyname: id, value: '张三' }],
      emphasis_content: { title: id },
    });
    expect(await shown('text_notice', change)).toMatchObject({ sub_title_text: id });
  });
});

describe('task_id', () => {
  test.each([
    ['128 of the allowed characters', `aZ09_-@${'x'.repeat(121)}`, 0],
    ['129 characters', 'x'.repeat(129), 42014],
    ['other characters', 'a b', 42014],
    ['letters outside ASCII', '任务', 42014],
  ])('of %s', async (_what, task_id, errcode) =>
    expect(await errcodeOf(card('button_interaction', { task_id }))).toBe(errcode),
  );

  test.each(['button_interaction', 'vote_interaction', 'multiple_interaction'])(
    'is needed by %s: 42014',
    async (type) => {
      expect(await errcodeOf(CARDS[type])).toBe(42014);
    },
  );

  test('is needed by a notice with action menu only', async () => {
    const action_menu = { action_list: [{ text: 'x', key: 'a' }] };
    expect(await errcodeOf(CARDS['text_notice'])).toBe(0);
    expect(await errcodeOf({ ...CARDS['text_notice'], action_menu })).toBe(42014);
  });

  test('never comes twice in one app: 42014; another app may use it', async () => {
    const task_id = newTaskId();
    const again = card('text_notice', { task_id });
    expect(await errcodeOf(again)).toBe(0);
    expect(await errcodeOf(again)).toBe(42014);
    expect(await send(again, { agentid: 1000003 }, SECRETS.second)).toMatchObject({ errcode: 0 });
  });

  test('of a card that was refused can be used', async () => {
    const task_id = newTaskId();
    expect(await errcodeOf(card('text_notice', { task_id, card_action: undefined }))).toBe(42045);
    expect(await send(card('text_notice', { task_id }), { touser: 'nobody' })).toMatchObject({ errcode: 81013 });
    expect(await errcodeOf(card('text_notice', { task_id }))).toBe(0);
  });

  test('of a suppressed duplicate is no repetition: the first answer comes again', async () => {
    const again = card('button_interaction');
    const first = await send(again, { enable_duplicate_check: 1 });
    expect(first).toMatchObject({ errcode: 0, response_code: expect.any(String) });
    expect(await send(again, { enable_duplicate_check: 1 })).toEqual(first);
  });
});

describe('cards that call back', () => {
  const action_menu = { desc: 'More', action_list: [{ text: 'Mute', key: 'mute' }] };
  const CALLING: [string, Record<string, unknown>][] = [
    ['button_interaction', {}],
    ['vote_interaction', {}],
    ['multiple_interaction', {}],
    ['text_notice', { action_menu }],
    ['news_notice', { action_menu }],
  ];

  test.each(CALLING)('%s %j are answered with a response_code', async (type, change) => {
    const json = await send(card(type, change));
    expect(json).toMatchObject({
      errcode: 0,
      msgid: expect.any(String),
      response_code: expect.stringMatching(/^[\w-]{40,}$/),
    });
  });

  test.each(CALLING)('%s %j need a callback URL: 43012', async (type, change) => {
    expect(await send(card(type, change), { agentid: 1000003 }, SECRETS.second)).toMatchObject({ errcode: 43012 });
  });

  test.each(['text_notice', 'news_notice'])('plain %s are none', async (type) => {
    expect(await send(card(type))).not.toHaveProperty('response_code');
    expect(await send(card(type), { agentid: 1000003 }, SECRETS.second)).toMatchObject({ errcode: 0 });
  });
});

test('a picture may be an attachment too, media of a robot may not', async () => {
  const row = (id: string) =>
    card('text_notice', { horizontal_content_list: [{ keyname: 'k', type: 2, media_id: id }] });
  expect(await errcodeOf(row((await wecom.upload('image', PNG)).json['media_id']))).toBe(0);
  expect(await errcodeOf(row((await wecom.uploadFor('file', Buffer.from('content'))).json['media_id']))).toBe(40007);
});
