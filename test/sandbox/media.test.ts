import { connect, SECRETS, type Client } from './client';
import { amr, JPG, MP4, PNG } from './media-samples';

const MEGABYTE = 1024 * 1024;
const DAY = 86_400_000;
let wecom: Client;
beforeAll(async () => void (wecom = await connect()));
afterAll(() => wecom.close());

const sized = (head: Buffer, size: number) => Buffer.concat([head, Buffer.alloc(size - head.length)]);
const fetchMedia = async (media_id: string, headers = {}) =>
  wecom.get('media/get', { access_token: await wecom.token(), media_id }, headers);

describe('media/uploadimg', () => {
  const upload = async (bytes: Buffer, disposition?: string) =>
    (await wecom.upload('', bytes, disposition, 'media/uploadimg')).json;

  test.each([
    ['PNG', PNG, 'image/png'],
    ['JPG', JPG, 'image/jpeg'],
  ])('gives an address at which a %s can be seen for ever', async (_what, bytes, contentType) => {
    const { errcode, errmsg, url } = await upload(bytes);
    expect({ errcode, errmsg }).toEqual({ errcode: 0, errmsg: '' });
    wecom.sandbox.moveClock(30 * DAY);
    const seen = await wecom.get(new URL(url).pathname);
    expect(url).toContain(wecom.sandbox.url);
    expect(seen.headers['content-type']).toBe(contentType);
    expect(seen.bytes).toEqual(bytes);
  });

  test('takes any name of the form field', async () => {
    expect(await upload(PNG, 'form-data; name="fieldNameHere"; filename="a.png"')).toMatchObject({ errcode: 0 });
  });

  test.each([
    ['no file', PNG, 'form-data; name="media"', 44001],
    ['4 bytes', JPG.subarray(0, 4), undefined, 40006],
    ['5 bytes', JPG.subarray(0, 5), undefined, 0],
    ['2 MB', sized(PNG, 2 * MEGABYTE), undefined, 0],
    ['more than 2 MB', sized(PNG, 2 * MEGABYTE + 1), undefined, 40009],
    ['a GIF', Buffer.from('GIF89a....'), undefined, 40123],
  ])('%s', async (_what, bytes, disposition, errcode) =>
    expect(await upload(bytes, disposition)).toMatchObject({ errcode }),
  );
});

describe('media/upload', () => {
  test.each([
    ['image', PNG],
    ['image', JPG],
    ['voice', amr(1)],
    ['video', MP4],
    ['file', Buffer.from('anything')],
  ])('takes %s', async (type, bytes) => {
    const { json } = await wecom.upload(type, bytes);
    expect(json).toMatchObject({ errcode: 0, type });
    expect(json['media_id']).toMatch(/^[\w-]{40,}$/);
    expect(json['created_at']).toMatch(/^\d{10}$/);
  });

  test('answers with an errmsg that is ok or empty', async () => {
    const seen = new Set<string>();
    for (let count = 0; count < 20; count += 1)
      seen.add((await wecom.upload('file', Buffer.from('content'))).json['errmsg'] as string);
    expect(seen).toEqual(new Set(['ok', '']));
  });

  test.each([
    ['a type nobody knows', 'picture', PNG, 40004],
    ['5 bytes', 'file', Buffer.alloc(5), 40006],
    ['nothing', 'file', Buffer.alloc(0), 44001],
    ['an image that is none', 'image', Buffer.from('GIF89a....'), 40123],
    ['a voice that is no AMR', 'voice', Buffer.from('RIFF....WAVE'), 301017],
    ['a voice of more than 60 seconds', 'voice', amr(60.02), 45007],
    ['a video that is no MP4', 'video', PNG, 41090],
    ['an image above 10 MB', 'image', sized(PNG, 10 * MEGABYTE + 1), 40009],
    ['a voice above 2 MB', 'voice', sized(amr(1), 2 * MEGABYTE + 1), 45001],
    ['a video above 10 MB', 'video', sized(MP4, 10 * MEGABYTE + 1), 40011],
    ['a file above 20 MB', 'file', Buffer.alloc(20 * MEGABYTE + 1), 45001],
    ['a file far above 20 MB', 'file', Buffer.alloc(30 * MEGABYTE), 45001],
  ])('refuses %s', async (_what, type, bytes, errcode) => {
    expect((await wecom.upload(type, bytes)).json['errcode']).toBe(errcode);
  });

  test.each([
    ['6 bytes', 'file', Buffer.alloc(6)],
    ['an image of 10 MB', 'image', sized(PNG, 10 * MEGABYTE)],
    ['a voice of 60 seconds', 'voice', amr(60)],
    ['a video of 10 MB', 'video', sized(MP4, 10 * MEGABYTE)],
    ['a file of 20 MB', 'file', Buffer.alloc(20 * MEGABYTE)],
  ])('takes %s', async (_what, type, bytes) => {
    expect((await wecom.upload(type, bytes)).json['errcode']).toBe(0);
  });

  test.each([
    ['under another name than media', 'form-data; name="file"; filename="a.txt"'],
    ['without file name', 'form-data; name="media"'],
    ['with nothing but an encoded file name', `form-data; name="media"; filename*=UTF-8''a.txt`],
  ])('does not see a part %s: 44001', async (_what, disposition) => {
    const { json } = await wecom.upload('file', Buffer.from('content'), disposition);
    expect(json['errcode']).toBe(44001);
    expect(json['errmsg']).toMatch(/^empty media data/);
  });

  test.each([
    ['without boundary', 'multipart/form-data', '--edge--'],
    [
      'that breaks off',
      'multipart/form-data; boundary=edge',
      '--edge\r\nContent-Disposition: form-data; name="media"; filename="a"\r\n\r\nabc',
    ],
    ['that is none', 'application/octet-stream', 'some bytes'],
  ])('answers 44001 to a multipart body %s', async (_what, contentType, body) => {
    const query = { access_token: await wecom.token(), type: 'file' };
    expect((await wecom.post('media/upload', body, query, { 'content-type': contentType })).json['errcode']).toBe(
      44001,
    );
  });

  test('is not for contacts sync', async () => {
    const query = { access_token: await wecom.token(SECRETS.contactsSync), type: 'file' };
    expect((await wecom.post('media/upload', 'x', query)).json['errcode']).toBe(48002);
  });
});

describe('the file name', () => {
  test.each([
    ['raw UTF-8 is kept', 'filename="季度 报告.pdf"', '季度 报告.pdf'],
    ['percent-encoding is not decoded', 'filename="a%20b.pdf"', 'a%20b.pdf'],
    ['filename* is not decoded', `filename="plain.pdf"; filename*=UTF-8''%E5%AD%A3.pdf`, 'plain.pdf'],
    [
      'filename* before filename does not win either',
      `filename*=UTF-8''%E5%AD%A3.pdf; filename="plain.pdf"`,
      'plain.pdf',
    ],
    ['filelength beside it does no harm', 'filename="a.pdf"; filelength=7', 'a.pdf'],
  ])('%s', async (_what, parameters, filename) => {
    const { json } = await wecom.upload('file', Buffer.from('content'), `form-data; name="media"; ${parameters}`);
    const { headers } = await fetchMedia(json['media_id']);
    expect(Buffer.from(String(headers['content-disposition']), 'latin1').toString()).toBe(
      `attachment; filename="${filename}"`,
    );
  });
});

describe('a media_id', () => {
  test('is good for all apps of the corp', async () => {
    const { media_id } = (await wecom.upload('file', Buffer.from('content'))).json;
    const message = { agentid: 1000003, touser: 'zhangsan', msgtype: 'file', file: { media_id } };
    expect((await wecom.send(message, SECRETS.second)).json['errcode']).toBe(0);
  });

  test('ends after three days', async () => {
    const { media_id } = (await wecom.upload('file', Buffer.from('content'))).json;
    const send = async () => (await wecom.send({ msgtype: 'file', file: { media_id } })).json['errcode'];
    wecom.sandbox.moveClock(3 * DAY - 60_000);
    expect(await send()).toBe(0);
    wecom.sandbox.moveClock(60_000);
    expect(await send()).toBe(40007);
    expect((await fetchMedia(media_id)).json).toEqual({ errcode: 40007, errmsg: 'invalid media_id' });
  });
});

describe('media/get', () => {
  let media_id: string;
  beforeAll(async () => void (media_id = (await wecom.upload('file', Buffer.from('0123456789'))).json['media_id']));

  test('gives the bytes with their type', async () => {
    const reply = await fetchMedia((await wecom.upload('image', PNG)).json['media_id']);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('image/png');
    expect(reply.bytes).toEqual(PNG);
  });

  test.each([
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=0-0', '0', 'bytes 0-0/10'],
  ])('gives a part for Range: %s', async (range, bytes, contentRange) => {
    const reply = await fetchMedia(media_id, { range });
    expect(reply.status).toBe(206);
    expect(reply.bytes.toString()).toBe(bytes);
    expect(reply.headers['content-range']).toBe(contentRange);
    expect(reply.headers['content-length']).toBe(String(bytes.length));
  });

  test.each(['bytes=10-', 'bytes=5-2', 'bytes=-', 'bytes=-0', 'lines=1-2', 'bytes=0-1,4-5'])(
    'refuses Range: %s with 40146',
    async (range) => {
      expect((await fetchMedia(media_id, { range })).json['errcode']).toBe(40146);
    },
  );

  test('without media_id is refused with 41006', async () => {
    expect((await fetchMedia('')).json['errcode']).toBe(41006);
  });
});
