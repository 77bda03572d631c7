import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

import type { SendingTime, SendingTimesStore } from '../../../core';
import { endingWording } from '../../wording/ending';
import { runtimeLanguage } from '../host/language';
import type { NodeRed } from '../host/node-red-api';

/** So many bytes, then the file becomes the older one of two. About 45 000 messages. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Messages are written together, this long after the first of them. Milliseconds. */
const WRITE_AFTER_MS = 500;
/**
 * A line is much shorter. What WeCom takes is less than that many messages a write, so memory is bounded also when the
 * disk is full.
 */
const MOST_LINES_WAITING = 50_000;
// A FIFO or a device in place of the file must not hold up anything, and a link is not followed.
const CAREFULLY = constants.O_NONBLOCK | constants.O_NOFOLLOW;
/** sender, recipient, milliseconds since 1970 and weight. */
const LINE = /^([\w-]{16}) ([\w-]{16}) (?:(\d{1,15}) (\d{1,5}))?/;

/** Of a line that is damaged and still says who: a time to come counts as now, so they wait for a whole window. */
const UNKNOWN_TIME = Number.MAX_SAFE_INTEGER;

export interface SendingTimesFile extends SendingTimesStore {
  /** Writes what has not been written yet: Node-RED may end now. */
  flush(): void;
}

/**
 * Keeps the times of sent messages in a file, a line for each: hashes, a time, and no content. Lines are appended and
 * never changed, so whatever happens damages the last one at most; a file that has become large is renamed and kept
 * until the next one is large. What cannot be read or written is as if it were not there.
 *
 * @param tell hears of the first writing that failed: the messages go on, and a restart forgets them
 */
export function createSendingTimesFile(
  folder: string,
  name: string,
  tell: (file: string, code: string) => void = () => undefined,
): SendingTimesFile {
  const [file, older] = [path.join(folder, name), path.join(folder, `${name}.older`)];
  // The process before this one may have died within a line.
  let waiting = ['\n'];
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting.join('');
    waiting = [];
    const failure = lines.length > 1 ? append(folder, file, older, lines) : undefined;
    if (failure !== undefined && !isTold) tell(file, failure);
    isTold ||= failure !== undefined;
  };
  return {
    load: () => [...read(older), ...read(file)],
    add: ({ sender, recipient, at, weight }) => {
      if (waiting.length >= MOST_LINES_WAITING) return;
      waiting.push(`${sender} ${recipient} ${Math.round(at)} ${weight}\n`);
      // Closing Node-RED flushes; until then nothing has to keep the process alive for this.
      timer ??= setTimeout(flush, WRITE_AFTER_MS).unref();
    },
    flush,
  };
}

/** For the log. */
export function tellUnwritten(RED: NodeRed, node: 'wecom-app' | 'wecom-robot'): (file: string, code: string) => void {
  return (file, code) =>
    RED.log.warn(
      `[${node}] ${endingWording.unwritten[runtimeLanguage(RED)].replace('{file}', () => file).replace('{code}', code)}`,
    );
}

/** The code of what went wrong, if something did: the disk is full, or may not be written. */
function append(folder: string, file: string, older: string, lines: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const size = withFile(file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, (descriptor, before) => {
      writeSync(descriptor, lines);
      return before + lines.length;
    });
    if (size === undefined) return 'EISNOTFILE';
    if (size > MOST_BYTES) renameSync(file, older);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'ERROR';
  }
}

function read(file: string): SendingTime[] {
  try {
    const text =
      withFile(file, constants.O_RDONLY, (descriptor, size) =>
        size > 2 * MOST_BYTES ? '' : readFileSync(descriptor, 'latin1'),
      ) ?? '';
    return text.split('\n').flatMap((line) => {
      const [, sender, recipient, at, weight] = LINE.exec(line) ?? [];
      if (sender === undefined || recipient === undefined) return [];
      return [{ sender, recipient, at: at === undefined ? UNKNOWN_TIME : Number(at), weight: Number(weight ?? 1) }];
    });
  } catch {
    return [];
  }
}

/** Undefined if it is no regular file. */
function withFile<Value>(
  file: string,
  flags: number,
  use: (descriptor: number, size: number) => Value,
): Value | undefined {
  const descriptor = openSync(file, flags | CAREFULLY, 0o600);
  try {
    const status = fstatSync(descriptor);
    return status.isFile() ? use(descriptor, status.size) : undefined;
  } finally {
    closeSync(descriptor);
  }
}
