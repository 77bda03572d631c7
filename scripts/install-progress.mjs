/**
 * Says every few seconds that a long install is alive: what it does, for how long, and how much is on the disk.
 * No bar and no percentage: npm does not tell how much is left, so neither do we.
 */
import { spawn } from 'node:child_process';

const EVERY_MS = 10_000;
/** Measuring a folder of 200 000 files is work; it may take at most this share of the time. */
const MEASURING_SHARE = 0.1;

/**
 * @param {string} name
 * @param {string} folder  the folder that grows
 * @param {(line: string) => void} log
 * @returns {{ step(text: string): void, end(): Promise<void> }}
 */
export function showProgress(name, folder, log, { everyMs = EVERY_MS, measure = megabytesOnDisk } = {}) {
  const started = Date.now();
  let doing = 'starting';
  let size = '';
  let measuring;
  let measureAgainAt = 0;

  const refreshSize = async () => {
    const begun = Date.now();
    const megabytes = await measure(folder);
    if (megabytes !== undefined) size = `, ${megabytes} MB on disk`;
    measureAgainAt = Date.now() + (Date.now() - begun) / MEASURING_SHARE;
    measuring = undefined;
  };
  const timer = setInterval(() => {
    if (!measuring && Date.now() >= measureAgainAt) measuring = refreshSize();
    log(`  ${name}: ${doing}, ${duration(Date.now() - started)}${size}`);
  }, everyMs);

  return {
    step(text) {
      doing = text;
      log(`  ${name}: ${doing}`);
    },
    async end() {
      clearInterval(timer);
      await measuring;
      const megabytes = await measure(folder);
      log(
        `  ${name}: ended after ${duration(Date.now() - started)}${megabytes === undefined ? '' : `, ${megabytes} MB on disk`}`,
      );
    },
  };
}

/** "7 min 05 s", or "42 s" under a minute. */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Disk use in MB, or undefined where there is no `du` (Windows). */
function megabytesOnDisk(folder) {
  return new Promise((resolve) => {
    const du = spawn('du', ['-sk', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    du.stdout.on('data', (chunk) => (output += chunk));
    du.once('error', () => resolve(undefined));
    du.once('close', () => {
      const kilobytes = parseInt(output, 10);
      resolve(Number.isFinite(kilobytes) ? Math.round(kilobytes / 1024) : undefined);
    });
  });
}
