import * as core from '../../core';
import { allQuestions, askAtRandom } from './ask-all';
import { compare } from './compare';
import type { Difference } from './compare';
import { ALLOWED, rowsFor } from './differences';
import { formsOf } from './forms';
import { Judge } from './judge';
import { sentences } from './sentences';

// What core knows of messages stands in its descriptions, and a test that reads them believes them. The sandbox has
// read the documentation on its own, so a wrong description shows as two opinions about the same message.
const used = new Set<unknown>();
const names = formsOf(core, new Judge()).map(({ key }) => key);
const seed = Number(process.env['VERDICTS_SEED'] ?? Date.now() % 2 ** 31);

describe.each(names)('core and the sandbox agree about %s', (name) => {
  // A sandbox of its own, so that none remembers more than one form.
  const judge = new Judge();
  const form = formsOf(core, judge).find(({ key }) => key === name)!;
  const unaccounted = (difference: Difference) => {
    const rows = rowsFor(difference);
    for (const row of rows) used.add(row);
    return rows.length === 0;
  };

  it('whichever field is left out, emptied, too long or of another kind', async () => {
    const differences: Difference[] = [];
    for (const question of allQuestions(form, judge)) differences.push(...(await compare(core, judge, form, question)));
    expect(sentences(form, differences.filter(unaccounted))).toEqual([]);
  });

  it(`and whatever is filled in at random (VERDICTS_SEED=${seed})`, async () => {
    await askAtRandom(core, judge, form, seed, (difference) => !unaccounted(difference));
  });
});

// Of a run of some tests nothing can be said.
it('no difference is accounted for that is none any more', () => {
  const asked = process.argv.every((argument) => argument !== '-t' && !argument.startsWith('--testNamePattern'));
  if (asked) expect(ALLOWED.filter((row) => !used.has(row))).toEqual([]);
});
