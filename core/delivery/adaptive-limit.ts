/** How many calls go side by side at first. */
export const FIRST_AT_ONCE = 8;
/** How many calls of an app or robot may be open at the same time, unless somebody says fewer. */
export const DEFAULT_AT_ONCE = 64;
/** After WeCom complained (45033) no more are tried for so long. Milliseconds. */
const CALM_MS = 60_000;
/** Those that were open together fail together: what comes within so many milliseconds is one complaint. */
const ONE_COMPLAINT_MS = 1_000;
/** An answer is quick if it takes at most so many times what the quickest take: a call on a new connection needs up to three round trips. */
const QUICK = 3;
/** The same for servers so near that the time of this computer is most of it. Milliseconds. */
const QUICK_MS = 25;
/** After so long without an answer the quickest is found anew: a network may have changed, and a busy server has recovered. Milliseconds. */
const IDLE_MS = 60_000;

/** What an ended call says about how many may be open. */
export type Sign =
  /** WeCom took so many milliseconds to answer. */
  | { readonly answeredIn: number }
  /** 45033: too many calls are open. */
  | 'crowded'
  /** No answer in time, or no connection. */
  | 'unreachable';

/**
 * How many calls are open side by side, found by trying: it doubles with every round of answers while they come
 * as quickly as the quickest, and halves when WeCom has too many (45033), does not answer in time or takes no connection.
 */
export class AdaptiveLimit {
  private limit = FIRST_AT_ONCE;
  /** Milliseconds of the quickest answers. */
  private quickest = Infinity;
  private answeredAt = -Infinity;
  private complainedAt = -Infinity;
  private crowdedAt = -Infinity;

  /** A whole number, at least 1. */
  get now(): number {
    return Math.floor(this.limit);
  }

  /** @param open how many calls were open, the one that ended included */
  learn(sign: Sign, open: number, now: number): void {
    if (typeof sign !== 'string') this.answered(sign.answeredIn, open, now);
    else if (now >= this.complainedAt + ONE_COMPLAINT_MS) {
      this.complainedAt = now;
      if (sign === 'crowded') this.crowdedAt = now;
      this.limit = Math.max(1, Math.min(this.limit, open) / 2);
    }
  }

  private answered(ms: number, open: number, now: number): void {
    this.quickest = now < this.answeredAt + IDLE_MS ? Math.min(this.quickest, ms) : ms;
    this.answeredAt = now;
    const isQuick = ms <= Math.max(QUICK * this.quickest, this.quickest + QUICK_MS);
    // Only who needs more finds out whether more are possible.
    if (!isQuick || open < this.now || now < this.crowdedAt + CALM_MS) return;
    // WeCom has said once how many are too many: closer to that one goes slowly.
    this.limit = Math.min(DEFAULT_AT_ONCE, this.limit + (this.crowdedAt === -Infinity ? 1 : 1 / this.limit));
  }
}
