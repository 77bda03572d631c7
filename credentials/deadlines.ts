import { sleep } from 'n8n-workflow';

/** n8n allows packages no timers of their own, and one for all is cheaper than one for each request. Milliseconds. */
const LOOK_EVERY_MS = 100;

interface Deadline {
  readonly at: number;
  missed(): void;
}

const open = new Set<Deadline>();
let watching = false;

/**
 * Calls `missed` after `ms` milliseconds, or up to 100 ms later.
 *
 * @returns what ends that
 */
export function setDeadline(ms: number, missed: () => void): () => void {
  const deadline = { at: performance.now() + ms, missed };
  open.add(deadline);
  if (!watching) void watch();
  return () => void open.delete(deadline);
}

async function watch(): Promise<void> {
  watching = true;
  while (open.size > 0) {
    await sleep(LOOK_EVERY_MS);
    const now = performance.now();
    for (const deadline of open) {
      if (now < deadline.at) continue;
      open.delete(deadline);
      deadline.missed();
    }
  }
  watching = false;
}
