/** `npm run pack`: builds both packages and writes their tarballs to artifacts/. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { PACKAGES } from './artifact.mjs';
import { PROJECT, run } from './run.mjs';
import { npmOutput } from './run-npm.mjs';
import { ensureSetup } from './setup.mjs';

ensureSetup();
run('node', ['scripts/build.mjs']);
const artifacts = path.join(PROJECT, 'artifacts');
await rm(artifacts, { recursive: true, force: true });
await mkdir(artifacts, { recursive: true });
for (const folder of Object.values(PACKAGES)) {
  const [packed] = JSON.parse(
    await npmOutput(['pack', '--json', '--ignore-scripts', '--pack-destination', artifacts], {
      cwd: path.join(PROJECT, folder),
    }),
  );
  console.log(
    `artifacts/${packed.filename}: ${packed.files.length} files, ${(packed.size / 1000).toFixed(0)} kB packed, ${(packed.unpackedSize / 1000).toFixed(0)} kB unpacked`,
  );
}
