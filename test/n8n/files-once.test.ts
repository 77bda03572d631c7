import crypto from 'node:crypto';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { gif, jpg, png } from '../fixtures/media';
import { send, SEND } from './engine';
import { credentialOf, robotCredentialOf, useSandbox } from './sandbox';

const world = useSandbox({ extraMembers: 210 });
const MEGABYTE = 1024 * 1024;
const member = (index: number) => `u${String(index + 1).padStart(5, '0')}`;
const toEach = { recipientsFrom: 'ids', touser: '={{ $json.to }}', msgtype: 'file', media_id_binary: 'data' };
const goOn = { onError: 'continueRegularOutput' } as const;

const service = () => Container.get(BinaryDataService);
const described = { mimeType: 'application/octet-stream', fileName: 'report.bin', data: '' };

/** As n8n keeps what nodes put out: on disk, the item names it. */
async function onDisk(bytes: Buffer): Promise<IBinaryData> {
  await service().init();
  return service().store({ type: 'execution', workflowId: 'w1', executionId: 'e1' }, bytes, { ...described });
}

/** As n8n keeps it where binary data stays in memory. */
const inMemory = (bytes: Buffer): Promise<IBinaryData> =>
  Promise.resolve({ ...described, data: bytes.toString('base64') });

const itemsWith = (files: readonly IBinaryData[], json: (index: number) => Record<string, string> = () => ({})) =>
  files.map((file, index): INodeExecutionData => ({
    json: { to: member(index), ...json(index) },
    binary: { data: { ...file } },
  }));

const attempt = ({
  items,
  parameters = toEach,
  settings = goOn,
}: Pick<Parameters<typeof send>[0], 'items' | 'settings'> & {
  parameters?: Parameters<typeof send>[0]['parameters'];
}) =>
  send({
    credential: credentialOf(world.sandbox),
    robot: robotCredentialOf(world.sandbox),
    items: items ?? [],
    parameters,
    settings,
  });

/** Bytes that nobody had before: what was uploaded is remembered as long as the process runs. */
const fresh = (size: number, start: Uint8Array = crypto.randomBytes(16)): Buffer =>
  Buffer.concat([start, crypto.randomBytes(16), Buffer.alloc(size - start.byteLength - 16, 1)]);

afterEach(() => jest.restoreAllMocks());

/** How often n8n reads a file, and how often so many bytes are hashed to know an upload again. */
function counting(size: number) {
  let hashed = 0;
  const read = jest.spyOn(BinaryDataService.prototype, 'getAsBuffer');
  const { createHash } = crypto;
  jest.spyOn(crypto, 'createHash').mockImplementation((algorithm, options) => {
    const hash = createHash(algorithm, options);
    const update: (data: string | Uint8Array) => typeof hash = hash.update.bind(hash);
    return Object.assign(hash, {
      update: (data: string | Uint8Array) => {
        if (algorithm === 'sha256' && data.length >= size) hashed += 1;
        return update(data);
      },
    });
  });
  return {
    get counts() {
      return { read: read.mock.calls.length, hashed };
    },
  };
}

/** The bytes members get. */
async function received(mediaId: string): Promise<Buffer> {
  const { corpId, apps } = world.sandbox.company;
  const { access_token } = (await (
    await fetch(`${world.sandbox.url}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${apps[0]!.secret}`)
  ).json()) as { access_token: string };
  return Buffer.from(
    await (
      await fetch(`${world.sandbox.url}/cgi-bin/media/get?access_token=${access_token}&media_id=${mediaId}`)
    ).arrayBuffer(),
  );
}

describe.each([
  ['on disk', onDisk, 10],
  ['in memory', inMemory, 1],
])('files that n8n keeps %s', (_, kept, megabytes) => {
  test('one and the same for 200 items is read, hashed and uploaded once', async () => {
    const file = await kept(fresh(megabytes * MEGABYTE));
    const counter = counting(MEGABYTE);
    await attempt({ items: itemsWith(Array.from({ length: 200 }, () => file)) });
    expect(counter.counts).toEqual({ read: 1, hashed: 1 });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 200 });
  });

  test('different ones are read and hashed once each, and each goes to whom it is for', async () => {
    const bytes = Array.from({ length: 5 }, () => fresh(MEGABYTE));
    const files = await Promise.all(bytes.map(kept));
    const counter = counting(MEGABYTE);
    await attempt({ items: itemsWith(Array.from({ length: 40 }, (__, index) => files[index % 5]!)) });
    expect(counter.counts).toEqual({ read: 5, hashed: 5 });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 5, 'message/send': 40 });
    const ids = new Map(
      world.sandbox
        .messages()
        .map(({ received: { touser, file } }) => [touser, (file as { media_id: string }).media_id]),
    );
    const arrived = new Map<string, Buffer>();
    for (const id of new Set(ids.values())) arrived.set(id, await received(id));
    const wrong = Array.from({ length: 40 }, (__, index) => index).filter(
      (index) => !arrived.get(ids.get(member(index)) ?? '')?.equals(bytes[index % 5]!),
    );
    expect(wrong).toEqual([]);
  });

  test('one in two fields, and under two names, is read, hashed and uploaded once', async () => {
    const file = await kept(fresh(MEGABYTE, png(64)));
    const counter = counting(MEGABYTE);
    const article = { title: 'T', content: 'C', thumb_media_id_source: 'binary' };
    const articles = {
      entries: [
        { ...article, thumb_media_id_binary: 'data' },
        { ...article, thumb_media_id_binary: 'again' },
      ],
    };
    const items = itemsWith([file, file, file]).map((item) => ({
      ...item,
      binary: { ...item.binary, again: { ...file, fileName: 'again.png' } },
    }));
    await attempt({ items, parameters: { ...toEach, msgtype: 'mpnews', articles } });
    expect(counter.counts).toEqual({ read: 1, hashed: 1 });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 3 });
  });

  test('one of two kinds is uploaded for each of them', async () => {
    const file = await kept(fresh(MEGABYTE, png(64)));
    for (const msgtype of ['file', 'image'])
      await attempt({ items: itemsWith([file, file]), parameters: { ...toEach, msgtype } });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 2, 'message/send': 4 });
  });

  test('a wrong one is refused for each of its items, by name, and nothing is uploaded', async () => {
    const [wrong, right] = await Promise.all([kept(fresh(MEGABYTE, gif())), kept(fresh(MEGABYTE, jpg()))]);
    const counter = counting(MEGABYTE);
    const run = await attempt({
      items: itemsWith([wrong, right, wrong, right]),
      parameters: { ...toEach, msgtype: 'image' },
      settings: goOn,
    });
    expect(
      run
        .items(SEND)
        .map(({ json }) => (typeof json['error'] === 'string' ? json['error'].includes('image.media_id') : 'sent')),
    ).toEqual([true, 'sent', true, 'sent']);
    expect(counter.counts).toEqual({ read: 2, hashed: 1 });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1 });
  });

  test('one whose upload failed is tried again, without reading it again', async () => {
    const file = await kept(fresh(MEGABYTE));
    world.sandbox.fault({ endpoint: 'media/upload', kind: 'errcode', errcode: -1, times: 1 });
    const counter = counting(MEGABYTE);
    await attempt({ items: itemsWith([file, file, file]) });
    expect(counter.counts).toEqual({ read: 1, hashed: 1 });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 2, 'message/send': 3 });
  });

  test('one whose upload was refused is uploaded when it is sent again', async () => {
    const file = await kept(fresh(MEGABYTE));
    world.sandbox.fault({ endpoint: 'media/upload', kind: 'errcode', errcode: 40009, times: 1 });
    const refused = await attempt({ items: itemsWith([file, file]) });
    expect(refused.items(SEND).map(({ json }) => json['error'])).toEqual([
      expect.stringContaining('40009'),
      expect.stringContaining('40009'),
    ]);
    await attempt({ items: itemsWith([file, file]) });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 2, 'message/send': 2 });
  });

  test('one that a run before uploaded is known by its content', async () => {
    const bytes = fresh(MEGABYTE);
    await attempt({ items: itemsWith([await kept(bytes)]) });
    await attempt({ items: itemsWith([await kept(bytes)]) });
    expect(world.sandbox.calls()).toMatchObject({ 'media/upload': 1, 'message/send': 2 });
  });
});

test('of 30 different files of 10 MB, six are held and one is being read at most, each is read and hashed once', async () => {
  const files: IBinaryData[] = [];
  for (let count = 0; count < 30; count += 1) files.push(await onDisk(fresh(10 * MEGABYTE)));
  const counter = counting(MEGABYTE);
  let most = 0;
  world.sandbox.fault({ endpoint: 'message/send', kind: 'delay', delay_ms: 50, times: 30 });
  const watch = setInterval(() => (most = Math.max(most, counter.counts.read - world.sandbox.messages().length)), 1);
  await attempt({ items: itemsWith(files) }).finally(() => clearInterval(watch));
  expect(world.sandbox.messages()).toHaveLength(30);
  expect(counter.counts).toEqual({ read: 30, hashed: 30 });
  expect(most).toBeLessThanOrEqual(7);
});

test('a picture for a robot, which travels inside the message, is read once', async () => {
  const file = await onDisk(fresh(MEGABYTE, png(64)));
  const counter = counting(MEGABYTE);
  await attempt({
    items: itemsWith([file, file, file]),
    parameters: { sendTo: 'robot', msgtype: 'image', file_binary: 'data' },
  });
  expect(counter.counts.read).toBe(1);
  expect(world.sandbox.messages()).toHaveLength(3);
});
