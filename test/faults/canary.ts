/** Finds secrets in whatever comes out of a sender. */
import { inspect } from 'node:util';

import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { APP } from './sandbox-side';

/** Signs that a URL or a form would encode, so that encoded copies show as well. */
export const SECRET = 'canary-secret&7f3a=+ä';

/** A sandbox whose secrets can be told from everything else. */
export async function canarySandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  sandbox.company.apps[APP]!.secret = SECRET;
  sandbox.company.robots[0]!.key = 'canary-key-91b2';
  return sandbox;
}

/**
 * The token that the sandbox gives to the app now: the same one to everybody who asks. Faults that wait for gettoken
 * are used up.
 */
export async function tokenOf(sandbox: Sandbox): Promise<string> {
  const { url, company } = sandbox;
  const query = new URLSearchParams({ corpid: company.corpId, corpsecret: SECRET }).toString();
  for (let tries = 0; tries < 10; tries += 1) {
    const answer = await fetch(`${url}/cgi-bin/gettoken?${query}`, { signal: AbortSignal.timeout(300) })
      .then((response) => response.json() as Promise<{ access_token?: string }>)
      .catch(() => ({ access_token: undefined }));
    if (answer.access_token) return answer.access_token;
  }
  throw new Error('the sandbox gives no token');
}

/** Everything that can be read out of a value: own and inherited, hidden and computed, printed in every usual way. */
export function everythingIn(value: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const walk = (current: unknown, depth: number): void => {
    if (current === null || (typeof current !== 'object' && typeof current !== 'function')) {
      texts.push(String(current));
      return;
    }
    if (seen.has(current) || depth > 12) return;
    seen.add(current);
    if (current instanceof Uint8Array) texts.push(Buffer.from(current).toString('latin1'));
    if (current instanceof Map || current instanceof Set) for (const entry of current) walk(entry, depth + 1);
    for (
      let holder: object | null = current;
      holder && holder !== Object.prototype && holder !== Function.prototype;
      holder = Object.getPrototypeOf(holder) as object | null
    ) {
      for (const key of Reflect.ownKeys(holder)) {
        // Leads from every value to all classes.
        if (key === 'constructor') continue;
        texts.push(String(key));
        try {
          walk((current as Record<PropertyKey, unknown>)[key], depth + 1);
        } catch {
          // A getter that cannot be called here tells nothing.
        }
      }
    }
  };
  walk(value, 0);
  texts.push(
    inspect(value, { depth: 12, showHidden: true, getters: true, maxArrayLength: null, maxStringLength: null }),
    String(value),
  );
  try {
    texts.push(JSON.stringify(value) ?? '');
  } catch {
    // Flows hold things that refer to themselves.
  }
  return texts.join('\n');
}

/** The secrets that a text gives away, by their first signs. */
export function leaks(text: string, secrets: Iterable<string>): string[] {
  const found: string[] = [];
  for (const secret of new Set(secrets)) {
    const forms = [
      secret,
      encodeURIComponent(secret),
      encodeURI(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('hex'),
      JSON.stringify(secret).slice(1, -1),
    ];
    if (forms.some((form) => text.includes(form))) found.push(`${secret.slice(0, 12)}…`);
  }
  return found;
}
