import { DEFAULT_AT_ONCE } from '../../core/delivery/adaptive-limit';

/** How many messages may wait in a node. */
export const QUEUE_LENGTH = { standard: 1000, min: 1, max: 100_000 } as const;
/** How many requests may be open side by side. */
export const AT_ONCE = { standard: DEFAULT_AT_ONCE, min: 1, max: DEFAULT_AT_ONCE } as const;
