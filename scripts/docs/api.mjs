/**
 * Writes docs/api/README.md from the docstrings of what the packages export, and tells what has none.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PROJECT } from '../run.mjs';

export const API_FILE = 'docs/api/README.md';

const HEAD = `# The library

What the packages export for programs that send without a flow, written from the docstrings of the shipped types. How to
begin is in the [README](../../README.md#use-it-as-a-library), which also has all message types with their limits; an
editor shows these at every field of a message.

\`@wecom-flow/node-red-wecom\` exports everything below. \`@wecom-flow/n8n-nodes-wecom\` exports the same clients without
connections: there \`createWecom\` and \`createRobot\` also take \`http\`, which carries a request and gives the answer, and
\`clock\`, and there is no \`proxy\`, no \`close()\` and no \`createTokenFileStore\`.

Times are milliseconds and sizes are bytes of UTF-8 where nothing else is said. "doc 90236" is the page
\`https://developer.work.weixin.qq.com/document/path/90236\`.
`;

/** The entries of both packages: all that they export needs docstrings; the second has all that the page shows. */
const ENTRIES = { n8n: 'core/index.ts', nodeRed: 'node-red/index.ts' };

/** @returns {Promise<{ page: string, undocumented: string[] }>} the page, and what has no docstring */
export async function api() {
  // Imported here: only this part of the docs needs them.
  const { default: typescript } = await import('typescript');
  const { Application, ReflectionKind } = await import('typedoc');
  // One program for both entries: reading all the types takes longer than writing the page.
  const { options } = typescript.parseJsonConfigFileContent(
    {
      extends: path.join(PROJECT, 'tsconfig.json'),
      compilerOptions: { types: ['node'] },
      files: Object.values(ENTRIES),
    },
    typescript.sys,
    PROJECT,
  );
  const program = typescript.createProgram(
    Object.values(ENTRIES).map((entry) => path.join(PROJECT, entry)),
    options,
  );
  const convert = async (entry, more = {}) => {
    const app = await Application.bootstrapWithPlugins({ ...READING, ...more });
    const sourceFile = program.getSourceFile(path.join(PROJECT, entry));
    if (!sourceFile) throw new Error(`There is no ${entry}`);
    return { app, project: app.converter.convert([{ displayName: 'library', program, sourceFile }]) };
  };

  const undocumented = new Set();
  const documented =
    ReflectionKind.Function |
    ReflectionKind.Class |
    ReflectionKind.Interface |
    ReflectionKind.TypeAlias |
    ReflectionKind.Variable |
    ReflectionKind.Property |
    ReflectionKind.Method |
    ReflectionKind.Accessor;
  const note = ({ project }) => {
    for (const reflection of project.getReflectionsByKind(documented)) {
      const name = reflection.getFullName();
      // The members of a type without a name are described by whoever has that type.
      if (name.includes('__type')) continue;
      const texts = [reflection, ...(reflection.signatures ?? [])];
      if (!texts.some(({ comment }) => comment?.summary.length > 0)) undocumented.add(name);
    }
  };
  note(await convert(ENTRIES.n8n));
  const out = await mkdtemp(path.join(tmpdir(), 'wecom-api-'));
  try {
    const library = await convert(ENTRIES.nodeRed, { ...OF_THE_PAGE, out });
    note(library);
    await library.app.generateOutputs(library.project);
    const page = await readFile(path.join(out, 'README.md'), 'utf8');
    return { page: `${HEAD}\n${short(page)}\n`, undocumented: [...undocumented].sort() };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

const OF_THE_PAGE = {
  router: 'module',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hidePageTitle: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  propertyMembersFormat: 'table',
  typeDeclarationFormat: 'table',
  typeDeclarationVisibility: 'compact',
  expandObjects: false,
  tableColumnSettings: {
    hideDefaults: true,
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
    hideSources: true,
  },
  groupOrder: ['Functions', 'Interfaces', 'Classes', 'Variables', 'Type Aliases'],
  sort: ['alphabetical'],
};

const READING = {
  tsconfig: path.join(PROJECT, 'tsconfig.json'),
  plugin: ['typedoc-plugin-markdown'],
  // The compiler has checked it elsewhere.
  skipErrorChecking: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeExternals: true,
  disableGit: true,
  disableSources: true,
  readme: 'none',
  logLevel: 'Error',
};

/** What the signature above says already. */
const SAID = new Set([
  'Returns',
  'Inherited from',
  'Overrides',
  'Extends',
  'Extended by',
  'Implements',
  'Type Parameters',
]);

/** The page without the sections that repeat a signature, and without rules and anchors inside its tables. */
function short(page) {
  const sections = page
    .replaceAll(/<a id="[^"]*"><\/a> /g, '')
    .replaceAll(/^\*\*\*\n+/gm, '')
    .split(/^(?=#+ )/m);
  return sections
    .filter((section) => {
      const [, title] = /^#+ (.*)/.exec(section) ?? [];
      if (title === 'Parameters') return section.includes('Description');
      return !SAID.has(title);
    })
    .map((section) =>
      section.replace(/^#+ Throws\n\n/, 'Throws: ').replace(/^#+ (Parameters|Properties|Methods|Constructors)\n\n/, ''),
    )
    .join('')
    .replaceAll('##### Constructor\n', '##### new\n')
    .replaceAll(/^##### /gm, '#### ')
    .trim();
}
