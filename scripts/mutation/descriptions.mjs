/**
 * The second part of `npm run mutation`: changes what core says of messages (what is required, limits by one, names,
 * choices, rules) one at a time, and asks core and the sandbox about every question of test/verdicts. Only a difference
 * between the two counts as noticed: a test that types a description a second time would prove nothing.
 *
 *     npm run mutation -- --descriptions                                    all
 *     npm run mutation -- --descriptions --mutate core/messages/types/text.ts     some files, separated by commas
 *     npm run mutation -- --descriptions --workers 1                        on one core
 *
 * Prints the score by file and what nobody noticed; ends with 1 below 95 %, or if core as it is and the sandbox differ.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { Verdicts } from './descriptions/judging.mjs';
import { allMutants } from './descriptions/places.mjs';
import { linesOf, NEEDED, scoreOf } from './descriptions/report.mjs';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: { workers: { type: 'string', default: String(availableParallelism()) }, mutate: { type: 'string' } },
});
const files = values.mutate?.split(',');
const mutants = allMutants(PROJECT).filter(({ file }) => !files || files.includes(file));
if (mutants.length === 0) throw new Error(`No descriptions in ${values.mutate}`);

const started = performance.now();
const workers = Array.from(
  { length: Math.max(1, Number(values.workers) || 1) },
  () => new Worker(new URL('./descriptions/worker.mjs', import.meta.url), { workerData: { project: PROJECT } }),
);
const differences = (await shared(new Verdicts(PROJECT).forms.map((baseline) => ({ baseline })))).flat();
for (const { form, at, probe, core, sandbox } of differences)
  console.log(`Core as it is and the sandbox differ: ${form} ${at}, ${probe}: core ${core}, the sandbox ${sandbox}`);
console.log(`${mutants.length} places to change`);
const outcomes = await shared(mutants.map((mutant) => ({ mutant })));
await Promise.all(workers.map((worker) => worker.terminate()));

const results = mutants.map((mutant, index) => ({ mutant, outcome: outcomes[index] }));
const report = path.join(PROJECT, 'artifacts', 'mutation', 'descriptions.json');
mkdirSync(path.dirname(report), { recursive: true });
writeFileSync(report, JSON.stringify(results, undefined, 1));
for (const line of linesOf(results)) console.log(line);
const { noticed, counted, broken, unchanged, percent } = scoreOf(results);
console.log(
  `\n${noticed} of ${counted} wrong descriptions noticed by the sandbox's verdict: ${percent.toFixed(1)} %, ${NEEDED} % needed.`,
);
console.log(
  `${broken} more kept core from loading, ${unchanged} changed nothing. ${Math.round((performance.now() - started) / 1000)} s.`,
);
if (differences.length > 0)
  console.log(`${differences.length} differences without any change: npm test -- test/verdicts says which.`);
// What does not load was not asked about: if that is most of it, the score says nothing.
process.exitCode = percent < NEEDED || counted <= broken || differences.length > 0 ? 1 : 0;

/** Gives each worker the next job as soon as it has done one; the results in the order of the jobs. */
async function shared(jobs) {
  const results = [];
  let next = 0;
  let said = 0;
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise((resolve, reject) => {
          const give = () => {
            if (next >= jobs.length) return done();
            worker.postMessage({ ...jobs[next], index: next });
            next += 1;
          };
          const take = ({ index, result }) => {
            results[index] = result;
            said += 1;
            if (said % 100 === 0) console.log(`${said} of ${jobs.length}`);
            give();
          };
          const done = () => {
            worker.off('message', take).off('error', reject);
            resolve();
          };
          worker.on('message', take).on('error', reject);
          give();
        }),
    ),
  );
  return results;
}
