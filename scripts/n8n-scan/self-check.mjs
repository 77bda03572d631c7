/**
 * Proves on every run that the scan can fail: a copy of what was just scanned gets one file that does what n8n forbids,
 * and each leg must name it. A scan that passes because it looked in the wrong place would not.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PLANTED_SOURCE = `import { readFileSync } from 'fs';
export class Planted { read() { return readFileSync(process.env.HOME + '/x', 'utf8'); } }
`;
const PLANTED_BUILT = `const { readFileSync } = require('fs');
exports.read = () => readFileSync(process.env.HOME + '/x', 'utf8');
`;
const MUST_BE_FOUND = ['no-restricted-imports', 'no-restricted-globals'];

/**
 * @param {object} scanner   from `loadScanner`
 * @param {string} project   package root with the sources
 * @param {string} unpacked  the unpacked tarball
 * @param {string} scratch   an empty folder
 * @returns {Promise<string[]>} what was not found; empty when the scan works
 */
export async function selfCheck(scanner, project, unpacked, scratch) {
  const sources = path.join(scratch, 'sources');
  for (const part of ['package.json', 'nodes', 'credentials', 'icons']) {
    if (existsSync(path.join(project, part)))
      await cp(path.join(project, part), path.join(sources, part), { recursive: true });
  }
  await plant(sources, 'nodes/Planted/Planted.node.ts', PLANTED_SOURCE);

  const tarball = path.join(scratch, 'tarball');
  await cp(unpacked, tarball, { recursive: true });
  await plant(tarball, 'dist/nodes/planted.js', PLANTED_BUILT);

  return [
    ...missing('sources', 'Planted.node.ts', await scanner.sources(sources)),
    ...missing('tarball', 'planted.js', await scanner.tarball(tarball)),
  ];
}

async function plant(folder, file, text) {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

/** The planted file's part of the report begins with its name and ends with an empty line. */
function missing(leg, file, { details = '' }) {
  const ofThePlantedFile = details.split(/\n\s*\n/).find((part) => part.split('\n')[0].includes(file)) ?? '';
  return MUST_BE_FOUND.filter((rule) => !ofThePlantedFile.includes(rule)).map(
    (rule) => `${leg}: planted violation of ${rule} not found`,
  );
}
