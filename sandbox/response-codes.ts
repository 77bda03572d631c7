import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import { Refusal } from './errors';
import type { SandboxMessage } from './messages';

const HOURS_72 = 72 * 3_600_000;

/** The codes that let an app update a card it sent: good for one update, for 72 hours (doc 94888). */
export class ResponseCodes {
  private readonly unused = new Map<string, { message: SandboxMessage; until: number }>();

  constructor(private readonly clock: Clock) {}

  issue(message: SandboxMessage): string {
    const now = this.clock.now();
    // Oldest first, and all live equally long.
    for (const [code, { until }] of this.unused) {
      if (until > now) break;
      this.unused.delete(code);
    }
    const code = randomBytes(48).toString('base64url');
    this.unused.set(code, { message, until: now + HOURS_72 });
    return code;
  }

  /**
   * The card a code belongs to.
   * @throws Refusal 60140 missing, unknown, used or older than 72 hours
   */
  find(code: string | undefined): SandboxMessage {
    const entry = this.unused.get(code ?? '');
    if (!entry || entry.until <= this.clock.now()) throw new Refusal(60140);
    return entry.message;
  }

  /** After an update the code is good for nothing. */
  use(code: string): void {
    this.unused.delete(code);
  }
}
