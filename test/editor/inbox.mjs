/** The inbox page of the sandbox in a real browser. Part of `npm run test:editor`; needs chromium and a build. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { builtSandbox } from '../../scripts/built.mjs';
import { findChromium } from '../../scripts/n8n/editor.mjs';
import { PROJECT } from '../../scripts/run.mjs';

const PICTURES = path.join(PROJECT, '.build', 'editor');
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE = { timeout: 120_000 };

let accessToken;
const startSandbox = await builtSandbox(console.log);
const sandbox = await startSandbox({ port: 0 });
const browser = await chromium.launch({ executablePath: findChromium(), args: ARGS });
try {
  for (const check of [followsAfterPictures, keepsUpWithMany, namesAllApps, speaksChinese, fitsEveryWidth]) {
    sandbox.reset();
    accessToken = undefined;
    await check();
    console.log(`inbox: ${check.name}`);
  }
} finally {
  await browser.close();
  await sandbox.close();
}

/**
 * Pictures have no height until they are loaded; who reads the newest message goes on doing so, who reads above is left
 * alone.
 */
async function followsAfterPictures() {
  const page = await openInbox();
  let release;
  const loaded = new Promise((resolve) => (release = resolve));
  await page.route('**/sandbox/media/**', (route) => loaded.then(() => route.continue()));
  for (let line = 1; line <= 20; line += 1) await sendText(`line ${line}`);
  await sendPicture();
  await page.waitForSelector('.picture img', { state: 'attached', ...PATIENCE });
  release();
  await page.waitForFunction(() => document.querySelector('.picture img').naturalWidth > 0, null, PATIENCE);
  await sendText('after the picture');
  await shows(page, 'after the picture');
  await page.waitForFunction(isAtEnd, null, PATIENCE);

  await page.evaluate(() => (document.querySelector('#stream').scrollTop = 0));
  await page.waitForTimeout(200);
  await sendText('while reading above');
  await shows(page, 'while reading above');
  assert.equal(await page.evaluate(() => document.querySelector('#stream').scrollTop), 0);
  await page.close();
}

async function keepsUpWithMany() {
  const page = await openInbox();
  let next = 1;
  const send = async () => {
    while (next <= 2000) await sendText(`message ${(next += 1) - 1}`, ['zhangsan', 'lisi', 'emma', 'alice'][next % 4]);
  };
  await Promise.all(Array.from({ length: 8 }, send));
  const newest = sandbox.messages().at(-1).shown.content;
  // It was 23 s behind when each message was drawn by itself; what is drawn together is there with the next frames.
  await shows(page, newest);
  await page.waitForFunction(isAtEnd, null, PATIENCE);
  assert.equal(await page.locator('#entries article').count(), 500);
  await page.close();
}

async function namesAllApps() {
  const page = await openInbox();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.click('#show-access');
  const { corpId, apps, contactsSyncSecret, robots } = sandbox.company;
  const values = await page.locator('#access dd code').allTextContents();
  const expected = [
    sandbox.url,
    corpId,
    ...apps.flatMap(({ agentid, secret }) => [String(agentid), secret]),
    contactsSyncSecret,
  ];
  assert.deepEqual(values.slice(0, expected.length), expected);
  assert.deepEqual(
    values.slice(expected.length).map((url) => new URL(url).searchParams.get('key')),
    robots.map(({ key }) => key),
  );
  for (const [index, value] of values.entries()) {
    await page.locator('#access .copy').nth(index).click();
    await page.waitForFunction(
      (wanted) => navigator.clipboard.readText().then((text) => text === wanted),
      value,
      PATIENCE,
    );
  }
  await page.close();
}

async function speaksChinese() {
  await sendText('你好');
  const page = await openInbox({ locale: 'zh-CN' });
  await shows(page, '你好');
  assert.equal(await page.locator('.delivery').first().textContent(), '接收人：张三');
  await page.click('#show-access');
  const notes = await page.locator('#access .note').allTextContents();
  assert.equal(notes.length, sandbox.company.apps.length);
  for (const note of notes) assert.match(note, /^\p{Script=Han}/u);
  await page.close();
}

async function fitsEveryWidth() {
  await sendText('Hello 世界');
  await sendPicture();
  for (const width of [800, 1024, 1440]) {
    for (const locale of ['en-US', 'zh-CN']) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await openInbox({ viewport: { width, height: 820 }, locale, colorScheme });
        await shows(page, 'Hello 世界');
        assert.equal(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          0,
          `${width} ${locale}`,
        );
        await page.screenshot({ path: path.join(PICTURES, `inbox-${width}-${locale}-${colorScheme}.png`) });
        await page.close();
      }
    }
  }
}

async function openInbox(options = {}) {
  const page = await (
    await browser.newContext({ viewport: { width: 1024, height: 800 }, locale: 'en-US', ...options })
  ).newPage();
  await page.goto(`${sandbox.url}/`);
  await page.waitForSelector('#entries > *', PATIENCE);
  return page;
}

async function shows(page, text) {
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll('#entries .bubble')].some(({ textContent }) => textContent === wanted),
    text,
    PATIENCE,
  );
}

function isAtEnd() {
  const { scrollHeight, scrollTop, clientHeight } = document.querySelector('#stream');
  return scrollHeight - scrollTop - clientHeight < 2;
}

/** By the app that sees the whole company. */
async function sendText(content, touser = 'zhangsan') {
  await send({ touser, msgtype: 'text', text: { content } });
}

async function sendPicture() {
  const form = new FormData();
  form.append('media', new Blob([somePicture()]), 'inbox.png');
  const { media_id } = await call(`media/upload?type=image&access_token=${await token()}`, form);
  await send({ touser: 'zhangsan', msgtype: 'image', image: { media_id } });
}

/** Any picture with a height will do, and one of the README is there. */
function somePicture() {
  return readFileSync(path.join(PROJECT, 'docs', 'inbox.png'));
}

async function send(message) {
  const { errcode, errmsg } = await call(
    `message/send?access_token=${await token()}`,
    JSON.stringify({ agentid: 1000003, ...message }),
  );
  assert.equal(errcode, 0, errmsg);
}

async function token() {
  accessToken ??= (await call(`gettoken?corpid=${sandbox.company.corpId}&corpsecret=sandbox-secret-1000003`))
    .access_token;
  return accessToken;
}

async function call(address, body) {
  return (await fetch(`${sandbox.url}/cgi-bin/${address}`, body ? { method: 'POST', body } : {})).json();
}
