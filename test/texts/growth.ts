/** Reads a text of about so many UTF-16 units. */
export type Reading = (length: number) => void;

export interface Growth {
  /** UTF-16 units of the longer text; the other one has a quarter. */
  readonly length: number;
  /** Milliseconds of processor time for one reading of the shorter and of the longer text. */
  readonly times: readonly [number, number];
}

/** At four times the length a reading may take so many times as long: it is 4 in proportion and 16 by the square. */
const MOST_GROWTH = 6;
/** Milliseconds below which a reading tells nothing. */
const MEASURABLE = 3;
/** Milliseconds that people would notice: what has grown to this needs no longer text to be sure of. */
const NOTICED = 300;
/**
 * Milliseconds of readings one after the other that say what one of them takes: the system counts in steps of up to 4.
 */
const CERTAIN = 40;
const GLANCES = 4;
const ATTEMPTS = 4;

/**
 * How the time of a reading grows, if it grows faster than its text. Texts get longer until there is something to
 * measure, from `shortest` up to `longest` UTF-16 units. No time is judged, only the ratio of two. Glances at the clock
 * see nearly all that is well: of several the shortest counts, as other processes only lengthen it. What looks bad is
 * measured with care, in processor time, and further on: a step, such as the first collection of garbage, is not a
 * slope.
 */
export function outgrown(read: Reading, shortest: number, longest: number): Growth | undefined {
  for (let length = 4 * shortest; length <= longest; length *= 4) {
    const times: [number, number] = [Infinity, Infinity];
    for (let glances = 0; glances < GLANCES; glances += 1) {
      times[1] = Math.min(times[1], glance(read, length));
      if (times[1] < MEASURABLE) break;
      times[0] = Math.min(times[0], glance(read, length / 4));
      if (times[1] / times[0] <= MOST_GROWTH) return undefined;
    }
    if (times[1] >= MEASURABLE) return measured(read, length);
  }
  return undefined;
}

function measured(read: Reading, length: number): Growth | undefined {
  let found: Growth | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const times = [cost(read, length / 4), cost(read, length)] as const;
    let [shorter, longer] = times as [number, number];
    let longest = length;
    while (longer / shorter > MOST_GROWTH && longer < NOTICED) [shorter, longer] = [longer, cost(read, (longest *= 4))];
    if (longer / shorter <= MOST_GROWTH) return undefined;
    found = { length, times };
  }
  return found;
}

/** Milliseconds on the clock. */
export function glance(read: Reading, length: number): number {
  const start = performance.now();
  read(length);
  return performance.now() - start;
}

/** Milliseconds of processor time for one reading, out of as many as make the sum certain. */
function cost(read: Reading, length: number): number {
  const before = process.threadCpuUsage();
  for (let count = 1; ; count += 1) {
    read(length);
    const { user, system } = process.threadCpuUsage(before);
    const sum = (user + system) / 1000;
    if (sum >= CERTAIN) return sum / count;
  }
}
