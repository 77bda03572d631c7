import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What waits for less than this does not come to the disk. Milliseconds. */
const EVERY_MS = 1_000;

/** A number on disk: how many messages wait. When the process is killed, the next one learns of it. */
export interface WaitingOnDisk {
  /** How many waited when the process before this one ended; 0 if it ended with nothing to do. */
  readonly before: number;
  /** Something came that may have to wait. Costs nothing for those that do not. */
  touch(): void;
  /** Writes now, and not again until the next touch: the process may end at any moment. */
  flush(): void;
}

/**
 * @param file is there only while something waits
 * @param count how many messages wait
 */
export function waitingOnDisk(file: string, count: () => number): WaitingOnDisk {
  let written = readCount(file);
  const before = written;
  let timer: NodeJS.Timeout | undefined;

  // Some bytes, once a second while something waits. Nothing is under way when this returns: whoever stops can rely on
  // it.
  const write = (): void => {
    const now = count();
    if (now === written) return;
    try {
      if (now === 0) rmSync(file, { force: true });
      else {
        // Renaming is atomic: whoever reads finds this number or the one before.
        writeFileSync(`${file}.new`, textOf(now), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      }
      written = now;
    } catch {
      // A disk that is full costs the line in the log at the next start, and nothing else.
    }
  };
  const look = (): void => {
    timer = undefined;
    write();
    if (count() > 0 || written > 0) touch();
  };
  const touch = (): void => {
    timer ??= setTimeout(look, EVERY_MS).unref();
  };
  // What the process before this one left is told once.
  if (before > 0) touch();

  return {
    before,
    touch,
    flush() {
      clearTimeout(timer);
      timer = undefined;
      write();
    },
  };
}

function textOf(waiting: number): string {
  return `${JSON.stringify({ waiting })}\n`;
}

function readCount(file: string): number {
  try {
    const { waiting } = JSON.parse(readFileSync(file, 'utf8')) as { waiting?: unknown };
    return typeof waiting === 'number' && Number.isSafeInteger(waiting) && waiting > 0 ? waiting : 0;
  } catch {
    return 0;
  }
}
