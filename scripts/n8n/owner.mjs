/** The first person of an n8n instance: without an owner the editor shows nothing but its sign-up page. */

/** A sandbox account on 127.0.0.1, not a secret. */
export const OWNER = { email: 'owner@example.com', firstName: 'Wecom', lastName: 'Flow', password: 'Sandbox-2026' };

/**
 * Creates the owner unless there is one, logs in, and returns a small client for n8n's internal REST API.
 *
 * @param {string} url  address of the n8n
 * @returns {Promise<{ cookie: string, request(method: string, path: string, body?: object): Promise<any> }>}
 */
export async function logIn(url, owner = OWNER) {
  const setup = await post(`${url}/rest/owner/setup`, owner);
  if (!setup.ok && setup.status !== 400)
    throw new Error(`n8n refused to create its owner: ${setup.status} ${await setup.text()}`);
  const login = await post(`${url}/rest/login`, { emailOrLdapLoginId: owner.email, password: owner.password });
  if (!login.ok) throw new Error(`n8n refused the log-in: ${login.status} ${await login.text()}`);
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

  return {
    cookie,
    async request(method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
      const answer = text ? JSON.parse(text) : undefined;
      return answer?.data ?? answer;
    },
  };
}

function post(address, body) {
  return fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The node types that this n8n has loaded from one package, e.g. to see that ours is among them. */
export async function nodeTypesOf(url, client, packageName) {
  const response = await fetch(`${url}/types/nodes.json`, { headers: { cookie: client.cookie } });
  if (!response.ok) throw new Error(`GET /types/nodes.json: ${response.status}`);
  return (await response.json()).filter(({ name }) => name.startsWith(`${packageName}.`));
}
