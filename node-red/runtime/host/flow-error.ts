import { WecomApiError, WecomError, WecomInputError, WecomNetworkError, WecomRateError } from '../../../core';
import type { FailedRequest, Language, Wording } from '../../../core';
import { briefOf } from './brief';
import type { Outcome } from './outcome';

/** What a Catch node finds in `msg.error.cause`: plain data, without secrets. Only the keys that apply are there. */
export interface ErrorDetail {
  readonly kind: 'input' | 'api' | 'network' | 'rate' | 'queue' | 'cancelled' | 'undelivered' | 'internal';
  readonly errcode?: number;
  readonly errmsg?: string;
  readonly hint: string;
  readonly endpoint?: string;
  /** For 60020: the IP to add to the trusted IPs of the app. */
  readonly ip?: string;
  readonly issues?: readonly {
    readonly path: string;
    readonly message: string;
    readonly limit?: number;
    readonly actual?: number;
  }[];
  readonly delivery?: 'not-sent' | 'unknown';
  /** What earlier requests of the same message delivered, or, for `undelivered`, the whole result. */
  readonly delivered?: Outcome;
  /** Which request failed, for messages that need several. What comes after it was not sent. */
  readonly failed?: FailedRequest;
  /** How often the call was made, and in how many milliseconds, if more than once. */
  readonly tries?: number;
  readonly elapsedMs?: number;
  /** For `rate`: which rate it is, and in how many milliseconds the message may go. */
  readonly reason?: WecomRateError['reason'];
  readonly waitMs?: number;
  /** For `queue`: how many messages wait in the node, and how many may. */
  readonly waiting?: number;
  readonly limit?: number;
}

/**
 * An error as Node-RED passes it on: own `code` and `cause`, and a sentence in the runtime's language that says what to
 * do.
 */
export class FlowError extends Error {
  readonly code: string | number;
  override readonly cause: ErrorDetail;
  /** For the status. */
  declare readonly brief?: Wording;

  constructor(message: string, code: string | number, cause: ErrorDetail, brief?: Wording) {
    super(message);
    // Not the class name: the sentence stands at the front of the debug sidebar and of the log.
    this.name = 'WeCom';
    this.code = code;
    this.cause = cause;
    if (brief) this.brief = brief;
  }
}

/** Any failure as an error for the flow. */
export function flowError(error: unknown, language: Language): FlowError {
  if (error instanceof FlowError) return error;
  if (!(error instanceof WecomError)) {
    return new FlowError(reasonOf(error), 'INTERNAL', { kind: 'internal', hint: '' });
  }
  const { title, advice } = error.explain(language);
  const { delivered, failed, tries, elapsedMs } = error;
  const { code, ...cause } = factsOf(error, language);
  const detail = {
    ...cause,
    hint: advice,
    ...(delivered && { delivered: { ...delivered } }),
    ...(failed && { failed }),
    ...(tries !== undefined && { tries }),
    ...(elapsedMs !== undefined && { elapsedMs }),
  };
  return new FlowError(inSentences(title, advice, language), code, detail, briefOf(error));
}

/** What flows know of each kind of error besides its sentence. */
function factsOf(
  error: WecomError,
  language: Language,
): Omit<FlowError['cause'], 'hint'> & { readonly code: FlowError['code'] } {
  if (error instanceof WecomInputError) {
    const issues = error.issues.map(({ path, message, limit, actual }) => ({
      path,
      message: message[language],
      ...(limit !== undefined && { limit }),
      ...(actual !== undefined && { actual }),
    }));
    return { code: 'INVALID_INPUT', kind: 'input', issues };
  }
  if (error instanceof WecomApiError) {
    const { errcode, errmsg, endpoint, ip, delivery } = error;
    // A success that must not be believed has errcode 0, which reads like no error at all.
    const code = errcode === 0 ? 'DOUBTFUL_SUCCESS' : errcode;
    return { code, kind: 'api', errcode, errmsg, endpoint, delivery, ...(ip !== undefined && { ip }) };
  }
  if (error instanceof WecomNetworkError) {
    const { endpoint, delivery, cause } = error;
    const kind = cause.code === 'ABORT_ERR' && delivery === 'not-sent' ? 'cancelled' : 'network';
    return { code: cause.code, kind, endpoint, delivery };
  }
  if (error instanceof WecomRateError) {
    const { reason, waitMs, endpoint } = error;
    return { code: 'RATE_LIMIT', kind: 'rate', endpoint, reason, waitMs };
  }
  return { code: 'INTERNAL', kind: 'internal' };
}

/** What happened and what to do, one after the other; no space stands after a Chinese full stop. */
export function inSentences(title: string, advice: string, language: Language): string {
  const end = /[.。！？!?]$/.test(title) ? '' : language === 'zh' ? '。' : '.';
  return `${title}${end}${language === 'zh' ? '' : ' '}${advice}`;
}

/** The text of whatever was thrown: messages of a flow may throw anything, also what cannot be turned into a text. */
export function reasonOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'an error that cannot be read';
  }
}
