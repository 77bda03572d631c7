import { createHash } from 'node:crypto';
import type { App } from './company';
import type { Clock } from './clock';

const DEFAULT_SECONDS = 1800;
const MAX_SECONDS = 14_400;

/** Remembers requests sent with `enable_duplicate_check`, to deliver the same JSON once per interval (doc 90236). */
export class Duplicates<Answer> {
  private readonly seen = new Map<string, { until: number; answer: Answer }>();

  constructor(private readonly clock: Clock) {}

  /** The answer to the same request of the same app, while its interval lasts. */
  find(app: App, body: Buffer): Answer | undefined {
    const entry = this.seen.get(fingerprint(app, body));
    return entry && entry.until > this.clock.now() ? entry.answer : undefined;
  }

  /**
   * `intervalSeconds`: default 1800, at most 14400; the documentation does not say what a larger one does, here it
   * counts as 14400.
   */
  remember(app: App, body: Buffer, intervalSeconds: number | undefined, answer: Answer): void {
    const now = this.clock.now();
    const seconds = intervalSeconds && intervalSeconds > 0 ? Math.min(intervalSeconds, MAX_SECONDS) : DEFAULT_SECONDS;
    const key = fingerprint(app, body);
    this.seen.delete(key);
    this.seen.set(key, { until: now + seconds * 1000, answer });
    // Oldest first: enough to keep the map small, as no entry outlives four hours.
    for (const [oldest, { until }] of this.seen) {
      if (until > now) break;
      this.seen.delete(oldest);
    }
  }
}

function fingerprint(app: App, body: Buffer): string {
  return `${app.agentid} ${createHash('sha256').update(body).digest('base64')}`;
}
