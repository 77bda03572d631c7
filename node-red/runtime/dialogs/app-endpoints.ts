/** The room dialogs: what dialogs ask of the runtime. May import from all other rooms of the runtime. */
import { TokenCache } from '../../../core';
import type { ContactChoice, Wecom } from '../../../core';
import { appNodeWording } from '../../wording/app-node';
import { openApp } from '../connection/app-client';
import type { Shared } from '../connection/app-client';
import { systemClock } from '../host/clock';
import { dialogHandler } from './dialog-question';
import type { Answer, Question } from './dialog-question';
import type { NodeRed } from '../host/node-red-api';

const CONTACTS: Readonly<Record<string, (wecom: Wecom<unknown>) => Promise<ContactChoice[]>>> = {
  touser: (wecom) => wecom.listMembers(),
  toparty: (wecom) => wecom.listDepartments(),
  totag: (wecom) => wecom.listTags(),
};

/** What the dialogs ask the runtime: whether an app works, and whom it can reach. */
export function serveAppEndpoints(RED: NodeRed, shared: Shared): void {
  const mayWrite = RED.auth.needsPermission('wecom-app.write');
  const asker = { type: 'wecom-app', secrets: { secret: appNodeWording.label.secret } } as const;
  // What is tried out in a dialog leaves nothing on the disk.
  const inDialogs: Shared = { ...shared, tokens: new TokenCache({ clock: systemClock }) };

  RED.httpAdmin.post(
    '/wecom-app/test',
    mayWrite,
    dialogHandler(RED, asker, (question) =>
      withApp(question, inDialogs, async (wecom) => ({ ok: true, name: (await wecom.test()).name })),
    ),
  );

  const lists = Object.entries(CONTACTS).map(
    ([field, list]) =>
      [
        field,
        dialogHandler(RED, asker, (question) =>
          withApp(question, inDialogs, async (wecom) => ({ ok: true, choices: await list(wecom) })),
        ),
      ] as const,
  );
  RED.httpAdmin.post('/wecom-app/contacts/:field', mayWrite, (request, response, next) => {
    const list = lists.find(([field]) => field === request.params['field']);
    if (list) list[1](request, response, next);
    else response.status(404).json({ ok: false });
  });
}

async function withApp(
  { setting, credential, language }: Question,
  shared: Shared,
  ask: (wecom: Wecom<unknown>) => Promise<Answer>,
): Promise<Answer> {
  const settings = Object.fromEntries(
    (['corpId', 'agentId', 'baseUrl', 'processes', 'proxy', 'timeout'] as const).map((name) => [name, setting(name)]),
  );
  const app = openApp(
    settings,
    { secret: credential('secret'), proxyUser: credential('proxyUser'), proxyPassword: credential('proxyPassword') },
    shared,
    language,
  );
  try {
    return await ask(app.wecom);
  } finally {
    await app.close();
  }
}
