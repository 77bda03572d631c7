import { parseApp } from './app';
import type { WecomAppInput } from './app';
import { createCall } from './call';
import type { Call } from './call';
import { listDepartments, listMembers, listTags } from './contacts';
import type { ContactChoice } from './contacts';
import { endpoints } from './endpoints';
import { DEFAULT_TIMEOUT_MS } from './exchange';
import { MediaUploads } from './media-uploads';
import { messageTypes } from './messages';
import type { MessageType } from './messages/message-type';
import { parseMessage } from './parse-message';
import type { Clock, Http } from './ports';
import type { SendResult } from './result';
import { sendMessage } from './send-message';
import { TokenCache, tokenKey } from './token-cache';

export interface WecomOptions {
  /** Corp ID, agent ID and secret of the app, and the base URL if it is not the official one. */
  readonly app: WecomAppInput;
  readonly http: Http;
  readonly clock?: Clock;
  /** Shared by all clients of a process, so that they share tokens and uploads. */
  readonly tokens?: TokenCache;
  readonly uploads?: MediaUploads;
  /** Milliseconds for one call; 10 000 if absent. Uploads get at least 60 000. */
  readonly timeoutMs?: number;
  /** The message types that can be sent; all of this package if absent. */
  readonly catalogue?: readonly MessageType[];
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** One app of a company, ready to send. */
export interface Wecom {
  /**
   * Sends a message written like the API writes it:
   * `{ touser: 'zhangsan', msgtype: 'text', text: { content: 'Hello' } }`.
   * Media fields take a `media_id` or `{ filename, data }`.
   *
   * @throws WecomInputError with every wrong field (nothing was sent), WecomApiError if WeCom said no,
   * WecomNetworkError if no usable answer came.
   */
  send(message: unknown, options?: CallOptions): Promise<SendResult>;
  /** Checks secret, agent ID and trusted IP at once with a fresh token; gives the app's name (doc 90227). */
  test(options?: CallOptions): Promise<{ readonly name: string }>;
  listMembers(options?: CallOptions): Promise<ContactChoice[]>;
  listDepartments(options?: CallOptions): Promise<ContactChoice[]>;
  listTags(options?: CallOptions): Promise<ContactChoice[]>;
}

/** @throws WecomInputError naming every wrong setting of the app. */
export function createWecom({ app: input, http, clock = systemClock, tokens = new TokenCache({ clock }), uploads = new MediaUploads(clock), timeoutMs = DEFAULT_TIMEOUT_MS, catalogue = messageTypes }: WecomOptions): Wecom {
  const app = parseApp(input);
  const connection = { http, baseUrl: app.baseUrl, timeoutMs };
  const call: Call = createCall(connection, { get: () => tokens.get(app, connection), refused: (token) => tokens.refused(app, token) }, [app.secret]);
  const sender = { call, agentId: app.agentId, appKey: tokenKey(app), uploads, catalogue, timeoutMs };
  return {
    send: async (message, options) => sendMessage(sender, parseMessage(message, catalogue), options?.signal),
    test: async (options) => {
      tokens.forget(app);
      const reply = await call(endpoints.getAgent, { query: { agentid: app.agentId }, ...options });
      return { name: typeof reply['name'] === 'string' ? reply['name'] : String(app.agentId) };
    },
    listMembers: (options) => listMembers(call, options?.signal),
    listDepartments: (options) => listDepartments(call, options?.signal),
    listTags: (options) => listTags(call, options?.signal),
  };
}

const systemClock: Clock = { now: () => Date.now() };
