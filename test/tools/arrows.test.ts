import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

/** Importer, imported, and the rules that this breaks. */
const ARROWS: readonly (readonly [from: string, to: string, ...rules: string[]])[] = [
  ['core', 'nodes/b.ts', 'core-knows-no-host', 'core-needs-little'],
  ['core', 'node-red/b.ts', 'core-knows-no-host', 'core-needs-little'],
  ['core', 'sandbox/b.ts', 'core-knows-no-host', 'core-needs-little'],
  ['core', 'node:fs', 'core-needs-little'],
  ['nodes', 'node-red/b.ts', 'n8n-knows-no-node-red', 'n8n-needs-little'],
  ['node-red', 'nodes/b.ts', 'node-red-knows-no-n8n'],
  ['node-red', 'sandbox/b.ts', 'product-knows-no-sandbox'],
  ['sandbox', 'core/messages/b.ts', 'sandbox-judges-on-its-own'],
  ['sandbox', 'core/b.ts', 'sandbox-judges-on-its-own'],
  ['sandbox/a', 'core/long-text/b.ts', 'sandbox-judges-on-its-own'],
  ['nodes', 'core/b.ts'],
  ['node-red', 'core/b.ts'],
  ['core', 'core/messages/b.ts'],
  ['core', 'node:crypto'],
  ['sandbox', 'sandbox/messages/b.ts'],
  ['sandbox', 'node:fs'],
  ['sandbox', 'core-values/b.ts'],
];

/** The project's rules over a tree in which a file of its own goes along each arrow: the rules that each breaks. */
function broken(): string[][] {
  const tree = mkdtempSync(path.join(tmpdir(), 'wecom-arrows-'));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  };
  try {
    write('tsconfig.json', '{}');
    const importers = ARROWS.map(([folder, to], index) => {
      const from = `${folder}/importer-${index}.ts`;
      if (!to.startsWith('node:')) write(to, 'export const b = 1;\n');
      write(from, `export { b } from '${importPath(from, to)}';\n`);
      return from;
    });
    const command = [
      path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      path.join(PROJECT, '.dependency-cruiser.cjs'),
      '--output-type',
      'json',
      'core',
      'nodes',
      'node-red',
      'sandbox',
    ];
    const { stdout } = spawnSync('node', command, { cwd: tree, encoding: 'utf8' });
    const { violations } = (
      JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } }
    ).summary;
    return importers.map((file) =>
      violations
        .filter(({ from }) => from === file)
        .map(({ rule }) => rule.name)
        .sort(),
    );
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function importPath(from: string, to: string): string {
  if (to.startsWith('node:')) return to;
  const relative = path.posix.relative(path.posix.dirname(from), to.replace(/\.ts$/, ''));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

test('what may import what', () => {
  const found = broken();
  expect(ARROWS.map(([from, to], index) => [from, to, ...found[index]!])).toEqual(ARROWS);
});
