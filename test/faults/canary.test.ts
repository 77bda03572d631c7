/** A secret, a token and the key of a robot appear nowhere, whatever goes wrong. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { createWecom, WecomError } from '../../core';
import type { Http, Wait } from '../../core';
import type { Sandbox } from '../../sandbox';
import { mp4 } from '../fixtures/media';
import { movableClock } from '../core/fake-wecom';
import { logged, send } from '../n8n/engine';
import { credentialOf, robotCredentialOf } from '../n8n/sandbox';
import { from, nodeRedWithSandbox, robotWebhook, sendNode } from '../node-red/flow-runner';
import { canarySandbox, everythingIn, leaks, SECRET, tokenOf } from './canary';
import { coreSender, quickHttp } from './core-sender';
import { cases, faultsOf, postsOf, troubles } from './matrix';
import type { Case, Stage } from './matrix';
import { APP, createChats } from './sandbox-side';

const PROJECT = path.resolve(__dirname, '..', '..');
const opened: Sandbox[] = [];
afterAll(() => Promise.all(opened.map((sandbox) => sandbox.close())));

async function open(): Promise<Sandbox> {
  const sandbox = await canarySandbox();
  opened.push(sandbox);
  return sandbox;
}

describe('the search itself', () => {
  it('finds a secret wherever it may hide', () => {
    class Base extends Error {
      get hidden() {
        return `corpsecret=${encodeURIComponent(SECRET)}`;
      }
    }
    const nested = Object.assign(new Error('outer'), { cause: { config: { url: `?corpsecret=${SECRET}` } } });
    const invisible = Object.defineProperty(new Error('x'), 'request', {
      value: { headers: SECRET },
      enumerable: false,
    });
    for (const value of [
      SECRET,
      new Base('x'),
      nested,
      invisible,
      new Map([['a', SECRET]]),
      [Buffer.from(SECRET)],
      { [SECRET]: 1 },
      new Error(SECRET),
    ])
      expect(leaks(everythingIn(value), [SECRET])).toHaveLength(1);
    expect(leaks(everythingIn(new Error('nothing to see')), [SECRET, 'canary-key'])).toEqual([]);
  });
});

describe('core', () => {
  const everyTrouble = cases.filter(
    ({ times, batch, after, duplicateCheck }) =>
      times === 'always' &&
      after === 0 &&
      !duplicateCheck &&
      (batch === 'one message' || batch === 'three messages to one'),
  );
  const found: string[] = [];

  beforeAll(async () => {
    const waiting = [...everyTrouble];
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) found.push(...(await leaksUnder(next)));
      }),
    );
  }, 40_000);

  async function leaksUnder(one: Case): Promise<string[]> {
    const sandbox = await open();
    const secrets = [SECRET, sandbox.company.robots[0]!.key, await tokenOf(sandbox)];
    const said: unknown[] = [];
    const sender = coreSender(
      sandbox,
      { http: quickHttp(200), clock: movableClock(Date.now(), (ms) => void sandbox.moveClock(ms)) },
      one.stage === 'appchat/send' ? await createChats(sandbox) : [],
    );
    for (const fault of faultsOf(one)) sandbox.fault(fault);
    const progress = { sent: [] };
    await Promise.all(
      postsOf(one).map(async (post) => {
        const outcome: unknown = await sender
          .send(post, { progress, onWait: (wait: Wait) => said.push(wait) })
          .catch((error: unknown) => error);
        said.push(
          outcome,
          ...(outcome instanceof WecomError ? [outcome.explain('en'), outcome.explain('zh'), outcome.copy()] : []),
        );
      }),
    );
    return leaks(
      [...said, progress, sender.wecom, sender.robot].map((value) => everythingIn(value)).join('\n'),
      secrets,
    ).map((leak) => `${leak} under ${one.name}`);
  }

  it(`gives away nothing under ${everyTrouble.length} troubles`, () => {
    expect(everyTrouble.length).toBeGreaterThan(80);
    expect(found).toEqual([]);
  });

  it('gives away nothing of an error that quotes the request, in its text, its causes and its properties', async () => {
    const failing: Http = async ({ url, headers }) => {
      const request = { url, headers, path: url };
      throw Object.assign(new Error(`connect failed: ${url}`), {
        config: request,
        request,
        cause: Object.assign(new Error(`while calling ${url}`), { code: 'ECONNRESET', url }),
      });
    };
    const quoting: Http = async ({ url }) => ({
      status: 200,
      body: JSON.stringify(
        url.includes('gettoken')
          ? { errcode: 0, access_token: 'canary-token-5c11', expires_in: 7200 }
          : { errcode: 40013, errmsg: `bad request ${url} by ${SECRET}` },
      ),
    });
    for (const http of [failing, quoting]) {
      const wecom = createWecom({
        app: { corpId: 'ww', agentId: 1, secret: SECRET, baseUrl: 'https://wecom.test' },
        http,
        clock: movableClock(),
      });
      for (const call of [
        () => wecom.send({ touser: 'a', msgtype: 'text', text: { content: 'x' } }),
        () => wecom.test(),
        () => wecom.listMembers(),
      ]) {
        const error: unknown = await call().catch((problem: unknown) => problem);
        expect(error).toBeInstanceOf(WecomError);
        expect(leaks(everythingIn(error), [SECRET, 'canary-token-5c11'])).toEqual([]);
      }
    }
  });
});

/** What hosts run one after the other: in real time, so without what makes them wait for long. */
const short = (stage: Stage) => troubles.filter(({ hangs, pauses }) => !pauses && !(hangs && stage === 'media/upload'));
const STAGES: readonly Stage[] = ['message/send', 'webhook/send', 'media/upload', 'gettoken'];

interface Context {
  keys(): string[];
  get(key: string): unknown;
  readonly flow: Context;
  readonly global: Context;
}

describe('Node-RED', () => {
  const red = nodeRedWithSandbox();

  it('gives away nothing in messages, errors, statuses, logs, context data and files', async () => {
    const sandbox = await open();
    const { agentid } = sandbox.company.apps[APP]!;
    const secrets = new Set([SECRET, sandbox.company.robots[0]!.key, await tokenOf(sandbox)]);
    const nodes = [
      {
        id: 'app',
        type: 'wecom-app',
        name: '',
        corpId: sandbox.company.corpId,
        agentId: String(agentid),
        baseUrl: sandbox.url,
        proxy: '',
        timeout: '0.5',
      },
      { id: 'robot', type: 'wecom-robot', name: '', baseUrl: '', proxy: '', timeout: '0.5' },
      sendNode({ id: 'message/send', fields: { touser: from('msg', 'who') } }),
      sendNode({ id: 'gettoken', fields: { touser: from('msg', 'who') } }),
      sendNode({
        id: 'media/upload',
        msgtype: 'video',
        fields: { touser: from('msg', 'who'), 'video.media_id': { ...from('msg', 'film'), source: 'data' } },
      }),
      sendNode({ id: 'webhook/send', app: '', robot: 'robot', to: 'robot' }),
    ];
    const flow = await red.load(
      nodes,
      { app: { secret: SECRET }, robot: { webhook: robotWebhook(sandbox) } },
      'message/send',
    );
    const licensed = sandbox.company.members.filter((member) => member.licensed).map(({ userid }) => userid);
    let sent = 0;
    for (const stage of STAGES) {
      for (const { fault, sort } of short(stage)) {
        if (stage === 'gettoken') sandbox.revoke();
        sandbox.fault({ endpoint: stage, times: sort === 'token refused' ? 2 : 1, ...fault });
        sent += 1;
        red.getNode(stage).receive({
          payload: `message ${sent}`,
          who: licensed[sent % licensed.length],
          film: Buffer.from(mp4(64 + sent)),
        });
      }
      await flow.settled(sent, 15_000);
      secrets.add(await tokenOf(sandbox));
    }
    const statuses = STAGES.map((stage) => red.getNode(stage).status.args);
    const context = STAGES.flatMap((stage) => {
      const own = (red.getNode(stage) as unknown as { context(): Context }).context();
      return [own, own.flow, own.global].map((store) => store.keys().map((key) => [key, store.get(key)]));
    });
    const files = readdirSync(red.userDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.name}\n${readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1')}`);
    expect(files.length).toBeGreaterThan(0);
    expect(flow.caught.length).toBeGreaterThan(15);
    const everything = [flow.sent, flow.caught, flow.completed, statuses, context]
      .map((value) => everythingIn(value))
      .concat(red.logged(), files)
      .join('\n');
    expect(leaks(everything, secrets)).toEqual([]);
  }, 40_000);
});

describe('n8n', () => {
  it('gives away nothing in outputs, errors, run data and logs', async () => {
    const secrets = new Set<string>([SECRET]);
    const runs = STAGES.flatMap((stage) =>
      short(stage).map((trouble, index) => ({
        stage,
        trouble,
        settings: index % 2 === 0 ? { onError: 'continueRegularOutput' as const } : {},
      })),
    );
    const seen: string[] = [];
    const waiting = [...runs];
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { stage, trouble, settings } = next;
          const sandbox = await open();
          secrets.add(sandbox.company.robots[0]!.key).add(await tokenOf(sandbox));
          sandbox.fault({ endpoint: stage, times: trouble.sort === 'token refused' ? 2 : 1, ...trouble.fault });
          const content =
            stage === 'media/upload'
              ? { msgtype: 'video', media_id_source: 'binary', media_id_binary: 'film' }
              : { msgtype: 'text', content: 'hello' };
          const run = await send({
            credential: credentialOf(sandbox, APP),
            robot: robotCredentialOf(sandbox),
            items: [
              {
                json: {},
                binary: {
                  film: { data: Buffer.from(mp4(64)).toString('base64'), mimeType: 'video/mp4', fileName: 'a.mp4' },
                },
              },
            ],
            parameters: {
              ...(stage === 'webhook/send' ? { sendTo: 'robot' } : { recipientsFrom: 'ids', touser: 'zhangsan' }),
              ...content,
              options: { timeout: 500 },
            },
            settings,
          });
          seen.push(everythingIn(run.data));
          secrets.add(await tokenOf(sandbox));
        }
      }),
    );
    expect(seen.join('\n')).toContain('WeCom error 60020');
    expect(leaks([...seen, ...logged].join('\n'), secrets)).toEqual([]);
  }, 60_000);
});

describe('the repository', () => {
  const files = execFileSync(
    'git',
    ['ls-files', 'examples', 'node-red', 'nodes', 'credentials', 'docs', 'README.md', 'README.zh-CN.md', '*.snap'],
    { cwd: PROJECT, encoding: 'utf8' },
  )
    .split('\n')
    .filter((name) => /\.(json|md|html|snap|svg)$/.test(name));

  it.each([
    ['a token or a secret in an address', /(access_token|corpsecret)=(?!\*|<|\$|…|\.|["'`])[\w-]{8,}/],
    ['the key of a robot', /webhook\/send\?key=[0-9a-f]{8}-[0-9a-f]{4}/],
    ['a secret of the sandbox', /sandbox-secret-\d/],
    ['a canary', /canary-(secret|token|key)/],
  ])('holds no %s in examples, documents, packages and snapshots', (_, pattern) => {
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((name) => pattern.test(readFileSync(path.join(PROJECT, name), 'utf8')))).toEqual([]);
  });
});
