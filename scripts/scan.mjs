/**
 * `npm run scan`: n8n's own package scanner on our sources and on the packed tarball. Exit code 1 on any finding.
 *
 *     node scripts/scan.mjs [--project <folder>] [--tarball <file>]
 */
import path from 'node:path';
import { parseArgs } from 'node:util';

import { artifact, inTemporaryFolder, unpack } from './artifact.mjs';
import { checkDeclaredFiles } from './n8n-scan/declared-files.mjs';
import { lintWithNewerRules } from './n8n-scan/newer-rules.mjs';
import { lintRenderedPanels } from './n8n-scan/rendered-panel.mjs';
import { loadScanner } from './n8n-scan/scanner.mjs';
import { selfCheck } from './n8n-scan/self-check.mjs';
import { PROJECT } from './run.mjs';
import { ensurePinned } from './tool-cache.mjs';
import { N8N_SCANNER } from './tool-pins.mjs';

const { values } = parseArgs({ options: { project: { type: 'string' }, tarball: { type: 'string' } } });
const project = path.resolve(values.project ?? PROJECT);
const tarball = path.resolve(values.tarball ?? (await artifact('n8n', project)));
const tools = await ensurePinned(N8N_SCANNER);
const scanner = await loadScanner(tools);
let failed = false;

function report(title, passed, details) {
  console.log(`${passed ? 'pass' : 'FAIL'}  ${title}`);
  if (details) console.log(details.replace(/^/gm, '      '));
  failed ||= !passed;
}

function reportFindings(title, findings) {
  const lines = findings.map(
    ({ file, line, rule, message, error, text }) =>
      `${file}:${line}  ${error ? 'error' : 'warning'}  ${message}  ${rule}${text ? `\n    ${text}` : ''}`,
  );
  report(title, !findings.some(({ error }) => error), lines.join('\n'));
}

console.log('n8n package scanner 0.32.0');
await inTemporaryFolder(async (scratch) => {
  const unpacked = path.join(scratch, 'unpacked');
  await unpack(tarball, unpacked);

  const sources = await scanner.sources(project);
  report(`sources: ${sources.files} files (${scanner.patterns.join(', ')})`, sources.passed, sources.details);

  const packed = await scanner.tarball(unpacked);
  report(
    `tarball: ${packed.files} files of ${path.basename(tarball)} (every .js, package.json)`,
    packed.passed,
    packed.details,
  );

  const lint = (folder) => lintWithNewerRules(tools, scanner, folder);
  reportFindings('sources, rules of n8n-node lint 0.48.3 (warnings do not fail)', await lint(project));
  reportFindings(
    'panels as n8n shows them, same rules',
    await lintRenderedPanels(unpacked, path.join(scratch, 'rendered'), lint),
  );

  const undeclared = await checkDeclaredFiles(unpacked);
  report(
    'tarball: declared nodes, credentials and codex files are in it',
    undeclared.length === 0,
    undeclared.join('\n'),
  );

  const blind = await selfCheck(scanner, project, unpacked, path.join(scratch, 'self-check'));
  report(
    'self-check: a planted violation is found in a copy of the sources and of the tarball',
    blind.length === 0,
    blind.join('\n'),
  );
});
console.log(
  'not checked here, because it exists only after publishing: npm provenance, and that its commit can be fetched from GitHub',
);
process.exit(failed ? 1 : 0);
