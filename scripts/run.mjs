/** Runs a command of the project in the foreground, under the project's own Node. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * The environment of npm scripts: node_modules/.bin first, where Node 24 is, also when it was installed a moment ago.
 */
export function projectEnvironment(env = process.env) {
  return { ...env, PATH: [path.join(PROJECT, 'node_modules', '.bin'), env.PATH].join(path.delimiter) };
}

/** Ends this process with the command's exit code if that is not 0. */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: PROJECT, stdio: 'inherit', env: projectEnvironment() });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
