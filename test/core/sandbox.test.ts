import { randomUUID } from 'node:crypto';

import {
  createRobot,
  createWecom,
  isActive,
  messageOf,
  operations,
  typesAt,
  WecomApiError,
  WecomInputError,
} from '../../core';
import type { Field, Http } from '../../core';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { needsSandboxFor, unknownToSandbox } from '../fixtures/known-to-sandbox';
import { amr, mp4, png } from '../fixtures/media';
import { clock, failure } from './fake-wecom';

/** A whole Http port in a few lines: what a program needs that uses core as a library. */
const http: Http = async ({ method, url, headers, body, timeoutMs, signal }) => {
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, {
    method,
    headers: { ...headers },
    body: body as NonNullable<RequestInit['body']>,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  return { status: response.status, body: await response.text() };
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ extraMembers: 2100 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset({ extraMembers: 2100 }));

function client(app = sandbox.company.apps[0]!) {
  return createWecom<unknown>({
    clock,
    app: { corpId: sandbox.company.corpId, agentId: app.agentid, secret: app.secret, baseUrl: sandbox.url },
    http,
  });
}

const files: Record<string, { filename: string; data: Uint8Array }> = {
  image: { filename: '图片.png', data: png(64) },
  voice: { filename: 'hello.amr', data: amr(2) },
  video: { filename: 'clip.mp4', data: mp4(64) },
  file: { filename: '报告.txt', data: Buffer.from('the report') },
};

/** Every field of a type filled to its limit, from its description: what we accept, WeCom must accept too. */
function filled(fields: readonly Field[], index = 0): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) values[field.name] = valueOf(field, index);
  // An article opens a page or a mini-program, for which WeCom ignores the page: every other one does.
  if ('picurl' in values && 'appid' in values)
    for (const name of index % 2 === 0 ? ['appid', 'pagepath'] : ['url']) delete values[name];
  // What the choices rule out stays away, as panels keep it away.
  return Object.fromEntries(
    fields
      .filter((field) => field.name in values && isActive(field, fields, values))
      .map((field) => [field.name, values[field.name]]),
  );
}

function valueOf(field: Field, index: number): unknown {
  const { name, control, media, choices, fields, min, max, maxBytes, maxCharacters, advisedCharacters } = field;
  if (name === 'appid') return sandbox.company.apps[0]!.miniProgram;
  if (name === 'task_id') return randomUUID();
  if (name === 'userid') return 'zhangsan';
  if (name === 'selected_id') return `id-0`;
  if (media) return files[media];
  if (choices) return choices[index % choices.length]!.value;
  if (control === 'list') return Array.from({ length: max! }, (_, entry) => filled(fields!, entry));
  if (control === 'group') return filled(fields!);
  if (control === 'ids') return ['zhangsan'];
  if (control === 'switch') return true;
  if (control === 'number') return (min! + max!) / 2;
  if (control === 'url') return 'https://example.com/'.padEnd(Math.min(maxBytes ?? 100), 'a');
  if (['key', 'id', 'question_key'].includes(name))
    return name === 'id' ? `id-${index}` : `${index}`.padEnd(maxBytes!, 'k');
  if (maxCharacters !== undefined) return '中'.repeat(maxCharacters);
  if (maxBytes === undefined) return '中'.repeat(advisedCharacters ?? 20);
  return '中'.repeat(Math.floor(maxBytes / 3)) + 'a'.repeat(maxBytes % 3);
}

describe('core against the sandbox', () => {
  it.each(typesAt('app').map(({ type, form }) => [type.name, type, form] as const))(
    '%s filled to every limit arrives whole, nothing cut off',
    async (_, type, form) => {
      needsSandboxFor(type, 'app');
      const content = filled(form.panel.content);
      const result = await client().send({ touser: 'zhangsan', ...messageOf(type, content) });
      expect(result).toMatchObject({ errcode: 0, invaliduser: [], warnings: [] });
      const [message] = sandbox.messages();
      expect(message?.delivered_to).toEqual(['zhangsan']);
      expect(unknownToSandbox(message)).toEqual([]);
      // What members see is what was sent: WeCom's silent truncation did not bite.
      expect(message?.shown).toMatchObject((message?.received as Record<string, object>)[type.msgtype]!);
    },
  );

  it.each(typesAt('robot').map(({ type, form }) => [type.name, type, form] as const))(
    'a robot posts %s filled to every limit',
    async (_, type, form) => {
      needsSandboxFor(type, 'robot');
      const robot = sandbox.company.robots[0]!;
      const result = await createRobot<unknown>({
        clock,
        webhook: `${sandbox.url}/cgi-bin/webhook/send?key=${robot.key}`,
        http,
      }).send(messageOf(type, filled(form.panel.content)));
      expect(result).toMatchObject({ errcode: 0, warnings: [] });
      expect(sandbox.messages({ to: 'robot' })).toHaveLength(1);
    },
  );

  it.each(typesAt('chat').map(({ type, form }) => [type.name, type, form] as const))(
    'a group chat gets %s filled to every limit',
    async (_, type, form) => {
      needsSandboxFor(type, 'chat');
      const wecom = client(sandbox.company.apps[1]);
      const { chatid } = await wecom.perform(
        operations.find((operation) => operation.name === 'createChat')!,
        { userlist: ['zhangsan', 'lisi'] },
      );
      expect(await wecom.send({ chatid, ...messageOf(type, filled(form.panel.content)) })).toMatchObject({
        errcode: 0,
      });
      expect(sandbox.messages({ to: 'chat' })).toHaveLength(1);
    },
  );

  it.each(typesAt('update').map(({ type, form }) => [type.name, type, form] as const))(
    'a sent card becomes a %s filled to every limit',
    async (_, type, form) => {
      needsSandboxFor(type, 'update');
      const wecom = client();
      const { response_code } = await wecom.send({
        touser: 'zhangsan',
        msgtype: 'template_card',
        template_card: {
          card_type: 'button_interaction',
          main_title: { title: 'T' },
          button_list: [{ text: 'b', key: 'k' }],
        },
      });
      const { card_type, ...card } = { card_type: type.cardType, ...filled(form.panel.content) };
      expect(
        await wecom.updateCard({ response_code, userids: 'zhangsan', template_card: { card_type, ...card } }),
      ).toMatchObject({ errcode: 0, invaliduser: [] });
      expect(sandbox.messages({ member: 'zhangsan' })[0]?.shown).toMatchObject({ card_type });
    },
  );

  it('a message is recalled once sent', async () => {
    const wecom = client();
    const { msgid } = await wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: 'oops' } });
    await wecom.perform(
      operations.find((operation) => operation.name === 'recall')!,
      { msgids: msgid },
    );
    expect(sandbox.messages()[0]?.recalled).toBe(true);
  });

  it('a message too long by a byte is refused if that is wanted, where WeCom would have cut it silently', async () => {
    const error = await failure(
      client().send({
        touser: 'zhangsan',
        msgtype: 'text',
        text: { content: `${'中'.repeat(682)}abc` },
        too_long: 'refuse',
      }),
      WecomInputError,
    );
    expect(error.issues[0]).toMatchObject({ limit: 2048, actual: 2049 });
    expect(sandbox.messages()).toHaveLength(0);
  });

  it('1000 cold messages at once fetch one token, and 1000 more after a revocation fetch one more', async () => {
    const wecom = client();
    const send = (index: number) =>
      wecom.send({
        touser: `u${String((index % 1000) + 1).padStart(5, '0')}`,
        msgtype: 'text',
        text: { content: `message ${index}` },
      });
    await Promise.all(Array.from({ length: 1000 }, (_, index) => send(index)));
    expect(sandbox.calls()['gettoken']).toBe(1);
    sandbox.revoke();
    await Promise.all(Array.from({ length: 1000 }, (_, index) => send(1000 + index)));
    expect(sandbox.calls()['gettoken']).toBe(2);
    const contents = sandbox.messages().map((message) => (message.shown as { content: string }).content);
    expect(contents).toHaveLength(2000);
    expect(new Set(contents).size).toBe(2000);
  });

  it('2000 members of whom some do not exist are two requests and one result', async () => {
    const touser = [
      ...Array.from({ length: 2000 }, (_, index) => `u${String(index + 1).padStart(5, '0')}`),
      'Nobody',
      'zhangsan',
    ];
    const result = await client().send({ touser, msgtype: 'text', text: { content: 'all of you' } });
    expect(result.msgids).toHaveLength(3);
    expect(result.invaliduser).toEqual(['nobody']);
    expect(sandbox.messages().flatMap((message) => message.delivered_to)).toHaveLength(2001);
  });

  it('lists people, departments and tags that are there', async () => {
    const wecom = client();
    expect(await wecom.listTags()).toHaveLength(sandbox.company.tags.length);
    expect((await wecom.listDepartments()).length).toBeGreaterThan(3);
    expect((await wecom.listMembers()).some((member) => member.id === 'zhangsan' && member.name === '张三')).toBe(true);
  });

  it('the connection test names what is wrong: secret, agent, IP', async () => {
    const { corpId, apps } = sandbox.company;
    expect((await client().test()).name).toBe(apps[0]!.name);
    const broken = (app: object) =>
      createWecom<unknown>({
        clock,
        app: { corpId, agentId: apps[0]!.agentid, secret: apps[0]!.secret, baseUrl: sandbox.url, ...app },
        http,
      }).test();
    expect((await failure(broken({ secret: 'wrong' }), WecomApiError)).errcode).toBe(40001);
    expect((await failure(broken({ agentId: apps[1]!.agentid }), WecomApiError)).errcode).toBe(301002);
    const untrusted = apps.find((app) => app.trustedIps.length === 0)!;
    expect(await failure(client(untrusted).test(), WecomApiError)).toMatchObject({
      errcode: 60020,
      ip: sandbox.company.callerIp,
    });
  });
});
