/** n8n's editor in a real browser, for tests of what a person sees and for pictures of it. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { OWNER } from './owner.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine: `CHROMIUM_PATH`, or the first that is on PATH. Undefined when there is none. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens the editor, logged in. The owner must exist (`logIn` of owner.mjs makes one).
 *
 * @param {string} url
 * @param {{ locale?: string, width?: number, height?: number, executablePath?: string }} [options]
 * @returns {Promise<{ page: import('playwright-core').Page, openWorkflow(id: string): Promise<void>,
 *   openNode(name: string): Promise<void>, close(): Promise<void> }>}
 */
export async function openEditor(
  url,
  { locale = 'en-US', width = 1440, height = 960, executablePath = findChromium() } = {},
) {
  if (!executablePath) throw new Error('no Chromium found: install one or set CHROMIUM_PATH');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ locale, viewport: { width, height } });
    const login = await context.request.post(`${url}/rest/login`, {
      data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password },
    });
    if (!login.ok()) throw new Error(`n8n refused the log-in: ${login.status()}`);
    const page = await context.newPage();
    return {
      page,
      async openWorkflow(id) {
        await page.goto(`${url}/workflow/${id}`);
        await page.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: 60_000 });
      },
      /** The panel of a node: `ndv` in n8n's own words. */
      async openNode(name) {
        await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
        await page.locator('[data-test-id="ndv"]').waitFor({ timeout: 30_000 });
        await page.locator('[data-test-id^="parameter-input-"]').first().waitFor({ timeout: 30_000 });
      },
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
