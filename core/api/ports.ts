/**
 * What a host gives to core. Core opens no socket and reads no clock: n8n, Node-RED, a test or a
 * program that uses core as a library supplies these.
 */

/** One HTTP exchange. */
export interface HttpRequest {
  /** With a body it is POST. */
  readonly method: 'GET' | 'POST';
  /** Absolute, with the query string. It holds the access token, so it must never be logged. */
  readonly url: string;
  /** Such as the content type of the body. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text, or the bytes of an upload. */
  readonly body?: string | Uint8Array | undefined;
  /** Milliseconds from the start of the request to the end of the answer. */
  readonly timeoutMs: number;
  /** Bytes; whoever reads more than that of the answer breaks off with `ANSWER_TOO_LONG`. */
  readonly longestAnswer: number;
  /** Breaks the request off. */
  readonly signal?: AbortSignal | undefined;
}

/** What came back, whole. */
export interface HttpResponse {
  /** Whatever the server wrote: it may be no status at all, such as 0 or 999. */
  readonly status: number;
  /** The body decoded as UTF-8. */
  readonly body: string;
}

/**
 * Resolves for every HTTP status; rejects when no whole response arrived in time.
 *
 * An error says by its `code` what happened. With `notSent: true` it says that no byte of the request left:
 * no connection was made, or there was none free in time.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** Time, all of it in milliseconds. */
export interface Clock {
  /** Since 1970. It may jump in both directions (suspend, NTP, a person). */
  now(): number;
  /** Since some fixed moment. It never jumps, so rates and pauses are measured with it. */
  monotonic(): number;
  /** Resolves after `ms`. Rejects with whatever it likes, and keeps no timer, once `signal` fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** All that tokens and uploads need of it. */
export type WallClock = Pick<Clock, 'now'>;

/** What is remembered of a token. Times are milliseconds since 1970. */
export interface TokenRecord {
  /** The access token itself: a secret. */
  readonly token: string;
  /** When WeCom gave it out. */
  readonly fetchedAt: number;
  /** How long it is valid from then on, usually 7 200 000. */
  readonly lifetimeMs: number;
}

/**
 * Lets tokens survive a restart. `key` is a hash and safe to use as a file name; `secret` is there so
 * that a store can encrypt what it writes. A store that fails costs one gettoken, never a message.
 */
export interface TokenStore {
  /** What was saved last under this key; undefined if nothing can be read. */
  load(key: string, secret: string): Promise<TokenRecord | undefined>;
  /** Keeps a token in the place of an earlier one. Nobody waits for it. */
  save(key: string, secret: string, record: TokenRecord): Promise<void>;
}

/**
 * One message that counts for a rate. It says nothing about content, and names nobody: `sender` and `recipient` are
 * hashes.
 */
export interface SendingTime {
  /** Hash of the app, the company (for group chats) or the robot. */
  readonly sender: string;
  /** Hash of the member or group. */
  readonly recipient: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How many people it went to, in a group chat; else 1. */
  readonly weight: number;
}

/** Lets rates survive a restart. A store that fails costs what a restart without it costs, never a message. */
export interface SendingTimesStore {
  /** What was added lately, of this process and those before; a day is enough. Must not throw. */
  load(): readonly SendingTime[];
  /** Must return at once and not throw: it is called for every message. */
  add(time: SendingTime): void;
}

/** A self-built app of a company: what the admin console calls 企业ID, AgentId and Secret. */
export interface WecomApp {
  /** 企业ID: admin console → My Company. */
  readonly corpId: string;
  /** AgentId: admin console → App Management → the app. */
  readonly agentId: number;
  /** Secret of that app. */
  readonly secret: string;
  /** Origin (and path prefix) of the API: the official one, a relay or a private deployment. */
  readonly baseUrl: string;
  /** How many processes send with this app: each keeps its share of the rates. 1 if absent. */
  readonly processes?: number;
}

/** The official API. Private deployments and relays with a fixed IP have their own. */
export const OFFICIAL_BASE_URL = 'https://qyapi.weixin.qq.com';
