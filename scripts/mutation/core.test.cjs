const { readdirSync } = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '../../test/core');
// These send thousands of messages through a server, which takes longer than all others together, for every mutant.
// What core promises must be noticed without a server.
const WITH_SERVER = ['sandbox.test.ts'];
// Random messages are the same ones every time: a score has to mean the same today and tomorrow.
require('fast-check').configureGlobal({ seed: 20_261_123 });

for (const file of readdirSync(FOLDER)) {
  if (!file.endsWith('.test.ts') || WITH_SERVER.includes(file)) continue;
  // A block of its own, so that the hooks of a file stay with it.
  describe(file, () => {
    require(path.join(FOLDER, file));
  });
}
