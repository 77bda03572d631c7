/**
 * Memory over time, as a line through the second half of the samples. Garbage that nobody collected yet is none of it.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc');

const HOUR_MS = 3_600_000;
const MB = 1024 * 1024;

export class Memory {
  samples = [];

  sample() {
    collectGarbage();
    const { rss, heapUsed } = process.memoryUsage();
    this.samples.push({ at: performance.now(), rss: rss / MB, heap: heapUsed / MB });
  }

  /** MB at start and end, MB an hour by linear regression, MB that the line rises within the second half. */
  line(name) {
    const { samples } = this;
    const half = samples.slice(Math.floor(samples.length / 2));
    const slope = regression(half.map((sample) => [sample.at, sample[name]]));
    return {
      start: samples[0][name],
      end: samples.at(-1)[name],
      perHour: slope * HOUR_MS,
      growth: slope * (half.at(-1).at - half[0].at),
    };
  }
}

function regression(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const across = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return across === 0 ? 0 : points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / across;
}
