import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { loadPackage, PROJECT } from './engine';

const DIST = path.join(PROJECT, 'dist');
const files = () =>
  readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(DIST, file)).isFile());
const manifest = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as {
  dependencies?: object;
  n8n: { nodes: string[]; credentials: string[] };
};

test('the package needs nothing but what n8n brings', () => {
  expect(manifest.dependencies).toBeUndefined();
  const outside = new Set<string>();
  for (const file of files().filter((name) => name.endsWith('.js'))) {
    for (const [, name] of readFileSync(path.join(DIST, file), 'utf8').matchAll(/require\("([^"]+)"\)/g))
      if (!name!.startsWith('.')) outside.add(name!);
  }
  expect([...outside].sort()).toEqual(['n8n-workflow', 'node:crypto', 'zod/v4']);
});

test('core is one file, so that n8n starts sooner, and its types are another', () => {
  const core = files().filter((file) => file.startsWith(`core${path.sep}`));
  expect(core.sort()).toEqual(['index.d.ts', 'index.js'].map((file) => path.join('core', file)));
});

test('it is smaller than a megabyte and has no source maps', () => {
  const bytes = files().reduce((sum, file) => sum + statSync(path.join(DIST, file)).size, 0);
  process.stdout.write(`n8n package: ${files().length} files, ${bytes} bytes\n`);
  expect(bytes).toBeLessThan(1_000_000);
  expect(files().filter((file) => file.endsWith('.map'))).toEqual([]);
});

test('icons for light and dark, and a codex file with Chinese search words, lie where n8n looks', async () => {
  const { node, credential } = await loadPackage();
  for (const { iconUrl } of [node.description, credential]) {
    const { light, dark } = iconUrl as { light: string; dark: string };
    expect(light).not.toBe(dark);
    for (const url of [light, dark])
      expect(existsSync(path.join(PROJECT, url.replace(/^icons\/@wecom-flow\/n8n-nodes-wecom\//, '')))).toBe(true);
  }
  expect(node.description.codex).toMatchObject({
    categories: ['Communication'],
    alias: expect.arrayContaining(['企业微信', '企微', 'WeChat Work']),
  });
});
