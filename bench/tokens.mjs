/** Calls to gettoken under load, through the library entry of the Node-RED package. */
import { createRequire } from 'node:module';
import path from 'node:path';

import { PROJECT } from '../scripts/run.mjs';

const MESSAGES = 1000;

export async function tokenCalls(sandbox) {
  const { createWecom } = createRequire(import.meta.url)(path.join(PROJECT, 'node-red'));
  const [app] = sandbox.company.apps;
  const control = async (what, body) =>
    (
      await fetch(`${sandbox.url}/sandbox/${what}`, {
        method: body ? 'POST' : 'GET',
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
    ).json();
  await control('reset', { extra_members: 2000 });
  const wecom = createWecom({
    app: { corpId: sandbox.company.corpId, agentId: app.agentid, secret: app.secret, baseUrl: sandbox.url },
  });
  const sendAll = (round) =>
    Promise.all(
      Array.from({ length: MESSAGES }, (_, index) =>
        wecom.send({
          touser: `u${String(index + 1).padStart(5, '0')}`,
          msgtype: 'text',
          text: { content: `${round} ${index}` },
        }),
      ),
    );
  await sendAll('cold');
  const cold = (await control('calls')).gettoken;
  await control('revoke', {});
  await sendAll('revoked');
  const revoked = (await control('calls')).gettoken - cold;
  const received = await control('messages');
  const once =
    new Set(received.map((message) => message.shown.content)).size === received.length &&
    received.length === 2 * MESSAGES;
  await wecom.close();
  return [
    { what: `gettoken calls, ${MESSAGES} cold messages at once`, value: cold, unit: '', goal: '1', met: cold === 1 },
    {
      what: `gettoken calls, ${MESSAGES} messages with a token just revoked`,
      value: revoked,
      unit: '',
      goal: '1',
      met: revoked === 1,
    },
    { what: '  every one of them arrived exactly once', value: once ? 'yes' : 'no', unit: '', goal: 'yes', met: once },
  ];
}
