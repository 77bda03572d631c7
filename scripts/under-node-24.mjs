/**
 * Runs a script under Node.js 24, which n8n and Node-RED 5 need.
 *
 * npm scripts have the project's own Node first on their PATH, except on a fresh clone: there the script began under
 * the Node of the machine and has installed the other one a moment ago.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { endWithNpm } from './end-with-npm.mjs';
import { projectEnvironment } from './run.mjs';

/**
 * @param {URL} script  gets this process's arguments, and SIGTERM once npm has ended
 */
export async function underNode24(script) {
  endWithNpm();
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    await import(script);
    return;
  }
  const child = spawn('node', [fileURLToPath(script), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: projectEnvironment(),
  });
  // In a terminal Ctrl-C reaches both; this one has to stay until the other has tidied up.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('close', (code) => process.exit(code ?? 1));
}
