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
import type { Operation } from './operations/operation';
import { parseUpdate, runUpdate } from './operations/update-card';
import { parseMessage } from './parse-message';
import type { Clock, Http } from './ports';
import type { SendResult } from './result';
import { sendToChat, sendToMembers } from './send-message';
import { TokenCache, tokenKey } from './token-cache';
import type { Language } from './wording';

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
  /** Of the warnings in results; English if absent. */
  readonly language?: Language;
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
   * `{ touser: 'zhangsan', msgtype: 'text', text: { content: 'Hello' } }`, with `chatid` in place of
   * recipients for a group chat. Media fields take a `media_id` or `{ filename, data }`.
   *
   * @throws WecomInputError with every wrong field (nothing was sent), WecomApiError if WeCom said no,
   * WecomNetworkError if no usable answer came.
   */
  send(message: unknown, options?: CallOptions): Promise<SendResult>;
  /** Greys the buttons of a sent card or replaces it (doc 94888). Errors as for `send`. */
  updateCard(update: unknown, options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
  /** Carries out one of `operations`: recall a message, create, get or change a group chat. Errors as for `send`. */
  perform(operation: Operation, input: unknown, options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
  /** Checks secret, agent ID and trusted IP at once with a fresh token; gives the app's name (doc 90227). */
  test(options?: CallOptions): Promise<{ readonly name: string }>;
  listMembers(options?: CallOptions): Promise<ContactChoice[]>;
  listDepartments(options?: CallOptions): Promise<ContactChoice[]>;
  listTags(options?: CallOptions): Promise<ContactChoice[]>;
}

/** @throws WecomInputError naming every wrong setting of the app. */
export function createWecom({ app: input, http, clock = systemClock, tokens = new TokenCache({ clock }), uploads = new MediaUploads(clock), timeoutMs = DEFAULT_TIMEOUT_MS, language = 'en', catalogue = messageTypes }: WecomOptions): Wecom {
  const app = parseApp(input);
  const connection = { http, baseUrl: app.baseUrl, timeoutMs };
  const call: Call = createCall(connection, { get: () => tokens.get(app, connection), refused: (token) => tokens.refused(app, token) }, [app.secret]);
  const parts = { upload: { call, endpoint: endpoints.uploadMedia, ownerKey: tokenKey(app) }, uploads, timeoutMs, language };
  return {
    send: async (message, options) =>
      isForChat(message)
        ? sendToChat(parts, parseMessage(message, 'chat', catalogue), options?.signal)
        : sendToMembers(parts, app.agentId, parseMessage(message, 'app', catalogue), options?.signal),
    updateCard: async (update, options) => runUpdate(parts, app.agentId, parseUpdate(update), options?.signal),
    perform: async (operation, input, options) => operation.run(call, operation.parse(input), app, options?.signal),
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

function isForChat(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'chatid' in message;
}

const systemClock: Clock = { now: () => Date.now() };
