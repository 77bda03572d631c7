import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** What is a folder, a pipe, a device or a socket. */
export class NotAFile extends Error {
  readonly code = 'NOT_A_FILE';
}

/**
 * Opens a regular file, and closes it when `use` has ended.
 *
 * Opening or reading anything else could wait for ever or never end, so it is looked at before; should it be replaced
 * in between, O_NONBLOCK keeps the opening of a pipe from waiting for a writer.
 *
 * @throws NotAFile, or the error of the file system
 */
export async function withRegularFile<Result>(
  path: string,
  use: (file: FileHandle, info: BigIntStats) => Promise<Result>,
): Promise<Result> {
  if (!(await stat(path)).isFile()) throw new NotAFile(path);
  // Windows has no such flag, and no such pipes.
  const nonBlocking = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;
  const file = await open(path, constants.O_RDONLY | nonBlocking);
  try {
    const info = await file.stat({ bigint: true });
    if (!info.isFile()) throw new NotAFile(path);
    return await use(file, info);
  } finally {
    await file.close();
  }
}

/**
 * Up to so many bytes from the beginning of a file. Files of /proc say 0 and may never end: what is not announced is
 * not read.
 */
export async function firstBytes(file: FileHandle, info: BigIntStats, most: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(Number(info.size) < most ? Number(info.size) : most);
  let length = 0;
  while (length < bytes.byteLength) {
    const { bytesRead } = await file.read(bytes, length, bytes.byteLength - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
