import { isMediaFile, mediaKinds } from '../../core';
import type { MediaKind } from '../../core';
import { inspectMedia } from '../../core/schema/media';
import { amr, gif, jpg, mp4, png } from '../fixtures/media';

const MB = 1024 * 1024;
const said = (value: unknown, kind: MediaKind, limit?: number) =>
  inspectMedia(value, kind, limit).map(({ wording }) => [wording.en, wording.zh]);
const file = (data: Uint8Array, filename = 'a') => ({ filename, data });

describe('a file for WeCom', () => {
  it.each<[MediaKind, Uint8Array[], Uint8Array[], string, string]>([
    [
      'image',
      [png(), jpg()],
      [gif(), mp4(), amr()],
      'is not a JPG or PNG by its content, as WeCom requires of image files',
      '内容不是 JPG 或 PNG：企业微信的图片只支持该格式',
    ],
    [
      'voice',
      [amr()],
      [png(), mp4()],
      'is not a AMR by its content, as WeCom requires of voice files',
      '内容不是 AMR：企业微信的语音只支持该格式',
    ],
    [
      'video',
      [mp4()],
      [png(), amr()],
      'is not a MP4 by its content, as WeCom requires of video files',
      '内容不是 MP4：企业微信的视频只支持该格式',
    ],
    ['file', [gif(), png(), Buffer.from('any text')], [], '', ''],
  ])('that is a %s is known by its first bytes, whatever its name', (kind, good, bad, en, zh) => {
    for (const data of good) expect(said(file(data, 'wrong.exe'), kind)).toEqual([]);
    for (const data of bad) expect(said(file(data), kind)).toEqual([[en, zh]]);
  });

  it('needs all of the first bytes, in their place', () => {
    for (const [kind, data] of [
      ['image', png()],
      ['image', jpg()],
      ['voice', amr()],
      ['video', mp4()],
    ] as const) {
      const start = kind === 'video' ? 4 : 0;
      const magic = { image: data[0] === 0xff ? 3 : 8, voice: 6, video: 4 }[kind];
      for (let index = start; index < start + magic; index += 1) {
        const spoilt = Buffer.from(data);
        spoilt[index]! ^= 1;
        expect([kind, index, said(file(spoilt), kind).length]).toEqual([kind, index, 1]);
      }
    }
    expect(said(file(Buffer.concat([Buffer.from('x'), png()])), 'image')).toHaveLength(1);
    expect(said(file(png(8).subarray(0, 7)), 'image')).toHaveLength(1);
    expect(said(file(png(8)), 'image')).toEqual([]);
    expect(said(file(Buffer.from('0000fty')), 'video')).toHaveLength(1);
    expect(said(file(Buffer.from('0000ftyp')), 'video')).toEqual([]);
  });

  it('has more than five bytes; an empty one is called so, and nothing more is said of it', () => {
    expect(inspectMedia(file(Buffer.alloc(0)), 'image')).toEqual([
      { wording: { en: 'is empty (0 bytes)', zh: '是空文件（0 字节）' }, limit: 6, actual: 0 },
    ]);
    expect(inspectMedia(file(Buffer.alloc(5)), 'image')).toEqual([
      {
        wording: {
          en: 'is only 5 bytes: WeCom takes files of more than 5 bytes',
          zh: '只有 5 字节：企业微信要求文件大于 5 字节',
        },
        limit: 6,
        actual: 5,
      },
    ]);
    expect(said(file(Buffer.alloc(1)), 'file')).toEqual([
      ['is only 1 byte: WeCom takes files of more than 5 bytes', '只有 1 字节：企业微信要求文件大于 5 字节'],
    ]);
    expect(said(file(Buffer.alloc(6)), 'file')).toEqual([]);
  });

  it('is no larger than its kind may be, or than the place where it goes', () => {
    expect(
      Object.fromEntries(
        Object.entries(mediaKinds).map(([kind, { maxBytes, label }]) => [kind, [maxBytes / MB, label]]),
      ),
    ).toEqual({
      image: [10, { en: 'image', zh: '图片' }],
      voice: [2, { en: 'voice', zh: '语音' }],
      video: [10, { en: 'video', zh: '视频' }],
      file: [20, { en: 'file', zh: '文件' }],
    });
    expect(inspectMedia(file(jpg(101)), 'image', 100)).toEqual([
      {
        wording: { en: 'is 101 bytes, but at most 100 bytes fit', zh: '大小为 101 字节，最大 100 字节' },
        limit: 100,
        actual: 101,
      },
    ]);
    expect(said(file(jpg(100)), 'image', 100)).toEqual([]);
    expect(said(file(gif(101)), 'image', 100)).toHaveLength(2);
  });

  it('is made of bytes: whether a text is base64 nobody can tell', () => {
    for (const data of ['HelloWorld12', 'some text', ''])
      expect(said({ filename: 'a.txt', data }, 'file')).toEqual([
        [expect.stringContaining('Buffer.from(text)'), expect.stringContaining('Buffer.from(text)')],
      ]);
  });

  it('has a name', () => {
    expect(said(file(png(), ''), 'image')).toEqual([['has no file name', '没有文件名']]);
    expect(said(file(png(), ' \n'), 'image')).toHaveLength(1);
    expect(said(file(Buffer.alloc(0), ''), 'file')).toEqual([
      ['has no file name', '没有文件名'],
      ['is empty (0 bytes)', '是空文件（0 字节）'],
    ]);
  });

  it('may be a media_id', () => {
    expect(said('MEDIA', 'voice')).toEqual([]);
    for (const missing of [undefined, null, ''])
      expect(said(missing, 'file')).toEqual([['is missing: give a file or a media_id', '缺失：请提供文件或 media_id']]);
    expect(said('  ', 'file')).toEqual([
      ['must be a file (bytes with a name) or a media_id', '必须是文件（内容和文件名）或 media_id'],
    ]);
  });

  it.each([
    [null],
    [undefined],
    ['MEDIA'],
    [7],
    [{}],
    [{ filename: 'a' }],
    [{ data: Buffer.alloc(9) }],
    [{ filename: 7, data: Buffer.alloc(9) }],
    [{ filename: 'a', data: 'bytes' }],
  ])('is not %j', (value) => {
    expect(isMediaFile(value)).toBe(false);
  });

  it('is bytes of any sort with a name', () => {
    expect(isMediaFile({ filename: 'a', data: Buffer.alloc(9) })).toBe(true);
    expect(isMediaFile({ filename: 'a', data: new Uint8Array(9) })).toBe(true);
  });
});

describe('a voice', () => {
  // Frames of 20 ms: a header byte with the type in bits 3 to 6, then the bytes of that type.
  const BYTES_AFTER_HEADER = [12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0];
  const recording = (type: number, frames: number) =>
    Buffer.concat([
      Buffer.from('#!AMR\n'),
      ...Array.from({ length: frames }, () =>
        Buffer.from([0x84 | (type << 3), ...Array<number>(BYTES_AFTER_HEADER[type]!).fill(0xff)]),
      ),
    ]);

  it.each(BYTES_AFTER_HEADER.map((_, type) => [type]))(
    'lasts 60 seconds at most, at any rate (frame type %i)',
    (type) => {
      expect(said(file(recording(type, 3000)), 'voice')).toEqual([]);
      expect(inspectMedia(file(recording(type, 3001)), 'voice')).toEqual([
        { wording: { en: 'lasts 61 s, but at most 60 s fit', zh: '时长 61 秒，最长 60 秒' }, limit: 60, actual: 61 },
      ]);
    },
  );

  it('that is too large is not called too long for it, and other files have no length', () => {
    expect(
      said(file(Buffer.concat([recording(0, 10), Buffer.alloc(2 * MB, 0x3c)])), 'voice').map(([en]) => en),
    ).toContainEqual(expect.stringMatching(/but at most 2 MB fit$/));
    expect(said(file(recording(15, 4000)), 'file')).toEqual([]);
  });
});
