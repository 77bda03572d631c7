const { readdirSync } = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '../../test/core');
// The sandbox takes its time to start: what finds a mutant without it comes first.
const LAST = ['sandbox.test.ts'];

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.test.ts'));
for (const file of [...files.filter((name) => !LAST.includes(name)), ...files.filter((name) => LAST.includes(name))]) {
  // A block of its own, so that the hooks of a file stay with it.
  describe(file, () => {
    require(path.join(FOLDER, file));
  });
}
