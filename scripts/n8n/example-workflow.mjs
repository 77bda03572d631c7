/** Example workflows as they lie in the repository, made ready for one n8n: with an id, and with its credential. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The credential for the sandbox. Importing it again replaces it, so the id is always the same. */
export const CREDENTIAL = { id: 'wecomSandboxApp0', name: 'WeCom sandbox', type: 'wecomAppApi' };

/** The values of n8n's credential form, for the first app of the sandbox. */
export function sandboxCredential({ url, company }) {
  const [app] = company.apps;
  return { ...CREDENTIAL, data: { corpId: company.corpId, agentId: String(app.agentid), secret: app.secret, baseUrl: url } };
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
    node.credentials?.[CREDENTIAL.type]
      ? { ...node, credentials: { ...node.credentials, [CREDENTIAL.type]: { id: CREDENTIAL.id, name: CREDENTIAL.name } } }
      : node,
  );
  return { settings: { executionOrder: 'v1' }, connections: {}, ...workflow, active: false, nodes };
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
  const arrived = new Set(messages.filter(({ delivered_to: to }) => to.length > 0).map(({ msgid }) => msgid));
  const senders = workflow.nodes.filter(({ type, disabled }) => type === nodeType && !disabled);
  if (senders.length === 0) return [`the workflow "${workflow.name}" has no node of type ${nodeType}`];
  return senders.flatMap(({ name }) => {
    const result = run.nodes[name];
    if (!result) return [`${name}: did not run${run.error ? ` (${run.error.message})` : ''}`];
    if (result.error) return [`${name}: ${result.error.message}`];
    if (result.items.length === 0) return [`${name}: put out nothing`];
    return result.items.flatMap(({ json }) => {
      if (json.error) return [`${name}: ${json.error.message ?? json.error}`];
      return arrived.has(json.msgid) ? [] : [`${name}: its message ${json.msgid ?? ''} did not arrive`];
    });
  });
}
