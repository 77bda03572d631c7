import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { withAccessToken } from '../../credentials/access-token-query';
import { testCredential } from './credential-test';
import { CREDENTIAL_TYPE, inspectDeep, loadPackage, logged, runWorkflow, send, testNode } from './engine';
import { credentialOf, hello, useSandbox } from './sandbox';

const world = useSandbox();

async function listen(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('the credential asks for four values, the secret hidden, each with the place to find it', async () => {
  const { properties, iconUrl, documentationUrl } = (await loadPackage()).credential;
  const shown = properties.filter(({ type }) => type !== 'hidden');
  expect(shown.map(({ name, displayName }) => [name, displayName])).toEqual([
    ['corpId', 'Corp ID'],
    ['agentId', 'Agent ID'],
    ['secret', 'Secret'],
    ['baseUrl', 'Base URL'],
    ['processes', 'Sending Processes'],
  ]);
  expect(shown.find(({ name }) => name === 'secret')!.typeOptions).toEqual({ password: true });
  for (const { description } of shown) expect(description).toBeTruthy();
  expect(shown[0]!.description).toContain('企业ID');
  expect(documentationUrl).toMatch(/^https:/);
  expect(iconUrl).toEqual({
    light: expect.stringMatching(/wecom\.svg$/),
    dark: expect.stringMatching(/wecom\.dark\.svg$/),
  });
});

describe('the Test button', () => {
  const changed = (change: ICredentialDataDecryptedObject, app = 0) =>
    testCredential({ ...credentialOf(world.sandbox, app), ...change });

  test('is green for an app that works, also with blanks around its values and a slash after the address', async () => {
    expect(await changed({})).toEqual({ status: 'OK', message: 'Connection successful!' });
    const { corpId, agentId, secret, baseUrl } = credentialOf(world.sandbox) as Record<string, string>;
    expect(
      await testCredential({
        corpId: ` ${corpId} `,
        agentId: ` ${agentId}\n`,
        secret: `${secret} `,
        baseUrl: `${baseUrl}/ `,
      }),
    ).toMatchObject({ status: 'OK' });
  });

  test.each([
    ['a wrong secret', { secret: 'not-the-secret' }, /Secret was not accepted \(WeCom error 40001.*Copy 企业ID/s],
    ['a wrong corp ID', { corpId: 'ww0000000000000000' }, /does not know this 企业ID \(corp ID\) \(WeCom error 40013/],
    ['no corp ID', { corpId: '' }, /Corp ID \(corpId\) is missing/],
    [
      'an agent ID that is no number',
      { agentId: 'my app' },
      /Agent ID \(agentId\) must be the whole number shown in the admin console/,
    ],
    [
      'the agent ID of another app',
      { agentId: '1000003' },
      /Secret and AgentId belong to different apps \(WeCom error 301002\)\. Copy both from the same page/,
    ],
    ['an agent ID nobody has', { agentId: '9999999' }, /AgentId/],
    [
      'an address without scheme',
      { baseUrl: 'qyapi.weixin.qq.com' },
      /Base URL \(baseUrl\) must be an address that starts with https/,
    ],
  ])('says what to do for %s', async (_, change, message) => {
    expect(await changed(change)).toEqual({ status: 'Error', message: expect.stringMatching(message) });
  });

  test('says what to do for an untrusted IP', async () => {
    expect(await changed({}, 2)).toEqual({
      status: 'Error',
      message: expect.stringMatching(
        /IP is not trusted by the app \(WeCom error 60020\).*企业可信IP.*Run the node once: its error names the IP/,
      ),
    });
  });

  test.each([-1, 40014, 41001, 45009, 48002, 50003])(
    'fails with a sentence of its own when the app is looked up with error %d',
    async (errcode) => {
      world.sandbox.fault({ endpoint: 'agent/get', kind: 'errcode', errcode });
      expect(await changed({})).toEqual({
        status: 'Error',
        message: expect.stringContaining(`(WeCom error ${errcode}). `),
      });
    },
  );

  test('fails for an error without a sentence of its own', async () => {
    world.sandbox.fault({ endpoint: 'agent/get', kind: 'errcode', errcode: 40057 });
    expect(await changed({})).toEqual({
      status: 'Error',
      message: expect.stringContaining('Check the base URL and the agent ID'),
    });
  });

  test('fails when nobody listens at the address, or somebody else does', async () => {
    expect(await changed({ baseUrl: 'http://127.0.0.1:9' })).toMatchObject({ status: 'Error' });
    const { server, url } = await listen((_request, response) => response.end('<html>hello</html>'));
    try {
      expect(await changed({ baseUrl: url })).toEqual({
        status: 'Error',
        message: expect.stringContaining('is the base URL right?'),
      });
    } finally {
      server.close();
    }
  });

  test('never shows or logs the secret', async () => {
    const results = [
      await changed({ secret: 'canary-secret' }),
      await changed({ secret: 'canary-secret', baseUrl: 'http://127.0.0.1:9' }),
    ];
    expect(JSON.stringify(results) + logged.join()).not.toContain('canary-secret');
  });
});

describe('the HTTP Request node with this credential', () => {
  /** n8n's HTTP Request node hands its options over as `uri`, to the helper of the old `request` library. */
  const httpRequest = async (
    credential: ICredentialDataDecryptedObject,
    options: { uri: string; qs?: IDataObject },
  ) => {
    const run = await runWorkflow({
      nodes: [
        { id: '1', name: 'Source', type: 'test.source', typeVersion: 1, position: [0, 0], parameters: {} },
        {
          id: '2',
          name: 'HTTP',
          type: 'n8n-nodes-base.httpRequest',
          typeVersion: 1,
          position: [0, 0],
          parameters: {},
          credentials: { [CREDENTIAL_TYPE]: { id: 'c1', name: 'WeCom' } },
        },
      ],
      connections: { Source: { main: [[{ node: 'HTTP', type: NodeConnectionTypes.Main, index: 0 }]] } },
      types: {
        'test.source': testNode(async () => [[{ json: {} }]]),
        'n8n-nodes-base.httpRequest': testNode(
          async function () {
            const reply = await this.helpers.requestWithAuthentication.call(this, CREDENTIAL_TYPE, {
              method: 'GET',
              json: true,
              ...options,
            });
            return [[{ json: { reply: reply as string } }]];
          },
          [CREDENTIAL_TYPE],
        ),
      },
      credentials: { c1: credential },
    });
    return run;
  };
  const reply = (run: Awaited<ReturnType<typeof httpRequest>>) => run.items('HTTP')[0]!.json['reply'];

  test('gets the token of the node, from the same cache', async () => {
    const credential = credentialOf(world.sandbox);
    await send({ credential, parameters: hello });
    const run = await httpRequest(credential, { uri: `${world.sandbox.url}/cgi-bin/tag/list` });
    expect(reply(run)).toMatchObject({ errcode: 0, taglist: expect.any(Array) });
    expect(world.sandbox.calls()).toEqual({ gettoken: 1, 'message/send': 1, 'tag/list': 1 });
  });

  test.each([
    '?access_token=ACCESS_TOKEN',
    '?access_token=ACCESS_TOKEN&id=2',
    '?id=2&access_token=',
    '?id=2&access_token=ACCESS_TOKEN',
  ])('replaces the placeholder of WeCom’s documentation: %s', async (query) => {
    expect(
      reply(
        await httpRequest(credentialOf(world.sandbox), { uri: `${world.sandbox.url}/cgi-bin/department/list${query}` }),
      ),
    ).toMatchObject({ errcode: 0 });
  });

  test('does not send the token to another host, port or scheme', async () => {
    const seen: string[] = [];
    const { server, url } = await listen((request, response) => {
      seen.push(request.url ?? '');
      response.setHeader('content-type', 'application/json').end('{}');
    });
    try {
      await httpRequest(credentialOf(world.sandbox), { uri: `${url}/cgi-bin/tag/list`, qs: { a: 1 } });
    } finally {
      server.close();
    }
    expect(seen).toEqual(['/cgi-bin/tag/list?a=1']);
  });

  test('fails with advice when the secret is wrong', async () => {
    const { error } = (
      await httpRequest(
        { ...credentialOf(world.sandbox), secret: 'canary-secret' },
        { uri: `${world.sandbox.url}/cgi-bin/tag/list` },
      )
    ).last('HTTP');
    expect(error!.message).toContain('The Secret was not accepted');
    expect(inspectDeep(error!)).not.toContain('corpsecret=canary');
  });
});

describe('authenticate', () => {
  const token = 'THE-TOKEN';
  const baseUrl = 'https://relay.example.com/wecom';
  const apply = (options: Partial<IHttpRequestOptions> & { uri?: string }) =>
    withAccessToken(options as IHttpRequestOptions, baseUrl, token);

  test.each<[string, Partial<IHttpRequestOptions> & { uri?: string }]>([
    ['an absolute address', { url: 'https://relay.example.com/wecom/cgi-bin/tag/list' }],
    ['an address relative to the base URL', { baseURL: baseUrl, url: '/cgi-bin/tag/list' }],
    ['one without a slash', { baseURL: `${baseUrl}/`, url: 'cgi-bin/tag/list' }],
    ['the base URL in capitals', { url: 'HTTPS://RELAY.example.com:443/wecom' }],
    ['an address the old way', { uri: 'https://relay.example.com/x' }],
  ])('adds the token to %s', (_, options) => {
    expect(apply({ ...options, qs: { a: 1 } }).qs).toEqual({ a: 1, access_token: token });
  });

  test.each<[string, Partial<IHttpRequestOptions>]>([
    ['another host', { url: 'https://example.com/cgi-bin/tag/list' }],
    ['a host that only ends alike', { url: 'https://evil-relay.example.com/' }],
    ['a host hidden behind the base URL', { url: 'https://relay.example.com@example.com/' }],
    ['an absolute address beside a base URL', { baseURL: baseUrl, url: 'https://example.com/' }],
    ['an address without scheme beside a base URL', { baseURL: baseUrl, url: '//example.com/' }],
    ['another port', { url: 'https://relay.example.com:8443/' }],
    ['plain http', { url: 'http://relay.example.com/' }],
    ['no address at all', { url: '' }],
    ['a relative address alone', { url: '/cgi-bin/tag/list' }],
  ])('leaves a request to %s alone', (_, options) => {
    expect(apply({ ...options, qs: { a: 1 } })).toEqual({ ...options, qs: { a: 1 } });
  });

  test('keeps a token that is there already', () => {
    const url = 'https://relay.example.com/cgi-bin/x?access_token=OTHER';
    expect(apply({ url })).toEqual({ url });
    expect(apply({ url: baseUrl, qs: { access_token: 'OTHER' } })).toEqual({
      url: baseUrl,
      qs: { access_token: 'OTHER' },
    });
  });

  test('takes the placeholder out of the address and leaves the rest of it as it was', () => {
    expect(apply({ url: `${baseUrl}/x?access_token=ACCESS_TOKEN&q=%E4%B8%AD+1#top` }).url).toBe(
      `${baseUrl}/x?q=%E4%B8%AD+1#top`,
    );
    expect(apply({ url: `${baseUrl}/x?q=1&access_token=` }).url).toBe(`${baseUrl}/x?q=1`);
    expect(apply({ url: `${baseUrl}/x?access_token=ACCESS_TOKEN` }).url).toBe(`${baseUrl}/x`);
  });
});
