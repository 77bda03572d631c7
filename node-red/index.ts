/**
 * The package as a library, for programs that send without a flow:
 *
 *     const { createWecom } = require('@wecom-flow/node-red-wecom');
 *     const wecom = createWecom({ app: { corpId, agentId, secret } });
 *     await wecom.send({ touser: 'zhangsan', msgtype: 'text', text: { content: 'Hello' } });
 */
import { createRobot as createCoreRobot, createWecom as createCoreWecom, DEFAULT_TIMEOUT_MS } from '../core';
import type { Robot, RobotOptions, Wecom, WecomOptions } from '../core';
import { createTransport } from './runtime/transport';

export { hasUndelivered, lookUpErrorCode, MediaUploads, messageTypes, operations, TokenCache, WecomApiError, WecomError, WecomInputError, WecomNetworkError } from '../core';
export { createTokenFileStore } from './runtime/token-file-store';

export interface LibraryOptions extends Omit<WecomOptions, 'http'> {
  /** Address of a proxy; without it HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count. */
  readonly proxy?: string;
}

export interface ClosableWecom extends Wecom {
  /** Closes the sockets. Idle ones do not keep a program alive, so short scripts need not call it. */
  close(): Promise<void>;
}

export interface ClosableRobot extends Robot {
  /** As for apps. */
  close(): Promise<void>;
}

/** A group robot, known by its webhook URL or key, over keep-alive connections. @throws WecomInputError if the webhook is none. */
export function createRobot({ proxy, ...options }: Omit<RobotOptions, 'http'> & Pick<LibraryOptions, 'proxy'>): ClosableRobot {
  const transport = createTransport({ timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS, ...(proxy !== undefined && { proxy }) });
  return { ...createCoreRobot({ ...options, http: transport.http }), close: () => transport.close() };
}

/** One app of a company, ready to send over keep-alive connections. @throws WecomInputError naming every wrong setting. */
export function createWecom({ proxy, ...options }: LibraryOptions): ClosableWecom {
  const transport = createTransport({ timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS, ...(proxy !== undefined && { proxy }) });
  return { ...createCoreWecom({ ...options, http: transport.http }), close: () => transport.close() };
}
