import { WecomApiError } from '../outcome/errors';

/** A token that is refused sooner than this after it was fetched was never any good. Milliseconds. */
const YOUNG_MS = 60_000;
/** After two young tokens in a row were refused, no new one is fetched for so long; doubles each time. Milliseconds. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 600_000;

interface Refusals {
  /** Young tokens that the endpoint refused, and none that it accepted in between. */
  readonly count: number;
  /** When it refused the last one; wall clock. */
  readonly since: number;
  /** What it said. */
  readonly error: WecomApiError;
}

/**
 * Which endpoints of an app refuse every token. gettoken is protected against being called too often (45009), so
 * whoever is refused with one new token after the other must not go on fetching; other endpoints may be well.
 */
export class RefusedTokens {
  private readonly endpoints = new Map<string, Refusals>();

  /** @param age of the refused token, milliseconds */
  refused(path: string, age: number, now: number, error: WecomApiError): void {
    const known = this.endpoints.get(path);
    // A token that had served its time says nothing about those that come after it.
    this.endpoints.set(path, { count: age < YOUNG_MS ? (known?.count ?? 0) + 1 : 0, since: now, error });
  }

  accepted(path: string): void {
    if (this.endpoints.size > 0) this.endpoints.delete(path);
  }

  /** The error to tell while this endpoint gets no new token; undefined if it gets one. */
  toldOf(path: string, now: number): WecomApiError | undefined {
    const known = this.endpoints.get(path);
    if (!known || known.count < 2) return undefined;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (known.count - 2));
    // After a clock went backwards nothing is known of the pause, and it is over.
    if (now < known.since || now >= known.since + pause) return undefined;
    return refusesEveryToken(known.error, known.since + pause - now);
  }
}

/** @param pauseMs until a new token is fetched */
function refusesEveryToken({ errcode, errmsg, endpoint }: WecomApiError, pauseMs: number): WecomApiError {
  const seconds = Math.ceil(pauseMs / 1000);
  return new WecomApiError(
    errcode,
    errmsg,
    { path: endpoint },
    {
      words: {
        title: {
          en: 'WeCom refuses access tokens it has only just given',
          zh: '企业微信拒绝了刚刚获取的 access_token',
        },
        advice: {
          en: `Nothing was sent, and no new token is fetched for ${seconds} s, because asking for tokens too often gets an app blocked. Check that the base URL leads gettoken and all other calls to the same WeCom, that no relay hands out old tokens, and that no other program keeps replacing the tokens of this app. Then send again.`,
          zh: `消息未发送；为避免因频繁获取被限制，${seconds} 秒内不再获取新的 access_token。请确认 API 地址会把 gettoken 和其他请求转发到同一个企业微信服务、中转服务没有返回旧的 access_token，且没有其他程序在反复刷新该应用的 access_token，然后重新发送。`,
        },
      },
      circumstances: { retryInMs: pauseMs },
    },
  );
}
