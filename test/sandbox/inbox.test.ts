import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connect, type Client } from './client';
import { MP4, PNG } from './media-samples';
import { loadPageModule } from './page-modules';

let wecom: Client;
beforeAll(async () => void (wecom = await connect()));
afterAll(() => wecom.close());

describe('the inbox page', () => {
  test('is served at / with everything it refers to', async () => {
    const page = await wecom.get('/');
    expect(page.headers['content-type']).toBe('text/html; charset=UTF-8');
    const files = [...page.bytes.toString().matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files).toEqual(
      expect.arrayContaining(['inbox.css', 'inbox.js', 'icon.svg'].map((name) => `sandbox/page/${name}`)),
    );
    for (const file of files) expect((await wecom.get(`/${file}`)).status).toBe(200);
  });

  test('loads every script module it imports', async () => {
    const loaded = new Set<string>();
    const load = async (name: string): Promise<void> => {
      if (loaded.has(name)) return;
      loaded.add(name);
      const { status, bytes } = await wecom.get(`/${name}`);
      expect([name, status]).toEqual([name, 200]);
      for (const [, imported] of bytes.toString().matchAll(/from '([^']+)'/g))
        await load(path.posix.join(path.posix.dirname(name), imported!));
    };
    await load('sandbox/page/inbox.js');
    expect(loaded.size).toBeGreaterThan(3);
  });

  test('lets no script run but its own', async () => {
    const policy = String((await wecom.get('/')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
  });

  test('never makes HTML of what a message contains', () => {
    const scripts = ['sandbox/page', 'drawing'].flatMap((folder) => {
      const place = path.join(__dirname, '../..', folder);
      return readdirSync(place)
        .filter((name) => name.endsWith('.js'))
        .map((name) => path.join(place, name));
    });
    for (const file of scripts) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/);
    }
  });
});

describe('uploads on the page', () => {
  const fetchShown = async (type: string, bytes: Buffer) =>
    (await wecom.get(`/sandbox/media/${(await wecom.upload(type, bytes)).json['media_id']}`)).headers;

  test('pictures and films are shown in place', async () => {
    expect(await fetchShown('image', PNG)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^inline/),
    });
    expect(await fetchShown('video', MP4)).toMatchObject({ 'content-type': 'video/mp4' });
  });

  test('a file is never opened as a page, whatever is in it', async () => {
    const headers = await fetchShown('file', Buffer.from('<html><script>alert(1)</script>'));
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment/),
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  test('an unknown one is not found', async () => expect((await wecom.get('/sandbox/media/nothing')).status).toBe(404));
});

describe('markup in messages', () => {
  interface Markup {
    safeHref(address: string): string | undefined;
    readText(content: string): unknown[];
    readCard(description: string): unknown[];
    readMarkdown(content: string): unknown[];
  }
  const markup = loadPageModule('drawing/markup.js') as Markup;
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
