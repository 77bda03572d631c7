import type * as files from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { nodeRedWithSandbox } from './flow-runner';

// Reading is as ever; whoever appends finds the disk full, or may not write.
let problem: string | undefined;
jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof files>('node:fs');
  return {
    ...actual,
    openSync(file: string, flags: number, mode?: number) {
      if (
        problem !== undefined &&
        String(file).includes('.wecom-sending') &&
        (Number(flags) & actual.constants.O_APPEND) !== 0
      )
        throw Object.assign(new Error(`${problem}: ${file}`), { code: problem });
      return actual.openSync(file, flags, mode);
    },
  };
});

const red = nodeRedWithSandbox();
afterEach(() => void (problem = undefined));

test.each(['ENOSPC', 'EROFS', 'EACCES'])(
  '%s for the times of sent messages: messages go out, and the log says once what that costs',
  async (code) => {
    problem = code;
    const flow = await red.start();
    for (const payload of ['one', 'two', 'three']) {
      await flow.run({ payload });
      // Longer than what is written together.
      await sleep(600);
    }
    expect(flow.caught).toEqual([]);
    expect(red.sandbox.messages()).toHaveLength(3);
    await red.unload();
    expect(red.logged().split(`cannot be written to`)).toHaveLength(2);
    expect(red.logged()).toContain(`.wecom-sending/apps (${code}). Messages are sent as before`);
  },
);
