import { createWecom } from '../../../core';
import type { Language, MediaUploads, SendQueues, TokenCache, Wecom } from '../../../core';
import type { AppSettings } from './app-node';
import { systemClock } from '../host/clock';
import { openConnection } from './connection';
import type { ProxyLogin } from './connection';

/**
 * What all apps of a Node-RED share, so that two nodes with the same app need one token and one upload, and keep order
 * and rates together.
 */
export interface Shared {
  readonly tokens: TokenCache;
  readonly uploads: MediaUploads;
  readonly queues: SendQueues;
}

/** What Node-RED keeps with its credentials. */
export interface AppCredentials extends ProxyLogin {
  readonly secret?: unknown;
}

export interface AppClient {
  readonly wecom: Wecom<unknown>;
  close(): Promise<void>;
}

/**
 * A client for the settings of a `wecom-app` node, with sockets of its own. @throws WecomInputError naming every wrong
 * setting.
 */
export function openApp(
  settings: AppSettings,
  { secret, ...login }: AppCredentials,
  shared: Shared,
  language: Language | (() => Language),
): AppClient {
  const { corpId, agentId, baseUrl, processes } = settings;
  const { transport, timeoutMs } = openConnection(settings, login);
  const wecom = createWecom<unknown>({
    app: { corpId, agentId, secret, baseUrl, processes },
    http: transport.http,
    clock: systemClock,
    ...shared,
    timeoutMs,
    language,
  });
  return { wecom, close: () => transport.close() };
}
