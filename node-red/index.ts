/**
 * The package as a library, for programs that send without a flow:
 *
 *     const { createWecom } = require('@wecom-flow/node-red-wecom');
 *     const wecom = createWecom({ app: { corpId, agentId, secret } });
 *     await wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: 'Hello' } });
 */
import {
  createRobot as createCoreRobot,
  createWecom as createCoreWecom,
  DEFAULT_TIMEOUT_MS,
  MediaUploads,
  SendQueues,
  TokenCache,
} from '../core';
import type { Clock, Robot, RobotMessage, RobotOptions, Wecom, WecomMessage, WecomOptions } from '../core';
import { systemClock } from './runtime/host/clock';
import { createTransport } from './runtime/connection/transport';

export {
  hasUndelivered,
  lookUpErrorCode,
  MediaUploads,
  messageTypes,
  operations,
  SendQueues,
  TokenCache,
  UnreadableFile,
  WecomApiError,
  WecomError,
  WecomInputError,
  WecomNetworkError,
  WecomRateError,
} from '../core';
export type {
  CheckedFile,
  CheckedRequest,
  CheckResult,
  Clock,
  ContactChoice,
  Delivery,
  Explanation,
  FailedRequest,
  FileToRead,
  InputIssue,
  Language,
  MediaFile,
  MediaInput,
  NetworkCause,
  Operation,
  Progress,
  RateMode,
  RobotMessage,
  SendOptions,
  SendResult,
  TokenRecord,
  TokenStore,
  Wait,
  WecomMessage,
  Wording,
} from '../core';
export { createTokenFileStore } from './runtime/connection/token-file-store';
export type { TokenFileStore } from './runtime/connection/token-file-store';

interface Shared {
  readonly tokens: TokenCache;
  readonly uploads: MediaUploads;
  readonly queues: SendQueues;
}

// WeCom counts by app and robot, whoever sends. Times of different clocks do not go together.
const sharedBy = new WeakMap<Clock, Shared>();

/**
 * What the clients of this program share, unless they bring their own: one app has one token, one order and one rate.
 */
function shared(clock: Clock): Shared {
  const known = sharedBy.get(clock);
  if (known) return known;
  const fresh: Shared = {
    tokens: new TokenCache({ clock }),
    uploads: new MediaUploads(clock),
    queues: new SendQueues(),
  };
  sharedBy.set(clock, fresh);
  return fresh;
}

interface Connecting {
  /** Address of a proxy; without it HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count. */
  readonly proxy?: string;
  /** That of this computer if absent. */
  readonly clock?: Clock;
}

/**
 * Tokens, uploads, order and rates are shared by all clients of the program that have the same clock; those that bring
 * `tokens`, `uploads` or `queues` of their own share them among themselves.
 */
export interface LibraryOptions extends Omit<WecomOptions, 'http' | 'clock'>, Connecting {}

/** What a group robot is made of: its webhook, and how to reach it. Shared as for apps. */
export interface RobotLibraryOptions extends Omit<RobotOptions, 'http' | 'clock'>, Connecting {}

/** One app of a company with its connections. */
export interface ClosableWecom<Message = WecomMessage> extends Wecom<Message> {
  /**
   * Lets open calls end, then closes the sockets. Idle ones do not keep a program alive, so short scripts need not call
   * it.
   */
  close(): Promise<void>;
}

/** A group robot with its connections. */
export interface ClosableRobot<Message = RobotMessage> extends Robot<Message> {
  /** Lets open calls end, then closes the sockets. */
  close(): Promise<void>;
}

/**
 * A group robot, known by its webhook URL or key, over keep-alive connections.
 *
 * @param options its webhook, and how to reach it
 * @throws WecomInputError if the webhook is none
 */
export function createRobot<Message = RobotMessage>({
  proxy,
  clock = systemClock,
  ...options
}: RobotLibraryOptions): ClosableRobot<Message> {
  const transport = createTransport({
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    ...(proxy !== undefined && { proxy }),
  });
  const { uploads, queues } = shared(clock);
  return {
    ...createCoreRobot<Message>({ uploads, queues, ...options, clock, http: transport.http }),
    close: () => transport.close(),
  };
}

/**
 * One app of a company, ready to send over keep-alive connections.
 *
 * @param options the app, and how to reach WeCom
 * @throws WecomInputError naming every wrong setting
 */
export function createWecom<Message = WecomMessage>({
  proxy,
  clock = systemClock,
  ...options
}: LibraryOptions): ClosableWecom<Message> {
  const transport = createTransport({
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    ...(proxy !== undefined && { proxy }),
  });
  return {
    ...createCoreWecom<Message>({ ...shared(clock), ...options, clock, http: transport.http }),
    close: () => transport.close(),
  };
}
