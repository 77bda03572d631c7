import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { lstat, mkdir, opendir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { TokenRecord, TokenStore } from '../../../core';
import { firstBytes, withRegularFile } from '../host/regular-file';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A token has some hundred bytes; what is larger is none of these files. */
const MAX_BYTES = 64 * 1024;
/**
 * A token lives for a day at most: what was not written for so long belongs to an app that nobody uses. Milliseconds.
 */
const UNUSED_MS = 30 * 24 * 3_600_000;
/** Writing takes less. What is older was left by a process that ended within it. Milliseconds. */
const UNFINISHED_MS = 3_600_000;
/** So many files of a folder are looked at when it is tidied; the next start goes on. */
const MOST_FILES = 10_000;
/** What is written here: the hash of an app, and a file on its way to become that. */
const NAME = /^[0-9a-f]{64}(\.[0-9a-f]{12})?$/;

/** A store of tokens in files. */
export interface TokenFileStore extends TokenStore {
  /** Resolves when nothing is being written or removed: whoever removes the folder, or ends, waits for it. */
  idle(): Promise<void>;
}

/**
 * Keeps tokens in one small file per app, so that a restart of Node-RED needs no gettoken.
 *
 * The files are encrypted with a key derived from the app's secret: whoever can copy them, but does not know the
 * secret, learns nothing. A file that cannot be read or written costs one gettoken. Files that were not written for 30
 * days are removed when the store is created.
 *
 * @param folder made when the first token is written, readable by its owner only
 */
export function createTokenFileStore(folder: string): TokenFileStore {
  const fileOf = (key: string) => path.join(folder, key);
  const writing = new Set<Promise<unknown>>();
  const noted = <Work extends Promise<unknown>>(work: Work): Work => {
    writing.add(work);
    const ended = () => writing.delete(work);
    work.then(ended, ended);
    return work;
  };
  void noted(tidy(folder));
  return {
    async load(key, secret) {
      try {
        return decrypt(
          await withRegularFile(fileOf(key), (file, info) => firstBytes(file, info, MAX_BYTES)),
          key,
          secret,
        );
      } catch {
        // Absent, damaged, or written with another secret: all the same as no token.
        return undefined;
      }
    },
    save: (key, secret, record) => noted(write(folder, fileOf(key), () => encrypt(record, key, secret))),
    async idle() {
      while (writing.size > 0) await Promise.allSettled(writing);
    },
  };
}

async function write(folder: string, file: string, bytes: () => Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Renaming is atomic: whoever reads meanwhile sees the old token or the new one, never half of one.
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(unfinished, bytes(), { mode: 0o600, flag: 'wx' });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Removes what nobody used for long, and what a process did not finish. Nothing else is touched, and nothing depends on
 * it.
 */
async function tidy(folder: string): Promise<void> {
  let left = MOST_FILES;
  try {
    for await (const { name } of await opendir(folder)) {
      if ((left -= 1) < 0) return;
      const [isOurs, unfinished] = NAME.exec(name) ?? [];
      if (isOurs !== undefined)
        await removeOld(path.join(folder, name), unfinished === undefined ? UNUSED_MS : UNFINISHED_MS);
    }
  } catch {
    // No folder yet, or none that may be read.
  }
}

async function removeOld(file: string, age: number): Promise<void> {
  try {
    const info = await lstat(file);
    if (info.isFile() && info.mtimeMs < Date.now() - age) await rm(file);
  } catch {
    // Another process has removed it, or nobody may.
  }
}

function encrypt(record: TokenRecord, key: string, secret: string): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, fileKey(secret, salt), nonce).setAAD(Buffer.from(key));
  const encrypted = Buffer.concat([cipher.update(JSON.stringify(record), 'utf8'), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), encrypted]);
}

function decrypt(bytes: Buffer, key: string, secret: string): TokenRecord | undefined {
  const salt = bytes.subarray(0, SALT_BYTES);
  const nonce = bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
  const tag = bytes.subarray(SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, fileKey(secret, salt), nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(key))
    .setAuthTag(tag);
  const text = Buffer.concat([
    decipher.update(bytes.subarray(SALT_BYTES + NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]).toString('utf8');
  const { token, fetchedAt, lifetimeMs } = JSON.parse(text) as Partial<TokenRecord>;
  return typeof token === 'string' && typeof fetchedAt === 'number' && typeof lifetimeMs === 'number'
    ? { token, fetchedAt, lifetimeMs }
    : undefined;
}

// WeCom's secrets are long and random, so a fast derivation is enough: there is no password to guess.
function fileKey(secret: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'wecom access token', KEY_BYTES));
}
