/** Programs that use the package as a library, without Node-RED. */
import path from 'node:path';

import type * as NodeRedPackage from '../../node-red/index';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';

const { createWecom } = jest.requireActual<typeof NodeRedPackage>(path.resolve(__dirname, '../../node-red'));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

it('twenty clients of one app in one program have one token, one order and one rate', async () => {
  const [app] = sandbox.company.apps;
  const clients = Array.from({ length: 20 }, () =>
    createWecom({
      app: { corpId: sandbox.company.corpId, agentId: app!.agentid, secret: app!.secret, baseUrl: sandbox.url },
    }),
  );
  try {
    const contents = Array.from({ length: 30 }, (_, index) => `message ${index}`);
    const sending = contents.map((content, index) =>
      clients[index % clients.length]!.send({ touser: 'alice', msgtype: 'text', text: { content } }),
    );
    await Promise.all(sending);
    expect(sandbox.messages().map(({ received }) => (received['text'] as { content: string }).content)).toEqual(
      contents,
    );
    expect(sandbox.calls()['gettoken']).toBe(1);
    // One more than WeCom takes in a minute, by a client that has hardly sent anything.
    const last = clients[0]!.send(
      { touser: 'alice', msgtype: 'text', text: { content: 'one more' } },
      { rates: 'fail' },
    );
    await expect(last).rejects.toMatchObject({ name: 'WecomRateError', reason: 'member' });
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
});
