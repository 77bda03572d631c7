import { createRobot, createWecom, messageOf, operations, typesAt, UnreadableFile, WecomInputError } from '../../core';
import type { Destination, Field, Http, MessageForm } from '../../core';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { amr, mp4, png } from '../fixtures/media';
import { withValue } from './examples';
import { clock, failure } from './fake-wecom';

interface Seen {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** What went over the wire besides tokens and uploads. */
let seen: Seen[] = [];
let calls = 0;
const http: Http = async ({ method, url, headers, body }) => {
  calls += 1;
  const { pathname } = new URL(url);
  if (typeof body === 'string') seen.push({ path: pathname, body: JSON.parse(body) as Record<string, unknown> });
  const response = await fetch(url, {
    method,
    headers: { ...headers },
    body: body as NonNullable<RequestInit['body']>,
  });
  return { status: response.status, body: await response.text() };
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ extraMembers: 1100 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset({ extraMembers: 1100 });
  seen = [];
  calls = 0;
});

const FILES: Readonly<Record<string, { filename: string; data: Uint8Array }>> = {
  image: { filename: '图片.png', data: png(64) },
  voice: { filename: 'hello.amr', data: amr(2) },
  video: { filename: 'clip.mp4', data: mp4(64) },
  file: { filename: '报告.txt', data: Buffer.from('the report') },
};

function app(index = 0) {
  const { agentid: agentId, secret } = sandbox.company.apps[index]!;
  return createWecom<unknown>({
    clock,
    app: { corpId: sandbox.company.corpId, agentId, secret, baseUrl: sandbox.url },
    http,
  });
}

function robot() {
  return createRobot<unknown>({ clock, webhook: sandbox.company.robots[0]!.key, baseUrl: sandbox.url, http });
}

/** What each type needs, with files and with the IDs that the sandbox knows. */
function contentOf({ panel, rules }: MessageForm): Record<string, unknown> {
  const content = withFiles(panel.content, withValue(panel.content, [], undefined, rules));
  if (panel.content.some(({ name }) => name === 'task_id')) content['task_id'] = 'task-1';
  if ('appid' in content) content['appid'] = sandbox.company.apps[0]!.miniProgram;
  return content;
}

function withFiles(fields: readonly Field[], values: Record<string, unknown>): Record<string, unknown> {
  for (const { name, media, fields: inner } of fields) {
    const value = values[name];
    if (value === undefined) continue;
    if (media) values[name] = FILES[media];
    else if (inner)
      for (const entry of Array.isArray(value) ? value : [value]) withFiles(inner, entry as Record<string, unknown>);
  }
  return values;
}

const isFile = (value: unknown): value is { filename: string; size: number; type: string } =>
  typeof value === 'object' && value !== null && 'size' in value;

/** The built body with what the sandbox got in the places of its files. */
function filled(built: unknown, sent: unknown): unknown {
  if (isFile(built)) {
    expect(typeof sent).toBe('string');
    expect(built).toEqual({
      filename: FILES[built.type]!.filename,
      size: FILES[built.type]!.data.byteLength,
      type: built.type,
    });
    return sent;
  }
  if (Array.isArray(built)) return built.map((entry, index) => filled(entry, (sent as unknown[])[index]));
  if (typeof built !== 'object' || built === null) return built;
  return Object.fromEntries(
    Object.entries(built).map(([key, value]) => [key, filled(value, (sent as Record<string, unknown>)[key])]),
  );
}

async function chat(): Promise<unknown> {
  const create = operations.find(({ name }) => name === 'createChat')!;
  return (await app(1).perform(create, { userlist: ['zhangsan', 'lisi'] }))['chatid'];
}

const KINDS = (['app', 'chat', 'robot'] as const satisfies readonly Destination[]).flatMap((to) =>
  typesAt(to).map(({ type, form }) => [`${type.name} to ${to}`, to, type, form] as const),
);

describe('checking only', () => {
  it.each(KINDS)('shows of %s what is sent when it is sent, and sends nothing', async (_, to, type, form) => {
    const client = to === 'robot' ? robot() : app(to === 'chat' ? 1 : 0);
    const address = to === 'chat' ? { chatid: await chat() } : to === 'app' ? { touser: ['zhangsan', 'lisi'] } : {};
    const message = { ...address, ...messageOf(type, contentOf(form)) };
    calls = 0;
    const checked = await client.check(message);
    expect(calls).toBe(0);
    expect(JSON.parse(JSON.stringify(checked))).toEqual(checked);

    seen = [];
    await client.send(message);
    const sent = seen.filter(({ path }) => path === checked.requests[0]!.path);
    expect(sent).toHaveLength(1);
    expect(checked.requests.map(({ path, body }) => ({ path, body: filled(body, sent[0]!.body) }))).toEqual(sent);
    expect(sandbox.messages({ to })).toHaveLength(1);
  });

  it('shows every part of a long text and every thousand members, in the order in which they go out', async () => {
    const message = {
      touser: Array.from({ length: 1001 }, (_, index) => `u${String(index + 1).padStart(5, '0')}`),
      msgtype: 'text',
      text: { content: 'a long text. '.repeat(300) },
      safe: 1,
    };
    const { requests, parts } = await app().check(message);
    expect([calls, parts, requests.length]).toEqual([0, 2, 4]);
    await app().send(message);
    expect(seen).toEqual(requests);
  });

  it('says what would be shortened', async () => {
    const { warnings, requests } = await app().check({
      touser: 'zhangsan',
      msgtype: 'textcard',
      textcard: { title: '中'.repeat(50), description: 'd', url: 'https://example.com' },
      too_long: 'truncate',
    });
    expect(warnings).toEqual([
      expect.stringContaining('Title (textcard.title) was shortened from 150 bytes to 128 bytes'),
    ]);
    expect(requests).toMatchObject([{ body: { textcard: { title: `${'中'.repeat(41)}…` } } }]);
  });

  it('needs no right secret, and shows none', async () => {
    const { corpId } = sandbox.company;
    const secret = 'canary-secret-9b1c';
    const client = createWecom<unknown>({
      clock,
      app: { corpId, agentId: 1000002, secret, baseUrl: sandbox.url },
      http,
    });
    const checked = await client.check({ toparty: 2, msgtype: 'text', text: { content: 'hello' } });
    expect(checked).toEqual({
      requests: [
        {
          path: '/cgi-bin/message/send',
          body: { toparty: '2', agentid: 1000002, msgtype: 'text', text: { content: 'hello' } },
        },
      ],
      parts: 1,
      warnings: [],
    });
    const key = sandbox.company.robots[0]!.key;
    expect(JSON.stringify(await robot().check({ msgtype: 'text', text: { content: 'hello' } }))).not.toContain(key);
  });

  it('names every mistake, as sending does', async () => {
    const wrong = { touser: 'a b', msgtype: 'textcard', textcard: { title: 'T', url: 'nowhere' } };
    const error = await failure(app().check(wrong), WecomInputError);
    expect(error.issues).toEqual((await failure(app().send(wrong), WecomInputError)).issues);
    expect(calls).toBe(0);
  });

  it('reads files, because what they hold is checked, and does not upload them', async () => {
    const file = (read: () => Promise<Uint8Array>) => ({
      touser: 'zhangsan',
      msgtype: 'voice',
      voice: { media_id: { filename: 'v.amr', read } },
    });
    expect(await app().check(file(() => Promise.resolve(amr(3))))).toMatchObject({
      requests: [{ body: { voice: { media_id: { filename: 'v.amr', size: amr(3).byteLength, type: 'voice' } } } }],
    });
    const long = await failure(app().check(file(() => Promise.resolve(amr(61)))), WecomInputError);
    expect(long.issues).toMatchObject([{ path: 'voice.media_id', limit: 60 }]);
    const gone = await failure(
      app().check(file(() => Promise.reject(new UnreadableFile({ en: 'is not there', zh: '不存在' })))),
      WecomInputError,
    );
    expect(gone.issues).toMatchObject([{ path: 'voice.media_id', message: { en: 'is not there' } }]);
    expect(calls).toBe(0);
  });

  it('ends without reading when it was cancelled', async () => {
    const read = jest.fn();
    const message = { touser: 'zhangsan', msgtype: 'file', file: { media_id: { filename: 'a.txt', read } } };
    const cancelled = app().check(message, { signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ cause: { code: 'ABORT_ERR' }, delivery: 'not-sent' });
    expect(read).not.toHaveBeenCalled();
  });
});
