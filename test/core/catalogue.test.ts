import { readFileSync } from 'node:fs';
import path from 'node:path';

import { allOperations, messageTypes } from '../../core';

const { CATALOGUE_FILE, catalogue } = jest.requireActual<{
  CATALOGUE_FILE: string;
  catalogue(core: object): string;
}>('../../scripts/docs/catalogue.mjs');

/** Lines with the heading they stand under, so that a line which moves to another type is seen. */
function linesOf(text: string): string[] {
  let heading = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) heading = line.slice(3);
    return line === '' ? [] : [`${heading}: ${line}`];
  });
}

// A slip in core/messages shows in the diff of that file.
test(`what core describes is what docs/catalogue.md says; if it should be: run "npm run docs" and read the diff`, () => {
  const kept = readFileSync(path.join(__dirname, '../..', CATALOGUE_FILE), 'utf8');
  const now = catalogue({ messageTypes, allOperations });
  const [before, after] = [linesOf(kept), linesOf(now)];
  expect({
    'only in docs/catalogue.md': before.filter((line) => !after.includes(line)),
    'only in core': after.filter((line) => !before.includes(line)),
  }).toEqual({ 'only in docs/catalogue.md': [], 'only in core': [] });
  expect(now).toBe(kept);
});
