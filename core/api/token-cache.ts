import { createHash } from 'node:crypto';

import type { TokenSource } from './call';
import { sameServer } from './base-url';
import { endpoints } from './endpoints';
import type { Endpoint } from './endpoints';
import { WecomApiError, WecomNetworkError } from '../outcome/errors';
import { exchange, withoutField } from './exchange';
import type { Connection, Reply } from './exchange';
import { EvictingMap } from './evicting-map';
import type { TokenRecord, TokenStore, WallClock, WecomApp } from './ports';
import { RefusedTokens } from './refused-tokens';

// Refresh in the background when this little of the lifetime is left; do not use a token at all in its last seconds.
const REFRESH_SOON_MS = 5 * 60_000;
const REFRESH_NOW_MS = 60_000;
/** Repeating a wrong secret gets the caller's IP blocked for an hour (section 1.1). */
const WRONG_SECRET_MEMORY_MS = 60_000;
const WRONG_SECRET = new Set([40001, 40013]);
/** While a token still works, a refresh that failed is not tried again sooner than this. */
const REFRESH_AGAIN_MS = 10_000;
/** What WeCom gives its tokens (section 1.1), and what is believed of other figures. */
const LIFETIME_MS = 7_200_000;
const SHORTEST_LIFETIME_MS = 60_000;
const LONGEST_LIFETIME_MS = 24 * 3_600_000;
// Steps of a synchronised clock are not jumps.
const CLOCK_TOLERANCE_MS = 1_000;

interface Entry {
  record?: TokenRecord;
  flight?: Promise<TokenRecord>;
  wrongSecret?: { readonly error: WecomApiError; readonly until: number };
  refreshFailedAt?: number;
  readonly refusals: RefusedTokens;
  /** The store is asked once: what it holds later is what this cache wrote. */
  storeAsked: boolean;
  lastSeen: number;
}

/**
 * Access tokens (doc 91039), one per company, secret and base URL.
 *
 * Any number of concurrent callers cause one gettoken. A token is replaced in the background before it
 * expires, and dropped when somebody reports it refused, but only while it is still the current one. An app that has
 * not been asked for until its token expired is forgotten.
 */
export class TokenCache {
  private readonly entries = new EvictingMap(isIdle);

  /** @param parts a store lets tokens outlive the process; the clock must be that of the clients */
  constructor(private readonly parts: { readonly clock: WallClock; readonly store?: TokenStore }) {}

  /**
   * A token that is valid as far as is known; at once if there is one, so that messages do not queue up for nothing.
   *
   * @param connection used for gettoken if a token is needed; its `baseUrl` is the app's.
   * @param endpoint what it is for. An endpoint that refused two new tokens in a row gets none for a while, which
   *   grows.
   * @throws WecomApiError 40001 or 40013 for a wrong secret or company, also from memory for a minute; or that of the
   * endpoint that refuses every token.
   * @throws WecomNetworkError if gettoken could not be reached.
   * @internal
   */
  get(app: WecomApp, connection: Connection, endpoint?: Endpoint): string | Promise<string> {
    const key = tokenKey(app);
    const now = this.parts.clock.now();
    const entry = this.entries.getOrAdd(key, now, () => ({
      refusals: new RefusedTokens(),
      storeAsked: false,
      lastSeen: now,
    }));
    this.noticeClock(entry, now);
    const refusal = endpoint && entry.refusals.toldOf(endpoint.path, now);
    if (refusal) return Promise.reject(refusal);

    if (entry.record && age(entry.record, now) < entry.record.lifetimeMs - margin(entry.record, REFRESH_NOW_MS)) {
      const { token, lifetimeMs } = entry.record;
      if (
        age(entry.record, now) >= lifetimeMs - margin(entry.record, REFRESH_SOON_MS) &&
        now >= (entry.refreshFailedAt ?? -Infinity) + REFRESH_AGAIN_MS
      ) {
        // The old token still works: whoever waits for nothing must not see this refresh fail.
        this.refresh(key, entry, app, connection).catch(() => (entry.refreshFailedAt = this.parts.clock.now()));
      }
      return token;
    }
    if (entry.wrongSecret && now < entry.wrongSecret.until && now >= entry.wrongSecret.until - WRONG_SECRET_MEMORY_MS)
      return Promise.reject(entry.wrongSecret.error);
    return this.refresh(key, entry, app, connection).then(({ token }) => token);
  }

  /**
   * Reports that WeCom refused `token` (40014, 42001, 40001). Drops it only if nobody has replaced it yet.
   *
   * @returns the error to tell instead of trying the next token, if this endpoint refuses every one.
   * @internal
   */
  refused(app: WecomApp, token: string, { path }: Endpoint, error: WecomApiError): WecomApiError | undefined {
    const entry = this.entries.get(tokenKey(app));
    if (!entry) return undefined;
    const now = this.parts.clock.now();
    if (entry.record?.token === token) {
      entry.refusals.refused(path, age(entry.record, now), now, error);
      delete entry.record;
    }
    return entry.refusals.toldOf(path, now);
  }

  /** Reports that an endpoint took the token it was called with. @internal */
  accepted(app: WecomApp, { path }: Endpoint): void {
    this.entries.get(tokenKey(app))?.refusals.accepted(path);
  }

  /** The tokens of one app, for its calls. @internal */
  of(app: WecomApp, connection: Connection): TokenSource {
    return {
      get: (endpoint) => this.get(app, connection, endpoint),
      refused: (token, endpoint, error) => this.refused(app, token, endpoint, error),
      accepted: (endpoint) => this.accepted(app, endpoint),
    };
  }

  /**
   * Forgets everything about an app, also a wrong secret: for a person who presses "Test" after correcting something in
   * the admin console.
   */
  forget(app: WecomApp): void {
    this.entries.delete(tokenKey(app));
  }

  /** After a clock went backwards, ages mean nothing: a dead token would look young. */
  private noticeClock(entry: Entry, now: number): void {
    if (now < entry.lastSeen - CLOCK_TOLERANCE_MS) delete entry.record;
    entry.lastSeen = now;
  }

  /** Single flight: everybody who needs a token meanwhile gets the same promise, success or failure. */
  private refresh(key: string, entry: Entry, app: WecomApp, connection: Connection): Promise<TokenRecord> {
    entry.flight ??= this.fetch(key, entry, app, connection).finally(() => {
      delete entry.flight;
    });
    return entry.flight;
  }

  private async fetch(key: string, entry: Entry, app: WecomApp, connection: Connection): Promise<TokenRecord> {
    if (!entry.storeAsked) {
      entry.storeAsked = true;
      const stored = await this.parts.store?.load(key, app.secret).catch(() => undefined);
      if (stored && isFresh(stored, this.parts.clock.now())) return (entry.record = stored);
    }
    const previous = entry.record;
    let reply: Reply;
    try {
      reply = await exchange(
        { connection, secrets: [app.secret, ...(previous ? [previous.token] : [])] },
        endpoints.getToken,
        { query: { corpid: app.corpId, corpsecret: app.secret } },
      );
    } catch (error) {
      if (error instanceof WecomApiError && WRONG_SECRET.has(error.errcode)) {
        entry.wrongSecret = { error, until: this.parts.clock.now() + WRONG_SECRET_MEMORY_MS };
      }
      throw error;
    }
    delete entry.wrongSecret;
    const { access_token: token, expires_in: expiresIn } = reply;
    if (typeof token !== 'string' || token === '' || !token.isWellFormed())
      throw new WecomNetworkError('not-sent', withoutField('access_token'), endpoints.getToken.path);
    const fetched: TokenRecord = { token, fetchedAt: this.parts.clock.now(), lifetimeMs: lifetimeOf(expiresIn) };
    delete entry.refreshFailedAt;
    // WeCom may hand out the same token again and name a full lifetime; it still dies when it would have died.
    const remainingMs = previous?.token === token ? expiry(previous) - fetched.fetchedAt : 0;
    entry.record =
      remainingMs > REFRESH_NOW_MS && remainingMs < fetched.lifetimeMs
        ? { ...fetched, lifetimeMs: remainingMs }
        : fetched;
    // Not awaited: a slow or full disk must not hold up messages.
    this.parts.store?.save(key, app.secret, entry.record).catch(() => undefined);
    return entry.record;
  }
}

/** Identifies an app by company, secret and base URL, without holding the secret. */
export function tokenKey(app: WecomApp): string {
  let key = keys.get(app);
  if (key === undefined) {
    const fingerprint = createHash('sha256').update(app.secret).digest('hex');
    key = createHash('sha256')
      .update(JSON.stringify([sameServer(app.baseUrl), app.corpId, fingerprint]))
      .digest('hex');
    keys.set(app, key);
  }
  return key;
}

// Every message asks for the key of its app, and hashing costs more than the rest of the look-up.
const keys = new WeakMap<WecomApp, string>();

/** Whether nothing that is remembered of an app, its refusals and a wrong secret included, can matter any more. */
function isIdle({ record, flight, lastSeen }: Entry, now: number): boolean {
  return !flight && now - lastSeen >= LIFETIME_MS && (!record || now >= expiry(record));
}

/**
 * @param expiresIn seconds, if it is what WeCom says; anything else is no reason to ask for a token with every message
 */
function lifetimeOf(expiresIn: unknown): number {
  const ms = typeof expiresIn === 'number' || typeof expiresIn === 'string' ? 1000 * Number(expiresIn) : Number.NaN;
  return ms > 0 ? Math.min(LONGEST_LIFETIME_MS, Math.max(SHORTEST_LIFETIME_MS, ms)) : LIFETIME_MS;
}

function age(record: TokenRecord, now: number): number {
  return now - record.fetchedAt;
}

function expiry(record: TokenRecord): number {
  return record.fetchedAt + record.lifetimeMs;
}

/** A token that was young when fetched gets the whole margin; one with little time left keeps most of it. */
function margin(record: TokenRecord, full: number): number {
  return Math.min(full, record.lifetimeMs / 2);
}

function isFresh(record: TokenRecord, now: number): boolean {
  return age(record, now) >= 0 && age(record, now) < record.lifetimeMs - margin(record, REFRESH_NOW_MS);
}
