/**
 * Installs heavy tools outside the project, once, and finds them again.
 *
 * `npm ci` of the project stays small, and the lock file stays free of packages that only a judge of our packages
 * needs. Each set of pins has a folder of its own, named by a hash of everything that shapes it, so that changing
 * a pin never leaves a mixture behind.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { showProgress } from './install-progress.mjs';
import { processIsAlive } from './process-is-alive.mjs';
import { runNpm } from './run-npm.mjs';

const MARKER = 'installed.json';
const OWNER = 'owner.pid';
/**
 * The owner of a staging folder touches its file this often; one that has not for six times as long is gone, whoever
 * has its pid now.
 */
const HEARTBEAT_MS = 10_000;

/** The folder under which every tool lives. */
export function cacheRoot(env = process.env) {
  return env.WECOM_FLOW_CACHE || path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'wecom-flow');
}

/** The folder of one set of pins. Compiled packages fit one Node ABI only, so that is part of the name as well. */
export function toolFolder(name, manifest, { rebuild = [], env = process.env } = {}) {
  const abi = rebuild.length > 0 ? [process.platform, process.arch, process.versions.modules] : [];
  const hash = createHash('sha256')
    .update(JSON.stringify([manifest, rebuild, abi]))
    .digest('hex')
    .slice(0, 12);
  return path.join(cacheRoot(env), `${name}-${hash}`);
}

/**
 * Makes sure a set of tools is installed and returns its folder (the one that holds `node_modules`).
 *
 * The install happens in a folder beside the final one and is renamed when it is complete: what has the final name
 * is whole. Whoever comes second waits for the first; what a killed install left is thrown away.
 *
 * @param {string} name      shown to the person and used in the folder name
 * @param {object} manifest  `dependencies` with exact versions, and `overrides` if needed
 * @param {object} [options]
 * @param {string[]} [options.rebuild]  packages whose own install script must run; all others are not run
 * @param {(line: string) => void} [options.log]
 * @param {typeof runNpm} [options.npm]  what runs npm; a seam for tests
 * @returns {Promise<string>}
 */
export async function ensureTools(
  name,
  manifest,
  { rebuild = [], env = process.env, log = console.error, npm = runNpm } = {},
) {
  const target = toolFolder(name, manifest, { rebuild, env });
  const stage = `${target}.installing`;
  await mkdir(cacheRoot(env), { recursive: true });

  while (!isComplete(target)) {
    if (!(await claim(stage, log))) continue;
    const giveUpOnSignal = () => process.exit(130); // the stage is thrown away by whoever comes next
    process.once('SIGINT', giveUpOnSignal);
    try {
      if (isComplete(target)) break;
      await install(stage, { name, manifest, rebuild, env, log, npm });
      await rm(target, { recursive: true, force: true });
      await rename(stage, target);
      await rm(path.join(target, OWNER), { force: true });
    } finally {
      process.removeListener('SIGINT', giveUpOnSignal);
      await rm(stage, { recursive: true, force: true });
    }
  }
  return target;
}

function isComplete(folder) {
  return existsSync(path.join(folder, MARKER));
}

/** True when the staging folder is now ours. False after waiting, or after clearing away what a dead process left. */
async function claim(stage, log) {
  try {
    await mkdir(stage);
    await writeFile(path.join(stage, OWNER), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (await ownerIsAlive(stage)) {
    log(`another process is installing into ${path.basename(stage)}; waiting for it`);
    while (await ownerIsAlive(stage)) await sleep(1000);
    return false;
  }
  await rm(stage, { recursive: true, force: true });
  return false;
}

async function ownerIsAlive(stage) {
  for (let attempt = 0; attempt < 10; attempt++) {
    const pid = Number(await readFile(path.join(stage, OWNER), 'utf8').catch(() => ''));
    if (pid > 0) return processIsAlive(pid) && (await touchedRecently(path.join(stage, OWNER)));
    if (!existsSync(stage)) return false;
    await sleep(50); // between its mkdir and its writing of the pid
  }
  return false;
}

async function touchedRecently(file) {
  const touched = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - touched < 6 * HEARTBEAT_MS;
}

async function install(folder, { name, manifest, rebuild, env, log, npm }) {
  const versions = Object.entries(manifest.dependencies).map(([id, version]) => `${id} ${version}`);
  log(`installing ${versions.join(', ')} into ${cacheRoot(env)} (once)`);
  const progress = showProgress(name, folder, log);
  const heartbeat = setInterval(
    () => utimes(path.join(folder, OWNER), new Date(), new Date()).catch(() => {}),
    HEARTBEAT_MS,
  );
  try {
    const packageJson = { name: `wecom-flow-tools-${name}`, private: true, ...manifest };
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(packageJson, null, 2));
    progress.step('finding, downloading and unpacking packages');
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env });
    for (const dependency of rebuild) {
      progress.step(`compiling ${dependency}`);
      await npm(['rebuild', dependency, '--ignore-scripts=false', '--loglevel=error'], { cwd: folder, env });
    }
    await writeFile(path.join(folder, MARKER), JSON.stringify({ manifest, rebuild, node: process.version }, null, 2));
  } finally {
    clearInterval(heartbeat);
    await progress.end();
  }
}

/** `ensureTools` for one entry of `tool-pins.mjs`. */
export function ensurePinned({ name, manifest, rebuild }, options = {}) {
  return ensureTools(name, manifest, { ...options, rebuild });
}
