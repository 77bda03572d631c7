/**
 * The room api: how WeCom is called, with which token, and what a host gives for it. May import from outcome and
 * schema.
 */
import { onCancel } from './cancellation';
import type { Endpoint } from './endpoints';
import { WecomApiError, WecomNetworkError } from '../outcome/errors';
import { CANCELLED, exchange } from './exchange';
import type { Connection, Payload, Reply } from './exchange';

/** The one way to talk to the API. Everything that cuts across all calls is wrapped around `exchange` here. */
export type Call = (endpoint: Endpoint, payload?: Payload) => Promise<Reply>;

/** Where the access token of an app comes from. */
export interface TokenSource {
  get(endpoint: Endpoint): string | Promise<string>;
  /**
   * This token was refused; forget it unless it has been replaced already.
   *
   * @returns what to tell instead of trying another one, if others were refused as well
   */
  refused(token: string, endpoint: Endpoint, error: WecomApiError): WecomApiError | undefined;
  /** The token was not refused. */
  accepted(endpoint: Endpoint): void;
}

export function createCall(connection: Connection, tokens: TokenSource, secrets: readonly string[]): Call {
  return withAccessToken(tokens, (endpoint, payload, token) =>
    exchange({ connection, secrets: [...secrets, token], credential: { access_token: token } }, endpoint, payload),
  );
}

// 40014 and 42001 mean a dead token (an expired one was seen answering either). The page says 40001 is a wrong
// secret, but on business calls other clients see it for a dead token too: refreshing once is harmless.
const TOKEN_REFUSED = new Set([40014, 42001, 40001]);

/**
 * Adds the token; when WeCom refuses it, gets a new one and repeats the call, once. A refused call was not carried out.
 */
function withAccessToken(
  tokens: TokenSource,
  call: (endpoint: Endpoint, payload: Payload, token: string) => Promise<Reply>,
): Call {
  return async (endpoint, payload = {}) => {
    for (let tries = 1; ; tries += 1) {
      const known = current(tokens, payload.signal, endpoint);
      const token = typeof known === 'string' ? known : await known;
      try {
        const reply = await call(endpoint, payload, token);
        tokens.accepted(endpoint);
        return reply;
      } catch (error) {
        if (!(error instanceof WecomApiError && TOKEN_REFUSED.has(error.errcode))) throw error;
        const enough = tokens.refused(token, endpoint, error);
        if (enough || tries === 2) throw enough ?? error;
      }
    }
  };
}

function current(tokens: TokenSource, signal: AbortSignal | undefined, endpoint: Endpoint): string | Promise<string> {
  const token = tokens.get(endpoint);
  return typeof token === 'string' ? token : unlessCancelled(token, signal, endpoint);
}

/** The error of a message that was waiting when somebody cancelled it. */
export function cancelled({ path }: Endpoint): WecomNetworkError {
  return new WecomNetworkError('not-sent', CANCELLED, path);
}

/** Stops waiting when `signal` fires. What is waited for goes on: others may be waiting for it too. */
export async function unlessCancelled<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  endpoint: Endpoint,
): Promise<Value> {
  if (!signal) return promise;
  if (signal.aborted) {
    promise.catch(() => undefined);
    throw cancelled(endpoint);
  }
  let uncancellable: (() => void) | undefined;
  const cancellation = new Promise<never>((_, reject) => {
    uncancellable = onCancel(signal, () => reject(cancelled(endpoint)));
  });
  try {
    return await Promise.race([promise, cancellation]);
  } finally {
    uncancellable?.();
  }
}
