/**
 * "Many processes" leads from every sentence to the case of `npm run scale` that plays it, and to a flow that can be
 * imported.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '..', '..');
const pages = { 'README.md': 'docs/many-processes.md', 'README.zh-CN.md': 'docs/many-processes.zh-CN.md' };
const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

const played = (page: string) =>
  [...page.matchAll(/\| \[(\w+)\]\(\.\.\/(scripts\/scale\/[\w-]+\.mjs)\) \|$/gm)].map(([, name = '', file = '']) => ({
    name,
    file,
  }));
const rows = (page: string) =>
  page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (---|when …|当……)/.test(line));

test.each(Object.values(pages))('every row of %s is played by a case that exists and is called', (file) => {
  const page = read(file);
  expect(rows(page).length).toBeGreaterThan(8);
  expect(played(page)).toHaveLength(rows(page).length);
  for (const { name, file: script } of played(page)) expect(read(script)).toMatch(new RegExp(`yield await ${name}\\(`));
});

test('every case that is played stands in both pages, in the same order', () => {
  const [english, chinese] = Object.values(pages).map((file) => played(read(file)));
  expect(chinese).toEqual(english);
  const called = ['n8n', 'node-red'].flatMap((host) =>
    [...read(`scripts/scale/${host}-cases.mjs`).matchAll(/yield await (\w+)\(/g)].map(([, name]) => name),
  );
  expect(new Set(called)).toEqual(new Set(english?.map(({ name }) => name)));
});

test.each(Object.entries(pages))('%s leads to %s, whose links lead somewhere', (readme, file) => {
  expect(read(readme)).toContain(`](${file})`);
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link as string);
  expect(links.filter((link) => !existsSync(path.join(PROJECT, 'docs', link)))).toEqual([]);
});

test('the flow behind a Redis stream avoids duplicates, acknowledges what is done, and holds no secret', () => {
  const text = read('examples/node-red/redis-stream.json');
  const nodes = JSON.parse(text) as Readonly<Record<string, unknown>>[];
  const send = nodes.find(({ type }) => type === 'wecom-send');
  expect(send).toMatchObject({ fields: { enable_duplicate_check: { type: 'bool', value: 'true' } } });
  for (const type of ['complete', 'catch'])
    expect(
      nodes.find((node) => node['type'] === type && JSON.stringify(node['scope']).includes(String(send?.['id']))),
    ).toBeDefined();
  expect(nodes.some(({ type, command }) => type === 'redis-command' && command === 'XACK')).toBe(true);
  expect(text).not.toMatch(/"(secret|webhook|credentials|password)"/i);
});
