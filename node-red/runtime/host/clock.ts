import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '../../../core';

/**
 * The time of this computer. A message that waits keeps a program alive until it was sent: it was promised to be.
 * No wait is longer than an hour, and whoever wants to end earlier gives `send` a signal.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }),
};
