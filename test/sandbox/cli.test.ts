import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'undici';

const ROOT = path.join(__dirname, '../..');
let folder: string;
let cli: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-cli-'));
  cli = path.join(folder, 'sandbox/cli.js');
  const rolldown = path.join(ROOT, 'node_modules/.bin/rolldown');
  execFileSync(rolldown, ['sandbox/cli.ts', '--platform', 'node', '--format', 'cjs', '--dir', path.dirname(cli)], {
    cwd: ROOT,
    stdio: 'ignore',
  });
  for (const served of ['sandbox/page', 'drawing'])
    cpSync(path.join(ROOT, served), path.join(folder, served), { recursive: true });
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command until it ends; `when` acts on what it has printed so far. */
function run(
  args: string[],
  when?: (output: string, child: ChildProcess) => void,
): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        when?.(output, child);
      });
    }
    child.once('close', (code) => resolve({ output, code }));
  });
}

test('the command prints what is needed to try it, serves the inbox, and Ctrl-C ends it', async () => {
  let page: Promise<number> | undefined;
  const { output, code } = await run(['--port', '0'], (printed, child) => {
    const url = /Inbox\s+(\S+)/.exec(printed)?.[1];
    if (!url || page) return;
    page = request(url).then(async ({ statusCode, body }) => {
      await body.dump();
      child.kill('SIGINT');
      return statusCode;
    });
  });
  expect(await page).toBe(200);
  expect(code).toBe(0);
  expect(output).toMatch(/Seed\s+\d+\n/);
  expect(output).toMatch(/Corp ID\s+ww\w+\n\s+Agent ID\s+1000002\n\s+Secret\s+sandbox-secret-1000002/);
});

test('a port that is taken is said in one line that names --port', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { output, code } = await run(['--port', String(port)]);
  other.close();
  expect(output).toBe(`Port ${port} is taken. Choose another one with --port, or --port 0 for any free one.\n`);
  expect(code).toBe(1);
});

test.each([
  ['--seed', 'x'],
  ['--seed', '-1'],
  ['--port', 'x'],
  ['--port', '70000'],
  ['--prot', '1'],
])('%s %s is refused without a stack trace', async (...args) => {
  const { output, code } = await run(args);
  expect(output).toContain(args[0]);
  expect(output).not.toContain('    at ');
  expect(code).toBe(1);
});
