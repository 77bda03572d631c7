import type { Clock } from './clock';
import type { App, Company } from './company';
import { DailyLimit } from './daily-limit';

/**
 * An app may reach as many members a day as the corp may have accounts, times this; a message to 1000 members counts
 * 1000 (doc 90312).
 */
const PERSON_TIMES_PER_ACCOUNT = 200;

/** The person-times (人次) a day of each app. Whoever is above gets 45009, and nobody of the message gets it. */
export class AccountLimits {
  private readonly limits = new Map<App, DailyLimit>();

  constructor(company: Company, clock: Clock) {
    for (const app of company.apps)
      this.limits.set(app, new DailyLimit(clock, company.accountLimit * PERSON_TIMES_PER_ACCOUNT));
  }

  /** @throws Refusal 45009 */
  check(app: App, members: number): void {
    this.limits.get(app)?.check(members);
  }

  take(app: App, members: number): void {
    this.limits.get(app)?.take(members);
  }
}
