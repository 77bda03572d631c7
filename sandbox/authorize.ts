import type { Call } from './endpoints/endpoint';
import { Refusal } from './errors';
import type { TokenHolder } from './tokens';

/**
 * Whose call this is. Comes before every other check, as on the real server.
 * @throws Refusal 41001, 40014, 42001 for the token, 60020 when the app does not trust the caller's IP
 */
export function authorize({ state, query }: Call): TokenHolder {
  const holder = state.tokens.verify(query['access_token']);
  if (holder !== 'contacts-sync' && !holder.trustedIps.includes(state.company.callerIp)) throw new Refusal(60020);
  return holder;
}
