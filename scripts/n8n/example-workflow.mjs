/** Example workflows as they lie in the repository, made ready for one n8n: with an id, and with its credential. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The credential for the sandbox. Importing it again replaces it, so the id is always the same. */
export const CREDENTIAL = { id: 'wecomSandboxApp0', name: 'WeCom sandbox', type: 'wecomAppApi' };

/** An app that may create group chats, which the first one may not: it does not see the whole company. */
const CHAT_CREDENTIAL = { id: 'wecomSandboxApp1', name: 'WeCom sandbox, app for group chats', type: 'wecomAppApi' };
const ROBOT_CREDENTIAL = { id: 'wecomSandboxRobot0', name: 'WeCom sandbox, group robot', type: 'wecomGroupRobotApi' };

/** The ids that our examples use for the second app; anything else of its type is the first. */
const CHAT_APP_IN_EXAMPLES = 'wecomChatApp';

/** The values of n8n's credential forms: the first two apps of the sandbox and its first robot. */
export function sandboxCredentials({ url, company }) {
  const app = (credential, { agentid, secret }) => ({
    ...credential,
    data: { corpId: company.corpId, agentId: String(agentid), secret, baseUrl: url },
  });
  return [
    app(CREDENTIAL, company.apps[0]),
    app(CHAT_CREDENTIAL, company.apps[1]),
    {
      ...ROBOT_CREDENTIAL,
      data: { secretWebhook: `${url}/cgi-bin/webhook/send?key=${company.robots[0].key}`, baseUrl: url },
    },
  ];
}

/**
 * Reads one exported workflow. n8n finds a credential by id, and an exported workflow has the id of the instance it
 * came from; the import also wants an id for the workflow, which we make from the file name.
 */
export async function readExampleWorkflow(file) {
  const content = JSON.parse(await readFile(file, 'utf8'));
  const workflow = Array.isArray(content) ? content[0] : content;
  return forThisInstance({ name: path.basename(file, '.json'), ...workflow, id: workflowId(file) });
}

/** n8n's ids are up to 36 letters and digits. */
export function workflowId(file) {
  return `example${path.basename(file, '.json').replace(/[^a-z0-9]/gi, '')}`.slice(0, 36);
}

export function forThisInstance(workflow) {
  const nodes = workflow.nodes.map((node) =>
    node.credentials
      ? { ...node, credentials: Object.fromEntries(Object.entries(node.credentials).map(ofSandbox)) }
      : node,
  );
  return { settings: { executionOrder: 'v1' }, connections: {}, ...workflow, active: false, nodes };
}

function ofSandbox([type, credential]) {
  const candidates = credential.id === CHAT_APP_IN_EXAMPLES ? [CHAT_CREDENTIAL] : [CREDENTIAL, ROBOT_CREDENTIAL];
  const found = candidates.find((entry) => entry.type === type);
  return [type, found ? { id: found.id, name: found.name } : credential];
}

/**
 * Compares what our nodes reported with what arrived.
 *
 * @param {object} workflow
 * @param {Awaited<ReturnType<import('./command.mjs').executeWorkflow>>} run
 * @param {import('../../sandbox/index').SandboxMessage[]} messages  what the sandbox received
 * @param {string} nodeType
 * @returns {string[]} one sentence per node whose message is missing
 */
export function missingMessages(workflow, run, messages, nodeType) {
  const delivered = messages.filter(({ delivered_to: to }) => to.length > 0);
  const arrived = new Set(delivered.map(({ msgid }) => msgid));
  // Group chats and robots answer without a msgid; there each report has to find a message of its own.
  const unnamed = delivered
    .filter(({ to }) => to === 'chat' || to === 'robot')
    .map(({ to, msgtype }) => `${to} ${msgtype}`);
  const senders = workflow.nodes.filter(({ type, disabled }) => type === nodeType && !disabled);
  if (senders.length === 0) return [`the workflow "${workflow.name}" has no node of type ${nodeType}`];
  return senders.flatMap(({ name, parameters = {} }) => {
    const result = run.nodes[name];
    if (!result) return [`${name}: did not run${run.error ? ` (${run.error.message})` : ''}`];
    if (result.error) return [`${name}: ${result.error.message}`];
    if (result.items.length === 0) return [`${name}: put out nothing`];
    return result.items.flatMap(({ json }) => {
      if (json.error) return [`${name}: ${json.error.message ?? json.error}`];
      if (isSending(parameters) && !tookUnnamed(unnamed, parameters) && !arrived.has(json.msgid))
        return [`${name}: its message ${json.msgid ?? ''} did not arrive`];
      return [];
    });
  });
}

/** Other operations than sending were carried out if they reported no error. */
function isSending({ resource = 'message', operation = 'send' }) {
  return resource === 'message' && operation === 'send';
}

function tookUnnamed(unnamed, { sendTo, msgtype = 'text' }) {
  const index = unnamed.findIndex(
    (entry) => entry === `${sendTo} ${msgtype}` || (entry === `${sendTo} template_card` && msgtype.endsWith('_notice')),
  );
  if (index === -1) return false;
  unnamed.splice(index, 1);
  return true;
}
