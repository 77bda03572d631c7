/**
 * The package as a library, for programs that send without a flow:
 *
 *     const { createWecom } = require('@wecom-flow/node-red-wecom');
 *     const wecom = createWecom({ app: { corpId, agentId, secret } });
 *     await wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: 'Hello' } });
 */
import { createRobot as createCoreRobot, createWecom as createCoreWecom, DEFAULT_TIMEOUT_MS, SendQueues } from '../core';
import type { Clock, Robot, RobotOptions, Wecom, WecomOptions } from '../core';
import { systemClock } from './runtime/clock';
import { createTransport } from './runtime/transport';

export { hasUndelivered, lookUpErrorCode, MediaUploads, messageTypes, operations, SendQueues, TokenCache, WecomApiError, WecomError, WecomInputError, WecomNetworkError, WecomRateError } from '../core';
export { createTokenFileStore } from './runtime/token-file-store';

// WeCom counts by app and robot, whoever sends: all clients of this program keep order and rates together.
const queues = new SendQueues();

interface Connecting {
  /** Address of a proxy; without it HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count. */
  readonly proxy?: string;
  /** That of this computer if absent. */
  readonly clock?: Clock;
}

/** Order and rates are kept across all clients of the program; those with `queues` of their own keep them among themselves. */
export interface LibraryOptions extends Omit<WecomOptions, 'http' | 'clock'>, Connecting {}

export interface RobotLibraryOptions extends Omit<RobotOptions, 'http' | 'clock'>, Connecting {}

export interface ClosableWecom extends Wecom {
  /** Lets open calls end, then closes the sockets. Idle ones do not keep a program alive, so short scripts need not call it. */
  close(): Promise<void>;
}

export interface ClosableRobot extends Robot {
  /** As for apps. */
  close(): Promise<void>;
}

/** A group robot, known by its webhook URL or key, over keep-alive connections. @throws WecomInputError if the webhook is none. */
export function createRobot({ proxy, ...options }: RobotLibraryOptions): ClosableRobot {
  const transport = createTransport({ timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS, ...(proxy !== undefined && { proxy }) });
  return { ...createCoreRobot({ clock: systemClock, queues, ...options, http: transport.http }), close: () => transport.close() };
}

/** One app of a company, ready to send over keep-alive connections. @throws WecomInputError naming every wrong setting. */
export function createWecom({ proxy, ...options }: LibraryOptions): ClosableWecom {
  const transport = createTransport({ timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS, ...(proxy !== undefined && { proxy }) });
  return { ...createCoreWecom({ clock: systemClock, queues, ...options, http: transport.http }), close: () => transport.close() };
}
