import { loadBrowserModule } from './browser-modules';

describe('markup in messages', () => {
  interface Markup {
    safeHref(address: string): string | undefined;
    readText(content: string): unknown[];
    readCard(description: string): unknown[];
    readMarkdown(content: string): unknown[];
  }
  const markup = loadBrowserModule('drawing/markup.js') as Markup;
  const words = (text: string) => ({ type: 'text', text });
  const linkTo = (href: string, text: string) => ({ type: 'link', href, children: [words(text)] });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'example.com',
    '',
  ])('an address like %j is no link', (address) => expect(markup.safeHref(address)).toBeUndefined());

  test('text has links, and nothing else', () => {
    expect(markup.readText('see <a href="https://a.example/x">here</a> or https://b.example, ok')).toEqual([
      words('see '),
      linkTo('https://a.example/x', 'here'),
      words(' or '),
      linkTo('https://b.example/', 'https://b.example'),
      words(', ok'),
    ]);
    const hostile = '<script>alert(1)</script><a href="javascript:alert(1)">x</a>';
    expect(markup.readText(hostile)).toEqual([
      words('<script>alert(1)</script>'),
      words('<a href="javascript:alert(1)">x</a>'),
    ]);
  });

  test('a card description has three kinds of div and line breaks', () => {
    expect(
      markup.readCard('<div class="gray">a</div> <div class="highlight">b</div>c<br>d<div class="evil">e</div>'),
    ).toEqual([
      { type: 'div', style: 'gray', children: [words('a')] },
      { type: 'div', style: 'highlight', children: [words('b')] },
      words('c\nd<div class="evil">e</div>'),
    ]);
  });

  test('markdown has headings, bold, links, code, quotes and colours', () => {
    expect(markup.readMarkdown('## A **b**\n> q\n`c` [d](https://d.example) <font color="info">e</font>')).toEqual([
      { type: 'heading', level: 2, children: [words('A '), { type: 'bold', children: [words('b')] }] },
      { type: 'quote', children: [words('q')] },
      {
        type: 'line',
        children: [
          { type: 'code', children: [words('c')] },
          words(' '),
          linkTo('https://d.example/', 'd'),
          words(' '),
          { type: 'font', style: 'info', children: [words('e')] },
        ],
      },
    ]);
  });

  test('what markdown does not know stays as it was written', () => {
    const line = '#no heading, [x](javascript:alert(1)) <img src=x onerror=alert(1)> <font color="red">r</font>';
    expect(JSON.stringify(markup.readMarkdown(line))).not.toMatch(/"type":"(link|heading|font)"/);
  });
});
