import { FileRoom } from '../../core/sending/file-room';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function enter(room: FileRoom, bytes: number, signal?: AbortSignal) {
  const entry = { state: 'waiting', leave: () => undefined as void };
  void room.enter(bytes, signal).then(
    (leave) => Object.assign(entry, { state: 'in', leave }),
    (reason: unknown) => Object.assign(entry, { state: String(reason) }),
  );
  return entry;
}

describe('room for files', () => {
  it('lets in what fits, and the others as soon as it does, in their order', async () => {
    const room = new FileRoom(10);
    const [first, second, large, small] = [enter(room, 6), enter(room, 4), enter(room, 8), enter(room, 1)];
    await turn();
    // The small one would fit beside the second, but the large one was there before it and would never come in.
    first.leave();
    await turn();
    expect([first, second, large, small].map(({ state }) => state)).toEqual(['in', 'in', 'waiting', 'waiting']);
    second.leave();
    await turn();
    expect([large, small].map(({ state }) => state)).toEqual(['in', 'in']);
  });

  it('is given back once, however often that is said', async () => {
    const room = new FileRoom(10);
    const [first, second, third] = [enter(room, 6), enter(room, 6), enter(room, 6)];
    await turn();
    first.leave();
    first.leave();
    await turn();
    expect([second, third].map(({ state }) => state)).toEqual(['in', 'waiting']);
  });

  it('is there for one file that is larger than all of it, alone', async () => {
    const room = new FileRoom(10);
    const [huge, next] = [enter(room, 100), enter(room, 1)];
    await turn();
    expect([huge, next].map(({ state }) => state)).toEqual(['in', 'waiting']);
    huge.leave();
    await turn();
    expect(next.state).toBe('in');
  });

  it('is not held up by somebody who no longer wants it', async () => {
    const room = new FileRoom(10);
    const stop = new AbortController();
    const first = enter(room, 6);
    const [cancelled, next] = [enter(room, 9, stop.signal), enter(room, 4)];
    await turn();
    stop.abort('enough');
    await turn();
    expect([first, cancelled, next].map(({ state }) => state)).toEqual(['in', 'enough', 'in']);
    const late = enter(room, 1, stop.signal);
    await turn();
    expect(late.state).toBe('enough');
  });
});
