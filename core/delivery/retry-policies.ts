import { WecomApiError, WecomNetworkError } from '../outcome/errors';
import { ANSWER_TOO_LONG, CERTIFICATE_REFUSED, PROXY_REFUSED } from '../api/exchange';

/** When a call is made again, as data. All times in milliseconds. */
export interface RetryPolicy {
  readonly name: 'unreachable' | 'unknown-host' | 'busy' | 'crowded' | 'rate-limited' | 'tokens-refused' | 'lost';
  /** The first one included. */
  readonly tries: number;
  /** Before the second try. Doubles with each further one, up to `longestDelayMs`; jitter of a quarter both ways is added. */
  readonly delayMs: number;
  readonly longestDelayMs: number;
  /** No try begins later than this after the outage began. Messages that meet an older outage get one try each. */
  readonly withinMs: number;
}

/** No connection was made, so nothing was sent. Long enough for a restart of a relay or a router. */
const unreachable: RetryPolicy = {
  name: 'unreachable',
  tries: 11,
  delayMs: 250,
  longestDelayMs: 8_000,
  withinMs: 45_000,
};
/** There is no host of this name: mostly a typing mistake, sometimes a name server that starts up. */
const unknownHost: RetryPolicy = {
  name: 'unknown-host',
  tries: 4,
  delayMs: 500,
  longestDelayMs: 4_000,
  withinMs: 10_000,
};
/** -1 and 6000: not processed. At most three repetitions with growing pauses, says the page about -1. */
const busy: RetryPolicy = { name: 'busy', tries: 4, delayMs: 500, longestDelayMs: 4_000, withinMs: 30_000 };
/** 45033: not processed, too many calls were open. Short random pauses, and fewer calls side by side. */
const crowded: RetryPolicy = { name: 'crowded', tries: 6, delayMs: 300, longestDelayMs: 5_000, withinMs: 30_000 };
/** 45009: refused until a pause of the endpoint is over, which is waited for elsewhere; then once more. */
const rateLimited: RetryPolicy = { name: 'rate-limited', tries: 2, delayMs: 0, longestDelayMs: 0, withinMs: Infinity };
/**
 * One new token after the other was refused, and none is fetched until a pause is over, which the error names: those of
 * 5 and 10 s are waited out. A pause that follows them shows that it is not going to pass by itself.
 */
const tokensRefused: RetryPolicy = {
  name: 'tokens-refused',
  tries: 3,
  delayMs: 5_000,
  longestDelayMs: 10_000,
  withinMs: 18_000,
};
/** No answer, but a repetition does no harm: members see nothing of the call, or WeCom drops what it has had. */
const lost: RetryPolicy = { name: 'lost', tries: 4, delayMs: 500, longestDelayMs: 4_000, withinMs: 90_000 };

export const retryPolicies = { unreachable, unknownHost, busy, crowded, rateLimited, tokensRefused, lost } as const;

const BY_ERRCODE: Readonly<Record<number, RetryPolicy>> = {
  [-1]: busy,
  6000: busy,
  45033: crowded,
  45009: rateLimited,
};
const NO_CONNECTION = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * The policy for a call that failed; undefined if it must not, or need not, be made again.
 *
 * @param repeatable whether a repetition does no harm even if the call was carried out
 */
export function retryPolicy(error: unknown, repeatable: boolean): RetryPolicy | undefined {
  if (error instanceof WecomApiError) return error.retryInMs === undefined ? BY_ERRCODE[error.errcode] : tokensRefused;
  if (!(error instanceof WecomNetworkError)) return undefined;
  const { code } = error.cause;
  // It was cancelled; or a proxy or web server said no, and will say so again.
  if (code === 'ABORT_ERR' || code === PROXY_REFUSED || /^HTTP_[34]\d\d$/.test(code)) return undefined;
  if (NO_CONNECTION.has(code)) return unreachable;
  if (code === 'ENOTFOUND') return unknownHost;
  // An answer that is not WeCom's comes from a wrong base URL, and a wrong certificate from a wrong host.
  if (code === 'BAD_ANSWER' || code === ANSWER_TOO_LONG || CERTIFICATE_REFUSED.has(code)) return undefined;
  return error.delivery === 'not-sent' || repeatable ? lost : undefined;
}
