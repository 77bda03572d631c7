import { createHash } from 'node:crypto';

import { MediaUploads, WecomNetworkError } from '../../core';
import type { FileToRead, MediaFile } from '../../core';
import type { Call } from '../../core/api/call';
import { endpoints } from '../../core/api/endpoints';
import { MemoryBudget } from '../../core/sending/memory-budget';
import { mediaMultipart } from '../../core/sending/multipart';
import { failure, movableClock } from './fake-wecom';

const HOUR = 3_600_000;
const file = (content: string, filename = 'a.txt'): MediaFile => ({ filename, data: Buffer.from(content) });

function setUp(answer: (count: number) => unknown = (count) => ({ media_id: `media-${count}` })) {
  const clock = movableClock();
  const calls: Parameters<Call>[] = [];
  const call: Call = async (...given) => {
    calls.push(given);
    return (await answer(calls.length)) as Record<string, unknown>;
  };
  const uploader = { call, upload: { endpoint: endpoints.uploadMedia, ownerKey: 'app' } };
  const uploads = new MediaUploads(clock);
  return {
    clock,
    calls,
    uploader,
    uploads,
    get: (of: MediaFile, options: { signal?: AbortSignal; timeoutMs?: number } = {}) =>
      uploads.mediaId(uploader, 'file', of, { timeoutMs: 1000, ...options }),
  };
}

describe('an upload', () => {
  it('says what kind it is and has a minute at least, or as long as the host allows', async () => {
    const { calls, get } = setUp();
    await get(file('one'), { timeoutMs: 1000 });
    await get(file('two'), { timeoutMs: 90_000 });
    expect(calls.map(([endpoint, payload]) => [endpoint.path, payload?.query, payload?.timeoutMs])).toEqual([
      ['/cgi-bin/media/upload', { type: 'file' }, 60_000],
      ['/cgi-bin/media/upload', { type: 'file' }, 90_000],
    ]);
    expect((await calls[0]?.[1]?.multipart?.(undefined))?.multipart).toEqual(mediaMultipart(file('one')));
  });

  it('is remembered for three days but an hour, to the millisecond', async () => {
    const { calls, get, clock } = setUp();
    expect(await get(file('x'))).toBe('media-1');
    clock.move(71 * HOUR - 1);
    expect(await get(file('x'))).toBe('media-1');
    clock.move(1);
    expect(await get(file('x'))).toBe('media-2');
    clock.move(-1);
    expect(await get(file('x'))).toBe('media-3');
    expect(calls).toHaveLength(3);
  });

  it('counts for one owner, one kind and one content; names count for files, which show them', async () => {
    const { uploader, uploads } = setUp();
    const id = (ownerKey: string, kind: 'file' | 'image' | 'voice', of: MediaFile) =>
      uploads.mediaId({ call: uploader.call, upload: { ...uploader.upload, ownerKey } }, kind, of, { timeoutMs: 1000 });
    expect(await id('a', 'file', file('x'))).toBe('media-1');
    expect(await id('b', 'file', file('x'))).toBe('media-2');
    expect(await id('a', 'image', file('x'))).toBe('media-3');
    expect(await id('a', 'image', file('x', 'b.txt'))).toBe('media-3');
    expect(await id('a', 'voice', file('x', 'b.txt'))).toBe('media-4');
    expect(await id('a', 'file', file('x', 'b.txt'))).toBe('media-5');
    expect(await id('a', 'file', file('y'))).toBe('media-6');
    expect(await id('a', 'file', file('x'))).toBe('media-1');
  });

  it('is forgotten when WeCom dropped it, which says whether it was known', async () => {
    const { uploader, uploads, get } = setUp();
    expect(uploads.forget(uploader.upload, 'file', file('x'))).toBe(false);
    await get(file('x'));
    expect(uploads.forget(uploader.upload, 'file', file('x'))).toBe(true);
    expect(await get(file('x'))).toBe('media-2');
  });

  it('makes room for the 1001st by forgetting the oldest, and no other', async () => {
    const { get, uploads, uploader } = setUp();
    for (let count = 1; count <= 1000; count += 1) await get(file(`f${count}`));
    expect(await get(file('f1'))).toBe('media-1');
    // Uploaded once more, the first is the youngest now.
    uploads.forget(uploader.upload, 'file', file('f1'));
    await get(file('f1'));
    await get(file('f1001'));
    expect(await get(file('f3'))).toBe('media-3');
    expect(await get(file('f2'))).toBe('media-1003');
  });

  it('without a media_id in its answer is an error, and not remembered', async () => {
    const { get } = setUp((count) => (count === 1 ? { media_id: 7 } : { media_id: 'later' }));
    expect(await failure(get(file('x')), WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'BAD_ANSWER', message: expect.stringContaining('no media_id') },
      endpoint: '/cgi-bin/media/upload',
    });
    expect(await get(file('x'))).toBe('later');
  });

  it('that fails late does not take away the one that came after it', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { uploader, uploads, get, calls } = setUp((count) =>
      count === 1 ? new Promise((_, reject) => (fail = reject)) : { media_id: `media-${count}` },
    );
    const first = get(file('x'));
    uploads.forget(uploader.upload, 'file', file('x'));
    expect(await get(file('x'))).toBe('media-2');
    fail(new Error('down'));
    await failure(first, Error);
    expect(await get(file('x'))).toBe('media-2');
    expect(calls).toHaveLength(2);
  });

  it('that fails after it was forgotten fails for who waits, and disturbs nobody else', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { uploader, uploads, get } = setUp((count) =>
      count === 1 ? new Promise((_, reject) => (fail = reject)) : { media_id: `media-${count}` },
    );
    const first = get(file('x'));
    uploads.forget(uploader.upload, 'file', file('x'));
    fail(new TypeError('down'));
    await expect(first).rejects.toThrow('down');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await get(file('x'))).toBe('media-2');
  });

  it('goes on for the others when one caller cancels', async () => {
    let finish: (answer: object) => void = () => undefined;
    const { get, calls } = setUp(() => new Promise((resolve) => (finish = resolve)));
    const controller = new AbortController();
    const cancelled = get(file('x'), { signal: controller.signal });
    const waiting = get(file('x'));
    controller.abort();
    expect(await failure(cancelled, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      endpoint: '/cgi-bin/media/upload',
      cause: { code: 'ABORT_ERR', message: 'the call was cancelled' },
    });
    finish({ media_id: 'M' });
    expect(await waiting).toBe('M');
    expect(calls.map(([, payload]) => payload?.signal?.aborted)).toEqual([false]);
  });
});

describe('a cancellation', () => {
  const waiting = () => new Promise<never>(() => undefined);
  const stopped = (calls: readonly Parameters<Call>[]) => calls.map(([, payload]) => payload?.signal?.aborted);

  it('that came before uploads nothing, and counts for nobody', async () => {
    const { calls, get } = setUp(waiting);
    expect(await failure(get(file('x'), { signal: AbortSignal.abort() }), WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      endpoint: '/cgi-bin/media/upload',
      cause: { code: 'ABORT_ERR' },
    });
    expect(calls).toEqual([]);
    const stop = new AbortController();
    const last = get(file('x'), { signal: stop.signal });
    await failure(get(file('x'), { signal: AbortSignal.abort() }), WecomNetworkError);
    stop.abort();
    await failure(last, WecomNetworkError);
    expect(stopped(calls)).toEqual([true]);
  });

  it('by everybody who waits ends the upload, for the reason of the last one, and the next message uploads anew', async () => {
    const { calls, get } = setUp((count) => (count === 1 ? waiting() : { media_id: 'later' }));
    const [one, other] = [new AbortController(), new AbortController()];
    const both = [one, other].map(({ signal }) => failure(get(file('x'), { signal }), WecomNetworkError));
    one.abort('first');
    await both[0];
    expect(stopped(calls)).toEqual([false]);
    other.abort('second');
    await both[1];
    expect(stopped(calls)).toEqual([true]);
    expect(calls[0]?.[1]?.signal?.reason).toBe('second');
    expect(await get(file('x'))).toBe('later');
  });

  it('after the upload takes nothing away', async () => {
    const { calls, get } = setUp();
    const stop = new AbortController();
    await get(file('x'), { signal: stop.signal });
    stop.abort();
    expect(await get(file('x'))).toBe('media-1');
    expect(stopped(calls)).toEqual([false]);
  });

  it('that comes before a failure leaves the failure to nobody', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { get } = setUp(() => new Promise((_, reject) => (fail = reject)));
    const stop = new AbortController();
    const cancelled = failure(get(file('x'), { signal: stop.signal }), WecomNetworkError);
    stop.abort();
    fail(new Error('down'));
    expect((await cancelled).cause.code).toBe('ABORT_ERR');
  });
});

describe('a file that is read when it is needed', () => {
  const onDisk = (content: () => string, more: Partial<FileToRead> = {}) => {
    const read = jest.fn(async () => Buffer.from(content()));
    return { filename: 'a.txt', ...more, read };
  };
  const sent = async ([, payload]: Parameters<Call>) => {
    const made = await payload?.multipart?.(payload.signal);
    made?.done();
    return Buffer.from(made?.multipart.body ?? []).toString();
  };

  it('is uploaded once for the same content, in memory or not', async () => {
    const { uploader, uploads, get, calls } = setUp();
    const lazy = onDisk(() => 'content');
    expect(await get(file('content'))).toBe('media-1');
    expect(await uploads.mediaId(uploader, 'file', lazy, { timeoutMs: 1000 })).toBe('media-1');
    expect(calls).toHaveLength(1);
    expect(uploads.forget(uploader.upload, 'file', lazy)).toBe(true);
    expect(
      uploads.forget(
        uploader.upload,
        'file',
        onDisk(() => 'content'),
      ),
    ).toBe(false);
  });

  it('is not read again to be known, if it says who it is', async () => {
    const { uploader, uploads, calls } = setUp();
    const files = [1, 2, 3].map(() => onDisk(() => 'content', { identity: 'inode 7' }));
    for (const lazy of files)
      expect(await uploads.mediaId(uploader, 'file', lazy, { timeoutMs: 1000 })).toBe('media-1');
    expect(calls).toHaveLength(1);
    expect(files.map(({ read }) => read.mock.calls.length)).toEqual([1, 0, 0]);
  });

  it('goes out as it is then; if it was changed meanwhile, the upload counts for no other message', async () => {
    let content = 'as it was';
    const bodies: string[] = [];
    const { uploader, uploads, calls } = setUp(async (count) => {
      content = 'as it is now';
      bodies.push(await sent(calls[count - 1]!));
      return { media_id: `media-${count}` };
    });
    const get = () =>
      uploads.mediaId(
        uploader,
        'file',
        onDisk(() => content),
        { timeoutMs: 1000 },
      );
    expect(await get()).toBe('media-1');
    expect(bodies[0]).toContain('as it is now');
    content = 'as it was';
    expect(await get()).toBe('media-2');
  });

  it('that cannot be read fails with its own reason, gives its memory back and is not remembered', async () => {
    const { clock, uploader } = setUp();
    const uploads = new MediaUploads(clock, new MemoryBudget(10));
    const broken = { filename: 'a', size: 10, read: () => Promise.reject(new RangeError('gone')) };
    for (let count = 0; count < 3; count += 1)
      await failure(uploads.mediaId(uploader, 'file', broken, { timeoutMs: 1000 }), RangeError);
    expect(
      await uploads.mediaId(
        uploader,
        'file',
        onDisk(() => 'x', { size: 10 }),
        { timeoutMs: 1000 },
      ),
    ).toBe('media-1');
  });

  it('300 of 10 MB at once: no more than 64 MB are in memory at any time, and all arrive', async () => {
    const MB = 1024 * 1024;
    let now = 0;
    let most = 0;
    const hold = (bytes: number) => {
      now += bytes;
      most = Math.max(most, now);
    };
    const uploader = {
      upload: { endpoint: endpoints.uploadMedia, ownerKey: 'app' },
      call: (async (_endpoint, payload) => {
        const made = await payload?.multipart?.(payload.signal);
        hold(10 * MB);
        await new Promise((resolve) => setImmediate(resolve));
        hold(-10 * MB);
        made?.done();
        return { media_id: 'M' };
      }) satisfies Call,
    };
    const uploads = new MediaUploads(movableClock());
    const readNow = async (index: number) => {
      hold(10 * MB);
      await new Promise((resolve) => setImmediate(resolve));
      hold(-10 * MB);
      return Buffer.from(`file ${index}`);
    };
    const all = Array.from({ length: 300 }, (_, index) =>
      uploads.mediaId(
        uploader,
        'file',
        { filename: 'a', size: 10 * MB, read: () => readNow(index) },
        { timeoutMs: 1000 },
      ),
    );
    expect(await Promise.all(all)).toHaveLength(300);
    expect(most).toBeGreaterThan(10 * MB);
    expect(most).toBeLessThanOrEqual(64 * MB);
  });

  it('that waits for memory can be cancelled', async () => {
    const { clock, uploader, calls } = setUp();
    const budget = new MemoryBudget(10);
    const uploads = new MediaUploads(clock, budget);
    const release = await budget.reserve(10);
    const stop = new AbortController();
    const waiting = uploads.mediaId(
      uploader,
      'file',
      onDisk(() => 'x', { size: 10 }),
      { timeoutMs: 1000, signal: stop.signal },
    );
    stop.abort();
    expect(await failure(waiting, WecomNetworkError)).toMatchObject({
      delivery: 'not-sent',
      cause: { code: 'ABORT_ERR' },
    });
    release();
    expect(calls).toEqual([]);
  });
});

describe('the body of an upload', () => {
  it('is one part named media, byte for byte as the API wants it', () => {
    const data = Buffer.from([0, 255, 13, 10, 45, 45]);
    const { contentType, body } = mediaMultipart({ filename: '季度报告.txt', data });
    const boundary = `wecom-${createHash('sha256').update(data).digest('hex').slice(0, 40)}`;
    expect(contentType).toBe(`multipart/form-data; boundary=${boundary}`);
    expect(Buffer.from(body)).toEqual(
      Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="季度报告.txt"; filelength=6\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
        data,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
    );
  });

  it.each([
    ['a/b\\c.txt', 'c.txt'],
    ['a"b.txt', 'a_b.txt'],
    ['a\r\nb\u0000\u001f\u007f.txt', 'a__b___.txt'],
    ['half \ud83d.txt', 'half \ufffd.txt'],
    ['plain name (1).txt', 'plain name (1).txt'],
  ])('calls %j %j', (filename, name) => {
    expect(Buffer.from(mediaMultipart({ filename, data: Buffer.alloc(6) }).body).toString()).toContain(
      `; filename="${name}"; `,
    );
  });
});
