import { createWecom, DEFAULT_TIMEOUT_MS, WecomInputError } from '../../core';
import type { InputIssue, MediaUploads, TokenCache, Wecom } from '../../core';
import { appNodeWording } from '../wording/app-node';
import type { AppSettings } from './app-node';
import { createTransport } from './transport';

/** What all apps of a Node-RED share, so that two nodes with the same app need one token and one upload. */
export interface Shared {
  readonly tokens: TokenCache;
  readonly uploads: MediaUploads;
}

export interface AppClient {
  readonly wecom: Wecom;
  close(): Promise<void>;
}

/** A client for the settings of a `wecom-app` node, with sockets of its own. @throws WecomInputError naming every wrong setting. */
export function openApp(settings: AppSettings, secret: unknown, shared: Shared): AppClient {
  const { corpId, agentId, baseUrl } = settings;
  const timeoutMs = timeoutMsOf(settings.timeout);
  const transport = createTransport({ proxy: checkedProxy(settings.proxy), timeoutMs });
  // A transport without a call has no socket yet, so settings that are refused here leave nothing open.
  const wecom = createWecom({ app: { corpId, agentId, secret, baseUrl }, http: transport.http, ...shared, timeoutMs });
  return { wecom, close: () => transport.close() };
}

function timeoutMsOf(seconds: unknown): number {
  const number = Number(seconds);
  return Number.isFinite(number) && number > 0 ? Math.min(number * 1000, 2 ** 31 - 1) : DEFAULT_TIMEOUT_MS;
}

function checkedProxy(proxy: unknown): string {
  const uri = typeof proxy === 'string' ? proxy.trim() : '';
  if (uri === '' || (/^https?:\/\//i.test(uri) && URL.canParse(uri))) return uri;
  const issue: InputIssue = { path: 'proxy', label: appNodeWording.label.proxy, message: appNodeWording.problem.proxy };
  throw new WecomInputError([issue]);
}
