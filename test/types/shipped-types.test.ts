import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { messageTypes } from '../../core';
import { PAGES, samplesOf, withoutIgnored } from '../fixtures/official-samples';

const { messageShapes } = jest.requireActual<{ messageShapes(types: typeof messageTypes): string }>(
  '../../scripts/docs/message-shapes.mjs',
);

const PROJECT = path.resolve(__dirname, '../..');
const MODULES = path.join(PROJECT, 'node_modules');
const PACKAGES = { '@wecom-flow/n8n-nodes-wecom': '.', '@wecom-flow/node-red-wecom': 'node-red' } as const;
const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

/** A project of its own, which knows the two packages and @types/node, and no zod. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wecom-types-'));
  for (const [name, place] of Object.entries(PACKAGES)) {
    const manifest = JSON.parse(read(path.join(place, 'package.json'))) as { types: string };
    const installed = path.join(folder, 'node_modules', name);
    mkdirSync(path.join(installed, path.dirname(manifest.types)), { recursive: true });
    cpSync(path.join(PROJECT, place, manifest.types), path.join(installed, manifest.types));
    writeFileSync(path.join(installed, 'package.json'), JSON.stringify(manifest));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the strict compiler says of programs, without trusting any .d.ts. */
function compile(programs: Readonly<Record<string, string>>): string {
  for (const [name, program] of Object.entries(programs)) writeFileSync(path.join(folder, name), program);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'es2022',
    lib: ['es2024'],
    module: 'node16',
    types: ['node'],
    typeRoots: [path.join(MODULES, '@types')],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(programs) }));
  return spawnSync(process.execPath, [path.join(MODULES, 'typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' })
    .stdout;
}

/** What the code of READMEs has from elsewhere. */
const GIVEN = 'declare const buffer: Buffer, corpId: string, agentId: number, secret: string, webhook: string;';

/** The JavaScript of a README as TypeScript: types come with `import` only. */
function readmePrograms(file: string): string[] {
  return [...read(file).matchAll(/```(?:js|ts)\n([\s\S]*?)```/g)]
    .map(([, code]) => code as string)
    .filter((code) => code.includes('@wecom-flow/'))
    .map((code) => code.replace(/const (\{[^}]*\}) = require\(('[^']+')\)/, 'import $1 from $2'))
    .map((code) => `${GIVEN}\n${code}`);
}

it('the types of both packages take what core takes, refuse what it refuses, and need no zod', () => {
  const program = read('test/types/programs/send-messages.mts');
  const programs = Object.keys(PACKAGES).map((name, index) => [
    `messages-${index}.mts`,
    program.replaceAll('@wecom-flow/package', name),
  ]);
  expect(compile(Object.fromEntries(programs) as Record<string, string>)).toBe('');
});

it('the code of the READMEs compiles as TypeScript', () => {
  const programs = ['README.md', 'README.zh-CN.md', 'node-red/README.md'].map(
    (file) => [file, readmePrograms(file)] as const,
  );
  for (const [file, found] of programs) expect([file, found.length > 0]).toEqual([file, true]);
  const files = programs.flatMap(([file, found]) =>
    found.map((program, index) => [`${file.replace('/', '-')}-${index}.mts`, program] as const),
  );
  expect(compile(Object.fromEntries(files))).toBe('');
});

it("the samples of WeCom's documentation compile as messages, without what WeCom ignores", () => {
  const typed = (page: string, declared: string) =>
    samplesOf(page).map(([name, sample]) => {
      const message = withoutIgnored(sample.json, sample);
      return `const ${declared}${name.replace(/\W/g, '_')}: ${declared} = ${JSON.stringify(message, null, 2)};`;
    });
  const program = [
    "import type { RobotMessage, WecomMessage } from '@wecom-flow/node-red-wecom';",
    ...typed(PAGES.app, 'WecomMessage'),
    ...typed(PAGES.chat, 'WecomMessage'),
    ...typed(PAGES.robot, 'RobotMessage'),
  ];
  expect(program.length).toBeGreaterThan(30);
  expect(compile({ 'samples.mts': program.join('\n') })).toBe('');
});

it('the types of messages are those of the descriptions', () => {
  const stale = read('core/messages/message-shapes.generated.ts') !== messageShapes(messageTypes);
  expect(stale ? 'A message type changed: run "npm run docs", which writes the types of messages again' : '').toBe('');
});
