/** `npm run pack`: builds both packages and writes their tarballs to artifacts/. */
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { PACKAGES } from './artifact.mjs';
import { packPackage } from './pack-package.mjs';
import { PROJECT, run } from './run.mjs';
import { ensureSetup } from './setup.mjs';

ensureSetup();
run('node', ['scripts/build.mjs']);
const artifacts = path.join(PROJECT, 'artifacts');
await rm(artifacts, { recursive: true, force: true });
for (const folder of Object.values(PACKAGES)) {
  const packed = await packPackage(path.join(PROJECT, folder), artifacts);
  console.log(
    `artifacts/${packed.filename}: ${packed.files.length} files, ${(packed.size / 1000).toFixed(0)} kB packed, ${(packed.unpackedSize / 1000).toFixed(0)} kB unpacked`,
  );
}
