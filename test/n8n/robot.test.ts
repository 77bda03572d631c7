import { createHash } from 'node:crypto';

import type {
  ICredentialDataDecryptedObject,
  IDataObject,
  IHttpRequestOptions,
  INodeExecutionData,
  INodeParameters,
} from 'n8n-workflow';

import { withRobotKey } from '../../credentials/robot-key-query';
import { gif, png } from '../fixtures/media';
import { testCredential } from './credential-test';
import {
  CREDENTIAL_TYPE,
  inspectDeep,
  loadPackage,
  logged,
  NODE_TYPE,
  ROBOT_CREDENTIAL_TYPE,
  runWorkflow,
  send,
  SEND,
} from './engine';
import { credentialOf, fileItem, robotCredentialOf, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox();
useFastTime(world);
const alarm = { sendTo: 'robot', msgtype: 'text', content: 'Disk full on db-1' };
const attempt = (
  parameters: INodeParameters = alarm,
  item: INodeExecutionData | IDataObject = {},
  robot?: ICredentialDataDecryptedObject,
  settings = {},
) =>
  send({
    credential: credentialOf(world.sandbox),
    robot: robot ?? robotCredentialOf(world.sandbox),
    items: [item],
    parameters,
    settings,
  });
const failure = async (...given: Parameters<typeof attempt>) => (await attempt(...given)).last(SEND).error;
const key = () => world.sandbox.company.robots[0]!.key;

describe('the credential of a group robot', () => {
  test('asks for the webhook, hidden, for the address a bare key goes to, and for how many processes send', async () => {
    const { properties, displayName, documentationUrl, iconUrl } = (await loadPackage()).robotCredential;
    expect(displayName).toBe('WeCom Group Robot API');
    expect(properties.map(({ name, typeOptions }) => [name, typeOptions])).toEqual([
      ['secretWebhook', { password: true }],
      ['baseUrl', undefined],
      ['processes', { minValue: 1, numberPrecision: 0 }],
    ]);
    expect(documentationUrl).toMatch(/^https:/);
    expect(iconUrl).toEqual({
      light: expect.stringMatching(/wecom\.svg$/),
      dark: expect.stringMatching(/wecom\.dark\.svg$/),
    });
  });

  const tested = (values: ICredentialDataDecryptedObject) => testCredential(values, ROBOT_CREDENTIAL_TYPE);

  test('is green for a whole URL and for a key, and nobody gets a message', async () => {
    const { secretWebhook } = robotCredentialOf(world.sandbox) as { secretWebhook: string };
    const good: ICredentialDataDecryptedObject[] = [
      { secretWebhook },
      { secretWebhook: ` ${secretWebhook}&debug=1 ` },
      { secretWebhook: key(), baseUrl: world.sandbox.url },
      { secretWebhook: ` ${key()}\n`, baseUrl: `${world.sandbox.url}/ ` },
    ];
    for (const values of good) {
      expect(await tested(values)).toEqual({ status: 'OK', message: 'Connection successful!' });
    }
    expect(world.sandbox.messages()).toEqual([]);
    expect(world.sandbox.calls()).toEqual({ 'webhook/send': 4 });
  });

  test.each([
    ['no webhook', '', /Webhook URL or Key \(webhook\) is missing/],
    ['an address that is no webhook', 'https://example.com/hook', /is not a webhook URL: it ends in/],
    ['neither address nor key', 'my robot!', /neither a webhook URL nor a key/],
    [
      'a key nobody has',
      'canary-key',
      /does not belong to any group robot \(WeCom error 93000\)\. Copy the Webhook address again/,
    ],
  ])('says what to do for %s', async (_, webhook, message) => {
    expect(await tested({ secretWebhook: webhook, baseUrl: world.sandbox.url })).toEqual({
      status: 'Error',
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['removed', 93000],
    ['disabled', 93004],
    ['group_forbids_pushes', 93001],
    ['not_in_group', 93008],
  ] as const)('fails for a robot that is %s', async (state, errcode) => {
    world.sandbox.setRobot('build', state);
    expect(await tested(robotCredentialOf(world.sandbox))).toEqual({
      status: 'Error',
      message: expect.stringContaining(`(WeCom error ${errcode}). `),
    });
  });

  test('fails when nobody listens', async () => {
    expect(await tested({ secretWebhook: key(), baseUrl: 'http://127.0.0.1:9' })).toMatchObject({ status: 'Error' });
  });

  test('adds the key to webhook requests of its own address only, for the HTTP Request node', () => {
    const robot = { key: 'k', baseUrl: 'https://relay.test/wecom' };
    const added = (options: IHttpRequestOptions) => withRobotKey(options, robot).qs?.['key'];
    expect(added({ url: 'https://relay.test/wecom/cgi-bin/webhook/send' })).toBe('k');
    expect(
      added({ baseURL: 'https://relay.test/wecom', url: '/cgi-bin/webhook/upload_media', qs: { type: 'file' } }),
    ).toBe('k');
    for (const url of [
      'https://relay.test/cgi-bin/webhook/send',
      'https://relay.test/wecom/cgi-bin/message/send',
      'http://relay.test/wecom/cgi-bin/webhook/send',
      'https://relay.test.example.com/wecom/cgi-bin/webhook/send',
      'https://example.com/?https://relay.test/wecom/cgi-bin/webhook/',
    ])
      expect(added({ url })).toBeUndefined();
    expect(added({ url: 'https://relay.test/wecom/cgi-bin/webhook/send?key=other' })).toBeUndefined();
  });
});

test('the panel asks for the credential of the destination, and only for that one', async () => {
  const { credentials } = (await loadPackage()).node.description;
  expect(credentials).toEqual([
    { name: CREDENTIAL_TYPE, required: true, displayOptions: { hide: { sendTo: ['robot'] } } },
    { name: ROBOT_CREDENTIAL_TYPE, required: true, displayOptions: { show: { sendTo: ['robot'] } } },
  ]);
});

test('a robot works without any app', async () => {
  const run = await runWorkflow({
    nodes: [
      {
        id: '1',
        name: SEND,
        type: NODE_TYPE,
        typeVersion: 1,
        position: [0, 0],
        parameters: alarm,
        credentials: { [ROBOT_CREDENTIAL_TYPE]: { id: 'r1', name: 'Robot' } },
      },
    ],
    connections: {},
    credentials: { r1: robotCredentialOf(world.sandbox) },
  });
  expect(run.items(SEND).map(({ json }) => json)).toEqual([
    {
      errcode: 0,
      errmsg: 'ok',
      msgid: '',
      msgids: [],
      parts: 1,
      invaliduser: [],
      invalidparty: [],
      invalidtag: [],
      unlicenseduser: [],
      response_code: '',
      warnings: [],
    },
  ]);
  expect(world.sandbox.calls()).toEqual({ 'webhook/send': 1 });
});

test('an alarm mentions members and numbers', async () => {
  await attempt({ ...alarm, mentioned_list: 'zhangsan, @all', mentioned_mobile_list: '={{ 13800138002 }}' });
  expect(world.sandbox.messages({ to: 'robot' })).toEqual([
    expect.objectContaining({
      robot: expect.objectContaining({ id: 'build' }),
      received: {
        msgtype: 'text',
        text: {
          content: 'Disk full on db-1',
          mentioned_list: ['zhangsan', '@all'],
          mentioned_mobile_list: ['13800138002'],
        },
      },
    }),
  ]);
});

test('a picture travels inside the message, with the md5 of its bytes', async () => {
  const bytes = png(200_000);
  await attempt({ sendTo: 'robot', msgtype: 'image', file_binary: 'photo' }, fileItem(bytes, 'a.png', 'photo'));
  const [message] = world.sandbox.messages();
  expect(message!.received['image']).toEqual({
    base64: `(${Math.ceil(bytes.length / 3) * 4} characters)`,
    md5: createHash('md5').update(bytes).digest('hex'),
  });
  expect(world.sandbox.calls()).toEqual({ 'webhook/send': 1 });
});

test('a file is uploaded to the robot, once for five items', async () => {
  const file = Buffer.from('a report');
  await send({
    credential: credentialOf(world.sandbox),
    robot: robotCredentialOf(world.sandbox),
    items: [1, 2, 3, 4, 5].map(() => fileItem(file, '报表.csv')),
    parameters: { sendTo: 'robot', msgtype: 'file' },
  });
  expect(world.sandbox.calls()).toEqual({ 'webhook/upload_media': 1, 'webhook/send': 5 });
});

describe('what a robot cannot do is refused before anything is sent', () => {
  test.each([
    ['a GIF as picture', { msgtype: 'image' }, fileItem(gif(), 'a.gif'), /not a JPG or PNG/],
    ['a picture of 2 MB and a byte', { msgtype: 'image' }, fileItem(png(2 * 1024 * 1024 + 1), 'a.png'), /at most 2 MB/],
    [
      'a type that robots do not take',
      { msgtype: 'video' },
      {},
      /"video" is not available for group robots, only text, markdown/,
    ],
    ['a card that robots do not take', { msgtype: 'vote_interaction' }, {}, /vote_interaction/],
    [
      'a text of 2049 bytes',
      { msgtype: 'text', content: 'a'.repeat(2049), options: { too_long: 'refuse' } },
      {},
      /2,049 bytes/,
    ],
    [
      'a markdown of 4097 bytes',
      { msgtype: 'markdown', content: 'a'.repeat(4097), options: { too_long: 'refuse' } },
      {},
      /4,097 bytes|4 KB/,
    ],
  ] as const)('%s', async (_, parameters, item, message) => {
    expect((await failure({ sendTo: 'robot', ...parameters }, item as INodeExecutionData))!.message).toMatch(message);
    expect(world.sandbox.messages()).toEqual([]);
  });
});

describe('errors of robots say what to do', () => {
  test('a wrong key', async () => {
    expect(
      await failure(alarm, {}, { secretWebhook: `${world.sandbox.url}/cgi-bin/webhook/send?key=wrong` }),
    ).toMatchObject({
      name: 'NodeApiError',
      httpCode: '93000',
      message: 'The webhook address does not belong to any group robot (WeCom error 93000)',
      description: expect.stringContaining('Copy the Webhook address again'),
    });
  });

  test('a robot that was removed from its group', async () => {
    world.sandbox.setRobot('build', 'removed');
    expect(await failure()).toMatchObject({
      httpCode: '93000',
      description: expect.stringContaining('removed from the group'),
    });
  });

  test('no credential values', async () => {
    expect((await failure(alarm, {}, {}))!.message).toContain('Webhook URL or Key (webhook) is missing');
  });

  test('more than 20 messages a minute, if they are not to wait', async () => {
    const run = await send({
      credential: credentialOf(world.sandbox),
      robot: robotCredentialOf(world.sandbox),
      items: Array.from({ length: 21 }, () => ({})),
      parameters: { ...alarm, options: { rateLimits: 'off' } },
      settings: { onError: 'continueRegularOutput' },
    });
    expect(run.items(SEND).filter(({ json }) => json['errcode'] === 0)).toHaveLength(20);
    expect(run.items(SEND)[20]!.json).toMatchObject({ error: expect.stringContaining('(WeCom error 45009)') });
  });
});

test('no key of a robot in any output, error or log', async () => {
  const canary = 'canary-robot-key-77';
  const seen: unknown[] = [];
  for (const settings of [{}, { onError: 'continueRegularOutput' }]) {
    seen.push(await attempt(alarm, {}, undefined, settings));
    for (const fault of [
      { kind: 'errcode', errcode: 93004 },
      { kind: 'http', status: 500 },
      { kind: 'reset_before_read' },
      { kind: 'reset_after_read' },
      { kind: 'no_answer' },
    ] as const) {
      world.sandbox.fault({ endpoint: 'webhook/send', ...fault });
      seen.push(await attempt({ ...alarm, options: { timeout: 200 } }, {}, undefined, settings));
      if (fault.kind === 'no_answer') continue;
      world.sandbox.fault({ endpoint: 'webhook/upload_media', ...fault });
      seen.push(
        await attempt(
          { sendTo: 'robot', msgtype: 'file' },
          fileItem(Buffer.from('some bytes'), `${fault.kind}.txt`),
          undefined,
          settings,
        ),
      );
    }
    for (const webhook of [
      canary,
      `${world.sandbox.url}/cgi-bin/webhook/send?key=${canary}`,
      `http://127.0.0.1:9/cgi-bin/webhook/send?key=${canary}`,
      `https://example.com/${canary}`,
      `${canary}!`,
    ])
      seen.push(await attempt(alarm, {}, { secretWebhook: webhook, baseUrl: 'http://127.0.0.1:9' }, settings));
    seen.push(
      await testCredential({ secretWebhook: canary, baseUrl: world.sandbox.url }, ROBOT_CREDENTIAL_TYPE),
      await testCredential({ secretWebhook: canary, baseUrl: 'http://127.0.0.1:9' }, ROBOT_CREDENTIAL_TYPE),
    );
  }
  const everything = [...seen.map((value) => inspectDeep(value)), ...logged].join('\n');
  for (const secret of [key(), canary]) expect(everything).not.toContain(secret);
});
