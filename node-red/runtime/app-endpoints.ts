import type { ContactChoice, Language, Wecom } from '../../core';
import type { AppSettings } from './app-node';
import { openApp } from './app-client';
import type { Shared } from './app-client';
import { flowError } from './flow-error';
import { languageOf } from './language';
import type { NodeRed, Request } from './node-red-api';

/** What the dialogs send: the settings as they stand there, deployed or not. */
interface Question extends AppSettings {
  /** Of the config node: a secret that was not touched in the dialog is that of the deployed node. */
  readonly id?: unknown;
  readonly secret?: unknown;
  readonly lang?: unknown;
}

type Answer = { readonly ok: true; readonly name?: string; readonly choices?: readonly ContactChoice[] } | { readonly ok: false; readonly code: string | number; readonly message: string };

const CONTACTS: Readonly<Record<string, (wecom: Wecom) => Promise<ContactChoice[]>>> = {
  touser: (wecom) => wecom.listMembers(),
  toparty: (wecom) => wecom.listDepartments(),
  totag: (wecom) => wecom.listTags(),
};

/**
 * What the dialogs ask the runtime: whether an app works, and whom it can reach.
 *
 * Both use an app's secret with settings from the request, so they need the permission to change
 * flows: whoever has it could deploy such settings anyway. No answer ever holds a secret or a token.
 */
export function serveAppEndpoints(RED: NodeRed, shared: Shared): void {
  const mayWrite = RED.auth.needsPermission('wecom-app.write');

  RED.httpAdmin.post('/wecom-app/test', mayWrite, (request, response) => {
    void answer(RED, shared, request, async (wecom) => ({ ok: true, name: (await wecom.test()).name })).then((body) => response.json(body));
  });

  RED.httpAdmin.post('/wecom-app/contacts/:field', mayWrite, (request, response) => {
    const list = Object.hasOwn(CONTACTS, request.params['field'] ?? '') ? CONTACTS[request.params['field'] ?? ''] : undefined;
    if (!list) return response.status(404).json({ ok: false });
    void answer(RED, shared, request, async (wecom) => ({ ok: true, choices: await list(wecom) })).then((body) => response.json(body));
  });
}

async function answer(RED: NodeRed, shared: Shared, request: Request, ask: (wecom: Wecom) => Promise<Answer>): Promise<Answer> {
  const question = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Question;
  const language: Language = languageOf(question.lang);
  try {
    const typed = withEnvironment(RED, question.secret);
    const secret = typeof typed === 'string' && typed !== '' ? typed : typeof question.id === 'string' ? RED.nodes.getCredentials(question.id)?.['secret'] : undefined;
    const settings = Object.fromEntries((['corpId', 'agentId', 'baseUrl', 'proxy', 'timeout'] as const).map((name) => [name, withEnvironment(RED, question[name])]));
    const app = openApp(settings, withEnvironment(RED, secret), shared);
    try {
      return await ask(app.wecom);
    } finally {
      await app.close();
    }
  } catch (error) {
    const { code, message } = flowError(error, language);
    return { ok: false, code, message };
  }
}

/** The runtime replaces `${NAME}` when it deploys a node; settings that come straight from a dialog need the same. */
function withEnvironment(RED: NodeRed, value: unknown): unknown {
  const name = typeof value === 'string' ? /^\$\{([^}]+)\}$/.exec(value.trim())?.[1] : undefined;
  return name === undefined ? value : (RED.util.getSetting(null, name) ?? value);
}
