import type { App, Company } from './company';
import { Refusal } from './errors';

/**
 * Checks that an agentid is the app whose token is used.
 * @throws Refusal 40056 no app has this id, 301002 it is another app
 */
export function requireOwnAgent(agentid: number | undefined, app: App, company: Company): void {
  if (agentid === app.agentid) return;
  throw new Refusal(company.apps.some((other) => other.agentid === agentid) ? 301002 : 40056);
}
