import { TokenCache } from '../core';

/**
 * The access tokens of this n8n process, shared by the credential and the node: n8n loads both with one
 * `require`, so this module, and with it the cache, exists once.
 */
export const tokens = new TokenCache({ clock: { now: () => Date.now() } });
