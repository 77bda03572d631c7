import { formsAt, PLACES } from '../expected';
import type { FormAt } from '../expected';
import { filesToSend, smallest } from '../fill';
import type { Dialog } from './editor';
import { CHAT, configs, INJECT, SEND, sendingFlow } from './flow';
import { VERSIONS } from './host';
import { withHosts } from './with-hosts';

const TO = { members: 'named', everyone: 'everyone', chat: 'chat', robot: 'robot' } as const;

describe.each(VERSIONS)('$name', (version) => {
  const hosts = withHosts(version);
  let files: Awaited<ReturnType<typeof filesToSend>>;
  beforeAll(async () => {
    files = await filesToSend();
  });
  afterAll(() => files.remove());

  test.each(PLACES)('to $place, each type is filled in, deployed and arrives', async (at) => {
    const { sandbox, nodeRed } = hosts;
    sandbox.reset();
    // Only an app that sees the whole company may have group chats.
    const flow = sendingFlow(sandbox).filter(({ type }) => !type.startsWith('wecom-app'));
    await nodeRed.deploy([
      ...flow.filter(({ type }) => type !== 'wecom-robot'),
      ...configs(sandbox, at.place === 'chat' ? 1 : 0),
    ]);
    if (at.place === 'chat') await createChat(sandbox);
    await hosts.edit({}, async (editor) => {
      for (const form of formsAt(at)) {
        const dialog = await editor.open(SEND);
        await dialog.chooseTo(TO[at.place]);
        if (at.place === 'members') await dialog.fill('touser', 'zhangsan');
        if (at.place === 'chat') await dialog.fill('chatid', CHAT);
        if (at.place === 'robot') await dialog.chooseRobot();
        await dialog.chooseType(form.type.name);
        await fillIn(dialog, form, (kind) => files.of(kind));
        await dialog.ok();
        expect({ type: form.type.name, problems: await editor.property(SEND, 'validationErrors') }).toEqual({
          type: form.type.name,
          problems: [],
        });
        await editor.deploy();
        const before = sandbox.messages().length;
        await editor.inject(INJECT);
        await expectArrival(() => sandbox.messages().slice(before), form);
      }
    });
  });
});

async function createChat(sandbox: {
  url: string;
  company: { corpId: string; apps: { secret: string }[] };
}): Promise<void> {
  const secret = sandbox.company.apps[1]?.secret ?? '';
  const token = await call(`${sandbox.url}/cgi-bin/gettoken?corpid=${sandbox.company.corpId}&corpsecret=${secret}`);
  await call(`${sandbox.url}/cgi-bin/appchat/create?access_token=${String(token['access_token'])}`, {
    name: 'Releases',
    owner: 'zhangsan',
    userlist: ['zhangsan', 'lisi'],
    chatid: CHAT,
  });
}

async function call(address: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(address, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  const json = (await answer.json()) as Record<string, unknown>;
  if (json['errcode'] !== 0) throw new Error(JSON.stringify(json));
  return json;
}

async function fillIn(dialog: Dialog, form: FormAt, fileOf: (kind: string) => string): Promise<void> {
  for (const { path, field, value } of smallest(form)) {
    const place = `${form.type.name}.${path}`;
    await dialog.bringIntoSight(place);
    if (field.media) await dialog.chooseFile(place, fileOf(value));
    else if (field.choices)
      continue; // stands at its default
    else await dialog.fill(place, value);
  }
}

async function expectArrival(newOnes: () => readonly { msgtype: string; delivered_to: string[] }[], { type }: FormAt) {
  for (let tries = 0; tries < 100 && newOnes().length === 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const [message] = newOnes();
  expect({ type: type.name, msgtype: message?.msgtype, reached: (message?.delivered_to.length ?? 0) > 0 }).toEqual({
    type: type.name,
    msgtype: type.msgtype,
    reached: true,
  });
}
