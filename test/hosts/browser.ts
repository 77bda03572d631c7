/** Chromium as the subjects use it: what pages complain about is kept, and a failure leaves a picture. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { prepared, RESULTS } from './project';

/** A browser that calls nobody by itself. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters are drawn alike on every machine.
  '--font-render-hinting=none',
];

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: prepared('CHROMIUM'), args: ARGS });
}

/** What every visit may ask for; the rest is Playwright's. */
export interface Visit extends BrowserContextOptions {
  /** Messages of the console that are no mistake of ours. */
  readonly ignore?: RegExp;
}

/**
 * Opens an empty page, gives it to `work`, and closes it.
 * @throws what `work` throws, after a picture of the page was left in `.build/hosts/failures`
 * @throws Error when a script of the page failed
 */
export async function visit<T>(browser: Browser, options: Visit, work: (page: Page) => Promise<T>): Promise<T> {
  const { ignore, ...context } = options;
  const opened = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', ...context });
  const page = await opened.newPage();
  page.setDefaultTimeout(90_000);
  const mistakes: string[] = [];
  page.on('pageerror', (error) => mistakes.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') mistakes.push(message.text());
  });
  try {
    const result = await work(page);
    expect(mistakes.filter((text) => !/favicon|ERR_INTERNET|net::ERR/.test(text) && !ignore?.test(text))).toEqual([]);
    return result;
  } catch (error) {
    await pictureOfFailure(page, mistakes);
    throw error;
  } finally {
    await opened.close();
  }
}

async function pictureOfFailure(page: Page, mistakes: readonly string[]): Promise<void> {
  const folder = path.join(RESULTS, 'failures');
  await mkdir(folder, { recursive: true });
  const name = (expect.getState().currentTestName ?? 'before').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 150);
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file }).catch(() => undefined);
  process.stderr.write(`picture of the failure: ${path.relative(process.cwd(), file)}\n${mistakes.join('\n')}\n`);
}
