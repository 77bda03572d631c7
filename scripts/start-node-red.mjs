/** What `npm start` runs once everything is installed and built; see start.mjs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { builtSandbox } from './built.mjs';
import { deliveredTable } from './delivered.mjs';
import { freePort } from './n8n/free-port.mjs';
import { exampleFlow } from './node-red/example-flow.mjs';
import { startNodeRed } from './node-red/server.mjs';

const { messageTypes } = createRequire(import.meta.url)('../node-red/dist/index.js');

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    port: { type: 'string', default: '1880' },
    'sandbox-port': { type: 'string', default: '7788' },
  },
});
/** How long the messages may take to arrive, in milliseconds. */
const PATIENCE_MS = 30_000;

const tidyUp = [];
let ending;
const end = (code) => (ending ??= endEverything(code));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(values.once ? 130 : 0));

try {
  const missing = await run();
  if (values.once) await end(missing.length > 0 ? 1 : 0);
} catch (error) {
  console.error(error.stack);
  await end(1);
}

async function run() {
  const startSandbox = await builtSandbox(console.log);
  const sandbox = await startSandbox({ port: await freePort(values.once ? 0 : Number(values['sandbox-port'])) });
  tidyUp.unshift(() => sandbox.close());

  const userDir = await mkdtemp(path.join(tmpdir(), 'wecom-flow-node-red-'));
  tidyUp.unshift(() => rm(userDir, { recursive: true, force: true }));
  const nodeRed = await startNodeRed({ userDir, port: await freePort(values.once ? 0 : Number(values.port)) });
  tidyUp.unshift(() => nodeRed.stop());

  const { flow, sends } = await exampleFlow(sandbox);
  await nodeRed.deploy(flow);
  // A type of the catalogue without an example is as good as one that did not arrive.
  const expected = [
    ...sends,
    ...messageTypes
      .filter(({ name }) => !sends.some(({ type }) => type === name))
      .map(({ name }) => ({ type: name, to: 'app' })),
  ];
  const arrived = ({ type, to }) =>
    sandbox.messages({ to }).some((message) => message.delivered_to.length > 0 && nameOf(message) === type);
  await until(() => expected.every(arrived));

  const delivered = sandbox.messages().filter((message) => message.delivered_to.length > 0);
  const missing = expected.filter((send) => !arrived(send));
  console.log(`\n${delivered.length} messages left a Node-RED flow and were delivered:\n`);
  console.log(deliveredTable(delivered));
  if (missing.length > 0)
    console.error(`\nNot delivered: ${missing.map(({ type, to }) => `${type} (${to})`).join(', ')}`);
  if (!values.once) {
    console.log(`
  Node-RED editor  ${nodeRed.url}
  Sandbox inbox    ${sandbox.url}/   (what members of the company see)

Press a button of an inject node to send again. Ctrl-C ends everything.`);
  }
  return missing;
}

/** What the nodes call the type of a message: for cards the type of card. */
function nameOf({ msgtype, received }) {
  const { card_type: cardType } = received[msgtype] ?? {};
  return cardType ?? msgtype;
}

/** Waits until the condition holds, or patience ends. */
async function until(condition) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline && !condition();)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

async function endEverything(code) {
  for (const step of tidyUp) await step();
  process.exit(code);
}
