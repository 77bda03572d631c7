import type { ContactChoice, Wecom } from '../../core';
import { openApp } from './app-client';
import type { Shared } from './app-client';
import { answerDialog } from './dialog-question';
import type { Answer, Question } from './dialog-question';
import type { NodeRed } from './node-red-api';

const CONTACTS: Readonly<Record<string, (wecom: Wecom) => Promise<ContactChoice[]>>> = {
  touser: (wecom) => wecom.listMembers(),
  toparty: (wecom) => wecom.listDepartments(),
  totag: (wecom) => wecom.listTags(),
};

/**
 * What the dialogs ask the runtime: whether an app works, and whom it can reach.
 *
 * Both use an app's secret with settings from the request, so they need the permission to change
 * flows: whoever has it could deploy such settings anyway.
 */
export function serveAppEndpoints(RED: NodeRed, shared: Shared): void {
  const mayWrite = RED.auth.needsPermission('wecom-app.write');

  RED.httpAdmin.post('/wecom-app/test', mayWrite, (request, response) => {
    void answerDialog(RED, request, (question) => withApp(question, shared, async (wecom) => ({ ok: true, name: (await wecom.test()).name }))).then((body) => response.json(body));
  });

  RED.httpAdmin.post('/wecom-app/contacts/:field', mayWrite, (request, response) => {
    const list = Object.hasOwn(CONTACTS, request.params['field'] ?? '') ? CONTACTS[request.params['field'] ?? ''] : undefined;
    if (!list) return response.status(404).json({ ok: false });
    void answerDialog(RED, request, (question) => withApp(question, shared, async (wecom) => ({ ok: true, choices: await list(wecom) }))).then((body) => response.json(body));
  });
}

async function withApp({ setting, password, language }: Question, shared: Shared, ask: (wecom: Wecom) => Promise<Answer>): Promise<Answer> {
  const settings = Object.fromEntries((['corpId', 'agentId', 'baseUrl', 'processes', 'proxy', 'timeout'] as const).map((name) => [name, setting(name)]));
  const app = openApp(settings, password('secret'), shared, language);
  try {
    return await ask(app.wecom);
  } finally {
    await app.close();
  }
}
