/** Core as a sender: the library with nothing around it. */
import { createRobot, createWecom, SendQueues, WecomApiError, WecomError, WecomNetworkError } from '../../core';
import type { Clock, Http, SendOptions, SendResult } from '../../core';
import type { Sandbox } from '../../sandbox';
import { mp4 } from '../fixtures/media';
import type { Told } from './judge';
import type { Post } from './matrix';
import { APP } from './sandbox-side';

/** Milliseconds; the time-out of a call is made of turns as short as this. */
const TURN_MS = 10;

/**
 * Every call ends after so many real milliseconds, uploads too. They pass in short turns: on a busy machine a call
 * to a sandbox in the same process gets its answer before its time is over.
 */
export function quickHttp(mostMs: number): Http {
  return async ({ method, url, headers, body, timeoutMs, signal }) => {
    const timeout = new AbortController();
    let turns = Math.ceil(Math.min(mostMs, timeoutMs) / TURN_MS);
    const timer = setInterval(() => {
      turns -= 1;
      if (turns <= 0) timeout.abort(Object.assign(new Error('the time is over'), { code: 'UND_ERR_HEADERS_TIMEOUT' }));
    }, TURN_MS);
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        body: body as NonNullable<RequestInit['body']>,
        signal: signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal,
      });
      return { status: response.status, body: await response.text() };
    } finally {
      clearInterval(timer);
    }
  };
}

/** What both ways of sending need. */
export interface Parts {
  readonly http: Http;
  readonly clock: Clock;
  readonly queues?: SendQueues;
}

/** An app and a robot of the sandbox, and messages for both. */
export function coreSender(
  { company, url }: Pick<Sandbox, 'company' | 'url'>,
  { http, clock, queues = new SendQueues() }: Parts,
  chats: readonly string[] = [],
) {
  const { agentid, secret } = company.apps[APP]!;
  const wecom = createWecom<unknown>({
    app: { corpId: company.corpId, agentId: agentid, secret, baseUrl: url },
    http,
    clock,
    queues,
  });
  const robot = createRobot<unknown>({
    webhook: `${url}/cgi-bin/webhook/send?key=${company.robots[0]!.key}`,
    http,
    clock,
    queues,
  });
  const send = ({ id, target, kind, text, duplicateCheck }: Post, options?: SendOptions): Promise<SendResult> => {
    const content =
      kind === 'text'
        ? { msgtype: 'text', text: { content: text } }
        : {
            msgtype: 'video',
            video: { media_id: { filename: `${id}.mp4`, data: mp4(64 + Number(id.slice(1))) }, title: text },
          };
    if ('robot' in target) return robot.send(content, options);
    if ('chat' in target) return wecom.send({ chatid: chats[target.chat], ...content }, options);
    return wecom.send(
      { touser: target.member, ...content, ...(duplicateCheck && { enable_duplicate_check: true }) },
      options,
    );
  };
  return { wecom, robot, send };
}

/** What a promise of core tells about a message. */
export async function toldBy(id: string, sending: Promise<SendResult>): Promise<Told> {
  try {
    return { id, outcome: 'sent', parts: (await sending).parts };
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    const arrived = error.failed ? error.failed.part - 1 : 0;
    if ((error.delivered !== undefined) !== arrived > 0)
      throw new Error(`"delivered" and "failed" contradict each other: ${error.message}`, { cause: error });
    return { id, outcome: 'failed', claim: claimOf(error), arrived, error: error.message };
  }
}

function claimOf(error: WecomError): 'not-sent' | 'unknown' {
  if (error instanceof WecomNetworkError) return error.delivery;
  return error instanceof WecomApiError && error.errcode === 0 ? 'unknown' : 'not-sent';
}
