import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import { CREDENTIAL_TYPE, inspectDeep, logged, NODE_TYPE, runWorkflow, send, SEND, testNode } from './engine';
import { credentialOf, fileItem, hello, toZhangsan, useSandbox } from './sandbox';
import { useFastTime } from './time';

const world = useSandbox();
useFastTime(world);
const goOn: Partial<INode> = { onError: 'continueRegularOutput' };
const good = (...names: string[]): IDataObject[] => names.map((name) => ({ to: name }));
const toEach = { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'text', content: 'hello' };
const sentTo = () => world.sandbox.messages().map(({ received }) => received['touser']);

describe('an item that fails', () => {
  test('stops the node and is named by its number, with what to do', async () => {
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: [...good('zhangsan'), {}, ...good('lisi')],
      parameters: toEach,
    });
    expect(run.data.status).toBe('error');
    expect(run.last(SEND).error).toMatchObject({
      name: 'NodeOperationError',
      message: 'Members (touser) is undefined: it must name somebody.',
      description: 'Nothing was sent. Correct the fields above and run again. 1 other item was sent, 1 was not.',
      context: { itemIndex: 1 },
    });
    expect(sentTo()).toEqual(['zhangsan']);
  });

  test('does not stop the others under "continue", and each output belongs to its input', async () => {
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: [...good('zhangsan'), {}, ...good('lisi', 'no such name!')],
      parameters: toEach,
      settings: goOn,
    });
    const items = run.items(SEND);
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }]);
    expect(items.map(({ json }) => json['errcode'])).toEqual([0, undefined, 0, undefined]);
    expect(items[1]!.json).toEqual({
      error: 'Members (touser) is undefined: it must name somebody.',
      details: {
        description: expect.stringContaining('Nothing was sent'),
        issues: [{ path: 'touser', message: 'is undefined: it must name somebody' }],
      },
    });
    expect(sentTo()).toEqual(['zhangsan', 'lisi']);
  });

  test('goes to the error output, with the item it came from', async () => {
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: [{ to: 'zhangsan' }, { to: 'ghost', id: 7 }],
      parameters: toEach,
      settings: { onError: 'continueErrorOutput' },
    });
    expect(run.items(SEND, 0)).toHaveLength(1);
    expect(run.items(SEND, 1)).toEqual([
      expect.objectContaining({
        json: {
          to: 'ghost',
          id: 7,
          error: expect.stringContaining('(WeCom error 81013)'),
          details: expect.objectContaining({ errcode: 81013, errmsg: expect.any(String) }),
        },
      }),
    ]);
  });

  test('names all wrong fields at once, with limit and actual size', async () => {
    const parameters = {
      ...toZhangsan,
      msgtype: 'textcard',
      title: '汉'.repeat(43),
      description: '={{ $json.nothing }}',
      url: 'ftp://example.com',
    };
    const [item] = (await send({ credential: credentialOf(world.sandbox), parameters, settings: goOn })).items(SEND);
    const { issues } = item!.json['details'] as { issues: { path: string; limit?: number; actual?: number }[] };
    expect(issues.map(({ path }) => path)).toEqual(['textcard.title', 'textcard.description', 'textcard.url']);
    expect(issues[0]).toMatchObject({ limit: 128, actual: 129 });
    expect(item!.json['error']).toContain('129 bytes long, but at most 128 bytes fit');
    expect(world.sandbox.calls()).toEqual({});
  });

  test('keeps its own words although n8n replaces messages with the name of a system error in them', async () => {
    const { error } = (
      await send({ credential: credentialOf(world.sandbox), parameters: { ...hello, touser: 'Jürgen.EPERM!' } })
    ).last(SEND);
    expect(error!.message).toContain('is not a user ID');
  });
});

describe('a wrong setting', () => {
  test('secret: what to do, and one gettoken for all items', async () => {
    const run = await send({
      credential: { ...credentialOf(world.sandbox), secret: 'wrong' },
      items: good('zhangsan', 'lisi', 'alice'),
      parameters: toEach,
      settings: goOn,
    });
    for (const { json } of run.items(SEND))
      expect(json).toMatchObject({
        error: 'The Secret was not accepted (WeCom error 40001)',
        details: { errcode: 40001, description: expect.stringContaining('Copy 企业ID') },
      });
    expect(world.sandbox.calls()).toEqual({ gettoken: 1 });
  });

  test('agent ID of another app', async () => {
    const { error } = (
      await send({ credential: { ...credentialOf(world.sandbox), agentId: 1000003 }, parameters: hello })
    ).last(SEND);
    expect(error).toMatchObject({
      name: 'NodeApiError',
      httpCode: '301002',
      message: 'Secret and AgentId belong to different apps (WeCom error 301002)',
      description: expect.stringContaining('Copy both'),
    });
  });

  test('untrusted IP: the error names the address to add', async () => {
    const { error } = (await send({ credential: credentialOf(world.sandbox, 2), parameters: hello })).last(SEND);
    expect(error).toMatchObject({
      httpCode: '60020',
      description: expect.stringContaining(`The IP to add is ${world.sandbox.company.callerIp}.`),
    });
  });

  test('empty credential: every missing value is named', async () => {
    const { error } = (await send({ credential: {}, parameters: hello })).last(SEND);
    expect(error!.message).toMatch(/Corp ID.*Secret.*Agent ID/);
  });

  test('timeout that is none', async () => {
    const { error } = (
      await send({
        credential: credentialOf(world.sandbox),
        parameters: { ...hello, options: { timeout: '={{ "soon" }}' } },
      })
    ).last(SEND);
    expect(error!.message).toContain('number of milliseconds');
    expect(world.sandbox.calls()).toEqual({});
  });
});

describe('the network', () => {
  const failed = async (change = {}, options = {}) => {
    const run = await send({
      credential: { ...credentialOf(world.sandbox), ...change },
      parameters: { ...hello, options },
      settings: goOn,
    });
    return run.items(SEND)[0]!.json;
  };

  test('nobody listens: surely not sent', async () => {
    expect(await failed({ baseUrl: 'http://127.0.0.1:9' })).toMatchObject({
      error: expect.stringMatching(/^No answer from WeCom: .*ECONNREFUSED/),
      details: {
        delivery: 'not-sent',
        code: 'ECONNREFUSED',
        tries: expect.any(Number),
        elapsedMs: expect.any(Number),
        description: expect.stringContaining('The message was not sent'),
      },
    });
  });

  test('no answer in time: nobody knows, and it is not sent again', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'no_answer' });
    const start = Date.now();
    expect(await failed({}, { timeout: 300 })).toMatchObject({
      details: { delivery: 'unknown', description: expect.stringContaining('Whether the message arrived is unknown') },
    });
    // Not the half minute that it waits when nobody says otherwise.
    expect(Date.now() - start).toBeLessThan(20_000);
    expect(world.sandbox.calls()).toMatchObject({ 'message/send': 1 });
  });

  test('a connection that breaks after the request was read', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'reset_after_read' });
    expect(await failed()).toMatchObject({ details: { delivery: 'unknown' } });
    expect(world.sandbox.calls()).toMatchObject({ 'message/send': 1 });
  });

  test('an upload that gets lost is made again: nobody saw it', async () => {
    world.sandbox.fault({ endpoint: 'media/upload', kind: 'reset_after_read' });
    const upload = await send({
      credential: credentialOf(world.sandbox),
      items: [fileItem(Buffer.from('some bytes'), 'a.txt')],
      parameters: { ...toZhangsan, msgtype: 'file' },
      settings: goOn,
    });
    expect(upload.items(SEND)[0]!.json).toMatchObject({ errcode: 0 });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 2, 'message/send': 1 });
  });

  test('an upload that gets lost again and again: no message was sent', async () => {
    world.sandbox.fault({ endpoint: 'media/upload', kind: 'reset_after_read', times: 9 });
    const upload = await send({
      credential: credentialOf(world.sandbox),
      items: [fileItem(Buffer.from('some bytes'), 'a.txt')],
      parameters: { ...toZhangsan, msgtype: 'file' },
      settings: goOn,
    });
    expect(upload.items(SEND)[0]!.json).toMatchObject({
      details: { delivery: 'not-sent', description: expect.stringContaining('The message was not sent') },
    });
  });

  test('a gateway that answers instead of WeCom', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'http', status: 502 });
    expect(await failed()).toMatchObject({
      error: expect.stringContaining('HTTP status 502'),
      details: { delivery: 'unknown', code: 'HTTP_502' },
    });
  });

  test('the next message works', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'reset_before_read' });
    await failed();
    expect(await failed()).toMatchObject({ errcode: 0 });
  });
});

describe('Retry On Fail, which runs the whole node again', () => {
  const retry: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

  test.each([
    ['that stops on an error', retry],
    ['that continues', { ...retry, ...goOn }],
  ])('sends what was delivered only once, in a node %s', async (_, settings) => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'errcode', errcode: 40058, times: 1 });
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: good('lisi', 'zhangsan', 'alice'),
      parameters: toEach,
      settings,
    });
    expect(sentTo().sort()).toEqual(['alice', 'lisi', 'zhangsan']);
    expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual([0, 0, 0]);
  });

  test('does not repeat what may have arrived, and says so to the end', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'reset_after_read', times: 1 });
    const { error } = (
      await send({
        credential: credentialOf(world.sandbox),
        items: good('lisi', 'alice'),
        parameters: toEach,
        settings: retry,
      })
    ).last(SEND);
    expect(error).toMatchObject({
      message: expect.stringContaining('No answer from WeCom'),
      description: expect.stringContaining('Whether the message arrived is unknown'),
      context: { itemIndex: 0 },
    });
    // The other one may have been on its way.
    expect(sentTo().filter((to) => to === 'lisi')).toHaveLength(1);
    expect(sentTo().filter((to) => to === 'alice').length).toBeLessThan(2);
  });

  test('repeats it when WeCom drops repetitions', async () => {
    world.sandbox.fault({ endpoint: 'message/send', kind: 'reset_after_read', times: 1 });
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: good('lisi', 'alice'),
      parameters: { ...toEach, options: { enable_duplicate_check: true } },
      settings: retry,
    });
    expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual([0, 0]);
    expect(world.sandbox.messages().map(({ received, duplicates }) => [received['touser'], duplicates])).toEqual([
      ['lisi', 1],
      ['alice', 0],
    ]);
  });

  test('repeats what surely was not sent', async () => {
    world.sandbox.fault({ endpoint: 'gettoken', kind: 'no_answer', times: 1 });
    const run = await send({
      credential: credentialOf(world.sandbox),
      items: good('lisi'),
      parameters: { ...toEach, options: { timeout: 300 } },
      settings: retry,
    });
    expect(run.items(SEND).map(({ json }) => json['errcode'])).toEqual([0]);
    expect(sentTo()).toEqual(['lisi']);
  });

  test('tells the second run of the node in a loop from the first', async () => {
    const run = await runWorkflow({
      nodes: [
        { id: '1', name: 'Source', type: 'test.source', typeVersion: 1, position: [0, 0], parameters: {} },
        {
          id: '2',
          name: SEND,
          type: NODE_TYPE,
          typeVersion: 1,
          position: [0, 0],
          parameters: { ...hello, content: '=run {{ $runIndex }}' },
          credentials: { [CREDENTIAL_TYPE]: { id: 'c1', name: 'WeCom' } },
          ...retry,
        },
        { id: '3', name: 'Again', type: 'test.again', typeVersion: 1, position: [0, 0], parameters: {} },
      ],
      connections: {
        Source: { main: [[{ node: SEND, type: NodeConnectionTypes.Main, index: 0 }]] },
        [SEND]: { main: [[{ node: 'Again', type: NodeConnectionTypes.Main, index: 0 }]] },
        Again: { main: [[{ node: SEND, type: NodeConnectionTypes.Main, index: 0 }]] },
      },
      types: {
        'test.source': testNode(async () => [[{ json: {} }]]),
        'test.again': testNode(async function () {
          const runs = this.getContext('node') as { count?: number };
          runs.count = (runs.count ?? 0) + 1;
          return [runs.count < 3 ? [{ json: {} }] : []];
        }),
      },
      credentials: { c1: credentialOf(world.sandbox) },
    });
    expect(run.data.status).toBe('success');
    expect(world.sandbox.messages().map(({ received }) => (received['text'] as IDataObject)['content'])).toEqual([
      'run 0',
      'run 1',
      'run 2',
    ]);
  });
});

describe('binary data', () => {
  test.each([
    ['an item without any', {}],
    ['another field than the one named', fileItem(Buffer.from('some bytes'), 'a.png', 'other')],
  ])('%s: n8n says which field it looked for', async (_, item) => {
    const { error } = (
      await send({
        credential: credentialOf(world.sandbox),
        items: [item],
        parameters: { ...toZhangsan, msgtype: 'image' },
      })
    ).last(SEND);
    expect(error).toMatchObject({ message: expect.stringContaining("'data'"), context: { itemIndex: 0 } });
    expect(world.sandbox.calls()).toEqual({});
  });
});

test('no secret and no token in any output, error or log', async () => {
  const secrets = new Set<string>();
  const seen: unknown[] = [];
  const look = async (run: ReturnType<typeof send>) => void seen.push(await run);
  const credential = credentialOf(world.sandbox);
  secrets.add(credential['secret'] as string);
  const { access_token } = (await (
    await fetch(
      `${world.sandbox.url}/cgi-bin/gettoken?corpid=${credential['corpId'] as string}&corpsecret=${credential['secret'] as string}`,
    )
  ).json()) as { access_token: string };
  secrets.add(access_token);
  const canary = { ...credential, secret: 'canary&secret=1 2' };
  secrets.add(canary.secret).add(encodeURIComponent(canary.secret)).add('canary');

  for (const settings of [{}, goOn]) {
    await look(send({ credential, parameters: hello, settings }));
    for (const fault of [
      { kind: 'errcode', errcode: 60020 },
      { kind: 'http', status: 500 },
      { kind: 'reset_before_read' },
      { kind: 'reset_after_read' },
      { kind: 'no_answer' },
    ] as const) {
      world.sandbox.fault({ endpoint: 'message/send', ...fault });
      await look(send({ credential, parameters: { ...hello, options: { timeout: 200 } }, settings }));
      world.sandbox.fault({
        endpoint: 'media/upload',
        ...(fault.kind === 'no_answer' ? { kind: 'http', status: 503 } : fault),
      });
      await look(
        send({
          credential,
          items: [fileItem(Buffer.from('some bytes'), `${fault.kind}.txt`)],
          parameters: { ...toZhangsan, msgtype: 'file' },
          settings,
        }),
      );
    }
    await look(send({ credential: canary, parameters: hello, settings }));
    await look(send({ credential: { ...canary, baseUrl: 'http://127.0.0.1:9' }, parameters: hello, settings }));
    await look(send({ credential: { ...canary, baseUrl: 'nonsense', agentId: '' }, parameters: hello, settings }));
  }
  const everything = [...seen.map((run) => inspectDeep(run)), JSON.stringify(seen), ...logged].join('\n');
  expect(everything).toContain('WeCom error 60020');
  expect(everything).toContain('Workflow execution started');
  for (const secret of secrets) expect(everything.split(secret).length - 1).toBe(0);
});
