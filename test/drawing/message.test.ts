import { card } from '../sandbox/card-samples';
import type { Json } from '../sandbox/client';
import { outgrown } from '../texts/growth';
import { loadBrowserModule, type FakeElement } from './browser-modules';

const { drawMessage } = loadBrowserModule('drawing/draw-message.js');
const { readMarkdownV2 } = loadBrowserModule('drawing/markdown-v2.js');
const { shorten } = loadBrowserModule('drawing/shorten.js');

const nameOf = (userid: string) => ({ zhangsan: '张三', '@all': 'all' })[userid] ?? userid;
const place = {
  language: 'en',
  nameOf,
  mediaUrl: (mediaId: string) => `uploads/${mediaId}`,
  openArticle: (): void => undefined,
  isGroup: false,
  byRobot: false,
};
const draw = (msgtype: string, shown: Json, change = {}): FakeElement =>
  drawMessage(msgtype, shown, { ...place, ...change });
const drawCard = (type: string, change = {}): FakeElement => draw('template_card', card(type, change));
const url = 'https://example.com';

describe('a card', () => {
  test('shows every part of a text notice', () => {
    const drawn = drawCard('text_notice', {
      source: { desc: 'CI', desc_color: 2 },
      emphasis_content: { title: '3', desc: 'errors' },
      quote_area: { type: 1, url, title: 'Quote', quote_text: 'Line' },
      sub_title_text: 'Below',
      horizontal_content_list: [
        { type: 1, keyname: 'Log', value: 'open', url },
        { type: 2, keyname: 'File', value: 'a.log', media_id: 'M1' },
        { type: 3, keyname: 'Who', value: '', userid: 'zhangsan' },
      ],
      jump_list: [{ type: 1, title: 'Jump', url }],
    });
    for (const words of [
      'CI',
      'Build failed',
      '3',
      'errors',
      'Quote',
      'Line',
      'Below',
      'Log',
      'open',
      'File',
      'a.log',
      'Who',
      '张三',
      'Jump',
    ]) {
      expect(drawn.text).toContain(words);
    }
    expect(drawn.all('.red')).toHaveLength(1);
    expect(drawn.all('a').map((link) => link['href'])).toEqual([
      'https://ci.example/',
      `${url}/`,
      `${url}/`,
      'uploads/M1',
      `${url}/`,
    ]);
  });

  test('shows pictures and paragraphs of a news notice', () => {
    const drawn = drawCard('news_notice', {
      card_image: { url: `${url}/1.png`, aspect_ratio: 1.3 },
      image_text_area: { type: 0, title: 'Side', desc: 'words', image_url: `${url}/2.png` },
      vertical_content_list: [{ title: 'Part', desc: 'more' }],
    });
    expect(drawn.all('img').map((image) => image['src'])).toEqual([`${url}/1.png`, `${url}/2.png`]);
    expect(drawn.text).toContain('Part more');
  });

  test('has buttons in their styles; a tap tells which key the app would get', () => {
    const drawn = drawCard('button_interaction', {
      button_list: [
        { type: 0, text: 'Yes', style: 1, key: 'yes' },
        { type: 1, text: 'See', style: 4, url },
      ],
    });
    const [button] = drawn.all('button');
    expect(button!.classes).toEqual(['style-1']);
    expect(drawn.all('.style-4')[0]!['href']).toBe(`${url}/`);
    button!.click();
    expect(drawn.text).toContain('“yes”');
  });

  test('has a menu, a selector, options and drop-downs', () => {
    const menu = drawCard('button_interaction', {
      action_menu: { desc: 'More', action_list: [{ text: 'Mute', key: 'mute' }] },
      button_selection: {
        question_key: 'q',
        title: 'Kind',
        option_list: [
          { id: 'a', text: 'A' },
          { id: 'b', text: 'B' },
        ],
        selected_id: 'b',
      },
    });
    expect(menu.all('summary')).toHaveLength(1);
    expect(menu.all('option').map((option) => option['selected'])).toEqual([false, true]);
    const vote = drawCard('vote_interaction');
    expect(vote.all('input')).toMatchObject([{ type: 'checkbox', checked: true, disabled: false }]);
    expect(
      drawCard('vote_interaction', { checkbox: { mode: 0, option_list: [{ id: 'a', text: 'A' }] } }).all('input'),
    ).toMatchObject([{ type: 'radio' }]);
    expect(drawCard('multiple_interaction').all('select')).toHaveLength(1);
    expect(drawCard('multiple_interaction').all('button')[0]!.text).toBe('Send');
  });

  test('that was updated has one grey button and nothing to choose', () => {
    for (const type of ['button_interaction', 'vote_interaction', 'multiple_interaction']) {
      const drawn = drawCard(type, { replace_text: 'Done' });
      expect(drawn.all('button')).toMatchObject([{ disabled: true, text: 'Done' }]);
      for (const control of [...drawn.all('input'), ...drawn.all('select')]) expect(control['disabled']).toBe(true);
    }
  });

  test('opens nothing but http and https, and shows markup as words', () => {
    const hostile = 'javascript:alert(1)';
    const drawn = drawCard('text_notice', {
      main_title: { title: '<img src=x onerror=alert(1)>' },
      quote_area: { type: 1, url: hostile, title: 'q' },
      jump_list: [{ type: 1, title: 'j', url: hostile }],
      card_action: { type: 1, url: hostile },
    });
    expect(drawn.all('a')).toEqual([]);
    expect(drawn.all('img')).toEqual([]);
    expect(drawn.text).toContain('<img src=x onerror=alert(1)>');
  });

  test('shortens what is longer than advised, for robots sooner', () => {
    const long = { main_title: { title: '长'.repeat(40) } };
    expect(drawCard('text_notice', long).all('.main')[0]).toMatchObject({
      text: `${'长'.repeat(35)}…`,
      title: '长'.repeat(40),
    });
    expect(draw('template_card', card('text_notice', long), { byRobot: true }).all('.main')[0]!.text).toBe(
      `${'长'.repeat(25)}…`,
    );
    expect(drawCard('vote_interaction', long).all('.main')[0]!.text).toBe(`${'长'.repeat(15)}…`);
  });
});

test('text is shortened by width: a letter is half a 字', () => {
  expect(shorten('x'.repeat(10), 5)).toBe('x'.repeat(10));
  expect(shorten('x'.repeat(11), 5)).toBe(`${'x'.repeat(9)}…`);
  expect(shorten('中文字符串', 5)).toBe('中文字符串');
});

test('a mini-program notice shows its items, the first one large when asked for', () => {
  const notice = {
    appid: 'wx1',
    page: 'p',
    title: 'Room',
    description: '',
    content_item: [
      { key: 'No.', value: '402' },
      { key: 'When', value: '9:00' },
    ],
  };
  expect(draw('miniprogram_notice', { ...notice, emphasis_first_item: true }).all('.emphasis')[0]!.text).toBe(
    '402 No.',
  );
  expect(draw('miniprogram_notice', notice).all('dd')).toHaveLength(2);
});

describe('mentions', () => {
  const message = { content: 'see <@zhangsan> and `x`', mentioned_list: ['@all'] };
  test('are names in groups', () => {
    const drawn = draw('text', message, { isGroup: true });
    expect(drawn.all('.mention').map(({ text }) => text)).toEqual(['@张三', '@all']);
    expect(
      draw('markdown', { content: '**<@zhangsan>** `<@zhangsan>`' }, { isGroup: true }).all('.mention'),
    ).toHaveLength(1);
  });
  test('are as they were written elsewhere', () => {
    expect(draw('text', { content: 'see <@zhangsan>' }).text).toBe('see <@zhangsan>');
  });
});

describe('markdown_v2', () => {
  const drawn = (content: string) => draw('markdown_v2', { content }, { isGroup: true });

  test('has headings, bold, italic, code, links and pictures', () => {
    const seen = drawn(`# One\n###### Six\n**b** *i* \`c\` [l](${url}) ![p](${url}/p.png)`);
    for (const tag of ['h1', 'h6', 'strong', 'em', 'code', 'a', 'img'])
      expect([tag, seen.all(tag).length]).toEqual([tag, 1]);
  });
  test('has lists in lists', () => {
    expect(readMarkdownV2('- a\n  1. b\n  2. c\n- d\n3. e')).toMatchObject([
      {
        type: 'bullets',
        children: [
          { children: [{ text: 'a' }, { type: 'numbers', start: 1, children: [{}, {}] }] },
          { children: [{ text: 'd' }] },
        ],
      },
      { type: 'numbers', start: 3, children: [{}] },
    ]);
  });
  test('has quotes in quotes', () => expect(drawn('> a\n>> b\n>>> c').all('blockquote')).toHaveLength(3));
  test('has tables with alignment', () => {
    const table = drawn('| a | b |\n| :-: | --: |\n| 1 | 2 |\n| 3 |');
    expect(table.all('th').map(({ text }) => text)).toEqual(['a', 'b']);
    expect(table.all('td')).toMatchObject([
      { style: { textAlign: 'center' } },
      { style: { textAlign: 'right' } },
      { text: '3' },
      { text: '' },
    ]);
  });
  test('has code blocks that nothing is read in, and rules', () => {
    const seen = drawn('```js\n# no <b>heading</b>\n- x\n```\n---\nafter');
    expect(seen.all('pre')[0]!.text).toBe('# no <b>heading</b>\n- x');
    expect(seen.all('hr')).toHaveLength(1);
    expect(seen.text).toContain('after');
    expect(drawn('```\nnever closed').all('pre')).toHaveLength(1);
  });
  test('has neither colours nor mentions nor HTML', () => {
    const hostile =
      '<font color="info">x</font> <@zhangsan> <script>x</script> [x](javascript:alert(1)) ![x](data:text/html,x)';
    const seen = drawn(hostile);
    expect(seen.text.replaceAll(' ', '')).toBe(hostile.replaceAll(' ', ''));
    expect([...seen.all('a'), ...seen.all('img'), ...seen.all('span')]).toEqual([]);
  });
  test.each([
    ['quotes', (length: number) => '>'.repeat(length)],
    ['stars', (length: number) => '*'.repeat(length)],
    ['open stars', (length: number) => '*a'.repeat(length / 2)],
    ['brackets', (length: number) => '['.repeat(length)],
    ['links without an end', (length: number) => '[a]('.repeat(length / 4)],
    ['table rules', (length: number) => `|\n${'|-'.repeat(length / 2)}x`],
  ])('of nothing but %s takes four times as long at four times the length', (_what, content) => {
    expect(outgrown((length) => drawn(content(length)), 1024, 65_536)).toBeUndefined();
  });
  test('of lists in lists is drawn however deep', () => {
    expect(
      drawn(Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n')).text.match(/x/g),
    ).toHaveLength(60);
  });
});

describe('the page that shows a message', () => {
  const article = { title: 'Monday', content: '<p>…</p>', thumb_media_id: 'M2' };

  test('says where uploads are and opens articles', () => {
    const openArticle = jest.fn();
    const drawn = draw('mpnews', { articles: [article] }, { openArticle });
    expect(drawn.all('img').map((image) => image['src'])).toEqual(['uploads/M2']);
    drawn.all('button')[0]!.click();
    expect(openArticle.mock.calls).toEqual([[expect.objectContaining(article)]]);
  });

  test('chooses the language, also of two messages side by side', () => {
    const notice = { appid: 'wx1', page: 'p', title: 'Room', content_item: [] };
    expect(['zh', 'en', 'zh'].map((language) => draw('miniprogram_notice', notice, { language }).text)).toEqual([
      expect.stringContaining('进入小程序'),
      expect.stringContaining('Open mini-program'),
      expect.stringContaining('进入小程序'),
    ]);
  });

  test('may show a text of more parts than a function takes arguments', () => {
    expect(draw('markdown_v2', { content: '*a'.repeat(300_000) }).all('em')).toHaveLength(150_000);
  });
});
