import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { send, SEND } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test('a text message leaves n8n and arrives', async () => {
  const [app] = sandbox.company.apps;
  const run = await send({
    credential: { corpId: sandbox.company.corpId, agentId: String(app!.agentid), secret: app!.secret, baseUrl: sandbox.url },
    parameters: { recipientsFrom: 'ids', touser: 'zhangsan', msgtype: 'text', content: '=你好 {{ 1 + 1 }}' },
  });
  const [message] = sandbox.messages();
  expect(message).toMatchObject({ msgtype: 'text', received: { touser: 'zhangsan', text: { content: '你好 2' } }, delivered_to: ['zhangsan'] });
  expect(run.items(SEND)).toEqual([
    { json: { errcode: 0, errmsg: 'ok', msgid: message!.msgid, msgids: [message!.msgid], invaliduser: [], invalidparty: [], invalidtag: [], unlicenseduser: [], response_code: '' }, pairedItem: { item: 0 } },
  ]);
});
