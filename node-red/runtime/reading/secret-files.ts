import type { BigIntStats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import type { NodeRed } from '../host/node-red-api';

type Settings = NodeRed['settings'];

/** No files on a disk: what the kernel tells of this computer, and the environment, memory and keys of processes. */
const KERNEL = /^\/(proc|sys)(\/|$)/;

/** Of the user directory: credentials, wherever a project keeps them, and the settings with their copies. */
const CREDENTIALS = /_cred\.json/i;
const SETTINGS = /^settings[^/\\]*\.[cm]?js/i;

/**
 * Whether Node-RED keeps secrets in a file: its settings, the credentials of flows, everything hidden in its user
 * directory (`.config.*.json` with the key of the credentials, `.sessions.json`, `.wecom-tokens`, `projects/.sshkeys`,
 * `.npmrc`).
 *
 * @param real the path of the opened file, without symbolic links
 * @param info of the opened file: a hard link has another path and is the same file
 */
export async function isSecretFile(settings: Settings, real: string, info: BigIntStats): Promise<boolean> {
  if (KERNEL.test(real)) return true;
  const userDir = settings.userDir === undefined ? undefined : await realpath(settings.userDir).catch(() => undefined);
  if (userDir !== undefined && isSecretIn(userDir, real)) return true;
  const named = knownFiles(settings);
  // A hard link, or the same folder mounted a second time: another path on the same device.
  const linked =
    userDir !== undefined && (await stat(userDir, { bigint: true })).dev === info.dev ? await secretsIn(userDir) : [];
  for (const file of [...named, ...linked]) if (await isSame(file, info)) return true;
  return false;
}

function isSecretIn(userDir: string, file: string): boolean {
  const inside = path.relative(userDir, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) return false;
  const parts = inside.split(path.sep);
  return (
    parts.some((part) => part.startsWith('.')) ||
    CREDENTIALS.test(path.basename(file)) ||
    (parts.length === 1 && SETTINGS.test(inside))
  );
}

/** Those that the settings may have put anywhere. */
function knownFiles({ settingsFile, flowFile, userDir = '' }: Settings): string[] {
  const flows = typeof flowFile === 'string' ? path.resolve(userDir, flowFile) : undefined;
  const extension = path.extname(flows ?? '');
  const credentials =
    flows === undefined ? [] : [`${flows.slice(0, flows.length - extension.length)}_cred${extension}`];
  const copies = credentials.map((file) => path.join(path.dirname(file), `.${path.basename(file)}.backup`));
  return [...(typeof settingsFile === 'string' ? [settingsFile] : []), ...credentials, ...copies];
}

/**
 * The secrets in the user directory and in its projects; of what is hidden the files, not whole trees such as the
 * caches of npm or git.
 */
async function secretsIn(userDir: string, folder = userDir): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      const location = path.join(folder, entry.name);
      if (entry.isFile()) return isSecretIn(userDir, location) ? [location] : [];
      return entry.isDirectory() && mayHoldSecrets(userDir, location) ? secretsIn(userDir, location) : [];
    }),
  );
  return found.flat();
}

function mayHoldSecrets(userDir: string, folder: string): boolean {
  const parts = path.relative(userDir, folder).split(path.sep);
  return parts.at(-1)?.startsWith('.') === true || (parts[0] === 'projects' && parts.length <= 2);
}

async function isSame(file: string, { dev, ino }: BigIntStats): Promise<boolean> {
  const other = await stat(file, { bigint: true }).catch(() => undefined);
  return other?.dev === dev && other.ino === ino;
}
