/**
 * Ends what an npm script has started once npm has ended. npm passes signals on to the shell it runs the script in, but
 * not every shell passes them on, Windows has none to pass, and whoever kills npm outright sends none.
 */
import { spawnSync } from 'node:child_process';

import { processIsAlive } from './process-is-alive.mjs';

const EVERY_MS = 300;

/** Does nothing without npm: a program may outlive the terminal it was started in. */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  // npm itself: a shell outlives an npm that was killed, and waits for us.
  const above = [shell, parentOf(shell)].filter((pid) => pid > 1);
  const watch = setInterval(() => {
    if (process.ppid === shell && above.every(processIsAlive)) return;
    clearInterval(watch);
    // As Ctrl-C would: whoever listens tidies up.
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(1);
  }, EVERY_MS);
  watch.unref();
}

/** NaN where there is no `ps`, as on Windows: there the shell ends with npm. */
function parentOf(pid) {
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout || NaN);
}
