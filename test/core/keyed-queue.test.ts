import { ALL_KEYS, KeyedQueue } from '../../core/delivery/keyed-queue';

/** A task that ends when it is told to. */
function task(name: string, log: string[]) {
  let end: (failed?: Error) => void = () => undefined;
  const ended = new Promise<string>((resolve, reject) => {
    end = (failed) => (failed ? reject(failed) : resolve(name));
  });
  return {
    run: async () => {
      log.push(`${name} starts`);
      try {
        return await ended;
      } finally {
        log.push(`${name} ends`);
      }
    },
    end: async (failed?: Error) => {
      end(failed);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function setUp() {
  const queue = new KeyedQueue();
  const log: string[] = [];
  const start = (name: string, of: readonly string[] | typeof ALL_KEYS, signal?: AbortSignal) => {
    const own = task(name, log);
    const done = queue.run(
      of,
      own.run,
      signal && { signal, cancelled: () => new Error('cancelled'), tooLate: () => new Error('too late') },
    );
    done.catch(() => undefined);
    return { ...own, done };
  };
  return { start, log, queue };
}

describe('a queue with keys', () => {
  it('keeps the order within a key', async () => {
    const { start, log } = setUp();
    const [a, b] = [start('a', ['zhangsan']), start('b', ['zhangsan'])];
    expect(log).toEqual(['a starts']);
    await a.end();
    await b.end();
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
    expect(await b.done).toBe('b');
  });

  it('keeps the order for a task that comes when the first has ended already', async () => {
    const { start, log } = setUp();
    const a = start('a', ['zhangsan']);
    const b = start('b', ['zhangsan']);
    await a.end();
    const c = start('c', ['zhangsan']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts']);
    await b.end();
    expect(log.at(-1)).toBe('c starts');
    await c.end();
  });

  it('starts a task that names a key twice, once', async () => {
    const { start, log } = setUp();
    const twice = start('twice', ['zhangsan', 'zhangsan']);
    const after = start('after', ['zhangsan', 'zhangsan']);
    expect(log).toEqual(['twice starts']);
    await twice.end();
    expect(log).toEqual(['twice starts', 'twice ends', 'after starts']);
    await after.end();
    expect(await after.done).toBe('after');
  });

  it('holds up nothing of other keys', () => {
    const { start, log } = setUp();
    start('a', ['zhangsan']);
    start('b', ['lisi']);
    expect(log).toEqual(['a starts', 'b starts']);
  });

  it('makes a task of two keys wait for both', async () => {
    const { start, log } = setUp();
    const [a, b] = [start('a', ['zhangsan']), start('b', ['lisi'])];
    const both = start('both', ['zhangsan', 'lisi']);
    const after = start('after', ['lisi']);
    await a.end();
    expect(log).not.toContain('both starts');
    await b.end();
    expect(log).toContain('both starts');
    expect(log).not.toContain('after starts');
    await both.end();
    expect(log).toContain('after starts');
    await after.end();
  });

  it('makes a task of all keys wait for everything before it, and everything after it wait for that', async () => {
    const { start, log } = setUp();
    const [a, b] = [start('a', ['zhangsan']), start('b', ['lisi'])];
    const all = start('all', ALL_KEYS);
    const [c, d] = [start('c', ['zhangsan']), start('d', ['wangwu'])];
    const again = start('again', ALL_KEYS);
    await b.end();
    expect(log).toEqual(['a starts', 'b starts', 'b ends']);
    await a.end();
    expect(log.at(-1)).toBe('all starts');
    await all.end();
    expect(log.slice(-2)).toEqual(['c starts', 'd starts']);
    await c.end();
    expect(log.at(-1)).toBe('c ends');
    await d.end();
    expect(log.at(-1)).toBe('again starts');
    await again.end();
  });

  it('keeps the order after a task of all keys for a task that comes when one before it has ended already', async () => {
    const { start, log } = setUp();
    const first = start('first', ALL_KEYS);
    const second = start('second', ALL_KEYS);
    await first.end();
    const after = start('after', ['zhangsan']);
    expect(log).toEqual(['first starts', 'first ends', 'second starts']);
    await second.end();
    expect(log.at(-1)).toBe('after starts');
    await after.end();
  });

  it('goes on after a task that failed', async () => {
    const { start, log } = setUp();
    const [a] = [start('a', ['zhangsan']), start('b', ['zhangsan'])];
    await a.end(new Error('no'));
    await expect(a.done).rejects.toThrow('no');
    expect(log.at(-1)).toBe('b starts');
  });

  it('lets a cancelled task go at once, but none behind it overtakes those ahead of it', async () => {
    const { start, log } = setUp();
    const stop = new AbortController();
    const a = start('a', ['zhangsan']);
    const cancelled = start('cancelled', ['zhangsan'], stop.signal);
    start('c', ['zhangsan']);
    stop.abort();
    await expect(cancelled.done).rejects.toThrow('cancelled');
    expect(log).toEqual(['a starts']);
    await a.end();
    expect(log).toEqual(['a starts', 'a ends', 'c starts']);
  });

  it('does not start what was cancelled before it came', async () => {
    const { start, log } = setUp();
    const a = start('a', ['zhangsan']);
    await expect(start('late', ['zhangsan'], AbortSignal.abort()).done).rejects.toThrow('cancelled');
    await a.end();
    expect(log).toEqual(['a starts', 'a ends']);
  });

  it('remembers nothing once all is done', async () => {
    const { start, queue } = setUp();
    const tasks = [start('a', ['zhangsan', 'lisi']), start('b', ALL_KEYS), start('c', ['wangwu'])];
    for (const { end } of tasks) await end();
    await Promise.all(tasks.map(({ done }) => done));
    expect(queue).toEqual(new KeyedQueue());
  });
});
