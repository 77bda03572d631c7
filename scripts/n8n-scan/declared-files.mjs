/** What the scanner takes for granted: the files that package.json declares to n8n are in the tarball. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** @returns {Promise<string[]>} one sentence per fault */
export async function checkDeclaredFiles(unpacked) {
  const { n8n = {}, dependencies = {} } = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8'));
  const faults = [];
  for (const kind of ['nodes', 'credentials']) {
    const declared = n8n[kind] ?? [];
    if (declared.length === 0) faults.push(`package.json: n8n.${kind} is empty`);
    for (const file of declared) {
      if (!existsSync(path.join(unpacked, file)))
        faults.push(`package.json: n8n.${kind} names ${file}, which is not in the tarball`);
    }
    if (kind !== 'nodes') continue;
    for (const file of declared) {
      const codex = file.replace(/\.js$/, '.json');
      if (!existsSync(path.join(unpacked, codex)))
        faults.push(`${codex} is not in the tarball: n8n shows the node without category, search aliases and links`);
    }
  }
  if (Object.keys(dependencies).length > 0)
    faults.push(`package.json: dependencies must be empty, has ${Object.keys(dependencies).join(', ')}`);
  return faults;
}
