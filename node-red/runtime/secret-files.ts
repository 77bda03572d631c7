import type { BigIntStats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import type { NodeRed } from './node-red-api';

type Settings = NodeRed['settings'];

/** No files on a disk: what the kernel tells of this computer, and the environment, memory and keys of processes. */
const KERNEL = /^\/(proc|sys)(\/|$)/;

/** Of the user directory: credentials, wherever a project keeps them, and the settings with their copies. */
const CREDENTIALS = /_cred\.json/i;
const SETTINGS = /^settings[^/\\]*\.[cm]?js/i;

/**
 * Whether Node-RED keeps secrets in a file: its settings, the credentials of flows, everything hidden in its user directory
 * (`.config.*.json` with the key of the credentials, `.sessions.json`, `.wecom-tokens`, `projects/.sshkeys`, `.npmrc`).
 *
 * @param real the path of the opened file, without symbolic links
 * @param info of the opened file: a hard link has another path and is the same file
 */
export async function isSecretFile(settings: Settings, real: string, info: BigIntStats): Promise<boolean> {
  if (KERNEL.test(real)) return true;
  const userDir = settings.userDir === undefined ? undefined : await realpath(settings.userDir).catch(() => undefined);
  if (userDir !== undefined && isSecretIn(userDir, real)) return true;
  const named = knownFiles(settings);
  const linked = userDir !== undefined && info.nlink > 1n ? await secretsIn(userDir) : [];
  for (const file of [...named, ...linked]) if (await isSame(file, info)) return true;
  return false;
}

function isSecretIn(userDir: string, file: string): boolean {
  const inside = path.relative(userDir, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) return false;
  const parts = inside.split(path.sep);
  return parts.some((part) => part.startsWith('.')) || CREDENTIALS.test(path.basename(file)) || (parts.length === 1 && SETTINGS.test(inside));
}

/** Those that the settings may have put anywhere. */
function knownFiles({ settingsFile, flowFile, userDir = '' }: Settings): string[] {
  const flows = typeof flowFile === 'string' ? path.resolve(userDir, flowFile) : undefined;
  const extension = path.extname(flows ?? '');
  const credentials = flows === undefined ? [] : [`${flows.slice(0, flows.length - extension.length)}_cred${extension}`];
  const copies = credentials.map((file) => path.join(path.dirname(file), `.${path.basename(file)}.backup`));
  return [...(typeof settingsFile === 'string' ? [settingsFile] : []), ...credentials, ...copies];
}

/** As far as a hard link to one of them is likely: not those of projects. */
async function secretsIn(userDir: string): Promise<string[]> {
  const entries = await readdir(userDir, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(userDir, entry.name));
  return files.filter((file) => isSecretIn(userDir, file));
}

async function isSame(file: string, { dev, ino }: BigIntStats): Promise<boolean> {
  const other = await stat(file, { bigint: true }).catch(() => undefined);
  return other?.dev === dev && other.ino === ino;
}
