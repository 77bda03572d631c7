import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connect, type Client } from './client';
import { MP4, PNG } from './media-samples';

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
