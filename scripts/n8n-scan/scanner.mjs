/**
 * n8n's package scanner, called on folders instead of on a published package.
 *
 * Published, the scanner first checks npm's provenance attestation, fetches the attested commit, and lints two things:
 * the sources of that commit and the files of the tarball. Its function `analyzePackage` is that lint; we hand it our
 * own folders and the same patterns.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** As in the scanner's `analyzePackageByName`; it does not export this one. */
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

/**
 * @param {string} tools  folder that `ensurePinned(N8N_SCANNER)` returned
 * @returns legs: each takes a folder and answers `{ files, passed, details }`; `details` is a text with file, line and
 *   rule
 */
export async function loadScanner(tools) {
  const require = createRequire(path.join(tools, 'package.json'));
  const file = path.join(tools, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
  const scanner = await import(pathToFileURL(file));

  const leg = (patterns) => async (folder) => {
    const files = await countFiles(folder, patterns, require);
    const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
    // The scanner calls an empty folder clean; a scan that read nothing has proved nothing.
    if (files === 0) return { files, passed: false, details: `no file matches ${patterns.join(', ')}` };
    return { files, passed, details: details ? withoutFolder(details, folder) : message };
  };
  return {
    sources: leg(scanner.SOURCE_FILE_PATTERNS),
    tarball: leg(TARBALL_PATTERNS),
    patterns: scanner.SOURCE_FILE_PATTERNS,
    buildScanConfig: scanner.buildScanConfig,
  };
}

async function countFiles(folder, patterns, require) {
  const fastGlob = require('fast-glob');
  return (await fastGlob(patterns, { cwd: folder, ignore: ['node_modules/**', '**/package-lock.json'] })).length;
}

function withoutFolder(text, folder) {
  return text.replaceAll(folder + path.sep, '').trim();
}
