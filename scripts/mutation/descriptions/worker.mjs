/** Tries one mutant after the other, with a sandbox and a core of its own. */
import { parentPort, workerData } from 'node:worker_threads';

import { Verdicts } from './judging.mjs';

const verdicts = new Verdicts(workerData.project);

parentPort.on('message', ({ baseline, mutant, ...job }) => {
  const done = baseline === undefined ? verdicts.try(mutant) : verdicts.baseline(baseline);
  void done.then((result) => parentPort.postMessage({ ...job, result }));
});
