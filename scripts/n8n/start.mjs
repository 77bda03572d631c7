/**
 * A local WeCom, a real n8n with our node in it, and an example workflow that has just been run: the main part of
 * `npm run start:n8n`, under Node.js 24.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { builtSandbox, packedN8nPackage } from '../built.mjs';
import { deliveredMessages, deliveredTable } from '../delivered.mjs';
import { PROJECT } from '../run.mjs';
import { executeWorkflow, importCredentials, importWorkflows } from './command.mjs';
import { missingMessages, readExampleWorkflow, sandboxCredentials } from './example-workflow.mjs';
import { freePort } from './free-port.mjs';
import { logIn, nodeTypesOf, OWNER } from './owner.mjs';
import { prepareN8n, startN8n } from './server.mjs';

const EXAMPLES = path.join(PROJECT, 'examples', 'n8n');
const NODE = 'sendWecomMessage';

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    workflow: { type: 'string', default: path.join(EXAMPLES, 'every-message-type.json') },
    port: { type: 'string', default: '5678' },
    'sandbox-port': { type: 'string', default: '7788' },
  },
});
const say = (line) => console.log(line);
const tidyUp = [];
let ending;
const end = (code) => (ending ??= endEverything(code));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(values.once ? 130 : 0));

try {
  const { sandbox, n8n, missing } = await run();
  if (values.once) await end(missing.length > 0 ? 1 : 0);
  else {
    say('\nPress Ctrl-C to end both.');
    n8n.ended.then((code) => ending ?? (say(`n8n ended with ${code}; its log: ${n8n.logFile}`), end(1)));
  }
} catch (error) {
  if (!ending) {
    console.error(error.message);
    await end(1);
  }
}

async function run() {
  const startSandbox = await builtSandbox(say);
  const tarball = await packedN8nPackage(say);
  const sandbox = await startSandbox({ port: await freePort(values.once ? 0 : Number(values['sandbox-port'])) });
  tidyUp.push(() => sandbox.close());

  const where = await prepareN8n({ tarball, userFolder: await userFolder(), log: say });
  say('preparing n8n: the credentials of the sandbox, the example workflows');
  await importCredentials(where, sandboxCredentials(sandbox));
  const workflow = await readExampleWorkflow(values.workflow);
  await importWorkflows(where, [...(await otherExamples(workflow)), workflow]);

  say(`running the workflow "${workflow.name}"`);
  const result = await executeWorkflow(where, workflow.id);
  const messages = await deliveredMessages(sandbox.url);
  const missing = missingMessages(workflow, result, messages, `${where.package.name}.${NODE}`);

  say('starting the n8n editor');
  const n8n = await startN8n(where, { port: await freePort(values.once ? 0 : Number(values.port)) });
  tidyUp.push(() => n8n.stop());
  const types = await nodeTypesOf(n8n.url, await logIn(n8n.url), where.package.name);
  if (types.length === 0) missing.push(`n8n did not load ${where.package.name}; its log: ${n8n.logFile}`);

  say(`
  n8n      ${n8n.url}/workflow/${workflow.id}   (${OWNER.email}, password ${OWNER.password})
  sandbox  ${sandbox.url}   (what members of the company see)

delivered, ${messages.length} in all:
`);
  say(deliveredTable(messages).replace(/^/gm, '  '));
  for (const sentence of missing) say(`\nMISSING  ${sentence}`);
  return { sandbox, n8n, missing };
}

/** What the person does in this n8n is there again next time; `--once` begins with nothing and leaves nothing. */
async function userFolder() {
  if (!values.once) return path.join(PROJECT, '.build', 'n8n-home');
  const folder = await mkdtemp(path.join(tmpdir(), 'wecom-flow-n8n-'));
  tidyUp.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function otherExamples(workflow) {
  const files = await readdir(EXAMPLES).catch(() => []);
  const workflows = await Promise.all(
    files.filter((file) => file.endsWith('.json')).map((file) => readExampleWorkflow(path.join(EXAMPLES, file))),
  );
  return workflows.filter(({ id }) => id !== workflow.id);
}

async function endEverything(code) {
  for (const tidy of tidyUp.reverse()) await tidy().catch((error) => console.error(error.message));
  process.exit(code);
}
