/**
 * Who hears of each signal. A signal looks through all its listeners for every new one, and thousands of messages may
 * wait with the same signal.
 */
const hearers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `cancel` when the signal fires, which must not have happened yet.
 *
 * @returns what ends that
 */
export function onCancel(signal: AbortSignal, cancel: () => void): () => void {
  let known = hearers.get(signal);
  if (!known) {
    const waiting = new Set<() => void>();
    signal.addEventListener('abort', () => waiting.forEach((stop) => stop()), { once: true });
    hearers.set(signal, waiting);
    known = waiting;
  }
  const waiting = known.add(cancel);
  return () => void waiting.delete(cancel);
}
