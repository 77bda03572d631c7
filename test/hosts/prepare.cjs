const { mkdirSync, rmSync } = require('node:fs');
const path = require('node:path');

/** What all subjects need, made once: packed packages, the hosts in the tool cache, and a browser. */
module.exports = async () => {
  const [{ packedPackage, builtSandbox }, { ensurePinned }, { NODE_RED_4 }, { findChromium }] = await Promise.all([
    import('../../scripts/built.mjs'),
    import('../../scripts/tool-cache.mjs'),
    import('../../scripts/tool-pins.mjs'),
    import('../../scripts/n8n/editor.mjs'),
  ]);
  const log = (line) => console.log(line);
  const chromium = findChromium();
  if (!chromium) throw new Error('There is no Chromium: install one, or name it in CHROMIUM_PATH. Nothing was tested.');
  process.env.HOSTS_CHROMIUM = chromium;
  await builtSandbox(log);
  process.env.HOSTS_NODE_RED_TARBALL = await packedPackage('node-red', log);
  process.env.HOSTS_NODE_RED_4 = await ensurePinned(NODE_RED_4, { log });
  const results = path.join(__dirname, '../../.build/hosts');
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
};
