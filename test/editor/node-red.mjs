/**
 * The dialogs in a real Node-RED, as a person sees them: `node test/editor/node-red.mjs`, or only some of the checks:
 * `node test/editor/node-red.mjs validates pictures`.
 *
 * Starts the sandbox and Node-RED with the built package in a user directory of its own, drives Debian's chromium,
 * checks what the dialogs do and leaves pictures in .build/editor (English and Chinese, light and dark).
 * Exits non-zero if anything is not as expected, also if there is no chromium.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { bundleEditor } from '../../scripts/build/node-red.mjs';
import { builtSandbox } from '../../scripts/built.mjs';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const PICTURES = path.join(PROJECT, '.build', 'editor');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SECRET = 'sandbox-secret-1000002';
/** Of the sandbox's first robot. */
const KEY = '5a2d8b0c-7e11-4c52-9b0e-0000000000b1';

if (!existsSync(CHROMIUM)) {
  console.error(`There is no browser at ${CHROMIUM}: install chromium, or name one in CHROMIUM. Nothing was tested.`);
  process.exit(1);
}
if (!existsSync(path.join(PROJECT, 'node-red/dist/wecom-send.js'))) {
  console.error('node-red/dist is missing: run "npm run build" first.');
  process.exit(1);
}

/** Each language and each theme, in windows of several widths. */
const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', width: 1440 },
  { locale: 'en-US', colorScheme: 'dark', width: 1024 },
  { locale: 'zh-CN', colorScheme: 'light', width: 1024 },
  { locale: 'zh-CN', colorScheme: 'dark', width: 800 },
];

let sandbox;
let userDir;
let nodeRed;
let browser;

async function main() {
  const startSandbox = await builtSandbox(console.log);
  sandbox = await startSandbox({ port: 0 });
  userDir = await mkdtemp(path.join(tmpdir(), 'wecom-editor-'));
  try {
    await rm(PICTURES, { recursive: true, force: true });
    await mkdir(PICTURES, { recursive: true });
    const url = await startNodeRed();
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    await postFlow(url);
    if (isWanted(fitsItsWindow))
      for (const width of [800, 1024, 1280, 1920]) await inEditor(url, { width }, fitsItsWindow);
    for (const locale of isWanted(speaksChinese) ? ['zh-CN', 'zh-TW'] : [])
      await inEditor(url, { locale, width: 1280 }, speaksChinese);
    await inEditor(url, { width: 1280 }, everything);
    for (const check of [isFoundAndSaysWhatItIs, laysOutExamples].filter(isWanted))
      for (const locale of ['en-US', 'zh-CN']) {
        await postFlow(url);
        await inEditor(url, { locale, width: 1280 }, check);
      }
    for (const looks of isWanted(pictures) ? LOOKS : []) {
      await postFlow(url);
      await inEditor(url, looks, pictures);
    }
    if (isWanted(drawsNestedFields)) {
      await bundleEditor(NESTED_PANELS, path.join(packageHome(), 'resources'));
      await inEditor(url, { width: 1024 }, drawsNestedFields);
    }
    console.log(`editor: all checks passed; pictures are in ${path.relative(PROJECT, PICTURES)}`);
  } finally {
    await browser?.close();
    nodeRed?.kill();
    await sandbox.close();
    await rm(userDir, { recursive: true, force: true });
  }
}

function packageHome() {
  return path.join(userDir, 'node_modules', '@wecom-flow', 'node-red-wecom');
}

async function startNodeRed() {
  const home = packageHome();
  await mkdir(home, { recursive: true });
  for (const part of ['package.json', 'dist', 'resources', 'examples'])
    await cp(path.join(PROJECT, 'node-red', part), path.join(home, part), { recursive: true });
  await writeFile(
    path.join(userDir, 'package.json'),
    JSON.stringify({ name: 'user-dir', version: '0.0.1', dependencies: { '@wecom-flow/node-red-wecom': '*' } }),
  );
  const port = await freePort();
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    credentialSecret: 'test',
    telemetry: { enabled: false },
    editorTheme: { tours: false, palette: { editable: false } },
    logging: { console: { level: 'warn' } },
  };
  await writeFile(path.join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
  // The editor's tips come a second after its settings, and fail on a busy machine that has not drawn the sidebar by
  // then.
  await writeFile(
    path.join(userDir, '.config.users.json'),
    JSON.stringify({ _: { editor: { view: { 'view-show-tips': false } } } }),
  );
  const program = path.join(PROJECT, 'node_modules/node-red/red.js');
  nodeRed = spawn(process.execPath, [program, '--userDir', userDir, '--settings', path.join(userDir, 'settings.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en_US.UTF-8' },
  });
  let output = '';
  for (const stream of [nodeRed.stdout, nodeRed.stderr]) stream.on('data', (chunk) => (output += chunk));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 150; tries += 1) {
    if (nodeRed.exitCode !== null) break;
    if (
      await fetch(`${url}/settings`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return url;
    await pause(200);
  }
  throw new Error(`Node-RED did not start:\n${output}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function postFlow(url) {
  const flows = [
    { id: 'tab', type: 'tab', label: 'Editor test' },
    {
      id: 'app',
      type: 'wecom-app',
      name: '',
      corpId: sandbox.company.corpId,
      agentId: '1000002',
      baseUrl: sandbox.url,
      proxy: '',
      timeout: '10',
      credentials: { secret: SECRET },
    },
    {
      id: 'robot',
      type: 'wecom-robot',
      name: '',
      baseUrl: sandbox.url,
      proxy: '',
      timeout: '10',
      credentials: { webhook: KEY },
    },
    {
      id: 'send',
      type: 'wecom-send',
      z: 'tab',
      name: '',
      app: 'app',
      to: 'named',
      msgtype: 'text',
      fields: { touser: { type: 'str', value: 'zhangsan' } },
      failOnUndelivered: false,
      x: 400,
      y: 120,
      wires: [[]],
    },
    {
      id: 'inject',
      type: 'inject',
      z: 'tab',
      name: '',
      props: [{ p: 'payload' }],
      payload: 'Hello',
      payloadType: 'str',
      x: 160,
      y: 120,
      wires: [['send']],
    },
  ];
  const answer = await fetch(`${url}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'node-red-api-version': 'v2' },
    body: JSON.stringify({ flows }),
  });
  assert.ok(answer.ok, `POST /flows answered ${answer.status}`);
  const exported = await (await fetch(`${url}/flows`)).text();
  assert.ok(!exported.includes(SECRET), 'an exported flow holds the secret');
  assert.ok(!exported.includes(KEY), 'an exported flow holds the key of a robot');
}

async function inEditor(url, { locale = 'en-US', colorScheme = 'light', width }, visit) {
  const context = await browser.newContext({ viewport: { width, height: 1000 }, locale, colorScheme });
  const page = await context.newPage();
  const mistakes = [];
  page.on('pageerror', (error) => mistakes.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error' || /Validation error|oneditsave|Definition error/.test(message.text()))
      mistakes.push(message.text());
  });
  try {
    await page.goto(url, { timeout: 120_000 });
    await page.waitForFunction(
      () => window.RED?.nodes?.node?.('send') !== null && window.RED?.nodes?.node?.('send') !== undefined,
      null,
      { timeout: 120_000 },
    );
    await page.waitForFunction(
      () =>
        document.querySelector('#red-ui-loading-progress') === null ||
        getComputedStyle(document.querySelector('#red-ui-loading-progress')).display === 'none',
    );
    // Node-RED keeps the choice of its theme for itself; the browser's preference counts only if somebody chose "auto".
    if (colorScheme === 'dark') await page.evaluate(() => document.documentElement.classList.add('nr-theme-dark'));
    await visit(new Editor(page, `${locale}-${colorScheme}-${width}`));
  } catch (error) {
    console.error(mistakes.join('\n'));
    await page.screenshot({ path: path.join(PICTURES, 'failure.png') });
    throw error;
  } finally {
    await context.close();
  }
  // The themes' fonts and the like are not ours; everything our code reports is.
  assert.deepEqual(
    mistakes.filter((text) => !/favicon|404|ERR_INTERNET|net::ERR/.test(text)),
    [],
    'the browser reported errors',
  );
}

/** The widest that a dialog opens: that of core's nodes. */
const WIDEST = 540;

/**
 * Whatever the width of the window, a dialog is no wider than those of core's nodes, nothing of it is cut off or lies
 * under the sidebar, and there is no scrolling sideways; where the window has room, its edge can be dragged both ways.
 */
async function fitsItsWindow(editor) {
  const { page } = editor;
  const tray = page.locator('.red-ui-tray').last();
  const width = () => tray.evaluate((element) => element.clientWidth);
  for (const dialog of ['app', 'robot']) {
    await editor.openConfig(dialog);
    await allInReach(page);
    assert.ok((await width()) <= WIDEST, `${dialog}: ${await width()} px`);
    await editor.cancelConfig();
  }
  await editor.open('send');
  await page.click('#wecom-send-options .wecom-section-header');
  for (const type of ['text', 'file', 'mpnews', 'multiple_interaction']) {
    await editor.chooseType(type);
    await allInReach(page);
  }
  const opened = await width();
  assert.ok(opened <= WIDEST, `${opened} px`);
  if (page.viewportSize().width >= 1280) {
    await dragEdge(page, -200);
    assert.ok((await width()) > opened + 150, 'the edge can be dragged to the left');
    await allInReach(page);
    await dragEdge(page, 400);
    assert.ok((await width()) <= opened, 'the edge can be dragged back');
    await allInReach(page);
  }
  await editor.cancel();
}

/**
 * On a server that is set to English, whoever opens a Chinese editor reads Chinese: names, and statuses with what is in
 * them.
 */
async function speaksChinese(editor) {
  const { page } = editor;
  const status = () => page.evaluate(() => window.RED.nodes.node('send').status?.text ?? '');
  const sends = async () => assert.ok((await page.request.post(new URL('inject/inject', page.url()).href)).ok());
  assert.match(await page.locator('.red-ui-palette-node[data-palette-type="wecom-send"]').innerText(), /企业微信/);
  sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 81013, times: 1 });
  await sends();
  await page.waitForFunction(() => /81013/.test(window.RED.nodes.node('send').status?.text ?? ''));
  assert.match(await status(), /所有接收人都无法送达.* · \d+月\d+日 \d\d:\d\d$/);
  await editor.picture('speech');
  await sends();
  await page.waitForFunction(() => /^已发送 · /.test(window.RED.nodes.node('send').status?.text ?? ''));
}

/** What is moving is looked at again when it stands still. */
async function allInReach(page) {
  let parts = await outOfReach(page);
  for (let looks = 0; looks < 20 && parts.length > 0; looks += 1) {
    await pause(100);
    parts = await outOfReach(page);
  }
  assert.deepEqual(parts, []);
}

/** What of the dialog on top a mouse cannot get at: beside it, or under something else when it is scrolled to. */
function outOfReach(page) {
  return page.evaluate(() => {
    const form = [...document.querySelectorAll('.wecom-form')].at(-1);
    const named = (part) => part.id || part.className || part.tagName;
    const end = form.closest('.red-ui-tray-body-wrapper').getBoundingClientRect().right;
    const cutOff = [form, ...form.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > end);
    const covered = [...form.querySelectorAll('button, input, select, textarea')].filter((part) => {
      if (part.getClientRects().length === 0) return false;
      part.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = part.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit === null || (!part.contains(hit) && !hit.contains(part));
    });
    return [...cutOff, ...covered].map(named);
  });
}

async function dragEdge(page, by) {
  const handle = await page.locator('.red-ui-tray-resize-handle').last().boundingBox();
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by / 2, y, { steps: 5 });
  await page.mouse.move(x + by, y, { steps: 5 });
  await page.mouse.up();
  await pause(200);
}

/** Those that are named behind the command, such as `validates`; all if none is. */
function isWanted(check) {
  const named = process.argv.slice(2);
  return named.length === 0 || named.includes(check.name);
}

/** Under each word that people look for it with, in the palette and in the list on the canvas; and on the canvas. */
async function isFoundAndSaysWhatItIs(editor) {
  const { page, name } = editor;
  const zh = name.startsWith('zh');
  const entry = page.locator('.red-ui-palette-node[data-palette-type="wecom-send"]');
  for (const word of SEARCHED) {
    await page.fill('#red-ui-palette-search input', word);
    await page.press('#red-ui-palette-search input', 'End');
    await page.waitForFunction(
      () => document.querySelector('.red-ui-palette-node[data-palette-type="inject"]').style.display === 'none',
    );
    assert.ok(await entry.isVisible(), `the palette does not find it under ${word}`);
  }
  await editor.picture('palette');
  await page.fill('#red-ui-palette-search input', '');
  await page.press('#red-ui-palette-search input', 'End');
  const lines = (await entry.locator('.red-ui-palette-label').innerHTML()).split(/<br\/?>/);
  assert.ok(lines.length <= 2, `the palette's label has the lines ${lines}`);

  await page.keyboard.down('Control');
  await page.mouse.click(700, 500);
  await page.keyboard.up('Control');
  for (const word of ['机器人', 'wechat', '企微']) {
    await page.fill('#red-ui-type-search-input', word);
    await page.press('#red-ui-type-search-input', 'End');
    await page.waitForSelector('.red-ui-search-result-node-label:visible:has-text("wecom-send")');
    await page.waitForSelector('.red-ui-search-result-node-label:has-text("(inject)")', { state: 'hidden' });
  }
  await page.keyboard.press('Escape');

  const label = () => page.evaluate(() => window.RED.utils.getNodeLabel(window.RED.nodes.node('send')));
  assert.equal(await label(), zh ? '企业微信：文本 → zhangsan' : 'WeCom: Text → zhangsan');
  const change = (id, values) =>
    page.evaluate(([node, properties]) => Object.assign(window.RED.nodes.node(node), properties), [id, values]);
  await change('app', { name: 'IT' });
  assert.equal(await label(), zh ? '企业微信：文本 → zhangsan · IT' : 'WeCom: Text → zhangsan · IT');
  await change('send', { to: 'robot', robot: 'robot' });
  assert.equal(await label(), zh ? '企业微信：文本 → 群机器人' : 'WeCom: Text → Group robot');
  await change('robot', { name: 'Alarms' });
  assert.equal(await label(), zh ? '企业微信：文本 → Alarms' : 'WeCom: Text → Alarms');
  await change('send', { operation: 'recall' });
  assert.equal(await label(), zh ? '企业微信：撤回消息 · IT' : 'WeCom: Recall message · IT');
}

const SEARCHED = [
  ...['WeCom', '企业微信', '微信', '企微', 'wechat', 'weixin', 'wework', 'send', '发送'],
  ...['robot', '群机器人', '机器人', '通知', 'notify', '消息', 'message'],
];

async function everything(editor) {
  const checks = [
    choosesTypes,
    dividesAndQueues,
    keepsValues,
    takesValuesAlong,
    asksForFolders,
    picksRecipients,
    testsApps,
    testsRobots,
    validates,
    followsConditions,
    takesJson,
    doesOperations,
    offersExamples,
    showsHelp,
  ];
  for (const check of checks) if (isWanted(check)) await check(editor);
}

/** Each destination offers its types, and each type shows its own fields and no others. */
async function choosesTypes(editor) {
  const { page } = editor;
  await editor.open('send');
  for (const [to, count] of [
    ['named', 16],
    ['everyone', 15],
    ['chat', 10],
    ['robot', 10],
  ]) {
    await page.selectOption('#node-input-to', to);
    const types = await page.$$eval('#node-input-msgtype option:not(:disabled)', (options) =>
      options.map((option) => option.value),
    );
    assert.equal(types.length, count, `${to}: ${types}`);
    for (const type of types) {
      await editor.chooseType(type);
      const fields = await editor.fields('#wecom-send-content');
      const own = type === 'any' ? 'message.json' : `${type}.`;
      assert.ok(fields.length > 0 && fields.every((field) => field.startsWith(own)), `${type}: ${fields}`);
    }
    assert.equal(await page.isVisible('#wecom-send-robot'), to === 'robot');
    assert.equal(await page.isVisible('#wecom-send-app'), to !== 'robot');
  }
  await page.selectOption('#node-input-to', 'named');
  await editor.chooseType('video');
  await page.selectOption('#node-input-to', 'robot');
  assert.equal(await page.inputValue('#node-input-msgtype'), 'text', 'robots take no video');
  assert.match(await page.innerText('#node-input-msgtype option[value=video]'), /not possible here/);
  await page.selectOption('#node-input-to', 'named');
  assert.equal(
    await page.inputValue('#node-input-msgtype'),
    'video',
    'the type that was chosen comes back with its destination',
  );
  await editor.cancel();
}

/**
 * A text of several messages is no mistake where it is divided; the queue has its limits; flows without these options
 * get the defaults.
 */
async function dividesAndQueues(editor) {
  const { page } = editor;
  await editor.open('send');
  assert.deepEqual(
    [
      await page.inputValue('#node-input-rateLimits'),
      await page.inputValue('#node-input-queueLength'),
      await page.inputValue('#node-input-atOnce'),
    ],
    ['wait', '1000', '64'],
  );
  await editor.chooseType('text');
  const content = page.locator('[data-field="text.content"]');
  await content.locator('.red-ui-typedInput-type-select').click();
  await page.locator('.red-ui-typedInput-options:visible >> text=/^text$/').first().click();
  await content.locator('textarea').fill('x'.repeat(3120));
  assert.match(await content.locator('.wecom-measure').innerText(), /3,120 bytes: about 2 messages/);
  assert.equal(await editor.isWrong('text.content'), false);
  await page.click('#wecom-send-options .wecom-section-header');
  await editor.picture('options');
  const tooLong = page.locator('[data-field="too_long"]');
  await tooLong.locator('.red-ui-typedInput-option-trigger').click();
  await page.locator('.red-ui-typedInput-options:visible >> text=/^Fail$/').first().click();
  assert.match(await content.locator('.wecom-measure').innerText(), /3,120 of 2,048 bytes/);
  assert.equal(await editor.isWrong('text.content'), true);
  assert.equal(await page.isVisible('[data-field=number_parts]'), false, 'what is not divided has no parts to number');
  // What placeholders become is known when the message is sent.
  await content.locator('textarea').fill(`{{payload.name}}${'x'.repeat(3120)}`);
  assert.match(await content.locator('.wecom-measure').innerText(), /depends on/);
  assert.equal(await editor.isWrong('text.content'), false);
  await content.locator('textarea').fill('Hello {{payload');
  assert.equal(await editor.isWrong('text.content'), true);
  await page.fill('#node-input-queueLength', '0');
  await page.press('#node-input-queueLength', 'Tab');
  await page.waitForSelector('#node-input-queueLength.input-error');
  await editor.cancel();
}

/** What is entered comes back, lists in lists' order, and only what is entered is stored. */
async function keepsValues(editor) {
  const { page } = editor;
  await editor.open('send');
  await editor.chooseType('text');
  assert.deepEqual(await editor.typed('text.content'), { type: 'msg', value: 'payload' });
  await editor.chooseType('news');
  await page.click('#wecom-field-news-articles .red-ui-editableList-addButton');
  await editor.setTyped('news.articles[0].title', 'str', 'First');
  await editor.setTyped('news.articles[0].url', 'str', 'https://example.com/1');
  await editor.setTyped('news.articles[1].title', 'msg', 'topic');
  await editor.setTyped('news.articles[1].url', 'str', 'https://example.com/2');
  await page.click('.wecom-section-header');
  assert.equal(await page.isVisible('[data-field=duplicate_check_interval]'), false);
  await page.check('[data-field=enable_duplicate_check] input[type=checkbox]');
  assert.equal(await page.isVisible('[data-field=duplicate_check_interval]'), true);
  await editor.ok();
  assert.deepEqual(await editor.property('send', 'fields'), {
    touser: { type: 'str', value: 'zhangsan' },
    'news.articles': {
      type: 'list',
      value: [
        { title: { type: 'str', value: 'First' }, url: { type: 'str', value: 'https://example.com/1' } },
        { title: { type: 'msg', value: 'topic' }, url: { type: 'str', value: 'https://example.com/2' } },
      ],
    },
    enable_duplicate_check: { type: 'bool', value: 'true' },
  });
  await editor.open('send');
  assert.equal(await page.inputValue('#node-input-msgtype'), 'news');
  assert.deepEqual(await editor.typed('news.articles[1].title'), { type: 'msg', value: 'topic' });
  await editor.chooseType('text');
  await editor.setTyped('text.content', 'str', '');
  await page.fill('#wecom-field-text-content textarea', '第一行\nline two');
  await editor.ok();
  assert.deepEqual((await editor.property('send', 'fields'))['text.content'], {
    type: 'str',
    value: '第一行\nline two',
  });
}

/** What was typed for one type is there in another that has the same part, and the dialog says what Done forgets. */
async function takesValuesAlong(editor) {
  const { page } = editor;
  await editor.open('send');
  await editor.chooseType('text');
  await editor.setTyped('text.content', 'str', '');
  await page.fill('#wecom-field-text-content textarea', 'Build 42 is done');
  for (const [type, field] of [
    ['markdown', 'markdown-content'],
    ['textcard', 'textcard-description'],
  ]) {
    await editor.chooseType(type);
    assert.equal(await page.inputValue(`#wecom-field-${field} textarea`), 'Build 42 is done');
  }
  await page.fill('#wecom-field-textcard-description textarea', 'All is well');
  await editor.setTyped('textcard.title', 'str', 'Build');
  await editor.setTyped('textcard.url', 'str', 'https://example.com/42');
  await editor.chooseType('news');
  assert.deepEqual(await editor.typed('news.articles[0].title'), { type: 'str', value: 'Build' });
  assert.deepEqual(await editor.typed('news.articles[0].url'), { type: 'str', value: 'https://example.com/42' });
  await editor.chooseType('markdown');
  assert.equal(await page.inputValue('#wecom-field-markdown-content textarea'), 'Build 42 is done', 'it has a text');
  assert.match(await page.innerText('#wecom-send-forgotten'), /Text, Text card, News/);
  await editor.chooseType('text_notice');
  assert.deepEqual(await editor.typed('text_notice.main_title.title'), { type: 'msg', value: 'payload' });
  await editor.setTyped('text_notice.main_title.title', 'str', 'Build "42"');
  await editor.setTyped('text_notice.card_action.url', 'str', 'https://example.com');
  await editor.setTyped('text_notice.sub_title_text', 'msg', 'summary');
  await page.selectOption('#node-input-cardAs', 'json');
  const written = await editor.typed('card.json');
  assert.equal(written.type, 'jsonata');
  assert.match(written.value, /"title": "Build \\"42\\""[^]*"sub_title_text": summary[^]*"type": 1/);
  await editor.cancel();
}

/**
 * Paths on the server are asked for a folder, with a warning where messages choose them, as long as one is there that
 * counts.
 */
async function asksForFolders(editor) {
  const { page } = editor;
  const folder = (state) => page.waitForSelector('#wecom-send-files-in', { state });
  const warning = (state) => page.waitForSelector('#wecom-send-files-in .wecom-warning', { state });
  const choose = async (field, source, type) => {
    await page.selectOption(`[data-field="${field}"] .wecom-media-source`, source);
    await page.$eval(
      `[data-field="${field}"] input.wecom-media-value`,
      (input, chosen) => window.$(input).typedInput('type', chosen),
      type,
    );
  };
  await editor.open('send');
  await editor.chooseType('mpnews');
  await folder('hidden');
  await page.click('#wecom-field-mpnews-articles .red-ui-editableList-addButton');
  const [first, second] = [0, 1].map((index) => `mpnews.articles[${index}].thumb_media_id`);
  await choose(first, 'path', 'str');
  await folder('visible');
  await warning('hidden');
  await choose(second, 'path', 'msg');
  await warning('visible');
  await page.locator('#wecom-field-mpnews-articles .red-ui-editableList-item-remove').last().click();
  await warning('hidden');
  await folder('visible');
  await choose(first, 'path', 'msg');
  await warning('visible');
  assert.match(await page.innerText(`[data-field="${first}"] .wecom-media-name`), /file name in the path/);
  await page.fill('#node-input-filesIn', '/data/reports');
  await warning('hidden');
  await page.fill('#node-input-filesIn', '');
  await warning('visible');
  await choose(first, 'path', 'str');
  await warning('hidden');
  await page.$eval(`[data-field="${first}"] input.wecom-media-value`, (input) =>
    window.$(input).typedInput('value', '/data/{{payload}}.png'),
  );
  await warning('visible');
  await editor.setTyped('mpnews.articles', 'msg', 'payload');
  await folder('hidden');
  await editor.setTyped('mpnews.articles', 'list', '');
  await choose(first, 'data', 'msg');
  await folder('hidden');
  assert.match(await page.innerText(`[data-field="${first}"] .wecom-media-name`), /msg\.filename/);
  await editor.cancel();
}

async function picksRecipients(editor) {
  const { page } = editor;
  await editor.open('send');
  await page.click('#wecom-field-touser .wecom-pick');
  await page.waitForSelector('.wecom-picker-row');
  assert.equal(await page.locator('.wecom-picker-row input:checked').count(), 1);
  await page.fill('.wecom-picker-search input', '李四');
  await page.waitForFunction(() => document.querySelectorAll('.wecom-picker-row').length === 1);
  await page.check('.wecom-picker-row input');
  await editor.picture('picker');
  await page.click('.wecom-picker-foot .primary');
  assert.deepEqual(await editor.typed('touser'), { type: 'str', value: 'zhangsan, lisi' });
  const focused = (field) =>
    page.$eval(`#wecom-field-${field} .wecom-pick`, (button) => document.activeElement === button);
  assert.equal(await focused('touser'), true, 'the keyboard goes on where it was');
  assert.equal(await page.innerText('#wecom-field-touser .wecom-names'), '张三 (zhangsan), 李四 (lisi)');
  await page.click('#wecom-field-touser .wecom-pick');
  await page.waitForSelector('.wecom-picker-row');
  const firstRows = await page.$$eval('.wecom-picker-rows .wecom-picker-row', (rows) =>
    rows.slice(0, 3).map((row) => row.querySelector('input').checked),
  );
  assert.deepEqual(firstRows, [true, true, false], 'who is chosen stands on top');
  await page.locator('.wecom-picker-rows input').first().uncheck();
  await page.mouse.click(5, 500);
  await page.waitForSelector('.wecom-picker', { state: 'detached' });
  assert.match((await editor.typed('touser')).value, /^(zhangsan|lisi)$/, 'a click elsewhere keeps what was ticked');
  await page.click('#wecom-field-touser .wecom-pick');
  await page.fill('.wecom-picker-search input', 'an');
  await page.check('.wecom-picker-all input');
  const found = await page.locator('.wecom-picker-rows .wecom-picker-row').count();
  assert.ok(found > 1, 'several members have "an" in their names');
  assert.equal(await page.locator('.wecom-picker-rows input:checked').count(), found);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.wecom-picker', { state: 'detached' });
  assert.match((await editor.typed('touser')).value, /^(zhangsan|lisi)$/, 'Escape leaves the field as it was');
  await editor.setTyped('touser', 'str', 'zhangsan, lisi');
  for (const [field, name] of [
    ['toparty', '市场部'],
    ['totag', '值班'],
  ]) {
    await page.click(`#wecom-field-${field} .wecom-pick`);
    await page.waitForSelector(`.wecom-picker-row:has-text("${name}")`);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.wecom-picker', { state: 'detached' });
  }
  await editor.ok();
  assert.deepEqual((await editor.property('send', 'fields')).touser, {
    type: 'str',
    value: 'zhangsan, lisi',
    names: { zhangsan: '张三', lisi: '李四' },
  });
  await editor.open('send');
  assert.equal(await page.innerText('#wecom-field-touser .wecom-names'), '张三 (zhangsan), 李四 (lisi)');
  await page.selectOption('#node-input-operation', 'createChat');
  await page.click('#wecom-field-createChat-owner .wecom-pick');
  await page.waitForSelector('.wecom-picker-row');
  assert.equal((await page.locator('.wecom-picker-row input[type=radio]').count()) > 1, true, 'a chat has one owner');
  await page.locator('.wecom-picker-row:has-text("lisi") input').check();
  await page.click('.wecom-picker-foot .primary');
  assert.deepEqual(await editor.typed('createChat.owner'), { type: 'str', value: 'lisi' });
  for (const [operation, fields] of [
    ['createChat', ['userlist']],
    ['updateChat', ['owner', 'add_user_list', 'del_user_list']],
    ['updateCard', ['userids', 'partyids', 'tagids']],
  ]) {
    await page.selectOption('#node-input-operation', operation);
    for (const field of fields)
      assert.equal(await page.isVisible(`#wecom-field-${operation}-${field} .wecom-pick`), true);
  }
  await page.selectOption('#node-input-operation', 'send');
  await page.selectOption('#node-input-to', 'robot');
  await editor.chooseType('text');
  await page.click('#wecom-field-text-mentioned_list .wecom-pick');
  await page.waitForSelector('.wecom-picker-row');
  await page.keyboard.press('Escape');
  await editor.cancel();
}

/** The Test button works before anything is deployed, and says what to do. */
async function testsApps(editor) {
  const { page } = editor;
  await editor.openConfig('app');
  const ask = async () => {
    await page.click('#wecom-app-test');
    await page.waitForSelector('.wecom-test-result.wecom-good, .wecom-test-result.wecom-bad');
    return page.innerText('.wecom-test-result');
  };
  assert.match(await ask(), /It works: .*Notifier/);
  await editor.picture('app-test-good');
  await page.fill('#node-config-input-secret', 'wrong');
  assert.match(await ask(), /40001/);
  await page.fill('#node-config-input-agentId', '1000004');
  await page.fill('#node-config-input-secret', 'sandbox-secret-1000004');
  assert.match(await ask(), /60020.*203\.0\.113\.7/s);
  await editor.picture('app-test-60020');
  await page.fill('#node-config-input-baseUrl', 'http://127.0.0.1:9');
  assert.match(await ask(), /ECONNREFUSED/);
  await editor.cancelConfig();
}

/** The Test button of a robot knows a good key from a bad one and posts nothing. */
async function testsRobots(editor) {
  const { page } = editor;
  await editor.openConfig('robot');
  const ask = async () => {
    await page.click('#wecom-robot-test');
    await page.waitForSelector('.wecom-test-result.wecom-good, .wecom-test-result.wecom-bad');
    return page.innerText('.wecom-test-result');
  };
  assert.match(await ask(), /It works/);
  await editor.picture('robot-test-good');
  await page.fill('#node-config-input-webhook', 'wrong-key');
  assert.match(await ask(), /93000/);
  await page.fill('#node-config-input-webhook', 'https://example.com/no-webhook');
  assert.match(await ask(), /not a webhook URL/);
  await editor.picture('robot-test-bad');
  await editor.cancelConfig();
  assert.deepEqual(sandbox.messages({ to: 'robot' }), [], 'a test must not reach the group');
}

/**
 * Rows come and go with the value beside them, and what is hidden is not stored; a value out of the flow shows them
 * all.
 */
async function followsConditions(editor) {
  const { page } = editor;
  await editor.open('send');
  await editor.chooseType('button_interaction');
  const shown = (field) => page.isVisible(`[data-field="${field}"]`);
  const button = 'button_interaction.button_list[0]';
  assert.deepEqual([await shown(`${button}.key`), await shown(`${button}.url`)], [true, false]);
  await editor.setTyped(`${button}.text`, 'str', 'Open');
  await editor.setTyped(`${button}.key`, 'str', 'open');
  await editor.setTyped(`${button}.type`, 'num', '1');
  assert.deepEqual([await shown(`${button}.key`), await shown(`${button}.url`)], [false, true]);
  await editor.setTyped(`${button}.url`, 'str', 'https://example.com');
  await editor.setTyped(`${button}.type`, 'msg', 'does');
  assert.deepEqual([await shown(`${button}.key`), await shown(`${button}.url`)], [true, true]);
  await editor.setTyped(`${button}.type`, 'num', '1');
  assert.equal(await shown('button_interaction.quote_area.title'), false, 'what a card can do without is folded away');
  await page.click('[data-field="button_interaction.quote_area"] > label .wecom-fold');
  assert.equal(await shown('button_interaction.quote_area.title'), true);
  await page.click('[data-field="button_interaction.action_menu"] > label .wecom-fold');
  await page.click('[data-field="button_interaction.horizontal_content_list"] .red-ui-editableList-addButton');
  assert.equal(await shown('button_interaction.horizontal_content_list[0].url'), false);
  await editor.picture('button_interaction-nested');
  await editor.ok();
  const { 'button_interaction.button_list': buttons, ...others } = await editor.property('send', 'fields');
  const text = (value) => ({ type: 'str', value });
  assert.deepEqual(buttons, {
    type: 'list',
    value: [{ text: text('Open'), type: { type: 'num', value: '1' }, url: text('https://example.com') }],
  });
  assert.deepEqual(
    Object.keys(others).filter((key) => key.startsWith('button')),
    [
      'button_interaction.main_title',
      'button_interaction.sub_title_text',
      'button_interaction.horizontal_content_list',
    ],
    'what was only looked at is not stored; the text of the type before came along',
  );
  await editor.open('send');
  assert.deepEqual(await editor.typed(`${button}.url`), text('https://example.com'));
  await editor.chooseType('multiple_interaction');
  await page.click(
    '[data-field="multiple_interaction.select_list"] > .wecom-control > .wecom-list > .red-ui-editableList > .red-ui-editableList-addButton',
  );
  await page.click('[data-field="multiple_interaction.select_list[1].option_list"] .red-ui-editableList-addButton');
  await editor.setTyped('multiple_interaction.select_list[1].option_list[1].text', 'str', 'Second');
  await editor.setTyped('multiple_interaction.submit_button.text', 'str', 'Send');
  await editor.picture('multiple_interaction-nested');
  await editor.ok();
  const lists = (await editor.property('send', 'fields'))['multiple_interaction.select_list'];
  assert.deepEqual(lists.value[1].option_list.value[1], { text: text('Second') });
  assert.match(
    await page.evaluate(() => JSON.stringify(window.RED.nodes.node('send').validationErrors)),
    /Question key is missing/,
  );
}

async function takesJson(editor) {
  const { page } = editor;
  await editor.open('send');
  await editor.chooseType('text_notice');
  await page.selectOption('#node-input-cardAs', 'json');
  assert.deepEqual(await editor.fields('#wecom-send-content'), ['card.json']);
  await editor.setTyped('card.json', 'json', '{"main_title":');
  await editor.picture('card-json');
  await editor.ok();
  assert.match(
    await page.evaluate(() => JSON.stringify(window.RED.nodes.node('send').validationErrors)),
    /not valid JSON/,
  );
  await editor.open('send');
  assert.deepEqual(await editor.typed('card.json'), { type: 'json', value: '{"main_title":' });
  await page.selectOption('#node-input-cardAs', 'fields');
  await editor.chooseType('text');
  await editor.ok();
  assert.deepEqual(
    Object.keys(await editor.property('send', 'fields')).filter((key) => key.startsWith('card')),
    [],
  );
}

/** What the node does besides sending shows its own rows; a robot needs no app. */
async function doesOperations(editor) {
  const { page } = editor;
  await editor.open('send');
  for (const [operation, fields] of [
    ['recall', ['recall.msgids']],
    ['createChat', ['createChat.userlist', 'createChat.name', 'createChat.owner', 'createChat.chatid']],
    ['getChat', ['getChat.chatid']],
  ]) {
    await page.selectOption('#node-input-operation', operation);
    assert.deepEqual(await editor.fields('#wecom-send-operation-rows'), fields);
    assert.equal(await page.isVisible('#node-input-msgtype'), false);
    await editor.picture(operation);
  }
  await page.selectOption('#node-input-operation', 'updateCard');
  assert.deepEqual(await editor.fields('#wecom-send-button'), ['updateCard.button']);
  await editor.picture('updateCard-button');
  assert.ok(
    (await page.locator('#wecom-send-undelivered .wecom-check label').boundingBox()).height < 30,
    'a short sentence is broken into lines',
  );
  await page.locator('#wecom-send-undelivered').scrollIntoViewIfNeeded();
  await editor.picture('updateCard-options');
  await page.selectOption('#node-input-updateAs', 'card');
  assert.deepEqual(await editor.fields('#wecom-send-button'), []);
  assert.equal(await page.locator('#node-input-msgtype option:not(:disabled)').count(), 5);
  await editor.picture('updateCard-card');
  await page.selectOption('#node-input-operation', 'recall');
  await editor.ok();
  assert.deepEqual(await editor.property('send', 'fields'), { 'recall.msgids': { type: 'msg', value: 'payload' } });
  await editor.open('send');
  assert.equal(await page.inputValue('#node-input-operation'), 'recall');
  await page.selectOption('#node-input-operation', 'send');
  await page.selectOption('#node-input-to', 'robot');
  await editor.ok();
  assert.match(await page.evaluate(() => JSON.stringify(window.RED.nodes.node('send').validationErrors)), /robot/);
  await editor.open('send');
  await page.selectOption('#node-input-robot', 'robot');
  await editor.ok();
  assert.deepEqual(await editor.property('send', 'validationErrors'), []);
  await editor.open('send');
  await page.selectOption('#node-input-to', 'named');
  await editor.setTyped('touser', 'str', 'zhangsan');
  await editor.chooseType('text');
  await editor.ok();
}

/**
 * What has to be filled in is red as soon as it is seen, what was typed wrong says why, and the node lists both with
 * the group they are in.
 */
async function validates(editor) {
  const { page } = editor;
  const said = (field) => page.innerText(`[data-field="${field}"] > .wecom-problem`);
  await editor.open('send');
  await editor.chooseType('textcard');
  assert.deepEqual(
    [await editor.isWrong('textcard.title'), await editor.isWrong('textcard.url'), await editor.isWrong('touser')],
    [true, true, false],
  );
  assert.equal(await said('textcard.title'), '', 'an empty field is red and says nothing yet');
  await editor.setTyped('textcard.title', 'str', '汉'.repeat(43));
  assert.match(await page.innerText('[data-field="textcard.title"] .wecom-count'), /129\/128 bytes/);
  await editor.setTyped('textcard.url', 'str', 'example.com');
  assert.match(await said('textcard.url'), /must start with http/);
  await editor.setTyped('touser', 'str', '张三');
  assert.match(await said('touser'), /not a user ID/);
  await editor.setTyped('toparty', 'str', 'sales');
  assert.match(await said('toparty'), /whole number/);
  await editor.picture('validation');
  await editor.setTyped('touser', 'str', '');
  await editor.setTyped('toparty', 'str', '');
  for (const field of ['touser', 'toparty', 'totag'])
    assert.equal(await editor.isWrong(field), true, 'nobody is named');
  await editor.ok();
  const [errors] = await editor.property('send', 'validationErrors');
  assert.deepEqual(
    errors.split('\n  - ').map((line) => line.slice(0, 16)),
    ['Nobody is named:', 'Title is 129 byt', 'URL must start w'],
  );
  await editor.open('send');
  await editor.setTyped('touser', 'str', 'zhangsan');
  await editor.chooseType('button_interaction');
  const add = page.locator('#wecom-field-button_interaction-button_list .red-ui-editableList-addButton');
  for (let count = 1; count < 6; count += 1) await add.click();
  assert.equal(await add.isDisabled(), true, 'a card has six buttons at most');
  await editor.setTyped('button_interaction.button_list[1].text', 'str', 'More than ten');
  assert.match(await page.innerText('[data-field="button_interaction.button_list[1].text"] .wecom-count'), /13\/10/);
  await editor.picture('validation-buttons');
  await editor.ok();
  const [problems] = await editor.property('send', 'validationErrors');
  assert.match(problems, /^Button 1: Text is missing\n {2}- Button 1: Key is missing\n {2}- Button 2: Key is missing/);
  await editor.open('send');
  await editor.chooseType('text');
  await editor.ok();
}

const EXAMPLES = 'library/examples/flows/@wecom-flow/node-red-wecom';

/**
 * The examples are in the import menu under the name of the package, in both languages; and whoever set up the app of
 * one has set up that of the next.
 */
async function offersExamples(editor) {
  const { page } = editor;
  const listed = (folder) => page.evaluate(async (url) => (await fetch(url)).json(), `${EXAMPLES}${folder}`);
  const top = await listed('');
  const english = top.filter((entry) => typeof entry === 'object');
  assert.ok(top.includes('中文') && english.length >= 30);
  assert.equal((await listed('/中文')).length, english.length);

  const senders = () =>
    page.evaluate(() =>
      window.RED.nodes.filterNodes({ type: 'wecom-send' }).map(({ app, valid }) => ({ app, valid: valid !== false })),
    );
  const [before] = await senders();
  const count = (number) =>
    page.waitForFunction((all) => window.RED.nodes.filterNodes({ type: 'wecom-send' }).length === all, number);
  await importExample(editor, '02 Text');
  await count(2);
  const { app } = (await senders()).find((node) => node.app !== before.app);
  await page.evaluate(
    ([id, corpId]) => {
      const config = window.RED.nodes.node(id);
      Object.assign(config, { corpId, agentId: '1000002', credentials: { secret: 'x', has_secret: true } });
      window.RED.editor.validateNode(config);
    },
    [app, sandbox.company.corpId],
  );
  await importExample(editor, '03 Image', true);
  await count(3);
  assert.deepEqual((await senders()).slice(-1), [{ app, valid: true }]);
  await page.evaluate(() => window.RED.workspaces.show(window.RED.nodes.getWorkspaceOrder().at(-1)));
  await editor.picture('examples');
}

/** As a person does it; the second time Node-RED says that something is there already, and offers a copy. */
async function importExample({ page }, name, again = false) {
  const dialog = page.locator('#red-ui-clipboard-dialog');
  await page.evaluate(() => window.RED.actions.invoke('core:show-examples-import-dialog'));
  const entry = dialog.locator(`.red-ui-treeList-label-text:visible:text-is("${name}")`);
  if (!(await entry.isVisible()))
    await dialog.locator('.red-ui-treeList-label-text:visible:text-is("@wecom-flow/node-red-wecom")').click();
  await entry.click();
  await page.click('#red-ui-clipboard-dialog-ok');
  if (again) await page.click('.red-ui-notification button:has-text("Import copy")');
}

/** Whatever language an example is in: all of it is on the canvas, nothing touches, and wires lead to the right. */
async function laysOutExamples(editor) {
  const { page, name } = editor;
  const folder = name.startsWith('zh') ? '/中文' : '';
  const problems = await page.evaluate(async (url) => {
    const found = [];
    for (const { fn } of (await (await fetch(url)).json()).filter((entry) => typeof entry === 'object')) {
      const nodes = await (await fetch(`${url}/${encodeURIComponent(fn)}`)).json();
      window.RED.view.importNodes(nodes, { generateIds: true, addFlow: false });
      const tab = window.RED.nodes.getWorkspaceOrder().at(-1);
      window.RED.workspaces.show(tab);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const boxes = window.RED.nodes.filterNodes({ z: tab }).map(({ id, x, y, w, h, type }) => ({
        ...{ id, what: `${fn}: ${type} ${window.RED.utils.getNodeLabel(window.RED.nodes.node(id))}` },
        ...{ left: x - w / 2 - (type === 'inject' ? 30 : 0), right: x + w / 2, top: y - h / 2, bottom: y + h / 2 },
      }));
      for (const box of boxes) {
        if (box.left < 0 || box.top < 0 || box.right > 1400)
          found.push(`outside: ${box.what} ${box.left} ${box.right}`);
        for (const other of boxes)
          if (
            other.id > box.id &&
            other.left < box.right + 20 &&
            box.left < other.right + 20 &&
            other.top < box.bottom &&
            box.top < other.bottom
          )
            found.push(`touch: ${box.what}, ${other.what}`);
      }
      window.RED.nodes.eachLink(({ source, target }) => {
        const [from, to] = [source, target].map(({ id }) => boxes.find((box) => box.id === id));
        if (from && to && to.left < from.right) found.push(`leads back: ${from.what}, ${to.what}`);
      });
      if (boxes.length < nodes.filter(({ type }) => /^(inject|debug|comment)$/.test(type)).length)
        found.push(`not drawn: ${fn}`);
      window.RED.workspaces.delete(window.RED.nodes.workspace(tab));
    }
    return found;
  }, `${EXAMPLES}${folder}`);
  assert.deepEqual(problems, []);
}

/** The help is drawn from markdown; what one reads only now and then is folded. */
async function showsHelp(editor) {
  const { page } = editor;
  await page.evaluate(() => window.RED.sidebar.help.show('wecom-send', true));
  await page.waitForSelector('.red-ui-help h3:has-text("Inputs")');
  const help = (await page.locator('.red-ui-help').allTextContents()).join('\n');
  for (const word of ['The first message', 'Inputs', 'Outputs', 'Details', 'References'])
    assert.ok(help.includes(word), `the help lacks ${word}`);
  assert.equal(await page.locator('.red-ui-help dl:not(.message-properties)').count(), 0);
  assert.equal(await page.locator('.red-ui-help dt > .property-type').count(), 8);
  const folded = page.locator('.red-ui-help details').first();
  assert.ok(!(await folded.locator('li').first().isVisible()));
  await folded.locator('summary').click();
  await folded.locator('li').first().waitFor();
  await editor.picture('help-in-sidebar');
  // The sidebar shows a few lines only; the whole text is drawn over the page for the picture.
  await page.evaluate(() => {
    const copy = [...document.querySelectorAll('.red-ui-help')].at(-1).cloneNode(true);
    copy.id = 'whole-help';
    copy.style.cssText =
      'position: fixed; inset: 0 auto auto 0; width: 620px; z-index: 9999; padding: 16px; background: var(--red-ui-secondary-background)';
    document.body.append(copy);
  });
  await page.locator('#whole-help').screenshot({ path: path.join(PICTURES, `${editor.name}-help.png`) });
  await page.evaluate(() => document.querySelector('#whole-help').remove());
}

const leaf = (name, more = {}) => ({ name, control: 'line', required: false, help: false, unit: false, ...more });
/** A type that does not exist, to see that fields inside fields inside fields are drawn and read. */
const NESTED_PANELS = {
  recipients: [leaf('touser')],
  chat: [],
  operations: [],
  updateCard: { name: 'updateCard', fields: [] },
  destinations: {
    chat: [],
    robot: [],
    update: [],
    app: [
      {
        name: 'text',
        group: 'text',
        words: 'types.text.app',
        json: false,
        shownInWechat: true,
        everyone: true,
        options: [],
        content: [
          leaf('card', {
            control: 'group',
            required: true,
            fields: [
              leaf('title'),
              leaf('source', { control: 'group', fields: [leaf('icon_url', { control: 'url' })] }),
              leaf('rows', {
                control: 'list',
                min: 0,
                max: 6,
                fields: [leaf('keyname'), leaf('buttons', { control: 'list', min: 0, max: 2, fields: [leaf('text')] })],
              }),
            ],
          }),
        ],
      },
    ],
  },
};

async function drawsNestedFields(editor) {
  const { page } = editor;
  await editor.open('send');
  await editor.setTyped('text.card.title', 'str', 'Nested');
  await editor.setTyped('text.card.source.icon_url', 'str', 'https://example.com/icon.png');
  await page.click('#wecom-field-text-card-rows .red-ui-editableList-addButton');
  await editor.setTyped('text.card.rows[0].keyname', 'msg', 'key');
  await page.click('#wecom-field-text-card-rows-0--buttons .red-ui-editableList-addButton');
  await editor.setTyped('text.card.rows[0].buttons[0].text', 'str', 'OK');
  await editor.picture('nested');
  await editor.ok();
  const text = (value) => ({ type: 'str', value });
  assert.deepEqual((await editor.property('send', 'fields'))['text.card'], {
    type: 'group',
    value: {
      title: text('Nested'),
      source: { type: 'group', value: { icon_url: text('https://example.com/icon.png') } },
      rows: {
        type: 'list',
        value: [{ keyname: { type: 'msg', value: 'key' }, buttons: { type: 'list', value: [{ text: text('OK') }] } }],
      },
    },
  });
  await editor.open('send');
  assert.deepEqual(await editor.typed('text.card.rows[0].buttons[0].text'), { type: 'str', value: 'OK' });
  await editor.cancel();
}

/** Opens every dialog and looks at it. */
async function pictures(editor) {
  const { page } = editor;
  await editor.picture('workspace');
  await editor.open('send');
  for (const type of [
    'text',
    'image',
    'textcard',
    'mpnews',
    'markdown',
    'text_notice',
    'news_notice',
    'button_interaction',
    'vote_interaction',
    'multiple_interaction',
    'miniprogram_notice',
  ]) {
    await editor.chooseType(type);
    const needed = await page.evaluate(() => window.RED._('@wecom-flow/node-red-wecom/wecom-send:wecom-send.label.to'));
    assert.notEqual(needed, 'wecom-send.label.to');
    await editor.picture(type);
  }
  await page.selectOption('#node-input-to', 'robot');
  await editor.picture('to-robot');
  await page.selectOption('#node-input-to', 'chat');
  await editor.picture('to-chat');
  const untranslated = await page.evaluate(
    () => document.querySelector('.red-ui-tray').innerText.match(/wecom-(send|app|robot)\.[\w.-]+/g) ?? [],
  );
  assert.deepEqual(untranslated, []);
  await editor.cancel();
  await editor.openConfig('app');
  assert.equal(
    await page.getAttribute('#wecom-app-connection .wecom-section-header', 'aria-expanded'),
    'true',
    'a base URL of its own must not be folded away',
  );
  await editor.picture('app');
  await editor.cancelConfig();
  await editor.openConfig('robot');
  await editor.picture('robot');
  await editor.cancelConfig();
}

class Editor {
  constructor(page, name) {
    this.page = page;
    this.name = name;
  }

  async open(id) {
    await this.page.evaluate((node) => window.RED.editor.edit(window.RED.nodes.node(node)), id);
    await this.page.waitForSelector('#node-dialog-ok');
    await pause(450);
  }

  async openConfig(id) {
    await this.page.evaluate((node) => window.RED.editor.editConfig('', window.RED.nodes.node(node).type, node), id);
    await this.page.waitForSelector('#node-config-dialog-ok');
    await pause(450);
  }

  async close(button) {
    await this.page.click(button);
    await this.page.waitForSelector(button, { state: 'detached' });
  }

  ok() {
    return this.close('#node-dialog-ok');
  }

  cancel() {
    return this.close('#node-dialog-cancel');
  }

  cancelConfig() {
    return this.close('#node-config-dialog-cancel');
  }

  async chooseType(type) {
    await this.page.selectOption('#node-input-msgtype', type);
  }

  fields(container) {
    return this.page.$$eval(`${container} > [data-field]`, (rows) => rows.map((row) => row.dataset.field));
  }

  input(field) {
    return `[data-field="${field}"] > .wecom-control > input.red-ui-typedInput`;
  }

  typed(field) {
    return this.page.$eval(this.input(field), (input) => ({
      type: window.$(input).typedInput('type'),
      value: window.$(input).typedInput('value'),
    }));
  }

  setTyped(field, type, value) {
    return this.page.$eval(
      this.input(field),
      (input, given) => {
        window.$(input).typedInput('type', given.type);
        window.$(input).typedInput('value', given.value);
      },
      { type, value },
    );
  }

  isWrong(field) {
    return this.page.$eval(`[data-field="${field}"]`, (row) => row.classList.contains('wecom-wrong'));
  }

  property(id, name) {
    return this.page.evaluate(
      ([node, key]) => JSON.parse(JSON.stringify(window.RED.nodes.node(node)[key])),
      [id, name],
    );
  }

  async picture(name) {
    await pause(150);
    await this.page.screenshot({ path: path.join(PICTURES, `${this.name}-${name}.png`) });
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

await main();
