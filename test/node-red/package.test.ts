import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { editorPanels } from '../../node-red/catalogue';
import type { PanelField } from '../../node-red/panel/panel-field';
import { startSandbox } from '../../sandbox';

const PACKAGE = path.resolve(__dirname, '../../node-red');
const NODES = ['wecom-app', 'wecom-robot', 'wecom-send'];
const LOCALES = ['en-US', 'zh'];

type Texts = { [key: string]: string | Texts };

const read = (file: string) => readFileSync(path.join(PACKAGE, file), 'utf8');
const catalogue = (locale: string, node: string) => JSON.parse(read(`dist/locales/${locale}/${node}.json`)) as Texts;

function keys(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`] : keys(value, `${path}${key}.`),
  );
}

describe('the locales', () => {
  test.each(NODES)('of %s have the same keys, and none is empty', (node) => {
    const [english, chinese] = LOCALES.map((locale) => keys(catalogue(locale, node)));
    expect(english).toEqual(chinese);
    for (const locale of LOCALES) expect(JSON.stringify(catalogue(locale, node))).not.toContain('""');
  });

  test.each(NODES)('of %s have every key that its dialog and its status name', (node) => {
    const known = new Set(keys(catalogue('en-US', node)));
    const html = read(`dist/${node}.html`);
    const used = [...html.matchAll(/(?:data-i18n="(?:\[\w+\])?|data-title="|_\(')([\w.-]+)/g)].map(
      ([, key]) => key as string,
    );
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });

  test('have every key that the editor code names', () => {
    const known = new Set(
      NODES.flatMap((node) => keys(catalogue('en-US', node)).map((key) => key.slice(node.length + 1))),
    );
    const sources = readdirSync(path.join(PACKAGE, 'editor'))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(`editor/${file}`));
    const used = sources.flatMap((source) => [...source.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key]) => key as string));
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });

  test('name every field of every message type', () => {
    const known = new Set(keys(catalogue('zh', 'wecom-send')));
    const { destinations, recipients, chat, operations, updateCard } = editorPanels();
    const labels = (fields: readonly PanelField[], words: string): string[] =>
      fields.flatMap((field) => [
        `wecom-send.${words}.${field.name}.label`,
        ...(field.help ? [`wecom-send.${words}.${field.name}.help`] : []),
        ...(field.choices ?? []).map((choice) => `wecom-send.${words}.${field.name}.choices.${choice}`),
        ...labels(field.fields ?? [], `${words}.${field.name}.fields`),
      ]);
    const used = [
      ...Object.values(destinations).flatMap((types) =>
        types.flatMap((type) => [
          `wecom-send.types.${type.name}.label`,
          `wecom-send.types.${type.name}.summary`,
          ...labels(type.content, `${type.words}.content`),
          ...labels(type.options, `${type.words}.options`),
        ]),
      ),
      ...labels(recipients, 'recipients'),
      ...labels(chat, 'chat'),
      ...[updateCard, ...operations].flatMap(({ name, fields }) => [
        `wecom-send.operations.${name}.label`,
        ...labels(fields, `operations.${name}.fields`),
      ]),
    ];
    expect(used.length).toBeGreaterThan(300);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });

  test('show examples in empty fields that their readers understand', () => {
    const examples: string[] = [];
    JSON.stringify(catalogue('zh', 'wecom-send'), (key, value: unknown) => {
      if (key === 'placeholder' && typeof value === 'string') examples.push(value.replace(/<[^>]*>/g, ''));
      return value;
    });
    expect(examples.length).toBeGreaterThan(100);
    // IDs, addresses, codes: nothing of them is written like an English sentence or title.
    const english = examples.filter(
      (example) => !/\p{Script=Han}/u.test(example) && /\b[A-Z][a-z]|[a-z] [a-z]/.test(example),
    );
    expect(english.map((example) => `add "${example}" in Chinese to node-red/wording/examples.ts`)).toEqual([]);
  });

  test.each(LOCALES.flatMap((locale) => NODES.map((node) => [locale, node] as const)))(
    '%s help of %s is complete',
    (locale, node) => {
      const help = read(`dist/locales/${locale}/${node}.html`);
      expect(help).toContain(`data-help-name="${node}"`);
      const headings = locale === 'en-US' ? ['Details', 'References'] : ['详细', '参考'];
      for (const heading of [
        ...headings,
        ...(node === 'wecom-send' ? (locale === 'en-US' ? ['Inputs', 'Outputs'] : ['输入', '输出']) : []),
      ])
        expect(help).toContain(`### ${heading}`);
    },
  );

  test.each([
    ['en-US', '1. **Send to**: choose *Group robot*', 'Import → Examples'],
    ['zh', '1. **发送给** 选择“群机器人”', '导入 → 示例'],
  ])('%s help of wecom-send begins with the first message, and is read in a few minutes', (locale, step, examples) => {
    const help = read(`dist/locales/${locale}/wecom-send.html`);
    expect(help.indexOf(step)).toBeGreaterThan(0);
    expect(help.indexOf(step)).toBeLessThan(400);
    expect(help).toContain(examples);
    const text = help.replace(/<\/?script[^>]*>/g, '');
    const words = text.match(/\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+/gu) ?? [];
    expect(words.length).toBeLessThanOrEqual(locale === 'en-US' ? 900 : 1200);
  });

  test('statuses are shorter than 20 characters, but for what went wrong and when', () => {
    for (const locale of LOCALES)
      for (const [state, text] of Object.entries(
        (catalogue(locale, 'wecom-send')['wecom-send'] as Texts)['status'] as Texts,
      ))
        expect(
          state === 'told'
            ? 0
            : (text as string)
                .replace('__reason__', '')
                .replace('__tries__', '10')
                .replace('__seconds__', '119')
                .replace('__minutes__', '60')
                .replace(/__\w+__/g, '999').length,
        ).toBeLessThan(20);
  });
});

describe('the package', () => {
  const manifest = JSON.parse(read('package.json')) as {
    files: string[];
    dependencies?: object;
    'node-red': { nodes: Record<string, string> };
  };

  test('has no runtime dependency, less than 1 MiB besides types and examples, and less than 150 kB of either', () => {
    expect(manifest.dependencies).toBeUndefined();
    const size = ['package.json', ...manifest.files]
      .filter((file) => existsSync(path.join(PACKAGE, file)))
      .reduce((sum, file) => sum + bytes(path.join(PACKAGE, file)), 0);
    const types = bytes(path.join(PACKAGE, 'dist/index.d.ts'));
    expect(types).toBeLessThan(150_000);
    // They are read when somebody imports one.
    const examples = bytes(path.join(PACKAGE, 'examples'));
    expect(examples).toBeLessThan(150_000);
    expect(size - types - examples).toBeLessThan(1024 * 1024);
  });

  test('keeps the registration of each node readable as a literal', () => {
    for (const node of Object.keys(manifest['node-red'].nodes))
      expect(read(`dist/${node}.html`)).toMatch(
        new RegExp(`<script type="text/javascript">\\s*RED\\.nodes\\.registerType\\('${node}', \\{`),
      );
  });

  test.each([
    ['wecom-app', 'secret'],
    ['wecom-robot', 'webhook'],
  ])('does not put what %s keeps secret into the properties that are exported', (node, secret) => {
    const html = read(`dist/${node}.html`);
    const defaults = html.slice(html.indexOf('defaults: {'), html.indexOf('credentials: {'));
    expect(defaults).not.toContain(secret);
    expect(html).toContain(`${secret}: { type: 'password'`);
  });

  test('uses colours of the theme only', () => {
    expect(read('resources/wecom.css').match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi)).toBeNull();
  });

  test('is a library that sends in a few lines, and lets the program end', async () => {
    const sandbox = await startSandbox({ port: 0 });
    try {
      const app = {
        corpId: sandbox.company.corpId,
        agentId: 1000002,
        secret: 'sandbox-secret-1000002',
        baseUrl: sandbox.url,
      };
      const program = `
        const { createRobot, createWecom } = require(${JSON.stringify(PACKAGE)});
        const robot = createRobot({ webhook: ${JSON.stringify(`${sandbox.url}/cgi-bin/webhook/send?key=${sandbox.company.robots[0]?.key ?? ''}`)} });
        const wecom = createWecom({ app: ${JSON.stringify(app)} });
        wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: 'Hello' } })
          .then(() => robot.send({ msgtype: 'text', text: { content: 'Hello' } }))
          .then(({ errmsg }) => console.log(errmsg));`;
      const { spawn } = await import('node:child_process');
      const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
      expect(output.trim()).toBe('ok');
      expect(sandbox.messages().map(({ to }) => to)).toEqual(['app', 'robot']);
    } finally {
      await sandbox.close();
    }
  });
});

function bytes(place: string): number {
  const info = statSync(place);
  if (!info.isDirectory()) return info.size;
  return readdirSync(place).reduce((sum, name) => sum + bytes(path.join(place, name)), 0);
}
