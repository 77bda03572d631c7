/**
 * `npm run pictures`: the pictures of the READMEs, taken from the real editors and the real inbox.
 *
 * Needs chromium, a build and the packed n8n package (`npm run pack`), and the pictures of `npm run test:editor`.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { artifact, inTemporaryFolder } from './artifact.mjs';
import { builtSandbox } from './built.mjs';
import { importCredentials, importWorkflows } from './n8n/command.mjs';
import { findChromium, openEditor } from './n8n/editor.mjs';
import { readExampleWorkflow, sandboxCredentials } from './n8n/example-workflow.mjs';
import { freePort } from './n8n/free-port.mjs';
import { logIn } from './n8n/owner.mjs';
import { prepareN8n, startN8n } from './n8n/server.mjs';
import { exampleFlow } from './node-red/example-flow.mjs';
import { startNodeRed } from './node-red/server.mjs';
import { PROJECT } from './run.mjs';

const DOCS = path.join(PROJECT, 'docs');
const EDITOR_PICTURES = {
  'en-US-light-textcard.png': 'node-red.png',
  'zh-CN-light-textcard.png': 'node-red.zh-CN.png',
};

await mkdir(DOCS, { recursive: true });
const startSandbox = await builtSandbox(console.log);
const sandbox = await startSandbox({ port: 0 });
try {
  for (const [from, to] of Object.entries(EDITOR_PICTURES))
    await copyFile(path.join(PROJECT, '.build', 'editor', from), path.join(DOCS, to));
  await inTemporaryFolder((userDir) => inboxPicture(userDir));
  await inTemporaryFolder((userFolder) => n8nPicture(userFolder));
} finally {
  await sandbox.close();
}
process.exit(0);

/** What members see after the flow of `npm start`. */
async function inboxPicture(userDir) {
  const nodeRed = await startNodeRed({ userDir, port: 0 });
  const { flow } = await exampleFlow(sandbox);
  await nodeRed.deploy(flow);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await nodeRed.stop();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  await page.goto(`${sandbox.url}/`);
  await page.waitForTimeout(1_500);
  // The cards are what others do not have.
  await page
    .getByText('Approve the order?')
    .first()
    .evaluate((title) => title.scrollIntoView({ block: 'start' }));
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(DOCS, 'inbox.png') });
  await browser.close();
}

/** The node's panel in a real n8n. */
async function n8nPicture(userFolder) {
  const where = await prepareN8n({ tarball: await artifact('n8n'), userFolder, log: console.log });
  await importCredentials(where, sandboxCredentials(sandbox));
  const workflow = await readExampleWorkflow(path.join(PROJECT, 'examples', 'n8n', 'every-message-type.json'));
  await importWorkflows(where, [workflow]);
  const n8n = await startN8n(where, { port: await freePort() });
  await logIn(n8n.url);
  const editor = await openEditor(n8n.url);
  await editor.openWorkflow(workflow.id);
  await editor.openNode(
    workflow.nodes.find((node) => node.parameters.messageType === 'textcard' || node.parameters.msgtype === 'textcard')
      .name,
  );
  await editor.page.waitForTimeout(1_000);
  await editor.page.screenshot({ path: path.join(DOCS, 'n8n.png') });
  await editor.close();
  await n8n.stop();
}
