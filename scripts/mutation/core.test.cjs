const { readdirSync } = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '../../test/core');
// These send thousands of messages through a server, which takes longer than all others together, for every mutant.
// What core promises must be noticed without a server.
const WITH_SERVER = ['sandbox.test.ts'];
// Random messages: what they notice today they may miss tomorrow, and a score has to mean the same on both days.
const RANDOM = ['properties.test.ts', 'split-text.properties.test.ts'];

for (const file of readdirSync(FOLDER)) {
  if (!file.endsWith('.test.ts') || [...WITH_SERVER, ...RANDOM].includes(file)) continue;
  // A block of its own, so that the hooks of a file stay with it.
  describe(file, () => {
    require(path.join(FOLDER, file));
  });
}
