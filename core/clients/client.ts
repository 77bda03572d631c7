/** The room clients: what hosts and programs use. May import from all other rooms of core. */
import { parseApp } from '../api/app';
import type { WecomAppInput } from '../api/app';
import { createCall } from '../api/call';
import { listDepartments, listMembers, listTags } from '../api/contacts';
import type { ContactChoice } from '../api/contacts';
import { senderInQueue } from './sender-in-queue';
import { SendQueues } from '../delivery/send-queues';
import { endpoints } from '../api/endpoints';
import { DEFAULT_TIMEOUT_MS } from '../api/exchange';
import { MediaUploads } from '../sending/media-uploads';
import { messageTypes } from '../messages/types';
import type { WecomMessage } from '../messages/message-shapes.generated';
import type { MessageType } from '../messages/message-type';
import type { Operation } from '../operations/operation';
import { parseUpdate, runUpdate } from '../operations/update-card';
import { parseMessage } from '../messages/parse-message';
import type { Draft } from '../messages/parse-message';
import type { Clock, Http } from '../api/ports';
import { isRecord } from '../schema/record';
import { checkMessage } from '../sending/check-message';
import type { CheckParts, CheckResult } from '../sending/check-message';
import type { SendResult } from '../outcome/result';
import { chatAddress, memberAddresses } from '../sending/request-body';
import { sendToChat, sendToMembers } from '../sending/send-message';
import type { SendOptions } from '../sending/send-options';
import { TokenCache, tokenKey } from '../api/token-cache';
import type { Language } from '../outcome/wording';

/** What a client of one app is made of. */
export interface WecomOptions {
  /** Corp ID, agent ID and secret of the app, and the base URL if it is not the official one. */
  readonly app: WecomAppInput;
  /** Carries requests to WeCom and answers back: a host brings its own. */
  readonly http: Http;
  /** Tells the time and waits, in milliseconds. */
  readonly clock: Clock;
  /** Hand the same to all clients of a process, so that they share tokens and uploads, and keep order and rates together; each has its own if absent. */
  readonly tokens?: TokenCache;
  /** Remembers uploads while their `media_id` is valid; shared like `tokens`. */
  readonly uploads?: MediaUploads;
  /** Keeps order and rates; shared like `tokens`. */
  readonly queues?: SendQueues;
  /** Milliseconds for one call; 10 000 if absent. Uploads get at least 60 000. */
  readonly timeoutMs?: number;
  /** Of the warnings in results; English if absent. A function is asked for each result. */
  readonly language?: Language | (() => Language);
}

interface CallOptions {
  /** Ends the call with WecomNetworkError `ABORT_ERR`. */
  readonly signal?: AbortSignal;
}

/**
 * One app of a company, ready to send. `Message` is what `send` takes: `unknown` for programs that pass on what others
 * wrote, since every message is checked when it is sent, whatever its type.
 */
export interface Wecom<Message = WecomMessage> {
  /**
   * Sends a message written like the API writes it:
   * `{ touser: 'zhangsan', msgtype: 'text', text: { content: 'Hello' } }`, with `chatid` in place of
   * recipients for a group chat (docs 90236 and 90248). Media fields take a `media_id`, `{ filename, data }` or
   * `{ filename, read }`.
   *
   * @throws WecomInputError with every wrong field (nothing was sent), WecomApiError if WeCom said no,
   * WecomNetworkError if no usable answer came, WecomRateError if it was not to wait. Texts that are too long for one
   * message go out as several; what surely did not arrive is tried again for a while; the rates of WeCom are
   * kept by waiting; messages to the same members keep their order.
   */
  send(message: Message, options?: SendOptions): Promise<SendResult>;
  /**
   * Does everything but sending: checks the message, reads its files and builds its requests. Nothing goes out, no token
   * is fetched and nothing is uploaded.
   *
   * @throws WecomInputError with every wrong field
   */
  check(message: Message, options?: CallOptions): Promise<CheckResult>;
  /** Greys the buttons of a sent card or replaces it (doc 94888). Errors as for `send`. */
  updateCard(update: unknown, options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
  /** Carries out one of `operations`: recall a message, create, get or change a group chat. Errors as for `send`. */
  perform(operation: Operation, input: unknown, options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
  /**
   * Checks secret, agent ID and trusted IP at once with a fresh token; gives the app's name (doc 90227).
   *
   * @throws WecomApiError if WeCom said no, WecomNetworkError if no usable answer came
   */
  test(options?: CallOptions): Promise<{ readonly name: string }>;
  /** The members that the app can see (doc 90200). Errors as for `test`. */
  listMembers(options?: CallOptions): Promise<ContactChoice[]>;
  /** The departments that the app can see, with their whole path as name (doc 90208). Errors as for `test`. */
  listDepartments(options?: CallOptions): Promise<ContactChoice[]>;
  /** The tags of the company (doc 90216). Errors as for `test`. */
  listTags(options?: CallOptions): Promise<ContactChoice[]>;
}

/**
 * One app of a company, ready to send.
 *
 * @throws WecomInputError naming every wrong setting of the app
 */
export function createWecom<Message = WecomMessage>(options: WecomOptions): Wecom<Message> {
  return createWecomOf(messageTypes, options);
}

/** As above, for other message types than those of this package. */
export function createWecomOf(
  catalogue: readonly MessageType[],
  {
    app: input,
    http,
    clock,
    tokens = new TokenCache({ clock }),
    uploads = new MediaUploads(clock),
    queues = new SendQueues(),
    timeoutMs = DEFAULT_TIMEOUT_MS,
    language = 'en',
  }: WecomOptions,
): Wecom<unknown> {
  const app = parseApp(input);
  const connection = { http, baseUrl: app.baseUrl, timeoutMs };
  const queue = queues.ofApp(app);
  const chats = queues.ofChats(app);
  // For what a person waits for: the answer at once, whatever it is.
  const ask = createCall(connection, tokens.of(app, connection), [app.secret]);
  const upload = { endpoint: endpoints.uploadMedia, ownerKey: tokenKey(app) };
  const share = app.processes ?? 1;
  const senderIn = senderInQueue({ ask, clock, uploads, upload, timeoutMs, language, processes: share });
  const draftOf = (message: unknown) =>
    parseMessage(withoutOwnAgent(message, app), isForChat(message) ? 'chat' : 'app', catalogue);
  const sizeOf = async (chatid: string) => membersIn(await ask(endpoints.getChat, { query: { chatid } }));
  return {
    send: async (message, options) => {
      const draft = draftOf(message);
      return queue.use(clock, (own) =>
        draft.chatid === undefined
          ? sendToMembers({ sender: senderIn(own), queue: own.members, agentid: app.agentId }, draft, options)
          : chats.use(clock, (ofCompany) =>
              sendToChat({ sender: senderIn(own), queue: ofCompany, sizeOf }, draft, options),
            ),
      );
    },
    check: (message, options) => checkFor(app, () => draftOf(message), { uploads, upload, language, ...options }),
    updateCard: async (input, options) => {
      const update = parseUpdate(withoutOwnAgent(input, app));
      return queue.use(clock, (own) => runUpdate(senderIn(own), app.agentId, update, options?.signal));
    },
    perform: async (operation, given, options) => {
      const input = operation.parse(given);
      return queue.use(clock, (own) => operation.run(senderIn(own).call, input, app, options?.signal));
    },
    test: async (options) => {
      tokens.forget(app);
      const reply = await ask(endpoints.getAgent, { query: { agentid: app.agentId }, ...options });
      return { name: typeof reply['name'] === 'string' ? reply['name'] : String(app.agentId) };
    },
    listMembers: (options) => listMembers(ask, options?.signal),
    listDepartments: (options) => listDepartments(ask, options?.signal),
    listTags: (options) => listTags(ask, options?.signal),
  };
}

async function checkFor(
  { agentId }: { readonly agentId: number },
  draftOf: () => Draft,
  parts: CheckParts,
): Promise<CheckResult> {
  const draft = draftOf();
  const requests =
    draft.chatid === undefined
      ? { endpoint: endpoints.sendMessage, addresses: memberAddresses(draft, agentId).map(({ fields }) => fields) }
      : { endpoint: endpoints.sendToChat, addresses: [chatAddress(draft)] };
  return checkMessage({ draft, ...requests }, parts);
}

/** The agentid goes out by itself; who writes it as well, and writes the right one, says nothing new. */
function withoutOwnAgent(input: unknown, { agentId }: { readonly agentId: number }): unknown {
  if (!isRecord(input) || !('agentid' in input)) return input;
  const { agentid, ...rest } = input;
  if (agentid !== agentId && agentid !== String(agentId)) return input;
  return rest;
}

function isForChat(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'chatid' in message;
}

/** Of the answer to appchat/get (doc 98914). */
function membersIn(reply: Readonly<Record<string, unknown>>): number | undefined {
  const info = reply['chat_info'];
  const members = isRecord(info) ? info['userlist'] : undefined;
  return Array.isArray(members) ? members.length : undefined;
}
