import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';

/** What waits for less than this does not come to the disk. Milliseconds. */
const EVERY_MS = 1_000;

/** A number on disk: how many messages wait. When the process is killed, the next one learns of it. */
export interface WaitingOnDisk {
  /** How many waited when the process before this one ended; 0 if it ended with nothing to do. */
  readonly before: number;
  /** Something came that may have to wait. Costs nothing for those that do not. */
  touch(): void;
  /** Writes now: the process may end at any moment. */
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

  const look = async (): Promise<void> => {
    const now = count();
    try {
      if (now === 0 && written !== 0) await rm(file, { force: true });
      else if (now !== written) {
        // Renaming is atomic: whoever reads finds this number or the one before.
        await writeFile(`${file}.new`, textOf(now), { mode: 0o600 });
        await rename(`${file}.new`, file);
      }
      written = now;
    } catch {
      // A disk that is full costs the line in the log at the next start, and nothing else.
    }
    timer = undefined;
    if (now > 0 || written > 0) touch();
  };
  const touch = (): void => {
    timer ??= setTimeout(() => void look(), EVERY_MS).unref();
  };
  // What the process before this one left is told once.
  if (before > 0) touch();

  return {
    before,
    touch,
    flush() {
      const now = count();
      try {
        if (now === 0) rmSync(file, { force: true });
        else {
          writeFileSync(`${file}.new`, textOf(now), { mode: 0o600 });
          renameSync(`${file}.new`, file);
        }
        written = now;
      } catch {
        // As above.
      }
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
