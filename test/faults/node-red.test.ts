import type * as timers from 'node:timers/promises';

import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { mp4 } from '../fixtures/media';
import { appNode, from, nodeRedWithSandbox, robotNode, robotWebhook, sendNode } from '../node-red/flow-runner';
import type { FlowMessage, RunningFlow } from '../node-red/flow-runner';
import type { Told } from './judge';
import { casesForHosts, faultsOf, postsOf } from './matrix';
import type { Case, Post } from './matrix';
import { describeCases } from './run-cases';
import type { Outcome } from './run-cases';
import { APP, createChats, receivedBy, sentAs } from './sandbox-side';

/**
 * What core waits passes so much faster: WeCom refuses an endpoint for a minute after 45009. Calls take as long as they
 * take.
 */
const SPEED = 30;

jest.mock('node:timers/promises', () => {
  const actual = jest.requireActual<typeof timers>('node:timers/promises');
  return { ...actual, setTimeout: (ms: number, ...rest: []) => actual.setTimeout(ms / 30, ...rest) };
});
const { setTimeout: sleep } = jest.requireActual<typeof timers>('node:timers/promises');

beforeAll(() => {
  const real = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => real() * SPEED);
});
afterAll(() => jest.restoreAllMocks());

/** Seconds. Uploads have 60 s at least, so what never answers them is left to core. */
const QUICK_CALL = '2';
const CALL = '20';
const PATIENCE_MS = 30_000;

const cases = casesForHosts((stage) => stage !== 'media/upload');
const red = nodeRedWithSandbox();

interface Prepared {
  readonly sandbox: Sandbox;
  readonly chats: readonly string[];
}

let prepared: Promise<{ readonly flow: RunningFlow; readonly of: ReadonlyMap<Case, Prepared> }> | undefined;
const sandboxes: Sandbox[] = [];
afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())));

/** One flow with a sandbox, an app, a robot and a `wecom-send` node for every case. */
async function prepare() {
  const of = new Map<Case, Prepared>();
  const nodes: object[] = [];
  const credentials: Record<string, object> = {};
  for (const [index, one] of cases.entries()) {
    const sandbox = await startSandbox();
    sandboxes.push(sandbox);
    of.set(one, { sandbox, chats: one.stage === 'appchat/send' ? await createChats(sandbox) : [] });
    const { agentid, secret } = sandbox.company.apps[APP]!;
    const [app, robot] = [`app${index}`, `robot${index}`];
    const timeout = one.trouble.hangs ? QUICK_CALL : CALL;
    nodes.push(
      appNode(sandbox, { id: app, agentId: String(agentid), timeout }),
      robotNode({ id: robot, timeout }),
      sendNode({ id: `send${index}`, app, robot, ...panelFor(one) }),
    );
    credentials[app] = { secret };
    credentials[robot] = { webhook: robotWebhook(sandbox) };
  }
  return { flow: await red.load(nodes, credentials, 'send0'), of };
}

function panelFor({ stage, duplicateCheck }: Case): object {
  const to = stage === 'webhook/send' ? 'robot' : stage === 'appchat/send' ? 'chat' : 'named';
  const content =
    stage === 'media/upload'
      ? { 'video.media_id': { ...from('msg', 'film'), source: 'data' }, 'video.title': from('msg', 'payload') }
      : { 'text.content': from('msg', 'payload') };
  return {
    to,
    msgtype: stage === 'media/upload' ? 'video' : 'text',
    fields: {
      touser: from('msg', 'who'),
      chatid: from('msg', 'chat'),
      ...content,
      ...(duplicateCheck && { enable_duplicate_check: from('bool', 'true') }),
    },
  };
}

async function run(one: Case): Promise<Outcome> {
  prepared ??= prepare();
  const { flow, of } = await prepared;
  const { sandbox, chats } = of.get(one)!;
  for (const fault of faultsOf(one)) sandbox.fault(fault);
  const posts = postsOf(one);
  const node = red.getNode(`send${cases.indexOf(one)}`);
  for (const post of posts) node.receive(messageFor(post, one, chats));
  const ours = (list: readonly FlowMessage[]) => list.filter((msg) => msg['of'] === one.name);
  for (
    const deadline = Date.now() + PATIENCE_MS;
    Date.now() < deadline && ours([...flow.sent, ...flow.caught]).length < posts.length;
  )
    await sleep(20);
  // A message that went both ways, or twice, shows only now.
  await sleep(50);
  return {
    sent: sentAs(posts, sandbox),
    told: [...ours(flow.sent).map(sentOn), ...ours(flow.caught).map(caught)],
    received: receivedBy(sandbox.messages()),
  };
}

function messageFor({ id, target, kind, text }: Post, { name }: Case, chats: readonly string[]): FlowMessage {
  return {
    of: name,
    id,
    payload: text,
    ...('member' in target && { who: target.member }),
    ...('chat' in target && { chat: chats[target.chat] }),
    ...(kind === 'video' && { film: Buffer.from(mp4(64 + Number(id.slice(1)))) }),
  };
}

function sentOn(msg: FlowMessage): Told {
  return { id: msg['id'] as string, outcome: 'sent', parts: (msg.payload as { parts: number }).parts };
}

function caught(msg: FlowMessage): Told {
  const { code, message, cause } = msg.error!;
  const { delivery, failed } = cause as { delivery?: 'not-sent' | 'unknown'; failed?: { part: number } };
  return {
    id: msg['id'] as string,
    outcome: 'failed',
    claim: delivery ?? (code === 'DOUBTFUL_SUCCESS' ? 'unknown' : 'not-sent'),
    arrived: failed ? failed.part - 1 : 0,
    error: message,
  };
}

describeCases('Node-RED under every fault', cases, run, { atOnce: 30, timeoutMs: 60_000 });
