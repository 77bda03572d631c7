import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

/** Runs the project's rules over a small tree in which `from` imports `to`. */
function cruise(from: string, to: string): { ok: boolean; output: string } {
  const tree = mkdtempSync(path.join(tmpdir(), 'wecom-arrows-'));
  try {
    for (const [file, text] of [[from, `export { b } from '${importPath(from, to)}';\n`], [to, 'export const b = 1;\n'], ['tsconfig.json', '{}']] as const) {
      if (file.startsWith('node:')) continue;
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
      writeFileSync(path.join(tree, file), text);
    }
    const { status, stdout, stderr } = spawnSync('node', [path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', path.join(PROJECT, '.dependency-cruiser.cjs'), from.split('/')[0]!], { cwd: tree, encoding: 'utf8' });
    return { ok: status === 0, output: stdout + stderr };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function importPath(from: string, to: string): string {
  if (to.startsWith('node:')) return to;
  const relative = path.posix.relative(path.posix.dirname(from), to.replace(/\.ts$/, ''));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

describe('the arrows between folders', () => {
  it.each([
    ['core/a.ts', 'nodes/b.ts', 'core-knows-no-host'],
    ['core/a.ts', 'node-red/b.ts', 'core-knows-no-host'],
    ['core/a.ts', 'sandbox/b.ts', 'core-knows-no-host'],
    ['core/a.ts', 'node:fs', 'core-needs-little'],
    ['nodes/a.ts', 'node-red/b.ts', 'n8n-knows-no-node-red'],
    ['node-red/a.ts', 'nodes/b.ts', 'node-red-knows-no-n8n'],
    ['node-red/a.ts', 'sandbox/b.ts', 'product-knows-no-sandbox'],
    ['sandbox/a.ts', 'core/messages/b.ts', 'sandbox-judges-on-its-own'],
    ['sandbox/a.ts', 'core/b.ts', 'sandbox-judges-on-its-own'],
    ['sandbox/a/c.ts', 'core/long-text/b.ts', 'sandbox-judges-on-its-own'],
  ])('%s may not import %s', (from, to, rule) => {
    const { ok, output } = cruise(from, to);
    expect(output).toContain(rule);
    expect(ok).toBe(false);
  });

  it.each([['nodes/a.ts', 'core/b.ts'], ['node-red/a.ts', 'core/b.ts'], ['core/a.ts', 'core/messages/b.ts'], ['core/a.ts', 'node:crypto'], ['sandbox/a.ts', 'sandbox/messages/b.ts'], ['sandbox/a.ts', 'node:fs'], ['sandbox/a.ts', 'core-values/b.ts']])('%s may import %s', (from, to) => {
    expect(cruise(from, to)).toMatchObject({ ok: true });
  });
});
