/** Time and bytes to load each package, each time in a new process. */
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { artifact, inTemporaryFolder, unpack } from '../scripts/artifact.mjs';
import { PROJECT } from '../scripts/run.mjs';
import { median } from './figures.mjs';

const LOADS = 9;
/** With the types of the library, which nobody loads, and the examples. */
const MAX_BYTES = 1_200_000;

const PACKAGES = [
  {
    which: 'n8n',
    name: 'n8n package (after n8n-workflow)',
    maxMs: 100,
    // What n8n does: n8n-workflow is there already, then the files named in package.json are loaded and instantiated.
    code: (dir) => `require('n8n-workflow'); const start = performance.now();
      const { n8n } = require(${JSON.stringify(path.join(dir, 'package.json'))});
      for (const file of [...n8n.credentials, ...n8n.nodes]) { const [Type] = Object.values(require(require('path').join(${JSON.stringify(dir)}, file))); new Type(); }`,
  },
  {
    which: 'node-red',
    name: 'Node-RED package (undici included)',
    maxMs: 250,
    code: (dir) => `const start = performance.now();
      const { 'node-red': { nodes } } = require(${JSON.stringify(path.join(dir, 'package.json'))});
      for (const file of Object.values(nodes)) require(require('path').join(${JSON.stringify(dir)}, file));`,
  },
];

export async function loading() {
  const rows = [];
  for (const { which, name, maxMs, code } of PACKAGES) {
    await inTemporaryFolder(async (folder) => {
      await unpack(await artifact(which), folder);
      const times = [];
      for (let load = 0; load < LOADS; load += 1) times.push(await loadTime(code(folder)));
      const bytes = await size(folder);
      rows.push(
        {
          what: `load time, ${name}`,
          value: median(times),
          unit: 'ms',
          goal: `< ${maxMs} ms`,
          met: median(times) < maxMs,
        },
        { what: `size unpacked, ${name}`, value: bytes / 1000, unit: 'kB', goal: '< 1.2 MB', met: bytes < MAX_BYTES },
      );
    });
  }
  return rows;
}

async function loadTime(code) {
  const { stdout } = await promisify(execFile)('node', ['-e', `${code}\nconsole.log(performance.now() - start)`], {
    cwd: PROJECT,
    env: { ...process.env, NODE_PATH: path.join(PROJECT, 'node_modules') },
  });
  return Number(stdout.trim().split('\n').at(-1));
}

async function size(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((file) => stat(path.join(file.parentPath, file.name))));
  return sizes.reduce((sum, { size: bytes }) => sum + bytes, 0);
}
