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
  ['drawing', 'sandbox/b.ts', 'drawing-imports-nothing'],
  ['drawing', 'node-red/b.ts', 'drawing-imports-nothing'],
  ['drawing', 'node:fs', 'drawing-imports-nothing'],
  ['core', 'drawing/b.ts', 'core-knows-no-host', 'core-needs-little', 'drawing-is-for-pages'],
  ['nodes', 'drawing/b.ts', 'drawing-is-for-pages', 'n8n-needs-little'],
  ['sandbox', 'core/messages/b.ts', 'sandbox-judges-on-its-own'],
  ['sandbox', 'core/b.ts', 'sandbox-judges-on-its-own'],
  ['sandbox/a', 'core/long-text/b.ts', 'sandbox-judges-on-its-own'],
  ['core/outcome', 'core/schema/b.ts', 'core/outcome-imports-from-before-it'],
  ['core/schema', 'core/api/b.ts', 'core/schema-imports-from-before-it'],
  ['core/api', 'core/delivery/b.ts', 'core/api-imports-from-before-it'],
  ['core/delivery', 'core/messages/types/b.ts', 'core/delivery-imports-from-before-it'],
  ['core/long-text', 'core/messages/b.ts', 'core/long-text-imports-from-before-it'],
  ['core/messages/types', 'core/sending/b.ts', 'core/messages-imports-from-before-it'],
  ['core/sending', 'core/operations/b.ts', 'core/sending-imports-from-before-it'],
  ['core/operations', 'core/receiving/b.ts', 'core/operations-imports-from-before-it'],
  ['core/receiving', 'core/bot/b.ts', 'core/receiving-imports-from-before-it'],
  ['core/bot', 'core/asking/b.ts', 'core/bot-imports-from-before-it'],
  ['core/asking', 'core/clients/b.ts', 'core/asking-imports-from-before-it'],
  ['core/clients', 'core/outcome/b.ts'],
  ['core/sending', 'core/messages/types/b.ts'],
  ['nodes/host', 'nodes/SendWecomMessage/panel/b.ts', 'nodes/host-imports-from-before-it'],
  [
    'nodes/SendWecomMessage/panel',
    'nodes/SendWecomMessage/read/b.ts',
    'nodes/SendWecomMessage/panel-imports-from-before-it',
  ],
  [
    'nodes/SendWecomMessage/read',
    'nodes/SendWecomMessage/run/b.ts',
    'nodes/SendWecomMessage/read-imports-from-before-it',
  ],
  ['nodes/SendWecomMessage/run', 'nodes/host/b.ts'],
  ['node-red/runtime/host', 'node-red/runtime/connection/b.ts', 'node-red/runtime/host-imports-from-before-it'],
  ['node-red/runtime/connection', 'node-red/runtime/queue/b.ts', 'node-red/runtime/connection-imports-from-before-it'],
  ['node-red/runtime/reading', 'node-red/runtime/queue/b.ts', 'node-red/runtime/reading-imports-from-before-it'],
  ['node-red/runtime/queue', 'node-red/runtime/life/b.ts', 'node-red/runtime/queue-imports-from-before-it'],
  ['node-red/runtime/life', 'node-red/runtime/dialogs/b.ts', 'node-red/runtime/life-imports-from-before-it'],
  ['node-red/runtime/dialogs', 'node-red/runtime/host/b.ts'],
  ['nodes', 'core/b.ts'],
  ['node-red', 'core/b.ts'],
  ['core', 'core/messages/b.ts'],
  ['core', 'node:crypto'],
  ['drawing', 'drawing/parts/b.ts'],
  ['node-red', 'drawing/b.ts'],
  ['sandbox', 'drawing/b.ts'],
  ['sandbox', 'sandbox/messages/b.ts'],
  ['sandbox', 'node:fs'],
  ['sandbox', 'core-values/b.ts'],
];

/** Types only: whoever reads one file has to read the other all the same. */
const CIRCLE: readonly (readonly [file: string, text: string])[] = [
  ['core/schema/left.ts', "import type { Right } from './right';\nexport type Left = Right | undefined;\n"],
  ['core/schema/right.ts', "import type { Left } from './left';\nexport type Right = Left | string;\n"],
];

/** The project's rules over a tree in which a file of its own goes along each arrow: the rules that each breaks. */
function broken(): { readonly arrows: string[][]; readonly circle: string[] } {
  const tree = mkdtempSync(path.join(tmpdir(), 'wecom-arrows-'));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  };
  try {
    write('tsconfig.json', '{}');
    for (const [file, text] of CIRCLE) write(file, text);
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
      'drawing',
      'sandbox',
    ];
    const { stdout } = spawnSync('node', command, { cwd: tree, encoding: 'utf8' });
    const { violations } = (
      JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } }
    ).summary;
    const brokenBy = (file: string) =>
      violations
        .filter(({ from }) => from === file)
        .map(({ rule }) => rule.name)
        .sort();
    return { arrows: importers.map(brokenBy), circle: CIRCLE.flatMap(([file]) => brokenBy(file)) };
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
  expect(ARROWS.map(([from, to], index) => [from, to, ...found.arrows[index]!])).toEqual(ARROWS);
  expect(found.circle).toContain('no-circles');
});
