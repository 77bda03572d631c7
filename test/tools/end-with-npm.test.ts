import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const PROJECT = path.join(__dirname, '../..');
const PATIENCE_MS = 20_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wecom-flow-npm-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function startedByNpm(program: string, script: string) {
  const scripts = pathToFileURL(path.join(PROJECT, 'scripts')).href;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ scripts: { start: script } }));
  await writeFile(
    path.join(folder, 'begin.mjs'),
    `import { underNode24 } from '${scripts}/under-node-24.mjs'; await underNode24(new URL('./program.mjs', import.meta.url));`,
  );
  await writeFile(path.join(folder, 'program.mjs'), program);
  const npm = spawn('npm', ['start', '--silent'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of npm.stdout) return { npm, pid: Number(String(chunk)) };
  throw new Error('the program said nothing');
}

const PROGRAMS = {
  'that tidies up':
    "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 100)); setInterval(() => undefined, 1000); console.log(process.pid);",
  'that listens to no signal': 'setInterval(() => undefined, 1000); console.log(process.pid);',
};

// Some shells give way to a program that is alone.
const SCRIPTS = { alone: 'node begin.mjs', 'with more to do': 'node begin.mjs && echo done' };

test.each([
  ['that tidies up', 'SIGTERM', 'alone'],
  ['that tidies up', 'SIGKILL', 'alone'],
  ['that tidies up', 'SIGTERM', 'with more to do'],
  ['that tidies up', 'SIGKILL', 'with more to do'],
  ['that listens to no signal', 'SIGKILL', 'alone'],
] as const)(
  'a program %s ends when npm gets %s: %s',
  async (which, signal, where) => {
    const { npm, pid } = await startedByNpm(PROGRAMS[which], SCRIPTS[where]);
    expect(isRunning(pid)).toBe(true);
    npm.kill(signal);
    const deadline = Date.now() + PATIENCE_MS;
    while (isRunning(pid) && Date.now() < deadline) await pause(50);
    const ended = !isRunning(pid);
    if (!ended) process.kill(pid, 'SIGKILL');
    expect(ended).toBe(true);
  },
  2 * PATIENCE_MS,
);
