import path from 'node:path';

import type { Clock } from '../../core';
import { PROJECT } from './engine';
import type { Sandbox } from '../../sandbox';

/**
 * Lets waiting cost no time: whoever waits for long moves the clock of the built node, and with it that of the sandbox.
 * Returns what was waited for, in milliseconds, and what lets time pass otherwise.
 */
export function useFastTime(world: { readonly sandbox: Sandbox }): {
  readonly waits: number[];
  pass(ms: number): void;
} {
  // The same module that n8n's loader loads: both go through Jest's registry.
  const { clock } = jest.requireActual<{ clock: { -readonly [Name in keyof Clock]: Clock[Name] } }>(
    path.join(PROJECT, 'dist', 'nodes', 'host', 'clock.js'),
  );
  const real = { ...clock };
  const waits: number[] = [];
  let ahead = 0;
  const pass = (ms: number) => {
    ahead += ms;
    world.sandbox.moveClock(Math.ceil(ms));
  };
  beforeEach(() => {
    waits.length = 0;
    clock.monotonic = () => real.monotonic() + ahead;
    clock.sleep = async (ms, signal) => {
      if (signal?.aborted) throw new Error('cancelled');
      waits.push(ms);
      pass(ms);
      await real.sleep(0, signal);
    };
  });
  afterEach(() => void Object.assign(clock, real));
  return { waits, pass };
}
