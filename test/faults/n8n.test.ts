import path from 'node:path';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Clock } from '../../core';
import { startSandbox } from '../../sandbox';
import { mp4 } from '../fixtures/media';
import { loadPackage, PROJECT, send, SEND } from '../n8n/engine';
import { credentialOf, robotCredentialOf } from '../n8n/sandbox';
import type { Told } from './judge';
import { casesForHosts, faultsOf, postsOf } from './matrix';
import type { Case, Post } from './matrix';
import { describeCases } from './run-cases';
import type { Outcome } from './run-cases';
import { APP, createChats, receivedBy, sentAs } from './sandbox-side';

/** Milliseconds. Uploads have 60 s at least, so what never answers them is left to core. */
const QUICK_CALL_MS = 2_000;
const CALL_MS = 20_000;
const AT_ONCE = 20;

const cases = casesForHosts((stage) => stage !== 'media/upload');

/**
 * What core waits passes so much faster: WeCom refuses an endpoint for a minute after 45009. Calls take as long as they
 * take.
 */
const SPEED = 30;

beforeAll(async () => {
  await loadPackage();
  // The same module that n8n's loader loads: both go through Jest's registry.
  const { clock } = jest.requireActual<{ clock: { -readonly [Name in keyof Clock]: Clock[Name] } }>(
    path.join(PROJECT, 'dist', 'nodes', 'host', 'clock.js'),
  );
  const real = { ...clock };
  clock.monotonic = () => real.monotonic() * SPEED;
  clock.sleep = (ms, signal) => real.sleep(ms / SPEED, signal);
});

/** One execution with an item for each message. */
async function run(one: Case): Promise<Outcome> {
  // A new one for each case: tokens and queues live as long as the process, one for each address.
  const sandbox = await startSandbox();
  try {
    const chats = one.stage === 'appchat/send' ? await createChats(sandbox) : [];
    for (const fault of faultsOf(one)) sandbox.fault(fault);
    const posts = postsOf(one);
    const execution = await send({
      credential: credentialOf(sandbox, APP),
      robot: robotCredentialOf(sandbox),
      items: posts.map((post) => itemFor(post, chats)),
      parameters: panelFor(one),
      settings: { onError: 'continueRegularOutput' },
    });
    const told = execution
      .items(SEND)
      .map(({ json, pairedItem }) => toldBy(posts[(pairedItem as { item: number }).item]!, json));
    return { sent: sentAs(posts, sandbox), told, received: receivedBy(sandbox.messages()) };
  } finally {
    await sandbox.close();
  }
}

function panelFor({ stage, duplicateCheck, trouble }: Case): INodeParameters {
  const where =
    stage === 'webhook/send'
      ? { sendTo: 'robot' }
      : stage === 'appchat/send'
        ? { sendTo: 'chat', chatid: '={{ $json.chat }}' }
        : { recipientsFrom: 'ids', touser: '={{ $json.who }}' };
  const content =
    stage === 'media/upload'
      ? { msgtype: 'video', media_id_source: 'binary', media_id_binary: 'film', title: '={{ $json.text }}' }
      : { msgtype: 'text', content: '={{ $json.text }}' };
  return {
    ...where,
    ...content,
    options: {
      timeout: trouble.hangs ? QUICK_CALL_MS : CALL_MS,
      ...(duplicateCheck && { enable_duplicate_check: true }),
    },
  };
}

function itemFor({ id, target, kind, text }: Post, chats: readonly string[]): INodeExecutionData {
  return {
    json: {
      text,
      ...('member' in target && { who: target.member }),
      ...('chat' in target && { chat: chats[target.chat] }),
    },
    ...(kind === 'video' && {
      binary: {
        film: {
          data: Buffer.from(mp4(64 + Number(id.slice(1)))).toString('base64'),
          mimeType: 'video/mp4',
          fileName: `${id}.mp4`,
        },
      },
    }),
  };
}

function toldBy({ id }: Post, json: IDataObject): Told {
  if (!json['error']) return { id, outcome: 'sent', parts: json['parts'] as number };
  const { delivery, errcode, failed } = json['details'] as {
    delivery?: 'not-sent' | 'unknown';
    errcode?: number;
    failed?: { part: number };
  };
  return {
    id,
    outcome: 'failed',
    claim: delivery ?? (errcode === 0 ? 'unknown' : 'not-sent'),
    arrived: failed ? failed.part - 1 : 0,
    error: json['error'] as string,
  };
}

describeCases('n8n under every fault', cases, run, { atOnce: AT_ONCE, timeoutMs: 60_000 });
