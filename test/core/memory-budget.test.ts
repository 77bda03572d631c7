import { MemoryBudget } from '../../core/sending/memory-budget';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function reserve(budget: MemoryBudget, bytes: number, signal?: AbortSignal) {
  const entry = { state: 'waiting', release: () => undefined as void };
  void budget.reserve(bytes, signal).then(
    (release) => Object.assign(entry, { state: 'in', release }),
    (reason: unknown) => Object.assign(entry, { state: String(reason) }),
  );
  return entry;
}

describe('memory for files', () => {
  it('lets in what fits, and the others as soon as it does, in their order', async () => {
    const budget = new MemoryBudget(10);
    const [first, second, large, small] = [
      reserve(budget, 6),
      reserve(budget, 4),
      reserve(budget, 8),
      reserve(budget, 1),
    ];
    await turn();
    // The small one would fit beside the second, but the large one was there before it and would never come in.
    first.release();
    await turn();
    expect([first, second, large, small].map(({ state }) => state)).toEqual(['in', 'in', 'waiting', 'waiting']);
    second.release();
    await turn();
    expect([large, small].map(({ state }) => state)).toEqual(['in', 'in']);
  });

  it('is given back once, however often that is said', async () => {
    const budget = new MemoryBudget(10);
    const [first, second, third] = [reserve(budget, 6), reserve(budget, 6), reserve(budget, 6)];
    await turn();
    first.release();
    first.release();
    await turn();
    expect([second, third].map(({ state }) => state)).toEqual(['in', 'waiting']);
  });

  it('is there for one file that is larger than all of it, alone', async () => {
    const budget = new MemoryBudget(10);
    const [huge, next] = [reserve(budget, 100), reserve(budget, 1)];
    await turn();
    expect([huge, next].map(({ state }) => state)).toEqual(['in', 'waiting']);
    huge.release();
    await turn();
    expect(next.state).toBe('in');
  });

  it('is not held up by somebody who no longer wants it', async () => {
    const budget = new MemoryBudget(10);
    const stop = new AbortController();
    const first = reserve(budget, 6);
    const [cancelled, next] = [reserve(budget, 9, stop.signal), reserve(budget, 4)];
    await turn();
    stop.abort('enough');
    await turn();
    expect([first, cancelled, next].map(({ state }) => state)).toEqual(['in', 'enough', 'in']);
    const late = reserve(budget, 1, stop.signal);
    await turn();
    expect(late.state).toBe('enough');
  });
});
