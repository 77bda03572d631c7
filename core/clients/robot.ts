import { createHash } from 'node:crypto';

import { appWording } from '../api/app';
import { baseUrlProblem, LOGIN_IN_ADDRESS, readBaseUrl, sameServer } from '../api/base-url';
import type { Call } from '../api/call';
import { senderInQueue } from './sender-in-queue';
import { SendQueues } from '../delivery/send-queues';
import { endpoints } from '../api/endpoints';
import { WecomApiError, WecomInputError } from '../outcome/errors';
import type { InputIssue } from '../outcome/errors';
import { DEFAULT_TIMEOUT_MS, exchange } from '../api/exchange';
import { MediaUploads } from '../sending/media-uploads';
import { messageTypes } from '../messages/types';
import type { RobotMessage } from '../messages/message-shapes.generated';
import type { MessageType } from '../messages/message-type';
import { parseMessage } from '../messages/parse-message';
import type { Clock, Http } from '../api/ports';
import { processesWording, readProcesses } from '../api/processes';
import type { SendResult } from '../outcome/result';
import { checkMessage } from '../sending/check-message';
import type { CheckResult } from '../sending/check-message';
import { sendToRobot } from '../sending/send-message';
import type { SendOptions } from '../sending/send-options';
import type { Language, Wording } from '../outcome/wording';

/** A group robot (群机器人, now 消息推送): whoever knows its key can send to its group, without token and trusted IP. */
export interface WecomRobot {
  /** What stands after `key=` in the webhook URL: a secret. */
  readonly key: string;
  /** Origin (and path prefix) of the webhook. */
  readonly baseUrl: string;
  /** How many processes send with it: each keeps its share of the rate. 1 if absent. */
  readonly processes?: number;
}

/** How a robot is set up, as people see it. */
export const robotWording: Readonly<Record<'webhook', { readonly label: Wording; readonly help: Wording }>> = {
  webhook: {
    label: { en: 'Webhook URL or Key', zh: 'Webhook 地址或 key' },
    help: {
      en: 'Group chat → group robot (群机器人 / 消息推送) → Webhook address; the whole URL or only the key',
      zh: '群聊 → 群机器人（消息推送）→ Webhook 地址；可填写完整地址，也可只填 key',
    },
  },
};

/**
 * Reads what the group shows of its robot: the whole webhook URL, or just the key.
 *
 * @throws WecomInputError if it is neither.
 */
export function parseRobot({
  webhook,
  baseUrl,
  processes: given,
}: {
  readonly webhook?: unknown;
  readonly baseUrl?: unknown;
  readonly processes?: unknown;
}): WecomRobot {
  const address = typeof webhook === 'string' ? webhook.trim() : '';
  const fail = (path: keyof typeof LABELS, message: Wording): never => {
    throw new WecomInputError([{ path, message, label: LABELS[path] } satisfies InputIssue]);
  };
  const processes = readProcesses(given);
  if (Number.isNaN(processes)) return fail('processes', processesWording.problem);
  if (address === '') return fail('webhook', { en: 'is missing', zh: '缺失' });
  if (address.length > LONGEST_WEBHOOK) {
    return fail('webhook', {
      en: `is ${address.length} characters long, at most ${LONGEST_WEBHOOK} fit`,
      zh: `长度为 ${address.length} 个字符，最多 ${LONGEST_WEBHOOK} 个`,
    });
  }
  if (/^https?:\/\//i.test(address)) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const key = url?.searchParams.get('key') ?? '';
    const prefix = url?.pathname.replace(/\/cgi-bin\/webhook\/(send|upload_media)\/?$/, '');
    if (!url || key === '' || prefix === url.pathname)
      return fail('webhook', {
        en: 'is not a webhook URL: it ends in /cgi-bin/webhook/send?key=…',
        zh: '不是有效的 Webhook 地址：应以 /cgi-bin/webhook/send?key=… 结尾',
      });
    if (url.username !== '' || url.password !== '') return fail('webhook', LOGIN_IN_ADDRESS);
    return { key, baseUrl: `${url.origin}${prefix}`, processes };
  }
  if (!/^[\w-]+$/.test(address))
    return fail('webhook', { en: 'is neither a webhook URL nor a key', zh: '既不是 Webhook 地址，也不是 key' });
  const base = readBaseUrl(baseUrl);
  const problem = baseUrlProblem(base);
  if (problem) return fail('baseUrl', problem);
  return { key: address, baseUrl: base, processes };
}

/** A webhook URL has some hundred characters. Reading the parameters of one without end takes more than its share of time. */
const LONGEST_WEBHOOK = 2048;

const LABELS = {
  webhook: robotWording.webhook.label,
  baseUrl: appWording.baseUrl.label,
  processes: processesWording.label,
} as const;

/** What a client of one group robot is made of. */
export interface RobotOptions {
  /** The whole webhook URL, or just the key. */
  readonly webhook: unknown;
  /** For a key without a URL: a relay or a private deployment. */
  readonly baseUrl?: unknown;
  /** How many processes send with this robot: each keeps its share of the rate. 1 if absent. */
  readonly processes?: unknown;
  /** Carries requests to WeCom and answers back: a host brings its own. */
  readonly http: Http;
  /** Tells the time and waits, in milliseconds. */
  readonly clock: Clock;
  /** Hand the same to all robots of a process; each has its own if absent. */
  readonly uploads?: MediaUploads;
  /** Keeps order and rate; shared like `uploads`. */
  readonly queues?: SendQueues;
  /** Milliseconds for one call; 10 000 if absent. */
  readonly timeoutMs?: number;
  /** Of the warnings in results; English if absent. A function is asked for each result. */
  readonly language?: Language | (() => Language);
}

/** A group robot, ready to send. `Message` is what `send` takes, as for `Wecom`. */
export interface Robot<Message = RobotMessage> {
  /**
   * Sends a message written like the API writes it: `{ msgtype: 'text', text: { content: 'Hello' } }` (doc 99110). Errors
   * as for `Wecom.send`.
   */
  send(message: Message, options?: SendOptions): Promise<SendResult>;
  /**
   * Does everything but sending, as `Wecom.check`; the key is not checked.
   *
   * @throws WecomInputError with every wrong field
   */
  check(message: Message, options?: { readonly signal?: AbortSignal }): Promise<CheckResult>;
  /**
   * Checks the key without sending anything: WeCom looks at the key first, then refuses a request without a message.
   *
   * @throws WecomApiError if the key or the robot is the problem, WecomNetworkError if no usable answer came.
   */
  test(options?: { readonly signal?: AbortSignal }): Promise<void>;
}

/** Answers that complain about the missing message only, so the key was accepted: no type, wrong parameter, no content. */
const NOTHING_TO_SEND = [40008, 40058, 44004, 93017];

/**
 * A group robot, ready to send.
 *
 * @throws WecomInputError if the webhook is none
 */
export function createRobot<Message = RobotMessage>(options: RobotOptions): Robot<Message> {
  return createRobotOf(messageTypes, options);
}

/** As above, for other message types than those of this package. */
export function createRobotOf(
  catalogue: readonly MessageType[],
  {
    webhook,
    baseUrl,
    processes,
    http,
    clock,
    uploads = new MediaUploads(clock),
    queues = new SendQueues(),
    timeoutMs = DEFAULT_TIMEOUT_MS,
    language = 'en',
  }: RobotOptions,
): Robot<unknown> {
  const robot = parseRobot({ webhook, baseUrl, processes });
  const connection = { http, baseUrl: robot.baseUrl, timeoutMs };
  const ownerKey = createHash('sha256')
    .update(JSON.stringify(['robot', sameServer(robot.baseUrl), robot.key]))
    .digest('hex');
  const queue = queues.ofRobot(ownerKey);
  const caller = { connection, secrets: [robot.key], credential: { key: robot.key } };
  const ask: Call = (endpoint, payload = {}) => exchange(caller, endpoint, payload);
  const upload = { endpoint: endpoints.uploadRobotMedia, ownerKey };
  const share = robot.processes ?? 1;
  const senderIn = senderInQueue({ ask, clock, uploads, upload, timeoutMs, language, processes: share });
  return {
    send: async (message, options) => {
      const draft = parseMessage(message, 'robot', catalogue);
      return queue.use(clock, (own) => sendToRobot({ sender: senderIn(own), queue: own }, draft, options));
    },
    check: async (message, options) => {
      const draft = parseMessage(message, 'robot', catalogue);
      return checkMessage(
        { draft, endpoint: endpoints.sendToRobot, addresses: [{}] },
        { uploads, upload, language, ...options },
      );
    },
    async test(options) {
      try {
        await ask(endpoints.testRobot, { json: {}, ...options });
      } catch (error) {
        if (!(error instanceof WecomApiError && NOTHING_TO_SEND.includes(error.errcode))) throw error;
      }
    },
  };
}
