import { toWecomMarkdown } from '../../core';
import { parseMessage } from '../../core/messages/parse-message';

describe('common Markdown for WeCom', () => {
  it.each([
    ['headings get their blank', '#Title\n###### Deep ##', '# Title\n###### Deep'],
    [
      'bold, links, quotes, inline code and colours stay',
      '**b** [l](https://a.b) `c` <font color="info">ok</font>\n> q',
      '**b** [l](https://a.b) `c` <font color="info">ok</font>\n> q',
    ],
    ['lists get dots, also nested ones', '- a\n  - b\n* c\n+ d', '• a\n\u3000• b\n• c\n• d'],
    ['numbered lists keep their numbers', '1. a\n2) b', '1. a\n2. b'],
    ['tasks get boxes', '- [ ] open\n- [x] done', '☐ open\n☑ done'],
    [
      'tables become readable lines',
      '| Region | Orders | Trend |\n| --- | ---: | --- |\n| North | 42 | up |\n| South | 7 |  |',
      '**North** Orders: 42 · Trend: up\n**South** Orders: 7',
    ],
    [
      'pictures become links',
      '![chart](https://a.b/c.png) ![](https://a.b/d.png)',
      '[chart](https://a.b/c.png) [https://a.b/d.png](https://a.b/d.png)',
    ],
    ['code blocks become lines of code', '```js\nconst a = 1;\n\nb();\n```\nafter', '`const a = 1;`\n`b();`\nafter'],
    [
      'italics and strike-through keep their text',
      '*a* _b_ ~~c~~ ***d*** __e__ snake_case_name 2 * 3 * 4',
      'a b c **d** **e** snake_case_name 2 * 3 * 4',
    ],
    ['rules become lines', 'a\n---\nb', 'a\n──────────\nb'],
    ['nested quotes become one', '> a\n>> b', '> a\n> b'],
    ['lists in quotes get dots', '> - a', '> • a'],
    ['inline code is not touched', '`- *a* | b` *c*', '`- *a* | b` c'],
    ['escapes are taken away', '1\\. \\*not bold\\*', '1. *not bold*'],
    ['autolinks become links', '<https://a.b>', '[https://a.b](https://a.b)'],
  ])('%s', (_, common, wecom) => {
    expect(toWecomMarkdown(common)).toBe(wecom);
  });

  it('leaves alone what is WeCom Markdown already', () => {
    const wecom = '# 标题\n**加粗** [链接](https://a.b)\n> 引用 <font color="warning">橙</font>\n`code` <@zhangsan>';
    expect(toWecomMarkdown(wecom)).toBe(wecom);
    expect(toWecomMarkdown(toWecomMarkdown('- a\n| x | y |\n|---|---|\n| 1 | 2 |'))).toBe(
      toWecomMarkdown('- a\n| x | y |\n|---|---|\n| 1 | 2 |'),
    );
  });

  const advice = (msgtype: string, text: string, options: object = {}) =>
    parseMessage({ msgtype, [msgtype]: { content: text }, ...options }, 'robot').advice.map(
      (entry) => entry.message.en,
    );

  it('warns of what the subset cannot show', () => {
    expect(advice('markdown', '- a\n\n| a | b |\n|---|---|\n\n![p](https://a.b)\n```\nx\n```')).toEqual([
      expect.stringMatching(/^has tables, pictures, lists, code blocks, which markdown shows as plain signs/),
    ]);
    expect(advice('markdown_v2', '<font color="info">x</font> <@lisi>')).toEqual([
      expect.stringMatching(/^has font colors, mentions/),
    ]);
    expect(advice('markdown', '# fine\n**bold** `- not a list`')).toEqual([]);
    expect(advice('markdown_v2', '- a\n| a | b |\n|---|---|')).toEqual([]);
  });

  it('mentions members of a group at its end, within the limit', () => {
    const draft = parseMessage(
      { msgtype: 'markdown', markdown: { content: '**down**' }, mention: 'zhangsan, lisi' },
      'robot',
    );
    expect(draft.content['content']).toBe('**down**\n<@zhangsan> <@lisi>');
    expect(draft.options).toEqual({});
    expect(
      parseMessage({ chatid: 'C', msgtype: 'markdown', markdown: { content: 'x' }, mention: ['zhangsan'] }, 'chat')
        .content['content'],
    ).toBe('x\n<@zhangsan>');
    expect(() =>
      parseMessage(
        { msgtype: 'markdown', markdown: { content: 'a'.repeat(4090) }, mention: 'zhangsan', too_long: 'refuse' },
        'robot',
      ),
    ).toThrow(/4,102 bytes/);
    expect(() =>
      parseMessage({ touser: 'a', msgtype: 'markdown', markdown: { content: 'x' }, mention: 'zhangsan' }, 'app'),
    ).toThrow(/mention/);
  });

  it('is adapted before the limit is checked, and the option never reaches WeCom', () => {
    const draft = parseMessage(
      {
        msgtype: 'markdown',
        markdown: { content: `${'*'.repeat(3)}${'a'.repeat(4090)}${'*'.repeat(3)}` },
        convert_markdown: true,
      },
      'robot',
    );
    expect(draft.content['content']).toBe(`**${'a'.repeat(4090)}**`);
    expect(draft.options).toEqual({});
    expect(advice('markdown', '- a', { convert_markdown: true })).toEqual([]);
  });
});
