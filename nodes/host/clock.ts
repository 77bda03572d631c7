import { sleep } from 'n8n-workflow';

import type { Clock } from '../../core';

/** n8n's time. Its rules for packages forbid timers of one's own, so waiting is n8n's `sleep`. */
export const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    if (!signal) return sleep(ms);
    let stop = () => undefined as void;
    // Versions of n8n whose `sleep` knows no signal would go on waiting.
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(new Error('cancelled'));
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop);
    });
    try {
      await Promise.race([sleep(ms, signal), aborted]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  },
};
