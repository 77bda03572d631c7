import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { languageOf, runtimeLanguage } from '../../node-red/runtime/host/language';
import { editorLanguage } from '../../node-red/runtime/host/editor-language';
import type { NodeRed } from '../../node-red/runtime/host/node-red-api';
import { startNodeRedProcess } from '../faults/node-red-process';
import type { NodeRedProcess } from '../faults/node-red-process';

const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'];
const NONE = Object.fromEntries(VARIABLES.map((name) => [name, undefined]));
const before = { ...process.env };

afterEach(() => {
  for (const name of VARIABLES) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

/** A Node-RED with this server and these settings, of which an editor was opened in this language. */
function said(server: Readonly<Record<string, string>>, lang?: string, editor?: string): string {
  for (const name of VARIABLES) delete process.env[name];
  Object.assign(process.env, server);
  const RED = { settings: { ...(lang !== undefined && { lang }) }, events: {} } as unknown as NodeRed;
  if (editor !== undefined) editorLanguage(RED).opened(languageOf(editor));
  return runtimeLanguage(RED);
}

test.each(['zh', 'zh-CN', 'zh-TW', 'zh_HK', 'zh-Hant-TW', 'zh_CN.UTF-8', 'ZH-cn', ' zh-CN '])(
  'every spelling of a Chinese locale is Chinese: "%s"',
  (locale) => {
    expect(languageOf(locale)).toBe('zh');
    expect(said({ LANG: locale })).toBe('zh');
    expect(said({ LC_ALL: locale, LANG: 'en_US.UTF-8' })).toBe('zh');
    expect(said({}, locale)).toBe('zh');
    expect(said({ LANG: 'C.UTF-8' }, undefined, locale)).toBe('zh');
  },
);

test.each(['en-US', 'de_DE.UTF-8', 'zha', '', 'C', undefined, 7])('%p is not Chinese', (locale) =>
  expect(languageOf(locale)).toBe('en'),
);

test('an empty LC_ALL says nothing', () => expect(said({ LC_ALL: '', LANG: 'zh_CN.UTF-8' })).toBe('zh'));

test('a server that is set to English speaks Chinese with whoever has a Chinese editor', () => {
  expect(said({ LANG: 'en_US.UTF-8' }, undefined, 'zh-CN')).toBe('zh');
  expect(said({ LANG: 'zh_CN.UTF-8' }, undefined, 'en-US')).toBe('zh');
});

test('what settings.js says counts, whatever the server and the editors speak', () => {
  expect(said({ LANG: 'zh_CN.UTF-8' }, 'en-US', 'zh-CN')).toBe('en');
  expect(said({ LANG: 'en_US.UTF-8' }, 'zh-CN', 'en-US')).toBe('zh');
});

test('without a word about it anywhere it is English', () => expect(said({ LANG: 'C' })).toBe('en'));

test('the language of the newest editor counts, and is known after a restart', async () => {
  const userDir = await mkdtemp(`${tmpdir()}/wecom-language-`);
  try {
    const runtime = () => ({ settings: { userDir }, events: {} }) as unknown as NodeRed;
    const RED = runtime();
    expect(editorLanguage(RED).last).toBeUndefined();
    editorLanguage(RED).opened('zh');
    expect(editorLanguage(runtime()).last).toBe('zh');
    editorLanguage(RED).opened('en');
    expect(editorLanguage(RED).last).toBe('en');
    expect(editorLanguage(runtime()).last).toBe('en');
  } finally {
    await rm(userDir, { recursive: true, force: true });
  }
});

describe('a real Node-RED', () => {
  const flow = [
    { id: 'flow', type: 'tab', label: 'test' },
    { id: 'inject', type: 'inject', z: 'flow', x: 0, y: 0, once: true, onceDelay: 0, props: [], wires: [['send']] },
    {
      id: 'send',
      type: 'wecom-send',
      z: 'flow',
      x: 0,
      y: 0,
      app: '',
      to: 'named',
      msgtype: 'text',
      fields: {},
      wires: [[]],
    },
  ];
  let nodeRed: NodeRedProcess | undefined;
  afterEach(() => nodeRed?.clear());
  const opened = (lang: string, type = 'application/json') =>
    fetch(`${nodeRed?.url}/wecom-send/language`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ lang }),
    });

  test('without LANG reports errors in the language of the last editor, also after a restart', async () => {
    nodeRed = await startNodeRedProcess(flow, {}, undefined, { ...NONE });
    await nodeRed.printed('No WeCom app is chosen');
    expect((await opened('zh-TW', 'text/plain')).status).toBe(415);
    expect((await opened('zh-TW')).status).toBe(200);
    await nodeRed.deploy(flow);
    await nodeRed.printed('未选择企业微信应用');
    await nodeRed.end('SIGTERM');
    await nodeRed.startAgain();
    await nodeRed.printed('未选择企业微信应用');
    await opened('en-US');
    await nodeRed.deploy(flow);
    await nodeRed.printed('No WeCom app is chosen');
  }, 60_000);

  test('speaks Chinese under LANG=zh_CN.UTF-8, and gives Chinese texts to every Chinese editor', async () => {
    nodeRed = await startNodeRedProcess(flow, {}, undefined, { ...NONE, LANG: 'zh_CN.UTF-8' });
    await nodeRed.printed('未选择企业微信应用');
    for (const locale of ['zh', 'zh-CN', 'zh-TW', 'zh-HK']) {
      const texts = await fetch(`${nodeRed.url}/nodes/messages?lng=${locale}`);
      expect(await texts.text()).toContain('企业微信 发送');
      const help = await fetch(`${nodeRed.url}/nodes`, { headers: { accept: 'text/html', 'accept-language': locale } });
      expect(await help.text()).toContain('向成员、部门、标签、群聊');
    }
  }, 60_000);
});
