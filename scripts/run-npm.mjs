/** Runs npm in another folder as if the person had typed it there, whatever npm script we are part of. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Set by `npm run` for the project it runs in; a nested npm would take them for its own. */
const OF_THE_OUTER_RUN =
  /^(npm_package_|npm_lifecycle_|npm_command$|npm_config_(local_prefix|global_prefix|prefix|noproxy|node_gyp)$|INIT_CWD$)/i;

/**
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} what npm printed
 * @throws Error with the end of npm's output when it fails
 */
export function npmOutput(args, { cwd, env = process.env }) {
  const [command, ...first] = npmCommand(env);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], {
      cwd,
      env: npmEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let everything = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (everything = (everything + chunk).slice(-4000)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`npm ${args.join(' ')} ended with ${code} in ${cwd}\n${everything}`));
    });
  });
}

/** The same for a command whose output nobody needs. */
export async function runNpm(args, options) {
  await npmOutput(args, options);
}

/** Inside an npm script the very npm that runs us, under our Node; else the one on PATH. */
function npmCommand(env) {
  const cli = env.npm_execpath;
  return cli && /npm-cli\.[cm]?js$/.test(cli)
    ? [process.execPath, cli]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** The person's npm settings stay; what belongs to the outer run goes; our Node comes first, with its own headers. */
export function npmEnvironment(env, execPath = process.execPath) {
  const inner = Object.fromEntries(Object.entries(env).filter(([key]) => !OF_THE_OUTER_RUN.test(key)));
  inner.PATH = [path.dirname(execPath), inner.PATH].filter(Boolean).join(path.delimiter);
  const headers = nodeHeaders(execPath);
  if (headers) inner.npm_config_nodedir = headers;
  return inner;
}

/**
 * The folder with `include/node` that belongs to the running Node, so that compiling needs no download and never
 * takes the headers of another Node on the machine. The npm package `node` keeps them in a package of the platform.
 * Undefined when this Node came without headers: node-gyp then fetches them.
 */
export function nodeHeaders(execPath = process.execPath) {
  const home = path.dirname(path.dirname(execPath));
  const platformPackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const candidates = [home, path.join(home, 'node_modules', platformPackage), path.join(home, '..', platformPackage)];
  return candidates.find((folder) => existsSync(path.join(folder, 'include', 'node', 'node.h')));
}
